// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include "between/diff.h"
#include "between/diff_page.h"
#include "between/differences.h"
#include "report/csv.h"
#include "report/page.h"

namespace onus::between {

Result<void> write_diff(store::Database& db, const Diff& diff, const report::Messages& messages,
                        std::string_view version, const std::filesystem::path& dir) {
  const report::Page page = diff_page(diff, messages, version);
  ONUS_TRY_VOID(
      report::write_select(db, differences_select("b_differences", true), dir / "diff.csv"));
  ONUS_TRY_VOID(write_file(dir / "diff.json", diff_json(diff, version)));
  ONUS_TRY_VOID(write_file(dir / "style.css", report::style_sheet()));
  return write_file(dir / page.file, page.bytes);
}

}  // namespace onus::between

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "base/file.h"
#include "report/exports.h"
#include "report/page.h"
#include "report/report.h"

namespace onus::report {
namespace {

Result<void> make_folder(const std::filesystem::path& dir) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (error)
    return fail(Code::io, fmt::format("cannot make {}: {}", dir.string(), error.message()));
  return {};
}

// A rule's page of an earlier report, which no page links to any more, would mislead.
Result<void> remove_stale_pages(const std::filesystem::path& dir,
                                const std::set<std::string>& written) {
  std::error_code error;
  std::vector<std::filesystem::path> stale;
  for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
    const std::string name = entry.path().filename().string();
    const bool ours = name.starts_with("rule-") && name.ends_with(".html");
    if (ours && !written.contains(name)) stale.push_back(entry.path());
  }
  for (const std::filesystem::path& page : stale) std::filesystem::remove(page, error);
  if (error)
    return fail(Code::io, fmt::format("cannot tidy {}: {}", dir.string(), error.message()));
  return {};
}

Result<void> export_rows(store::Database& database, const Model& model,
                         const std::filesystem::path& dir) {
  ONUS_TRY_VOID(export_findings_csv(database, model, dir / "findings.csv"));
  ONUS_TRY_VOID(export_findings_parquet(database, model, dir / "findings.parquet"));
  ONUS_TRY_VOID(export_lookups(database, model, dir / "lookups.parquet"));
  ONUS_TRY_VOID(export_rejects(database, model, dir / "rejects.csv"));
  return {};
}

}  // namespace

Result<Written> write(store::Database& database, const Model& model, const Messages& messages,
                      const std::filesystem::path& dir) {
  ONUS_TRY_VOID(make_folder(dir));
  std::set<std::string> names = {"style.css",        "findings.csv",    "findings.json",
                                 "findings.parquet", "lookups.parquet", "rejects.csv",
                                 "run.json"};
  ONUS_TRY_VOID(export_rows(database, model, dir));
  ONUS_TRY_VOID(write_file(dir / "findings.json", findings_json(model)));
  ONUS_TRY_VOID(write_file(dir / "run.json", run_json(model)));
  ONUS_TRY_VOID(write_file(dir / "style.css", style_sheet()));
  for (const Page& page : all_pages(model, messages)) {
    ONUS_TRY_VOID(write_file(dir / page.file, page.bytes));
    names.insert(page.file);
  }
  ONUS_TRY_VOID(remove_stale_pages(dir, names));
  Written written;
  written.files.assign(names.begin(), names.end());
  for (const RuleUse& rule : model.rules) written.findings += rule.hits();
  return written;
}

}  // namespace onus::report

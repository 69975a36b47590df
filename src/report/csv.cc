// SPDX-License-Identifier: Apache-2.0
#include "report/csv.h"

#include <fmt/format.h>

namespace onus::report {

std::string safe_cell_sql(std::string_view column) {
  // 0xFF1D etc.: the full-width forms, which some spreadsheets take for the narrow ones. Most texts
  // begin with a letter. A list, because the engine makes a join of a long IN.
  return fmt::format(
      "CASE WHEN ascii({0}) BETWEEN 65 AND 65290 THEN {0} "
      "WHEN list_contains([61, 43, 45, 64, 9, 10, 13, 65291, 65293, 65309, 65312], ascii({0})) "
      "THEN '''' || {0} ELSE {0} END",
      column);
}

Result<void> write_select(store::Database& database, std::string_view select,
                          const std::filesystem::path& file, std::string_view format) {
  const std::filesystem::path part = file.string() + ".part";
  std::string name = part.string();
  std::erase(name, '\0');  // it cannot stand in a literal
  ONUS_TRY_VOID(
      database.run(fmt::format("COPY ({}) TO {} {}", select, store::literal(name), format)));
  std::error_code error;
  std::filesystem::rename(part, file, error);
  if (error)
    return fail(Code::io, fmt::format("cannot write {}: {}", file.string(), error.message()));
  return {};
}

}  // namespace onus::report

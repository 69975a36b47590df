// SPDX-License-Identifier: Apache-2.0
#include "report/csv.h"

#include <fmt/format.h>

namespace onus::report {

std::string safe_cell_sql(std::string_view column) {
  // 0xFF1D etc.: the full-width forms, which some spreadsheets take for the narrow ones.
  return fmt::format(
      "CASE WHEN ascii({0}) IN (61, 43, 45, 64, 9, 10, 13, 65309, 65291, 65293, 65312) "
      "THEN '''' || {0} ELSE {0} END",
      column);
}

}  // namespace onus::report

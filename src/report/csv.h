// SPDX-License-Identifier: Apache-2.0
// Cells of CSV that a spreadsheet opens as text. A cell that begins with = + - @ (or a tab or a
// return) would be run as a formula, so it gets a ' in front. RFC 4180 quoting is DuckDB's.
#pragma once

#include <string>
#include <string_view>

namespace onus::report {

// `column` as an SQL expression with the above. "" stays "".
std::string safe_cell_sql(std::string_view column);

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
// Cells of CSV that a spreadsheet opens as text. A cell that begins with = + - @ (or a tab or a
// return) would be run as a formula, so it gets a ' in front. RFC 4180 quoting is DuckDB's.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace onus::report {

// `column` as an SQL expression with the above. "" stays "".
std::string safe_cell_sql(std::string_view column);

// What `select` gives, as a file with a header: under another name first, so that a reader never
// sees half of it. `format` is COPY's; the file lies in the database's export_dir.
inline constexpr std::string_view kCsvFormat = "(FORMAT csv, HEADER true)";
Result<void> write_select(store::Database& database, std::string_view select,
                          const std::filesystem::path& file, std::string_view format = kCsvFormat);

}  // namespace onus::report

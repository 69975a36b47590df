// SPDX-License-Identifier: Apache-2.0
// Workbooks (.xlsx, ECMA-376): the sheets of one, and a sheet as a table. docs/formats-xlsx.md is
// the manual.
//
// Memory is flat apart from the shared texts (xlsx_strings.h): a workbook is read as it is
// inflated, never whole. Refuses (an Error): what is no .xlsx workbook, with what to do about it;
// what inflates past a budget; XML with a document type. A sheet that breaks off in the middle, or
// whose checksum is wrong, gives what was read before, and cut_off().
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "source/table.h"
#include "source/xlsx_package.h"

namespace onus::source {

// Those that hold cells, in the order of their tabs; a chart's tab has a number too.
Result<std::vector<Sheet>> list_sheets(const std::filesystem::path& path, const Budget& budget);

// The sheet of that number. Positions: the row as the spreadsheet numbers it, and its
// bytes in the inflated part of the sheet. bytes() is the share of the sheet's part that was read,
// in bytes of the whole file.
Result<std::unique_ptr<TableStream>> open_xlsx(const std::filesystem::path& path,
                                               std::int32_t number, const Budget& budget);

// The same for a workbook that is open, such as one in memory.
Result<std::vector<Sheet>> list_sheets(const Package& package);
Result<std::unique_ptr<TableStream>> open_xlsx(Package package, std::int32_t number,
                                               const Budget& budget);

}  // namespace onus::source

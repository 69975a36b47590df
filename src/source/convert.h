// SPDX-License-Identifier: Apache-2.0
// Workbooks that are no .xlsx: .xls, .xlsb and OpenDocument, as LibreOffice converts them. A detail
// of module source; docs/adr/ says why a child, and what it writes where.
//
// The workbook is copied into a folder of our own (mode 0700), a child makes an .xlsx of the copy
// there, that is taken into memory, and the folder is removed. So the original is never touched,
// and nothing is left on a disk.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/archive.h"
#include "source/table.h"
#include "source/xlsx_package.h"

namespace onus::source {

struct Workbook {
  std::vector<Sheet> sheets;
  std::shared_ptr<const HeldFile> converted;  // null: it is an .xlsx itself
};

// The sheets of a workbook of any of these forms, by what stands in it, not by its name. An Error
// says what to do, such as where no LibreOffice is installed.
Result<Workbook> open_workbook(const std::filesystem::path& path, const Budget& budget);

// `program` is LibreOffice's, or a test's. `extension` says what the workbook is: ".xls".
Result<HeldFile> convert_workbook(const std::filesystem::path& path, const std::string& extension,
                                  const std::string& program);

}  // namespace onus::source

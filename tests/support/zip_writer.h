// SPDX-License-Identifier: Apache-2.0
// Writes small zip files in memory, and large ones from files on disk, and a workbook's parts
// around the XML of its sheets. The same input gives the same bytes.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace onus::support {

struct ZipEntry {
  std::string name;
  std::string bytes;
  std::filesystem::path file = {};  // not empty: these bytes in place of `bytes`
};

enum class Packing { stored, deflated };

std::string zip_of(const std::vector<ZipEntry>& entries, Packing packing = Packing::deflated);
Result<void> write_zip(const std::filesystem::path& path, const std::vector<ZipEntry>& entries);

struct WorkbookSheet {
  std::string name;
  std::string xml;              // of the whole part
  std::string attributes = {};  // of <sheet>: state="hidden"
  std::filesystem::path file = {};
};

struct Workbook {
  std::vector<WorkbookSheet> sheets;
  std::string strings = {};  // of the whole part; "": there is none
  std::string styles = {};
  std::string properties = {};  // inside <workbook>, before the sheets
  std::filesystem::path strings_file = {};
};

// [Content_Types].xml, relations, xl/workbook.xml, xl/worksheets/sheetN.xml from N = 1.
std::vector<ZipEntry> entries_of(const Workbook& workbook);

// <worksheet> around the rows.
std::string sheet_xml(const std::string& rows, const std::string& after = {});
// <styleSheet> with cell formats of these numFmt ids, or, where it is no number, codes.
std::string styles_xml(const std::vector<std::string>& formats);
std::string xml_escaped(const std::string& text);

}  // namespace onus::support

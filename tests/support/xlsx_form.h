// SPDX-License-Identifier: Apache-2.0
// A log in CSV, as onus-makelogs writes it, made a workbook of one sheet. Row N of the one is row N
// of the other. Whole numbers become numbers, other cells text; times may become dates, without
// the zone that they named.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace onus::makelogs {

struct XlsxForm {
  bool shared_strings = true;  // false: each text in its cell
  bool dates = false;
  bool from_1904 = false;
};

Result<void> csv_to_xlsx(const std::filesystem::path& csv, const std::filesystem::path& xlsx,
                         const XlsxForm& form);

}  // namespace onus::makelogs

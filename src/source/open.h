// SPDX-License-Identifier: Apache-2.0
// The one way to a table, whatever it is in. Errors name the input.
#pragma once

#include <memory>

#include "base/digest.h"
#include "base/result.h"
#include "source/expand.h"
#include "source/table.h"

namespace onus::source {

// Nothing beside the input is ever written.
Result<std::unique_ptr<TableStream>> open_table(const InputFile& input, const Budget& budget);

// What the table is known by: SHA-256 of its bytes, of a member as inflated. A sheet's is of its
// workbook's digest and then its name, as two sheets of one workbook are two tables.
Result<Digest> digest_of(const InputFile& input);

}  // namespace onus::source

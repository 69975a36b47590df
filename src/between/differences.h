// SPDX-License-Identifier: Apache-2.0
// Every difference as a row of SQL: what diff.csv holds whole, and the page in part.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace onus::between {

// From b_rest, b_pairs and b_open to b_cells (one per cell that differs), b_columns_lost (counts of
// cells whose column is gone or new) and b_differences (cells, and rows gone and added).
// `old_first` etc.: what each release covers, as SQL literals of times, or NULL.
struct Covers {
  std::string old_first, old_last, new_first, new_last;
};
Result<void> make_differences(store::Database& db, const Covers& covers);

// The columns of Difference, in its order, of b_differences or a part of it with the same columns.
// `safe`: with cells that a spreadsheet takes for text.
std::string differences_select(std::string_view table, bool safe);

}  // namespace onus::between

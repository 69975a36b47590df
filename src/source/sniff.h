// SPDX-License-Identifier: Apache-2.0
// Which character separates the cells of a file. A detail of module source.
#pragma once

#include <cstdint>
#include <string_view>

namespace onus::source {

struct Layout {
  char delimiter = ',';    // '\0': one column
  std::int32_t width = 0;  // cells that most of the records have; 0: no record
};

// `text` is UTF-8 from the file's begin; `whole`: it is all of the file. Reads the first 200
// records with each of , ; tab | and takes the one that gives most records the same width as the
// first, with more than one cell. A first record in one cell tells of one column, unless most of
// what follows agrees on a width (a title above a table).
Layout sniff(std::string_view text, bool whole);

// Cells of the one record `text`.
std::int32_t count_cells(std::string_view text, char delimiter);

}  // namespace onus::source

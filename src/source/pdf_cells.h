// SPDX-License-Identifier: Apache-2.0
// The words of one line of a printed table, each in its column. A detail of module source.
//
// A word stands where its middle is, with three exceptions. Text that runs on over the edge of its
// column (drawn in one go, at the distance of a space) stays with the cell it began in, unless it
// begins where the next column's values begin. A word over two columns is two values drawn without
// a gap, and is parted where both parts are of their columns' kinds; else it stays with the column
// it begins in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "source/pdf_grid.h"

namespace onus::source {

struct Placed {
  std::size_t column = 0;
  double x0 = 0, x1 = 0;
  std::string text = {};
};

struct PlacedLine {
  std::vector<Placed> words = {};  // by column, then from left to right
  std::size_t parted = 0;          // words that were two values
  std::size_t overran = 0;         // words that stand beyond their column's edge
};

PlacedLine place(const Grid& grid, const Page& page, const Line& line);

// Whether every text on the line begins (or ends) where its column's values do: a line of some row,
// rather than a title that happens to stand there.
bool stands_in_columns(const Grid& grid, const Page& page, const Line& line);

// The text of a cell, put together word by word and line by line.
class CellText {
 public:
  void add(const Placed& word, double em, std::int64_t line);
  std::string& text() { return text_; }

 private:
  std::string text_;
  double end_ = 0;
  std::int64_t line_ = -1;
};

// How the text of a cell goes on in its next line: "", " " or "\n". A line that ends in a hyphen
// after a letter or digit goes on without a space, as does a broken UUID; a date after a time of
// day begins a line of its own, as it does in the two-line cells of the logs themselves.
std::string_view line_join(std::string_view before, std::string_view next);

}  // namespace onus::source

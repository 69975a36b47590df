// SPDX-License-Identifier: Apache-2.0
// The grid of a printed table, learnt from a sample of its pages: columns, header, which columns
// say where a row is, where the rest of a row stands, and what stands on every page without being
// of the table. A detail of module source.
//
// Columns: the header's words give their number and their order; where one ends and the next begins
// is where the fewest values cross, between the two labels. A header whose labels stand too close
// is split where values begin or end in line. Without a header the gutters between the values
// serve.
//
// Rows: the anchor columns are those filled on the lines that fill most columns, once a row. Other
// lines are of the row above them (cells aligned at their top), below (bottom, as Excel prints) or
// around them (middle, as browsers print); which, the sample votes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "source/pdf_lines.h"
#include "source/pdf_page.h"

namespace onus::source {

struct Column {
  std::string label = {};
  double from = 0, to = 0;     // a word whose middle is in [from, to) is the column's
  double left = 0, right = 0;  // where most values begin, and end
  bool starts_level = false;   // `left` holds for most
  bool ends_level = false;     // `right` holds for most
  bool anchor = false;
  ValueKind kind = ValueKind::text;  // of the first word of nearly every value
};

enum class Stack : std::uint8_t { top, bottom, middle };

// A line that stands on most pages at one height.
struct Repeated {
  double y = 0;
  std::string mask = {};  // mask_of
};

struct Grid {
  std::vector<Column> columns = {};      // at least one
  std::vector<std::string> header = {};  // masks of the header's lines, from top to bottom
  std::int32_t header_page = 0;          // where it was found first; 0: no header
  std::int32_t header_line = 0;          // there: of the page, from 1
  double header_top = 0;                 // there: its first line
  std::vector<Repeated> furniture = {};
  Stack stack = Stack::top;
  bool gaps_tell = false;  // rows stand further apart than the lines of a cell
  double line_gap = 0;     // most points between two lines of one row
  double em = 0;           // usual height of words
};

constexpr std::size_t kMaxColumns = 256;

// Nothing if no page has a table: fewer than two lines of words.
std::optional<Grid> learn_grid(std::span<const Page> sample);

// Of the grid's columns the one that `x` falls in.
std::size_t column_at(const Grid& grid, double x);

bool is_header_line(const Grid& grid, const std::string& mask);
bool is_furniture(const Grid& grid, const Line& line, const std::string& mask);

// Whether the line fills at least half of the anchor columns.
bool is_anchor_line(const Grid& grid, const Page& page, const Line& line);

}  // namespace onus::source

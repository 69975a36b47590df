// SPDX-License-Identifier: Apache-2.0
// A printed table's rows, page by page. Every word of a page goes to exactly one place: a cell, the
// header, furniture (what stands on every page: page numbers, titles, footers), the lines above the
// table, or a stray row, which is delivered with Damage::out_of_place so that it is rejected and
// not lost. A detail of module source.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "source/pdf_cells.h"
#include "source/pdf_grid.h"

namespace onus::source {

struct PrintedRow {
  std::int32_t page = 0;
  std::int32_t line = 0;                // on the page, from 1: that of its first words
  std::vector<std::string> cells = {};  // one per column
  bool stray = false;
};

// Words, but for `lines` and `rows`.
struct PrintCounts {
  std::int64_t words = 0;
  std::int64_t in_rows = 0;
  std::int64_t in_header = 0;
  std::int64_t in_furniture = 0;
  std::int64_t above = 0;  // the table, on its first page
  std::int64_t in_strays = 0;
  std::int64_t parted = 0;   // of in_rows: were two values without a gap
  std::int64_t overran = 0;  // of in_rows: stand beyond their column's edge
  std::int64_t header_lines = 0;
  std::int64_t furniture_lines = 0;
  std::int64_t above_lines = 0;
  std::int64_t rows = 0;
  std::int64_t strays = 0;
};

class RowReader {
 public:
  explicit RowReader(const Grid& grid) : grid_(grid) {}

  // Takes an upright page, in the order of pages. Appends the rows that are whole: a page's last
  // row may go on with the next page and comes then.
  void feed(const Page& page, std::vector<PrintedRow>& rows);
  void finish(std::vector<PrintedRow>& rows);
  const PrintCounts& counts() const { return counts_; }

 private:
  // The lines of a row, while it is put together.
  struct Draft {
    std::int32_t page = 0, line = 0;
    std::int64_t lines = 0;  // taken so far
    std::vector<CellText> cells = {};
    std::int64_t words = 0;
    bool stray = false;
  };
  struct Sorted;  // the lines of a page, each with where it goes
  Sorted sort_lines(const Page& page);
  bool drop(const Page& page, const std::vector<Line>& lines, std::size_t at);
  void add_line(Draft& draft, const Page& page, const Line& line, std::size_t at);
  void close_row(std::vector<PrintedRow>& rows);
  void deliver(Draft draft, std::vector<PrintedRow>& rows);

  const Grid& grid_;
  PrintCounts counts_;
  Draft open_;               // the last page's last row
  Draft before_;             // lines under the last row of a page that are of the next row
  std::vector<Draft> held_;  // strays; they come after the open row
  bool has_open_ = false, has_before_ = false;
};

// Where the sample did not show how cells stand in their row: tries each way on it and keeps the
// one by which most cells begin with their date or id rather than hold it further on, and the
// fewest lines are astray.
void try_stacks(Grid& grid, std::span<const Page> sample);

}  // namespace onus::source

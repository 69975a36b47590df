// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_rows.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace onus::source {
namespace {

// Where a line goes that is not a row's number.
constexpr std::int64_t kRowBefore = -1;  // to the last row of the page before
constexpr std::int64_t kRowAfter = -2;   // to the first row of the page after
constexpr std::int64_t kStray = -3;
constexpr std::int64_t kDropped = -4;

constexpr std::int64_t kMostLines = 500;  // of one row; the rest is astray
constexpr std::size_t kMostHeld = 1000;   // strays that wait for a row to end

// "Page 3 of 809", "3 / 809", "- 3 -", "3".
bool reads_as_page_number(const Page& page, const Line& line) {
  bool number = false;
  for (const std::size_t i : line.words) {
    std::string_view text = page.words[i].text;
    while (!text.empty() && (text.back() == '.' || text.back() == ',')) text.remove_suffix(1);
    const bool digits = !text.empty() && text.size() <= 6 &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    const bool word = text == "Page" || text == "page" || text == "PAGE" || text == "Seite" ||
                      text == "of" || text == "von" || text == "/" || text == "-" || text == "|";
    if (!digits && !word) {
      const std::size_t slash = text.find('/');
      const bool both = slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() &&
                        text.find_first_not_of("0123456789/") == std::string_view::npos &&
                        text.find('/', slash + 1) == std::string_view::npos;
      if (!both) return false;
      text = text.substr(0, slash);
    }
    number |= text == std::to_string(page.number);
  }
  return number;
}

}  // namespace

struct RowReader::Sorted {
  std::vector<Line> lines;
  std::vector<std::int64_t> row;     // of each line
  std::vector<std::size_t> body;     // lines that are not dropped
  std::vector<std::size_t> anchors;  // in `body`
};

bool RowReader::drop(const Page& page, const std::vector<Line>& lines, std::size_t at) {
  const Line& line = lines[at];
  const std::string mask = mask_of(page, line);
  const auto words = static_cast<std::int64_t>(line.words.size());
  if (is_header_line(grid_, mask)) {
    counts_.in_header += words;
    ++counts_.header_lines;
    return true;
  }
  if (page.number == grid_.header_page && line.y < grid_.header_top) {
    counts_.above += words;
    ++counts_.above_lines;
    return true;
  }
  const bool edge = at == 0 || at + 1 == lines.size();
  const bool number =
      edge && reads_as_page_number(page, line) && !is_anchor_line(grid_, page, line);
  if (!number && !is_furniture(grid_, line, mask)) return false;
  counts_.in_furniture += words;
  ++counts_.furniture_lines;
  return true;
}

namespace {

// The lines from one anchor to the next, both included, by index: how many of those between go to
// the upper row.
struct Between {
  const Grid& grid;
  const std::vector<Line>& lines;
  std::span<const std::size_t> at;
  double upper_top;  // of the upper row: its first line

  double y(std::size_t i) const { return lines[at[i]].y; }

  std::size_t by_gap() const {
    std::size_t best = 1;
    for (std::size_t i = 2; i < at.size(); ++i) {
      if (y(i) - y(i - 1) > y(best) - y(best - 1) + 1e-6) best = i;
    }
    return best - 1;
  }
  // A row's lines stand around its anchor: as far below as above.
  std::size_t by_symmetry() const {
    const double limit = 2 * y(0) - upper_top + 0.4 * grid.em;
    std::size_t count = 0;
    while (count + 2 < at.size() && y(count + 1) <= limit) ++count;
    return count;
  }
  std::size_t upper() const {
    if (grid.stack == Stack::top) return at.size() - 2;
    if (grid.stack == Stack::bottom) return 0;
    return grid.gaps_tell ? by_gap() : by_symmetry();
  }
};

void place_head(const Grid& grid, const std::vector<Line>& lines, std::span<const std::size_t> body,
                std::size_t first, std::vector<std::int64_t>& row) {
  bool near = grid.stack != Stack::top;
  for (std::size_t k = first; k-- > 0;) {
    if (lines[body[k + 1]].y - lines[body[k]].y > grid.line_gap) near = false;
    row[body[k]] = near ? 0 : kRowBefore;
  }
}

void place_tail(const Grid& grid, const std::vector<Line>& lines, std::span<const std::size_t> body,
                std::size_t last, std::int64_t last_row, std::vector<std::int64_t>& row) {
  bool near = grid.stack != Stack::bottom;
  for (std::size_t k = last + 1; k < body.size(); ++k) {
    if (lines[body[k]].y - lines[body[k - 1]].y > grid.line_gap) near = false;
    row[body[k]] = near ? last_row : grid.stack == Stack::top ? kStray : kRowAfter;
  }
}

// A page without an anchor line may begin with the rest of the row before; no more.
void place_rest(const Grid& grid, const std::vector<Line>& lines, std::span<const std::size_t> body,
                std::vector<std::int64_t>& row) {
  bool near = true;
  for (std::size_t k = 0; k < body.size(); ++k) {
    near = near && (k == 0 || lines[body[k]].y - lines[body[k - 1]].y <= grid.line_gap);
    row[body[k]] = near ? kRowBefore : kStray;
  }
}

// Gives each line of the body its row.
void assign(const Grid& grid, const std::vector<Line>& lines, std::span<const std::size_t> body,
            std::span<const std::size_t> anchors, std::vector<std::int64_t>& row) {
  if (anchors.empty()) {
    return place_rest(grid, lines, body, row);
  }
  place_head(grid, lines, body, anchors.front(), row);
  double top = lines[body[anchors.front()]].y;
  for (std::size_t k = 0; k < anchors.front(); ++k) {
    if (row[body[k]] == 0) top = std::min(top, lines[body[k]].y);
  }
  for (std::size_t a = 0; a < anchors.size(); ++a) {
    row[body[anchors[a]]] = static_cast<std::int64_t>(a);
    if (a + 1 == anchors.size()) break;
    const std::size_t from = anchors[a];
    const auto at = body.subspan(from, anchors[a + 1] - from + 1);
    const std::size_t upper = Between{grid, lines, at, top}.upper();
    for (std::size_t k = 1; k + 1 < at.size(); ++k) {
      row[at[k]] = static_cast<std::int64_t>(k <= upper ? a : a + 1);
    }
    top = lines[at[upper + 1]].y;
  }
  place_tail(grid, lines, body, anchors.back(), static_cast<std::int64_t>(anchors.size()) - 1, row);
}

}  // namespace

RowReader::Sorted RowReader::sort_lines(const Page& page) {
  Sorted out{.lines = lines_of(page), .row = {}, .body = {}, .anchors = {}};
  out.row.assign(out.lines.size(), kDropped);
  const bool anchored = std::ranges::any_of(grid_.columns, &Column::anchor);
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    if (drop(page, out.lines, i)) continue;
    if (!anchored || is_anchor_line(grid_, page, out.lines[i])) {
      out.anchors.push_back(out.body.size());
    }
    out.body.push_back(i);
  }
  assign(grid_, out.lines, out.body, out.anchors, out.row);
  return out;
}

void RowReader::add_line(Draft& draft, const Page& page, const Line& line, std::size_t at) {
  if (draft.cells.empty()) {
    draft.cells.resize(grid_.columns.size());
    draft.page = page.number;
    draft.line = static_cast<std::int32_t>(at) + 1;
  }
  const PlacedLine placed = place(grid_, page, line);
  for (const Placed& word : placed.words) {
    draft.cells[word.column].add(word, line.em, draft.lines);
  }
  ++draft.lines;
  draft.words += static_cast<std::int64_t>(line.words.size());
  counts_.parted += static_cast<std::int64_t>(placed.parted);
  counts_.overran += static_cast<std::int64_t>(placed.overran);
}

void RowReader::deliver(Draft draft, std::vector<PrintedRow>& rows) {
  if (draft.cells.empty()) return;
  (draft.stray ? counts_.in_strays : counts_.in_rows) += draft.words;
  ++(draft.stray ? counts_.strays : counts_.rows);
  PrintedRow row{.page = draft.page, .line = draft.line, .stray = draft.stray};
  for (CellText& cell : draft.cells) row.cells.push_back(std::move(cell.text()));
  rows.push_back(std::move(row));
}

// The last row of the pages so far, and then what stood astray beside it.
void RowReader::close_row(std::vector<PrintedRow>& rows) {
  if (has_open_) deliver(std::move(open_), rows);
  for (Draft& stray : held_) deliver(std::move(stray), rows);
  held_.clear();
  has_open_ = false;
}

void RowReader::feed(const Page& page, std::vector<PrintedRow>& rows) {
  counts_.words += static_cast<std::int64_t>(page.words.size());
  const Sorted sorted = sort_lines(page);
  std::vector<Draft> drafts(sorted.anchors.size());
  std::vector<Draft> strays;
  Draft after;
  if (!drafts.empty() && has_before_) {
    drafts.front() = std::move(before_);
    has_before_ = false;
  }
  for (std::size_t i = 0; i < sorted.lines.size(); ++i) {
    const std::int64_t to = sorted.row[i];
    if (to == kDropped) continue;
    if (to >= 0) {
      add_line(drafts[static_cast<std::size_t>(to)], page, sorted.lines[i], i);
    } else if (to == kRowBefore && has_open_ && open_.lines < kMostLines &&
               stands_in_columns(grid_, page, sorted.lines[i])) {
      add_line(open_, page, sorted.lines[i], i);
    } else if (to == kRowAfter) {
      add_line(after, page, sorted.lines[i], i);
    } else {
      strays.emplace_back();
      strays.back().stray = true;
      add_line(strays.back(), page, sorted.lines[i], i);
    }
  }
  if (!drafts.empty()) {
    close_row(rows);
    open_ = std::move(drafts.back());
    has_open_ = true;
    drafts.pop_back();
  }
  for (Draft& draft : drafts) deliver(std::move(draft), rows);
  for (Draft& stray : strays) held_.push_back(std::move(stray));
  if (held_.size() > kMostHeld) close_row(rows);
  if (after.lines > 0) {
    if (has_before_) {
      before_.stray = true;
      deliver(std::move(before_), rows);
    }
    before_ = std::move(after);
    has_before_ = true;
  }
}

void RowReader::finish(std::vector<PrintedRow>& rows) {
  close_row(rows);
  if (has_before_) {
    before_.stray = true;
    deliver(std::move(before_), rows);
  }
  has_before_ = false;
}

namespace {

bool begins_firm(std::string_view text) {
  return prefix_of_kind(text, ValueKind::date) > 0 || prefix_of_kind(text, ValueKind::uuid) > 0;
}

std::int64_t score(std::string_view cell) {
  if (begins_firm(cell)) return 1;
  for (std::size_t at = cell.find_first_of(" \n"); at != std::string_view::npos;
       at = cell.find_first_of(" \n", at + 1)) {
    if (begins_firm(cell.substr(at + 1))) return -1;
  }
  return 0;
}

std::int64_t score(const Grid& grid, std::span<const Page> sample) {
  RowReader reader(grid);
  std::vector<PrintedRow> rows;
  for (const Page& page : sample) reader.feed(page, rows);
  reader.finish(rows);
  std::int64_t sum = 0;
  for (const PrintedRow& row : rows) {
    if (row.stray) --sum;
    for (const std::string& cell : row.cells) sum += score(std::string_view(cell));
  }
  return sum;
}

}  // namespace

void try_stacks(Grid& grid, std::span<const Page> sample) {
  struct Way {
    Stack stack;
    bool gaps_tell;
  };
  if (grid.gaps_tell) return;
  const std::int64_t first = score(grid, sample);
  std::int64_t best = first + std::max<std::int64_t>(1, std::abs(first) / 50);
  Way way{grid.stack, grid.gaps_tell};
  for (const Way other : {Way{Stack::top, false}, Way{Stack::bottom, false},
                          Way{Stack::middle, true}, Way{Stack::middle, false}}) {
    Grid trial = grid;
    trial.stack = other.stack;
    trial.gaps_tell = other.gaps_tell;
    const std::int64_t sum = score(trial, sample);
    if (sum > best) best = sum, way = other;
  }
  grid.stack = way.stack;
  grid.gaps_tell = way.gaps_tell;
}

}  // namespace onus::source

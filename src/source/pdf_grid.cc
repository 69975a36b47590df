// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_grid.h"

#include <algorithm>
#include <cmath>

#include "source/pdf_columns.h"
#include "source/pdf_header.h"

namespace onus::source {
namespace {

std::vector<SamplePage> with_lines(std::span<const Page> pages) {
  std::vector<SamplePage> out;
  for (const Page& page : pages) {
    SamplePage sample{.page = &page, .lines = lines_of(page)};
    for (const Line& line : sample.lines) sample.masks.push_back(mask_of(page, line));
    out.push_back(std::move(sample));
  }
  return out;
}

double usual_em(std::span<const Page> pages) {
  std::vector<double> heights;
  for (const Page& page : pages) {
    for (const Word& word : page.words) heights.push_back(word.height());
  }
  if (heights.empty()) return 1;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::ranges::nth_element(heights, middle);
  return std::max(*middle, 1.0);
}

// Lines of the table's body: neither repeated, nor header, nor above the header on its first page.
struct Body {
  const SamplePage* page = nullptr;
  std::vector<std::size_t> lines = {};
};

std::vector<Body> bodies_of(const std::vector<SamplePage>& sample, const Grid& grid) {
  std::vector<Body> out;
  for (const SamplePage& page : sample) {
    Body body{.page = &page};
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const bool above = page.page->number == grid.header_page && page.lines[i].y < grid.header_top;
      if (above || is_header_line(grid, page.masks[i])) continue;
      if (is_furniture(grid, page.lines[i], page.masks[i])) continue;
      body.lines.push_back(i);
    }
    out.push_back(std::move(body));
  }
  return out;
}

std::vector<Spans> spans_of(const std::vector<Body>& bodies) {
  std::vector<Spans> out;
  for (const Body& body : bodies) {
    for (const std::size_t i : body.lines) {
      Spans spans;
      for (const std::size_t w : body.page->lines[i].words) {
        spans.push_back(&body.page->page->words[w]);
      }
      out.push_back(std::move(spans));
    }
  }
  return out;
}

std::vector<bool> filled(const Grid& grid, const Page& page, const Line& line) {
  std::vector<bool> out(grid.columns.size());
  for (const std::size_t i : line.words) {
    out[column_at(grid, (page.words[i].x0 + page.words[i].x1) / 2)] = true;
  }
  return out;
}

std::size_t count_set(const std::vector<bool>& flags) {
  return static_cast<std::size_t>(std::ranges::count(flags, true));
}

// The columns that are filled nearly only on lines which fill about as many columns as any line
// does, and on most of those.
void mark_anchors(Grid& grid, const std::vector<Body>& bodies) {
  const std::size_t columns = grid.columns.size();
  std::vector<std::vector<bool>> lines;
  std::vector<std::size_t> widths;
  for (const Body& body : bodies) {
    for (const std::size_t i : body.lines) {
      lines.push_back(filled(grid, *body.page->page, body.page->lines[i]));
      widths.push_back(count_set(lines.back()));
    }
  }
  if (lines.empty()) return;
  std::ranges::sort(widths);
  const std::size_t most = widths[widths.size() - 1 - widths.size() / 100];
  std::vector<std::size_t> wide(columns), all(columns);
  for (const std::vector<bool>& line : lines) {
    const bool is_wide = count_set(line) * 2 > most;
    for (std::size_t c = 0; c < columns; ++c) {
      all[c] += line[c];
      wide[c] += line[c] && is_wide;
    }
  }
  const std::size_t rows = *std::ranges::max_element(wide);
  for (std::size_t c = 0; c < columns; ++c) {
    grid.columns[c].anchor = all[c] > 0 && wide[c] * 100 >= all[c] * 95 && wide[c] * 2 > rows;
  }
}

// What stands between two rows' anchor lines, and before the first and behind the last of a page.
struct Votes {
  std::size_t above = 0, below = 0;  // pages with lines before the first, behind the last
  std::size_t pages = 0;
  std::size_t top = 0, bottom = 0, inside = 0;  // where the widest gap is, if one is wider
  std::size_t level = 0;                        // all gaps alike
  std::vector<double> gaps = {};                // between lines, without the widest of each stretch
  std::vector<double> wide = {};                // the widest, where one is wider
};

void vote_between(Votes& votes, const std::vector<Line>& lines, std::span<const std::size_t> at) {
  if (at.size() < 3) return;
  std::vector<double> gaps;
  for (std::size_t i = 1; i < at.size(); ++i) gaps.push_back(lines[at[i]].y - lines[at[i - 1]].y);
  const auto widest = std::ranges::max_element(gaps);
  const auto place = widest - gaps.begin();
  const double width = *widest;
  std::vector<double> others = gaps;
  others.erase(others.begin() + place);
  const double next = *std::ranges::max_element(others);
  votes.gaps.push_back(next);
  if (width < 1.12 * next) {
    ++votes.level;
    return;
  }
  votes.wide.push_back(width);
  if (place + 1 == static_cast<std::ptrdiff_t>(gaps.size())) {
    ++votes.top;
  } else if (place == 0) {
    ++votes.bottom;
  } else {
    ++votes.inside;
  }
}

Votes vote(const Grid& grid, const std::vector<Body>& bodies) {
  Votes votes;
  for (const Body& body : bodies) {
    std::vector<std::size_t> anchors;
    for (std::size_t k = 0; k < body.lines.size(); ++k) {
      if (is_anchor_line(grid, *body.page->page, body.page->lines[body.lines[k]])) {
        anchors.push_back(k);
      }
    }
    if (anchors.empty()) continue;
    ++votes.pages;
    votes.above += anchors.front() > 0;
    votes.below += anchors.back() + 1 < body.lines.size();
    for (std::size_t a = 1; a < anchors.size(); ++a) {
      const std::span all(body.lines);
      vote_between(votes, body.page->lines,
                   all.subspan(anchors[a - 1], anchors[a] - anchors[a - 1] + 1));
    }
  }
  return votes;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

Stack stack_of(const Votes& votes, std::size_t telling) {
  if (telling <= votes.level) {
    if (votes.above * 5 <= votes.pages) return Stack::top;
    return votes.below * 5 <= votes.pages ? Stack::bottom : Stack::middle;
  }
  if (votes.top * 10 >= telling * 9) return Stack::top;
  return votes.bottom * 10 >= telling * 9 ? Stack::bottom : Stack::middle;
}

void decide_stack(Grid& grid, const Votes& votes) {
  const std::size_t telling = votes.top + votes.bottom + votes.inside;
  grid.gaps_tell = telling > votes.level;
  grid.line_gap = 1.5 * grid.em;
  if (grid.gaps_tell) {
    grid.line_gap = (median(votes.gaps) + median(votes.wide)) / 2;
  } else if (!votes.gaps.empty()) {
    grid.line_gap = std::max(grid.line_gap, 1.3 * median(votes.gaps));
  }
  grid.stack = stack_of(votes, telling);
}

void adopt_header(Grid& grid, const std::vector<SamplePage>& sample, const Header& header) {
  if (header.page < 0) return;
  const SamplePage& page = sample[static_cast<std::size_t>(header.page)];
  grid.header_page = page.page->number;
  grid.header.clear();
  grid.header_line = static_cast<std::int32_t>(header.first) + 1;
  grid.header_top = page.lines[header.first].y;
  for (std::size_t i = header.first; i <= header.last; ++i) grid.header.push_back(page.masks[i]);
  std::erase_if(grid.furniture, [&](const Repeated& one) {
    return std::ranges::find(grid.header, one.mask) != grid.header.end();
  });
}

}  // namespace

std::size_t column_at(const Grid& grid, double x) {
  const auto after = std::ranges::upper_bound(grid.columns, x, {}, &Column::from);
  return after == grid.columns.begin() ? 0
                                       : static_cast<std::size_t>(after - grid.columns.begin()) - 1;
}

bool is_header_line(const Grid& grid, const std::string& mask) {
  return std::ranges::find(grid.header, mask) != grid.header.end();
}

bool is_furniture(const Grid& grid, const Line& line, const std::string& mask) {
  return std::ranges::any_of(grid.furniture, [&](const Repeated& one) {
    return std::abs(one.y - line.y) <= line.em && one.mask == mask;
  });
}

bool is_anchor_line(const Grid& grid, const Page& page, const Line& line) {
  const std::vector<bool> here = filled(grid, page, line);
  std::size_t anchors = 0, hit = 0;
  for (std::size_t c = 0; c < here.size(); ++c) {
    anchors += grid.columns[c].anchor;
    hit += grid.columns[c].anchor && here[c];
  }
  return anchors > 0 && hit * 2 >= anchors;
}

namespace {

// A header of one page alone may have more lines than those that hold several labels.
Header with_last_lines(const std::vector<SamplePage>& sample, const Grid& grid,
                       const Header& header) {
  const SamplePage& page = sample[static_cast<std::size_t>(header.page)];
  std::size_t last = header.last;
  while (last + 1 < page.lines.size() && !is_anchor_line(grid, *page.page, page.lines[last + 1])) {
    ++last;
  }
  return last + 1 < page.lines.size() ? longer_header(sample, header, last) : header;
}

void fill(Grid& grid, const std::vector<SamplePage>& sample, const Header& header) {
  adopt_header(grid, sample, header);
  const std::vector<Body> bodies = bodies_of(sample, grid);
  grid.columns = columns_of(header.words, spans_of(bodies), grid.em);
  mark_anchors(grid, bodies);
  decide_stack(grid, vote(grid, bodies));
}

}  // namespace

std::optional<Grid> learn_grid(std::span<const Page> pages) {
  const std::vector<SamplePage> sample = with_lines(pages);
  Grid grid{.em = usual_em(pages)};
  std::size_t lines = 0;
  for (const SamplePage& page : sample) lines += page.lines.size();
  if (lines < 2) return std::nullopt;
  grid.furniture = repeated_lines(sample);
  const Header header = find_header(sample, grid.furniture);
  fill(grid, sample, header);
  if (header.page >= 0 && grid.stack == Stack::top) {
    const Header longer = with_last_lines(sample, grid, header);
    if (longer.last > header.last) fill(grid, sample, longer);
  }
  return grid;
}

}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
// Arbitrary words in arbitrary boxes, as pages. Whatever they are: each word goes to exactly one
// place (a cell, the header, furniture, above the table, a stray row), no byte of a word in a row
// is lost or doubled, rows are as wide as the grid, and their places are on pages that were given.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "source/pdf_glyphs.h"
#include "source/pdf_rows.h"
#include "source/pdf_turn.h"

namespace {

using namespace onus::source;

// Half of the inputs are what pdftotext would write, half are bytes that become boxes.
std::vector<Page> pages_from_text(std::string_view text) {
  BboxReader reader(1, 2000);
  std::vector<Page> pages;
  for (std::size_t at = 0; at < text.size(); at += 97) reader.feed(text.substr(at, 97), pages);
  return pages;
}

std::vector<Page> pages_from_bytes(std::string_view bytes) {
  static constexpr std::string_view kTexts[] = {"ID",
                                                "Reason",
                                                "Search",
                                                "Time",
                                                "11/14/2025,",
                                                "09:53:36",
                                                "23d55b89-42eb-4f5c-9281-f5e8bf4864be",
                                                "warrant",
                                                "7",
                                                "1765211/13/2025,",
                                                "Page",
                                                "23d55b89-42eb-4f5c-9281-f5e8bf4864beSmith",
                                                "\xC3\xA4",
                                                "-"};
  std::vector<Page> pages(1);
  pages.back().number = 1;
  for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(bytes[i + k]); };
    if (at(3) == 0xFF) {
      pages.push_back({.number = static_cast<std::int32_t>(pages.size()) + 1});
      continue;
    }
    const double x = at(0) * 3.0, y = at(1) * 3.0;
    const double height = 5 + (at(3) >> 6);
    pages.back().words.push_back(
        {x, y, x + at(2), y + height, std::string(kTexts[(at(3) & 0x3F) % std::size(kTexts)])});
  }
  return pages;
}

// Bytes that are no white space: joins add spaces and line breaks alone.
std::size_t solid(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return c != ' ' && c != '\n'; }));
}

void check(const std::vector<Page>& pages) {
  const auto grid = learn_grid(pages);
  if (!grid) return;
  ONUS_CHECK(!grid->columns.empty() && grid->columns.size() <= kMaxColumns);
  for (std::size_t c = 0; c < grid->columns.size(); ++c) {
    ONUS_CHECK(grid->columns[c].from <= grid->columns[c].to);
    ONUS_CHECK(c == 0 || grid->columns[c].from == grid->columns[c - 1].to);
  }
  RowReader reader(*grid);
  std::vector<PrintedRow> rows;
  std::size_t given = 0;
  for (const Page& page : pages) {
    reader.feed(page, rows);
    for (const Word& word : page.words) given += solid(word.text);
  }
  reader.finish(rows);
  const PrintCounts& counts = reader.counts();
  ONUS_CHECK(counts.words == counts.in_rows + counts.in_header + counts.in_furniture +
                                 counts.above + counts.in_strays);
  ONUS_CHECK(counts.rows + counts.strays == static_cast<std::int64_t>(rows.size()));
  std::size_t kept = 0;
  for (const PrintedRow& row : rows) {
    ONUS_CHECK(row.cells.size() == grid->columns.size());
    // Pages that never end are none, so that numbers may be left out.
    ONUS_CHECK(std::ranges::count(pages, row.page, &Page::number) == 1 && row.line >= 1);
    for (const std::string& cell : row.cells) kept += solid(cell);
  }
  ONUS_CHECK(kept <= given);
  if (counts.in_header + counts.in_furniture + counts.above == 0) ONUS_CHECK(kept == given);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 20000) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::vector<Page> pages = data[0] % 2 == 0 ? pages_from_text(bytes) : pages_from_bytes(bytes);
  if (const auto shift = find_shift(pages)) {
    for (Page& page : pages) decode(page, *shift);
  }
  for (Page& page : pages) {
    if ((data[0] & 2) == 0) turn_upright(page, run_of(page));
  }
  check(pages);
  return 0;
}

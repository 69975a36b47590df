// SPDX-License-Identifier: Apache-2.0
// Finds the header of a printed table, and what else stands on every page. A detail of module
// source.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "source/pdf_grid.h"

namespace onus::source {

// The lines of one page of the sample, with their masks.
struct SamplePage {
  const Page* page = nullptr;
  std::vector<Line> lines = {};
  std::vector<std::string> masks = {};
};

// Lines that stand once a page on most pages, at one height. None where the sample has one page.
std::vector<Repeated> repeated_lines(std::span<const SamplePage> sample);

struct Header {
  std::int32_t page = -1;           // index in the sample; -1: no header
  std::size_t first = 0, last = 0;  // lines there
  // The words of each of its lines, from left to right.
  std::vector<std::vector<Piece>> words = {};
  std::vector<Piece> labels = {};  // from left to right
};
Header find_header(std::span<const SamplePage> sample, std::span<const Repeated> repeated);

// The same with the lines up to `last` on its page, as far as they read like labels: where rows
// begin at their top, what stands between the header and the first row is of the header.
Header longer_header(std::span<const SamplePage> sample, const Header& header, std::size_t last);

// A line that could be of a header: words, no values.
bool reads_like_labels(const Page& page, const Line& line);

}  // namespace onus::source

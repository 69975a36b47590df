// SPDX-License-Identifier: Apache-2.0
// Words of an upright page as lines, lines as pieces, and what kind of value a piece of text is. A
// detail of module source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "source/pdf_page.h"

namespace onus::source {

// Words at one height, from left to right.
struct Line {
  double y = 0;                         // middle
  double em = 0;                        // height of its words: about the size of the font
  std::vector<std::size_t> words = {};  // of the page
};

// From top to bottom. Each word is on exactly one line.
std::vector<Line> lines_of(const Page& page);

// Words on a line that stand so close that they read as one text.
struct Piece {
  double x0 = 0, x1 = 0;
  std::string text = {};
};
// `gap` in em: two words further apart belong to two pieces.
std::vector<Piece> pieces_of(const Page& page, const Line& line, double gap);

// The gap under which two neighbours are one word that the document drew in two parts.
constexpr double kGlueGap = 0.06;  // em

// The line's text with digits as '#', to find what stands on every page.
std::string mask_of(const Page& page, const Line& line);

enum class ValueKind : std::uint8_t { text, uuid, integer, date, clock };
// A date is 11/14/2025, 2025-11-14 or 14.11.2025, perhaps with a comma; a clock 09:53 or 09:53:36.
ValueKind kind_of(std::string_view text);
// Bytes at the begin of `text` that are a whole value of that kind; 0: none.
std::size_t prefix_of_kind(std::string_view text, ValueKind kind);

// Widths of characters relative to each other, as in a common sans serif: to say where inside a
// word a character stands. Returns the share of the word's width that lies before byte `at`.
double share_before(std::string_view text, std::size_t at);

}  // namespace onus::source

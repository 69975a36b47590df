// SPDX-License-Identifier: Apache-2.0
// Text that is not what the page shows. A PDF may name its glyphs by numbers of its own; without a
// table back to characters (ToUnicode) what comes out is private characters, control characters or
// other letters than those seen. A detail of module source.
//
// One case can be undone with certainty: every character moved by one and the same distance, as
// when glyph numbers of a font that keeps ASCII's order pass for characters (by 29 in most TrueType
// fonts). It is taken for that only if at least three different words that stand in the headers of
// logs come out, and none stood there before. A substitution of any other kind is not guessed at.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "source/pdf_page.h"

namespace onus::source {

enum class PageText : std::uint8_t {
  none,  // no words at all: an image, or blank
  plain,
  coded,  // mostly characters that are no text
};
PageText text_of(const Page& page);

// What to add to each character to read it, if one distance proves right on these pages.
std::optional<std::int32_t> find_shift(std::span<const Page> pages);

// Adds `shift` to each character; what becomes a space parts the word.
void decode(Page& page, std::int32_t shift);

}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
// Sections of law: "ARS 13-1802(A)(1)", "459 PC", "18 U.S.C. § 922(g)". A number is a section where
// its book stands before or behind it, or where its form is no other number's ("18.2-57.2").
#pragma once

#include <cstdint>
#include <optional>

#include "classify/book_text.h"

namespace onus::classify {

struct SectionHit {
  std::int32_t pattern = 0;
  std::size_t first = 0;  // tokens, book included
  std::size_t last = 0;   // inclusive
  std::size_t number_last = 0;
  bool alone = false;   // no book
  bool yields = false;  // known by its shape alone, of a book whose sections are plain codes too
};

// The section whose number is tokens[at].
std::optional<SectionHit> section_at(const BookText& here, std::size_t at);

}  // namespace onus::classify

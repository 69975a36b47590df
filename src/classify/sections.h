// SPDX-License-Identifier: Apache-2.0
// Sections of law: "ARS 13-1802(A)(1)", "459 PC", "18 U.S.C. § 922(g)". A number is a section where
// its book stands before or behind it, or where its form is no other number's ("18.2-57.2").
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

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

// The sections of a text, each looked for when it is first asked for. Meant to be kept and cleared.
class Sections {
 public:
  void clear() { asked_.clear(); }
  // The one whose number is tokens[at]. Without a book it is none behind "unit" or "#".
  const std::optional<SectionHit>& at(const BookText& here, std::size_t at);

 private:
  struct Asked {
    bool is = false;
    std::optional<SectionHit> section;
  };
  std::vector<Asked> asked_;  // by token, once one was
};

}  // namespace onus::classify

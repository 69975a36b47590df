// SPDX-License-Identifier: Apache-2.0
// Tells what kind of number a number is, by its shape and neighbours: a reference ("26-01234",
// "PA2026-0001"), a date or time, a radio code ("10-31"), a statute or radio code of the lexicon
// ("211pc", "245(a)(2)"). A code is not a case number, and digits inside a reference are no code.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "classify/sections.h"
#include "classify/word_table.h"
#include "text/tokens.h"

namespace onus::classify {

enum class Mark : std::uint8_t {
  none,
  masked,     // "[subject:1f2e]": what stood here was replaced before we saw it
  date,       // dates and times of day
  reference,  // case, incident, report number
  ten_code,   // "10-31", "11-99", "code 4"
};

// What the lexicons know of numbers.
struct Numbers {
  WordTable codes;  // in code_form, "243e1": the pattern
  Books books;
  WordTable roles;  // of words: Role
  WordTable words;  // of three letters or more that phrases use

  template <typename Each>
  void each_array(Each& each) {
    for (WordTable* table : {&codes, &roles, &words}) table->each_array(each);
    books.each_array(each);
  }
};

// One mark per token. `sections` are those of this text from here on.
void mark_tokens(const BookText& here, const Numbers& numbers, Sections& sections,
                 std::vector<Mark>& marks);

struct CodeHit {
  std::int32_t pattern = 0;
  std::int32_t first = 0;  // tokens, code book included
  std::int32_t last = 0;   // inclusive
};

// The code whose number is tokens[at].
std::optional<CodeHit> code_at(const BookText& here, const Numbers& numbers, Sections& sections,
                               const std::vector<Mark>& marks, std::size_t at);

}  // namespace onus::classify

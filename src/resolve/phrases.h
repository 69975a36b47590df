// SPDX-License-Identifier: Apache-2.0
// The words by which an agency's name tells its kind. Longer phrases stand before shorter ones, and
// stronger kinds before weaker ones: a "Tribal Police" is tribal.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "record/record.h"
#include "resolve/name_words.h"

namespace onus::resolve {

struct Phrase {
  std::string_view words;  // folded, one blank between
  std::string_view kind;
  record::AgencyLevel level;
  bool keeps;                // its words are part of the place: "university of iowa"
  std::string_view id = {};  // of a federal body: "dea"
};

struct Found {
  const Phrase* phrase = nullptr;
  std::size_t begin = 0;  // words [begin, end)
  std::size_t end = 0;
};

// The first phrase of the list that stands in the name, at its last place there.
// Words that also mean other things (ICE, ERO) count alone, or where the vendor marks the name.
std::optional<Found> find_federal(std::span<const Word> words, bool marked);
std::optional<Found> find_kind(std::span<const Word> words);

// Whether `phrase` stands at words[at].
bool stands_at(std::span<const Word> words, std::size_t at, std::string_view phrase);
std::size_t word_count(std::string_view phrase);

}  // namespace onus::resolve

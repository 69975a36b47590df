// SPDX-License-Identifier: Apache-2.0
// What people type into the reason field, and what it means. The strings are ours, made in the
// shape of released logs: shorthand, statute and radio codes, misspellings, nothing at all, and
// words that merely contain a telling one ("police", "call for service"). Each carries its true
// reading in the vocabulary of record/record.h, so that a test can compare.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace onus::makelogs {

// True reading of a reason; empty = none. All point to static text.
struct Reading {
  std::string_view purpose;
  std::string_view offence;
  std::string_view specificity;
  std::string_view topic;
  std::string_view on_behalf_of;
};

struct Phrase {
  std::string_view text;
  Reading reading;
};

// The kinds of case that a world has; each has phrases (may be several spellings and a code) and a
// value of the drop-down that came with January 2026.
struct Offence {
  std::uint32_t weight;  // how many cases of it, relative to the others
  std::string_view drop_down;
  Reading drop_down_reading;
  std::span<const Phrase> words;
  std::span<const Phrase> codes;
};
std::span<const Offence> offences();

std::span<const Phrase> vague_phrases();         // "investigation" in its many spellings
std::span<const Phrase> single_letters();        // typed to get past a required field
std::span<const Phrase> unclear_phrases();       // initials and radio codes without a key
std::span<const Phrase> false_friends();         // innocent, but contain "ice", "ero", "287", ...
std::span<const Phrase> immigration_phrases();   // planted
std::span<const Phrase> protest_phrases();       // planted
std::span<const Phrase> reproductive_phrases();  // planted
std::span<const Phrase> on_behalf_phrases();     // for another agency
std::span<const Phrase> free_prompts();          // natural-language searches
std::span<const std::string_view> drop_down_reasons();  // the second half of a 2026 reason

}  // namespace onus::makelogs

// SPDX-License-Identifier: Apache-2.0
// A loaded lexicon from within: what reading.cc walks. Outsiders see classify/reading.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "classify/lexicon_file.h"
#include "classify/marks.h"
#include "classify/phrases.h"
#include "classify/reading.h"
#include "classify/vocabulary.h"
#include "text/normalise.h"
#include "text/tokens.h"

namespace onus::classify {

// Where the words of a pattern's axes stand in their orders; past the end: not touched.
struct Ranks {
  std::uint8_t purpose = 0, specificity = 0, offence = 0, topic = 0, on_behalf_of = 0;
};

struct Pattern {
  std::string id;
  std::string feature;  // as a model names it: "@id"
  Axes axes;
  Ranks ranks;
  bool ignore = false;
  std::string state;
  std::vector<Word> not_before, not_after, not_with, only_with;
};

struct Lexicon::Tables {
  std::vector<Pattern> patterns;
  Vocabulary vocabulary;
  Phrases phrases;
  Numbers numbers;
  std::vector<Word> negators;
  std::vector<Word> fillers;
};

// A word, or a number, as the patterns see it.
struct Unit {
  Word word = kNoWord;
  std::int32_t first = 0;  // tokens
  std::int32_t last = 0;   // inclusive
};

// A pattern that fits, in units.
struct Hit {
  std::int32_t pattern = 0;
  std::int32_t first = 0;
  std::int32_t last = 0;  // inclusive
  bool negated = false;
  std::uint64_t order = 0;  // of hits that overlap the smaller stays
};

struct Scratch::State {
  std::string decided_by;  // by a model
  Vocabulary::Memory memory;
  text::Normalised normalised;
  std::vector<text::Token> tokens;
  std::vector<Mark> marks;
  std::vector<Unit> units;
  std::vector<Word> words;            // of the units, for Phrases
  std::vector<std::int32_t> unit_of;  // per token; -1: none
  std::vector<Phrases::Hit> found;
  std::vector<Hit> hits;
  std::vector<char> taken;  // per unit, 0 or 1
};

// Hits of a text that are looked at; more is no reason but an attack.
inline constexpr std::size_t kMaxHits = 1024;

Ranks ranks_of(const Axes& axes);

// Fills state.hits with the patterns that read the text: guards hold, none overlaps another, the
// longest first come; in the order of the text.
void find_hits(const Lexicon::Tables& tables, Scratch::State& state);

// One reading from the hits, or from shapes where there is none.
Reading combine(const Lexicon::Tables& tables, const Scratch::State& state);

}  // namespace onus::classify

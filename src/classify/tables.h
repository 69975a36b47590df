// SPDX-License-Identifier: Apache-2.0
// A loaded lexicon from within: what reading.cc walks. Outsiders see classify/reading.h.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classify/flat.h"
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
  std::uint8_t certainty = 0;  // 0: ambiguous, the least
};

// Texts and guards stand in arrays of Lexicon::Tables, each from one place to another.
struct Pattern {
  std::uint32_t name = 0, name_end = 0;  // "@id", as a model names it
  std::uint32_t not_before = 0, not_after = 0, not_with = 0, only_with = 0, guards_end = 0;
  Ranks ranks;
  std::uint8_t purpose = 0;  // in the order of precedence, combine.cc
  std::uint8_t ignore = 0;
  // What follows from its axes. Little: the purpose is left open, no ground and no agency named.
  std::uint8_t little = 0, deed = 0, ground = 0, crime = 0;

  bool guarded() const { return not_before != guards_end; }
  bool asks_more() const { return only_with != guards_end; }
};

struct Lexicon::Tables {
  Flat<Pattern> patterns;
  Flat<char> names;
  Flat<Word> guards;
  Vocabulary vocabulary;
  Phrases phrases;
  Numbers numbers;

  template <typename Each>
  void each_array(Each& each) {
    each(patterns);
    each(names);
    each(guards);
    vocabulary.each_array(each);
    phrases.each_array(each);
    numbers.each_array(each);
  }

  const Pattern& pattern(std::int32_t at) const { return patterns[static_cast<std::size_t>(at)]; }
  std::string_view feature(const Pattern& pattern) const {
    return {names.data() + pattern.name, pattern.name_end - pattern.name};
  }
  std::string_view id(const Pattern& pattern) const { return feature(pattern).substr(1); }
};

// Lexicons, in the order in which the earlier wins; their examples are not looked at here.
std::unique_ptr<Lexicon::Tables> compile(std::span<const LexiconFile> files);

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
};

// One that may be overlapped by another: the smaller order stays.
struct Candidate {
  std::uint64_t order = 0;
  Hit hit;
};

struct Scratch::State {
  std::string decided_by;  // by a model
  Vocabulary::Memory memory;
  text::Normalised normalised;
  std::vector<text::Token> tokens;
  BookText books;
  Sections sections;
  std::vector<Mark> marks;
  std::vector<Unit> units;
  std::vector<Word> words;  // of the units, for Phrases
  std::vector<Candidate> candidates;
  std::vector<Hit> hits;
};

// Hits of a text that are looked at; more is no reason but an attack.
inline constexpr std::size_t kMaxHits = 1024;

// Sets what a pattern says; whether it is ignored is known.
void set_axes(const Axes& axes, Pattern& pattern);
// Whether it says no more than that something is looked into.
bool leaves_open(const Pattern& pattern);

// Fills state.hits with the patterns that read the text: guards hold, none overlaps another, the
// longest first come; in the order of the text.
void find_hits(const Lexicon::Tables& tables, Scratch::State& state);

// One reading from the hits, or from shapes where there is none.
Reading combine(const Lexicon::Tables& tables, const Scratch::State& state);

}  // namespace onus::classify

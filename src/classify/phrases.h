// SPDX-License-Identifier: Apache-2.0
// The phrases of a lexicon as one tree over words, as classify/phrase_tree.h made it. Asked at a
// word, it gives every phrase that begins there; the cost is bounded by the longest phrase, not by
// how many there are.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "classify/flat.h"
#include "classify/vocabulary.h"

namespace onus::classify {

class Phrases {
 public:
  static constexpr Word kAnyWord = -2;  // in a phrase: exactly one word, whichever
  // In a phrase: a word that may be a name. Of a text: letters that no lexicon knows.
  static constexpr Word kName = -3;
  static constexpr std::size_t kMaxWords = 12;

  struct Hit {
    std::int32_t pattern = 0;
    std::int32_t first = 0;  // of the words given
    std::int32_t last = 0;   // inclusive
  };

  // Whether a phrase begins with these two.
  bool joins(Word first, Word second) const;
  // Calls `each(hit)` for what begins at words[at].
  template <typename Each>
  void find(std::span<const Word> words, std::size_t at, Each each) const {
    std::array<Frontier, 2> frontiers;
    Frontier *here = frontiers.data(), *next = here + 1;
    const Known first = known(words[at]);
    follow(places_[0], first.start, first, *here);
    std::size_t reached = here->size;  // of these, by the word itself
    const std::size_t end = std::min(words.size(), at + kMaxWords);
    for (std::size_t i = at; here->size > 0; ++i) {
      for (std::size_t n = 0; n < reached; ++n) {
        for (const std::int32_t pattern : patterns_of(place(here->nodes[n])))
          each(Hit{pattern, static_cast<std::int32_t>(at), static_cast<std::int32_t>(i)});
      }
      if (i + 1 == end) return;
      reached = step(*here, words[i + 1], *next);
      std::swap(here, next);
    }
  }

  bool is_negator(Word word) const { return known(word).negator != 0; }
  bool is_filler(Word word) const { return known(word).filler != 0; }

  template <typename Each>
  void each_array(Each& each) {
    each(places_);
    each(patterns_);
    each(edges_);
    each(words_);
  }

 private:
  friend class PhraseTree;
  struct Place {                 // places_[0] is where every phrase begins
    std::int32_t any = 0;        // child for kAnyWord; 0: none
    std::int32_t name = 0;       // child for kName; 0: none
    std::uint32_t words = 0;     // a bit of bit_of(word) for each word that goes on from here
    std::uint32_t patterns = 0;  // where its patterns begin in patterns_
    std::uint32_t count = 0;     // of its patterns
  };
  struct Edge {
    std::int32_t node = 0;
    Word word = 0;
    std::int32_t child = 0;  // 0: no edge
  };
  struct Known {             // what a word is to phrases
    std::int32_t start = 0;  // where those that begin with it go on; 0: none do
    std::uint8_t article = 0;
    std::uint8_t name = 0;
    std::uint8_t negator = 0;
    std::uint8_t filler = 0;  // may stand between a negator and what it negates
  };
  // Places of the tree that words lead to. What does not fit is not followed.
  struct Frontier {
    std::array<std::int32_t, 8> nodes;
    std::size_t size = 0;
    void put(std::int32_t node) {
      if (node != 0 && size < nodes.size()) nodes[size++] = node;
    }
  };
  static std::uint32_t bit_of(Word word) { return 1U << (static_cast<std::uint32_t>(word) % 32); }
  static std::size_t slot_of(std::int32_t node, Word word, std::size_t mask) {
    const auto key = static_cast<std::uint64_t>(node) << 32 | static_cast<std::uint32_t>(word);
    return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 32) & mask;
  }
  static void follow(const Place& from, std::int32_t child, const Known& word, Frontier& next) {
    next.put(child);
    next.put(from.any);
    if (word.name != 0) next.put(from.name);
  }
  // Where the places of `here` lead by a word; at an article also where they stood before. Gives
  // how many were reached by the word itself.
  std::size_t step(const Frontier& here, Word word, Frontier& next) const {
    const Known as = known(word);
    next.size = 0;
    for (std::size_t n = 0; n < here.size; ++n)
      follow(place(here.nodes[n]), child_of(here.nodes[n], word), as, next);
    const std::size_t reached = next.size;
    if (as.article != 0) {
      for (std::size_t n = 0; n < here.size; ++n) next.put(here.nodes[n]);
    }
    return reached;
  }
  const Place& place(std::int32_t node) const { return places_[static_cast<std::size_t>(node)]; }
  std::span<const std::int32_t> patterns_of(const Place& place) const {
    return {patterns_.data() + place.patterns, place.count};
  }
  Known known(Word word) const { return words_[static_cast<std::size_t>(word - kName)]; }
  std::int32_t child_of(std::int32_t node, Word word) const {
    if ((place(node).words & bit_of(word)) == 0) return 0;  // mostly
    const std::size_t mask = edges_.size() - 1;
    for (std::size_t at = slot_of(node, word, mask); edges_[at].child != 0; at = (at + 1) & mask) {
      if (edges_[at].node == node && edges_[at].word == word) return edges_[at].child;
    }
    return 0;
  }

  Flat<Place> places_;
  Flat<std::int32_t> patterns_;
  Flat<Edge> edges_;   // open addressing, a power of two
  Flat<Known> words_;  // by word, from kName on
};

}  // namespace onus::classify

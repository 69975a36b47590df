// SPDX-License-Identifier: Apache-2.0
// The phrases of a lexicon as one tree over words. Asked at a word, it gives every phrase that
// begins there; the cost is bounded by the longest phrase, not by how many there are.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "classify/vocabulary.h"

namespace onus::classify {

class Phrases {
 public:
  static constexpr Word kAnyWord = -2;  // in a phrase: exactly one word, whichever
  static constexpr std::size_t kMaxWords = 12;

  struct Hit {
    std::int32_t pattern = 0;
    std::int32_t first = 0;  // of the words given
    std::int32_t last = 0;   // inclusive
  };

  void add(std::span<const Word> phrase, std::int32_t pattern);
  void seal();
  // Whether a phrase begins with these two.
  bool joins(Word first, Word second) const;
  // Appends what begins at words[at]; stops when `hits` holds `limit`.
  void find(std::span<const Word> words, std::size_t at, std::size_t limit,
            std::vector<Hit>& hits) const;

 private:
  struct Node {
    std::vector<std::int32_t> patterns;
    std::int32_t any = 0;  // child for kAnyWord; 0: none
  };
  struct Edge {
    std::uint64_t key = 0;  // node and word, never 0
    std::int32_t child = 0;
  };
  static std::uint64_t key_of(std::int32_t node, Word word);
  std::int32_t start_of(Word word) const;
  std::int32_t child_of(std::int32_t node, Word word) const;

  std::vector<Node> nodes_ = {Node{}};
  std::unordered_map<std::uint64_t, std::int32_t> building_;
  std::vector<Edge> edges_;           // open addressing, a power of two
  std::vector<std::int32_t> starts_;  // by word: where phrases that begin with it go on
};

}  // namespace onus::classify

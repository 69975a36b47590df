// SPDX-License-Identifier: Apache-2.0
// The phrases of a lexicon as one tree over words. Asked at a word, it gives every phrase that
// begins there; the cost is bounded by the longest phrase, not by how many there are.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

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

  // What a pattern is to others that read the same words: one without guards settles them, unless a
  // later one asks for more.
  enum class Claim : std::uint8_t { settles, guarded, asks_more };
  void add(std::span<const Word> phrase, std::int32_t pattern, Claim claim);
  // May stand between the words of a phrase and changes nothing: "theft of the car".
  void add_article(Word word) { put(articles_, word); }
  // Known, and a name all the same.
  void add_name(Word word) { put(names_, word); }
  void seal();
  // Whether a phrase begins with these two.
  bool joins(Word first, Word second) const;
  // Appends what begins at words[at]; stops when `hits` holds `limit`.
  void find(std::span<const Word> words, std::size_t at, std::size_t limit,
            std::vector<Hit>& hits) const;

 private:
  struct Node {
    std::vector<std::int32_t> patterns;
    std::int32_t any = 0;   // child for kAnyWord; 0: none
    std::int32_t name = 0;  // child for kName; 0: none
    bool settled = false;
  };
  struct Place {  // a node, once sealed
    std::int32_t any = 0, name = 0;
    std::uint32_t patterns = 0;  // where its patterns begin in patterns_
    std::uint16_t count = 0;
    bool goes_on = false;
  };
  struct Link {  // of a node by a word to a child
    std::int32_t node = 0;
    Word word = 0;
    std::int32_t child = 0;
    auto operator<=>(const Link&) const = default;
  };
  struct Edge {
    std::uint64_t key = 0;  // node and word, never 0
    std::int32_t child = 0;
  };
  // Places of the tree that words lead to. What does not fit is not followed.
  struct Frontier {
    std::array<std::int32_t, 8> nodes;
    std::size_t size = 0;
    void put(std::int32_t node) {
      if (node != 0 && size < nodes.size()) nodes[size++] = node;
    }
  };
  static std::uint64_t key_of(std::int32_t node, Word word);
  static void put(std::vector<char>& set, Word word);
  static bool has(const std::vector<char>& set, Word word);
  void follow(std::int32_t node, std::int32_t child, Word word, Frontier& next) const;
  bool report(std::int32_t node, Hit hit, std::size_t limit, std::vector<Hit>& hits) const;
  void flatten(const std::vector<std::int32_t>& same);
  std::vector<std::int32_t> merged();
  static void look_of(const Node& node, const std::vector<std::int32_t>& same, std::string& look);
  std::int32_t child_or(std::int32_t node, Word word, std::int32_t next);
  Edge& edge_at(std::uint64_t key);
  void put_edge(const Link& link, std::int32_t child);
  std::int32_t start_of(Word word) const;
  std::int32_t child_of(std::int32_t node, Word word) const;

  std::vector<Node> nodes_ = {Node{}};  // until sealed
  std::vector<Link> links_;             // until sealed
  std::vector<Place> places_;
  std::vector<std::int32_t> patterns_;
  std::vector<Edge> edges_;             // open addressing, a power of two
  std::vector<std::int32_t> starts_;    // by word: where phrases that begin with it go on
  std::vector<char> articles_, names_;  // by word
};

}  // namespace onus::classify

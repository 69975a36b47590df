// SPDX-License-Identifier: Apache-2.0
// Makes the tree of classify/phrases.h from phrases one by one.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classify/phrases.h"

namespace onus::classify {

class PhraseTree {
 public:
  // What a pattern is to others that read the same words: one without guards settles them, unless a
  // later one asks for more.
  enum class Claim : std::uint8_t { settles, guarded, asks_more };
  void add(std::span<const Word> phrase, std::int32_t pattern, Claim claim);
  // May stand between the words of a phrase and changes nothing: "theft of the car".
  void add_article(Word word) { known(word).article = 1; }
  // Known, and a name all the same.
  void add_name(Word word) { known(word).name = 1; }
  void add_negator(Word word) { known(word).negator = 1; }
  void add_filler(Word word) { known(word).filler = 1; }
  Phrases sealed(Word words);  // of a vocabulary of so many

 private:
  struct Node {
    std::vector<std::int32_t> patterns;
    std::int32_t any = 0, name = 0;  // as of a Phrases::Place
    bool settled = false;
  };
  struct Link {  // of a node by a word to a child
    std::int32_t node = 0;
    Word word = 0;
    std::int32_t child = 0;
    auto operator<=>(const Link&) const = default;
  };
  std::int32_t child_or(std::int32_t node, Word word, std::int32_t next);
  Phrases::Edge& edge_at(std::int32_t node, Word word);
  Phrases::Known& known(Word word);
  void look_of(const Node& node, std::string& look) const;
  void merge();
  std::int32_t place_of(std::int32_t node) const {
    return places_[same_[static_cast<std::size_t>(node)]];
  }
  std::size_t number_places();
  std::vector<Phrases::Place> make_places(Flat<std::int32_t>& patterns);
  void put_link(const Link& link, std::vector<Phrases::Place>& places);

  std::vector<Node> nodes_ = {Node{}};
  std::vector<Link> links_;
  std::vector<Phrases::Edge> edges_;  // open addressing, a power of two
  std::vector<Phrases::Known> known_;
  std::vector<std::size_t> same_;     // by node: the first that is like it
  std::vector<std::int32_t> places_;  // by node that is the first of its kind
};

}  // namespace onus::classify

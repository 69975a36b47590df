// SPDX-License-Identifier: Apache-2.0
#include "classify/phrases.h"

#include <algorithm>

namespace onus::classify {

std::int32_t Phrases::child_of(std::int32_t node, Word word) const {
  if (word < 0 || (places_[static_cast<std::size_t>(node)].words & bit_of(word)) == 0) return 0;
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t at = slot_of(node, word, mask); edges_[at].child != 0; at = (at + 1) & mask) {
    if (edges_[at].node == node && edges_[at].word == word) return edges_[at].child;
  }
  return 0;
}

bool Phrases::joins(Word first, Word second) const {
  const std::int32_t start = known(first).start;
  return start != 0 && child_of(start, second) != 0;
}

void Phrases::follow(std::int32_t node, std::int32_t child, Word word, Frontier& next) const {
  const Place& place = places_[static_cast<std::size_t>(node)];
  next.put(child);
  next.put(place.any);
  if (place.name != 0 && (word == kName || known(word).name != 0)) next.put(place.name);
}

bool Phrases::report(std::int32_t node, Hit hit, std::size_t limit, std::vector<Hit>& hits) const {
  const Place& place = places_[static_cast<std::size_t>(node)];
  for (std::size_t i = 0; i < place.count; ++i) {
    if (hits.size() >= limit) return false;
    hit.pattern = patterns_[place.patterns + i];
    hits.push_back(hit);
  }
  return true;
}

// Step by step through the tree; at an article also where it stood before.
void Phrases::find(std::span<const Word> words, std::size_t at, std::size_t limit,
                   std::vector<Hit>& hits) const {
  Frontier here;
  follow(0, known(words[at]).start, words[at], here);
  const std::size_t end = std::min(words.size(), at + kMaxWords);
  std::size_t reached = here.size;  // of these, by the word itself
  for (std::size_t i = at; here.size > 0; ++i) {
    const Hit hit{0, static_cast<std::int32_t>(at), static_cast<std::int32_t>(i)};
    for (std::size_t n = 0; n < reached; ++n) {
      if (!report(here.nodes[n], hit, limit, hits)) return;
    }
    if (i + 1 >= end) return;
    const Word word = words[i + 1];
    const bool article = known(word).article != 0;
    Frontier next;
    for (std::size_t n = 0; n < here.size; ++n) {
      const std::int32_t node = here.nodes[n];
      if (places_[static_cast<std::size_t>(node)].goes_on())
        follow(node, child_of(node, word), word, next);
    }
    reached = next.size;
    for (std::size_t n = 0; article && n < here.size; ++n) next.put(here.nodes[n]);
    here = next;
  }
}

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "classify/phrases.h"

#include <algorithm>

namespace onus::classify {

bool Phrases::joins(Word first, Word second) const {
  const std::int32_t start = known(first).start;
  return start != 0 && child_of(start, second) != 0;
}

// Gives false where `hits` holds `limit`.
bool Phrases::report(const Place& place, Hit hit, std::size_t limit, std::vector<Hit>& hits) const {
  for (std::size_t i = 0; i < place.count; ++i) {
    if (hits.size() >= limit) return false;
    hit.pattern = patterns_[place.patterns + i];
    hits.push_back(hit);
  }
  return true;
}

// Where the places of `here` lead by a word; at an article also where they stood before. Gives how
// many were reached by the word itself.
std::size_t Phrases::step(const Frontier& here, Word word, Frontier& next) const {
  next.size = 0;
  for (std::size_t n = 0; n < here.size; ++n) {
    const std::int32_t node = here.nodes[n];
    if (goes_on(places_[static_cast<std::size_t>(node)], word))
      follow(node, child_of(node, word), word, next);
  }
  const std::size_t reached = next.size;
  if (known(word).article != 0) {
    for (std::size_t n = 0; n < here.size; ++n) next.put(here.nodes[n]);
  }
  return reached;
}

void Phrases::find(std::span<const Word> words, std::size_t at, std::size_t limit,
                   std::vector<Hit>& hits) const {
  std::array<Frontier, 2> frontiers;
  follow(0, known(words[at]).start, words[at], frontiers[0]);
  const std::size_t end = std::min(words.size(), at + kMaxWords);
  std::size_t reached = frontiers[0].size;  // of these, by the word itself
  for (std::size_t i = at;; ++i) {
    const Frontier& here = frontiers[(i - at) % 2];
    const Hit hit{0, static_cast<std::int32_t>(at), static_cast<std::int32_t>(i)};
    for (std::size_t n = 0; n < reached; ++n) {
      const Place& place = places_[static_cast<std::size_t>(here.nodes[n])];
      if (place.count > 0 && !report(place, hit, limit, hits)) return;
    }
    if (i + 1 >= end || here.size == 0) return;
    reached = step(here, words[i + 1], frontiers[(i - at + 1) % 2]);
  }
}

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "classify/phrases.h"

#include <algorithm>
#include <bit>

namespace onus::classify {
namespace {

std::size_t slot_of(std::uint64_t key, std::size_t mask) {
  return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 32) & mask;
}

}  // namespace

std::uint64_t Phrases::key_of(std::int32_t node, Word word) {
  return (static_cast<std::uint64_t>(node) << 32 | static_cast<std::uint32_t>(word)) + 1;
}

void Phrases::add(std::span<const Word> phrase, std::int32_t pattern) {
  std::int32_t node = 0;
  for (const Word word : phrase) {
    const auto next = static_cast<std::int32_t>(nodes_.size());
    std::int32_t child = 0;
    if (word == kAnyWord || word == kName) {
      Node& at = nodes_[static_cast<std::size_t>(node)];
      std::int32_t& open = word == kName ? at.name : at.any;
      child = open = open == 0 ? next : open;
    } else {
      child = building_.try_emplace(key_of(node, word), next).first->second;
    }
    if (child == next) nodes_.emplace_back();
    node = child;
  }
  std::vector<std::int32_t>& patterns = nodes_[static_cast<std::size_t>(node)].patterns;
  if (std::find(patterns.begin(), patterns.end(), pattern) == patterns.end())
    patterns.push_back(pattern);
}

void Phrases::seal() {
  edges_.assign(std::bit_ceil(2 * building_.size() + 2), Edge{});
  const std::size_t mask = edges_.size() - 1;
  for (const auto& [key, child] : building_) {
    std::size_t at = slot_of(key, mask);
    while (edges_[at].key != 0) at = (at + 1) & mask;
    edges_[at] = {key, child};
    const std::uint64_t word = key - 1;
    if (word >> 32 != 0) continue;
    if (starts_.size() <= word) starts_.resize(word + 1);
    starts_[word] = child;
  }
  building_.clear();
}

std::int32_t Phrases::child_of(std::int32_t node, Word word) const {
  if (word < 0) return 0;
  const std::uint64_t key = key_of(node, word);
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t at = slot_of(key, mask); edges_[at].key != 0; at = (at + 1) & mask) {
    if (edges_[at].key == key) return edges_[at].child;
  }
  return 0;
}

std::int32_t Phrases::start_of(Word word) const {
  const auto at = static_cast<std::size_t>(word);
  return word >= 0 && at < starts_.size() ? starts_[at] : 0;
}

bool Phrases::joins(Word first, Word second) const {
  const std::int32_t start = start_of(first);
  return start != 0 && child_of(start, second) != 0;
}

void Phrases::put(std::vector<char>& set, Word word) {
  const auto at = static_cast<std::size_t>(word);
  if (set.size() <= at) set.resize(at + 1);
  set[at] = 1;
}

bool Phrases::has(const std::vector<char>& set, Word word) {
  const auto at = static_cast<std::size_t>(word);
  return word >= 0 && at < set.size() && set[at] != 0;
}

void Phrases::follow(std::int32_t node, std::int32_t child, Word word, Frontier& next) const {
  const Node& at = nodes_[static_cast<std::size_t>(node)];
  next.put(child);
  next.put(at.any);
  if (at.name != 0 && (word == kName || has(names_, word))) next.put(at.name);
}

// Step by step through the tree; at an article also where it stood before.
void Phrases::find(std::span<const Word> words, std::size_t at, std::size_t limit,
                   std::vector<Hit>& hits) const {
  Frontier places;
  follow(0, start_of(words[at]), words[at], places);
  const std::size_t end = std::min(words.size(), at + kMaxWords);
  std::size_t reached = places.size;  // of these, by the word itself
  for (std::size_t i = at; places.size > 0; ++i) {
    for (std::size_t n = 0; n < reached; ++n) {
      for (const std::int32_t pattern :
           nodes_[static_cast<std::size_t>(places.nodes[n])].patterns) {
        if (hits.size() >= limit) return;
        hits.push_back({pattern, static_cast<std::int32_t>(at), static_cast<std::int32_t>(i)});
      }
    }
    if (i + 1 >= end) return;
    const Word word = words[i + 1];
    Frontier next;
    for (std::size_t n = 0; n < places.size; ++n)
      follow(places.nodes[n], child_of(places.nodes[n], word), word, next);
    reached = next.size;
    if (has(articles_, word)) {
      for (std::size_t n = 0; n < places.size; ++n) next.put(places.nodes[n]);
    }
    places = next;
  }
}

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "classify/phrases.h"

#include <algorithm>
#include <array>
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
    if (word == kAnyWord) {
      std::int32_t& any = nodes_[static_cast<std::size_t>(node)].any;
      child = any = any == 0 ? next : any;
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
  if (word == kNoWord) return 0;
  const std::uint64_t key = key_of(node, word);
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t at = slot_of(key, mask); edges_[at].key != 0; at = (at + 1) & mask) {
    if (edges_[at].key == key) return edges_[at].child;
  }
  return 0;
}

std::int32_t Phrases::start_of(Word word) const {
  const auto at = static_cast<std::size_t>(word);
  return word != kNoWord && at < starts_.size() ? starts_[at] : 0;
}

bool Phrases::joins(Word first, Word second) const {
  const std::int32_t start = start_of(first);
  return start != 0 && child_of(start, second) != 0;
}

// The places of the tree that the words so far lead to; two at most per step through a kAnyWord,
// and what does not fit into the frontier is not followed.
void Phrases::find(std::span<const Word> words, std::size_t at, std::size_t limit,
                   std::vector<Hit>& hits) const {
  std::array<std::int32_t, 8> frontier;
  std::size_t width = 0;
  const std::size_t end = std::min(words.size(), at + kMaxWords);
  for (std::size_t i = at; i < end && (width > 0 || i == at); ++i) {
    std::array<std::int32_t, 8> next;
    std::size_t next_width = 0;
    const auto follow = [&](std::int32_t child) {
      if (child != 0 && next_width < next.size()) next[next_width++] = child;
    };
    if (i == at) {
      follow(start_of(words[i]));
      follow(nodes_[0].any);
    }
    for (std::size_t n = 0; n < width; ++n) {
      follow(child_of(frontier[n], words[i]));
      follow(nodes_[static_cast<std::size_t>(frontier[n])].any);
    }
    for (std::size_t n = 0; n < next_width; ++n) {
      for (const std::int32_t pattern : nodes_[static_cast<std::size_t>(next[n])].patterns) {
        if (hits.size() >= limit) return;
        hits.push_back({pattern, static_cast<std::int32_t>(at), static_cast<std::int32_t>(i)});
      }
    }
    frontier = next;
    width = next_width;
  }
}

}  // namespace onus::classify

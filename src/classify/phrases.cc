// SPDX-License-Identifier: Apache-2.0
#include "classify/phrases.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace onus::classify {
namespace {

std::size_t slot_of(std::uint64_t key, std::size_t mask) {
  return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 32) & mask;
}

void put_number(std::string& to, std::int32_t number) {
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

}  // namespace

std::uint64_t Phrases::key_of(std::int32_t node, Word word) {
  return (static_cast<std::uint64_t>(node) << 32 | static_cast<std::uint32_t>(word)) + 1;
}

void Phrases::add(std::span<const Word> phrase, std::int32_t pattern, Claim claim) {
  std::int32_t node = 0;
  for (const Word word : phrase) {
    const auto next = static_cast<std::int32_t>(nodes_.size());
    std::int32_t child = 0;
    if (word == kAnyWord || word == kName) {
      Node& at = nodes_[static_cast<std::size_t>(node)];
      std::int32_t& open = word == kName ? at.name : at.any;
      child = open = open == 0 ? next : open;
    } else {
      child = child_or(node, word, next);
    }
    if (child == next) nodes_.emplace_back();
    node = child;
  }
  Node& last = nodes_[static_cast<std::size_t>(node)];
  if (last.settled && claim != Claim::asks_more) return;
  last.settled = last.settled || claim == Claim::settles;
  if (std::find(last.patterns.begin(), last.patterns.end(), pattern) == last.patterns.end())
    last.patterns.push_back(pattern);
}

// The child of a node by a word; `next` becomes it where there is none.
std::int32_t Phrases::child_or(std::int32_t node, Word word, std::int32_t next) {
  if (2 * links_.size() >= edges_.size()) {
    edges_.assign(std::max<std::size_t>(1U << 12, 4 * edges_.size()), Edge{});
    for (const Link& link : links_) edge_at(key_of(link.node, link.word)).child = link.child;
  }
  Edge& edge = edge_at(key_of(node, word));
  if (edge.child == 0) {
    edge.child = next;
    links_.push_back({node, word, next});
  }
  return edge.child;
}

// Where the edge of this key is, or may be: then it has no child yet.
Phrases::Edge& Phrases::edge_at(std::uint64_t key) {
  const std::size_t mask = edges_.size() - 1;
  std::size_t at = slot_of(key, mask);
  while (edges_[at].key != 0 && edges_[at].key != key) at = (at + 1) & mask;
  edges_[at].key = key;
  return edges_[at];
}

// Trees that are alike are one: "sale of" and "theft of" go on with the same things. Children stand
// behind their parents, so from the last node on each is known by what goes on from it.
std::vector<std::int32_t> Phrases::merged() {
  std::sort(links_.begin(), links_.end());
  std::vector<std::int32_t> same(nodes_.size());
  std::unordered_map<std::string, std::int32_t> known;
  std::string what;
  auto link = links_.rbegin();
  for (auto at = static_cast<std::int32_t>(nodes_.size()) - 1; at >= 0; --at) {
    look_of(nodes_[static_cast<std::size_t>(at)], same, what);
    for (; link != links_.rend() && link->node == at; ++link) {
      put_number(what, link->word);
      put_number(what, same[static_cast<std::size_t>(link->child)]);
    }
    same[static_cast<std::size_t>(at)] = known.try_emplace(what, at).first->second;
  }
  return same;
}

void Phrases::look_of(const Node& node, const std::vector<std::int32_t>& same, std::string& look) {
  look.clear();
  put_number(look, node.any == 0 ? 0 : same[static_cast<std::size_t>(node.any)]);
  put_number(look, node.name == 0 ? 0 : same[static_cast<std::size_t>(node.name)]);
  put_number(look, static_cast<std::int32_t>(node.patterns.size()));
  for (const std::int32_t pattern : node.patterns) put_number(look, pattern);
}

void Phrases::seal() {
  const std::vector<std::int32_t> same = merged();
  flatten(same);
  std::erase_if(links_, [&](const Link& link) {
    return same[static_cast<std::size_t>(link.node)] != link.node;
  });
  edges_.assign(std::bit_ceil(2 * links_.size() + 2), Edge{});
  for (const Link& link : links_) put_edge(link, same[static_cast<std::size_t>(link.child)]);
  links_ = {};
}

void Phrases::put_edge(const Link& link, std::int32_t child) {
  edge_at(key_of(link.node, link.word)).child = child;
  places_[static_cast<std::size_t>(link.node)].goes_on = true;
  if (link.node != 0) return;
  const auto word = static_cast<std::size_t>(link.word);
  if (starts_.size() <= word) starts_.resize(word + 1);
  starts_[word] = child;
}

// What find() walks: a place is small and says whether anything goes on from it, which mostly
// nothing does.
void Phrases::flatten(const std::vector<std::int32_t>& same) {
  const auto kept = [&](std::int32_t node) {
    return node == 0 ? 0 : same[static_cast<std::size_t>(node)];
  };
  for (const Node& node : nodes_) {
    places_.push_back(
        {kept(node.any), kept(node.name), static_cast<std::uint32_t>(patterns_.size()),
         static_cast<std::uint16_t>(node.patterns.size()), node.any != 0 || node.name != 0});
    patterns_.insert(patterns_.end(), node.patterns.begin(), node.patterns.end());
  }
  nodes_.clear();
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
  const Place& place = places_[static_cast<std::size_t>(node)];
  next.put(child);
  next.put(place.any);
  if (place.name != 0 && (word == kName || has(names_, word))) next.put(place.name);
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
  follow(0, start_of(words[at]), words[at], here);
  const std::size_t end = std::min(words.size(), at + kMaxWords);
  std::size_t reached = here.size;  // of these, by the word itself
  for (std::size_t i = at; here.size > 0; ++i) {
    const Hit hit{0, static_cast<std::int32_t>(at), static_cast<std::int32_t>(i)};
    for (std::size_t n = 0; n < reached; ++n) {
      if (!report(here.nodes[n], hit, limit, hits)) return;
    }
    if (i + 1 >= end) return;
    const Word word = words[i + 1];
    const bool article = has(articles_, word);
    Frontier next;
    for (std::size_t n = 0; n < here.size; ++n) {
      const std::int32_t node = here.nodes[n];
      if (places_[static_cast<std::size_t>(node)].goes_on)
        follow(node, child_of(node, word), word, next);
    }
    reached = next.size;
    for (std::size_t n = 0; article && n < here.size; ++n) next.put(here.nodes[n]);
    here = next;
  }
}

}  // namespace onus::classify

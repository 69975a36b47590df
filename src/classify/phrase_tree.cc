// SPDX-License-Identifier: Apache-2.0
#include "classify/phrase_tree.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace onus::classify {
namespace {

void put_number(std::string& to, std::int32_t number) {
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

}  // namespace

void PhraseTree::add(std::span<const Word> phrase, std::int32_t pattern, Claim claim) {
  std::int32_t node = 0;
  for (const Word word : phrase) {
    const auto next = static_cast<std::int32_t>(nodes_.size());
    std::int32_t child = 0;
    if (word == Phrases::kAnyWord || word == Phrases::kName) {
      Node& at = nodes_[static_cast<std::size_t>(node)];
      std::int32_t& open = word == Phrases::kName ? at.name : at.any;
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
std::int32_t PhraseTree::child_or(std::int32_t node, Word word, std::int32_t next) {
  if (2 * links_.size() >= edges_.size()) {
    edges_.assign(std::max<std::size_t>(1U << 12, 4 * edges_.size()), {});
    for (const Link& link : links_)
      edge_at(link.node, link.word) = {link.node, link.word, link.child};
  }
  Phrases::Edge& edge = edge_at(node, word);
  if (edge.child == 0) {
    edge = {node, word, next};
    links_.push_back({node, word, next});
  }
  return edge.child;
}

// Where this edge is, or may be: then it has no child yet.
Phrases::Edge& PhraseTree::edge_at(std::int32_t node, Word word) {
  const std::size_t mask = edges_.size() - 1;
  std::size_t at = Phrases::slot_of(node, word, mask);
  while (edges_[at].child != 0 && (edges_[at].node != node || edges_[at].word != word))
    at = (at + 1) & mask;
  return edges_[at];
}

Phrases::Known& PhraseTree::known(Word word) {
  const auto at = static_cast<std::size_t>(word - Phrases::kName);
  if (known_.size() <= at) known_.resize(at + 1);
  return known_[at];
}

void PhraseTree::look_of(const Node& node, std::string& look) const {
  const auto kept = [&](std::int32_t child) {
    return child == 0 ? 0 : static_cast<std::int32_t>(same_[static_cast<std::size_t>(child)]);
  };
  look.clear();
  put_number(look, kept(node.any));
  put_number(look, kept(node.name));
  put_number(look, static_cast<std::int32_t>(node.patterns.size()));
  for (const std::int32_t pattern : node.patterns) put_number(look, pattern);
}

// Trees that are alike are one: "sale of" and "theft of" go on with the same things. Children stand
// behind their parents, so from the last node on each is known by what goes on from it.
void PhraseTree::merge() {
  std::sort(links_.begin(), links_.end());
  same_.resize(nodes_.size());
  std::unordered_map<std::string, std::size_t> looks;
  std::string look;
  auto link = links_.rbegin();
  for (std::size_t at = nodes_.size(); at-- > 0;) {
    look_of(nodes_[at], look);
    for (; link != links_.rend() && link->node == static_cast<std::int32_t>(at); ++link) {
      put_number(look, link->word);
      put_number(look, static_cast<std::int32_t>(same_[static_cast<std::size_t>(link->child)]));
    }
    same_[at] = looks.try_emplace(look, at).first->second;
  }
}

// How many places there are once what is alike is one.
std::size_t PhraseTree::number_places() {
  std::int32_t count = 0;
  places_.resize(nodes_.size());
  for (std::size_t at = 0; at < nodes_.size(); ++at) {
    if (same_[at] == at) places_[at] = count++;
  }
  return static_cast<std::size_t>(count);
}

void PhraseTree::put_link(const Link& link, std::vector<Phrases::Place>& places) {
  const auto node = static_cast<std::size_t>(link.node);
  if (same_[node] != node) return;
  const std::int32_t child = place_of(link.child);
  edge_at(places_[node], link.word) = {places_[node], link.word, child};
  places[static_cast<std::size_t>(places_[node])].words |= Phrases::bit_of(link.word);
  if (node == 0) known(link.word).start = child;
}

std::vector<Phrases::Place> PhraseTree::make_places(Flat<std::int32_t>& patterns) {
  std::vector<Phrases::Place> places;
  places.reserve(number_places());
  const auto child = [&](std::int32_t node) { return node == 0 ? 0 : place_of(node); };
  for (std::size_t at = 0; at < nodes_.size(); ++at) {
    if (same_[at] != at) continue;
    const Node& node = nodes_[at];
    places.push_back({child(node.any), child(node.name), 0,
                      static_cast<std::uint32_t>(patterns.size()),
                      static_cast<std::uint32_t>(node.patterns.size())});
    patterns.append(node.patterns);
  }
  return places;
}

Phrases PhraseTree::sealed(Word words) {
  merge();
  Phrases phrases;
  std::vector<Phrases::Place> places = make_places(phrases.patterns_);
  const auto kept = std::count_if(links_.begin(), links_.end(), [&](const Link& link) {
    return same_[static_cast<std::size_t>(link.node)] == static_cast<std::size_t>(link.node);
  });
  edges_.assign(std::bit_ceil(2 * static_cast<std::size_t>(kept) + 2), {});
  for (const Link& link : links_) put_link(link, places);
  phrases.places_.replace(std::move(places));
  phrases.edges_.replace(std::move(edges_));
  known_.resize(static_cast<std::size_t>(words - Phrases::kName));
  known(Phrases::kName).name = 1;
  phrases.words_.replace(std::move(known_));
  return phrases;
}

}  // namespace onus::classify

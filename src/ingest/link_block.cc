// SPDX-License-Identifier: Apache-2.0
// Best first, over a matrix of weights: a second has some 25 nodes where dozens of logs tell of the
// same searches, and a join costs one row of the matrix. A join is put off while another act would
// do nearly as well, and looked at again when one of the two has grown.
#include "ingest/link_block.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace onus::ingest {
namespace {

constexpr float kNever = -1e9F;

bool same_key(const store::HugeInt& a, const store::HugeInt& b) {
  return a.low == b.low && a.high == b.high;
}

bool has_key(const LinkNode& node, const store::HugeInt& key) {
  return std::ranges::any_of(node.keys,
                             [&](const store::HugeInt& each) { return same_key(each, key); });
}

bool share_one(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i] == b[k]) return true;
    a[i] < b[k] ? ++i : ++k;
  }
  return false;
}

void take(std::uint64_t& into, std::uint64_t from) {
  if (into == 0) into = from;
}
void take(std::int32_t& into, std::int32_t from) {
  if (into < 0) into = from;
}
// Of two that say the same the one that says more.
void take_longer(std::int32_t& into, std::int32_t from, const Forms& forms) {
  if (from >= 0 && (into < 0 || forms.text(from).size() > forms.text(into).size())) into = from;
}

void add_to(LinkRow& shown, const LinkRow& other, const Dictionary& words) {
  take(shown.subject, other.subject);
  take(shown.case_number, other.case_number);
  take(shown.window, other.window);
  take(shown.window_length, other.window_length);
  take(shown.search_type, other.search_type);
  take(shown.networks, other.networks);
  take(shown.devices, other.devices);
  take(shown.offence, other.offence);
  take_longer(shown.agency, other.agency, words.agencies);
  take_longer(shown.actor, other.actor, words.actors);
  take_longer(shown.reason, other.reason, words.texts);
}

std::int64_t seconds(const LinkNode& node) { return node.to - node.from + 1; }

}  // namespace

void LinkBlock::add(const LinkRow& row) {
  for (LinkNode& node : nodes_) {
    if (!same_key(node.shown.key, row.key)) continue;
    if (node.files.back() != row.file) node.files.push_back(row.file);
    node.file_bits |= std::uint64_t{1} << row.file % 64;
    add_to(node.shown, row, words_);
    if (row.minute) node.minute_rows.push_back({row.file, row.row});
    return;
  }
  LinkNode& node = nodes_.emplace_back();
  node.shown = row;
  node.from = row.second;
  node.to = row.second + (row.minute ? 59 : 0);
  if (row.minute) node.minute_rows.push_back({row.file, row.row});
  node.files = {row.file};
  node.file_bits = std::uint64_t{1} << row.file % 64;
  node.keys = {row.key};
}

bool LinkBlock::gather(std::vector<LinkNode> acts) {
  nodes_ = std::move(acts);
  if (nodes_.size() > kMostNodes) return false;
  begin();
  for (std::size_t b = 1; b < nodes_.size(); ++b) {
    for (std::size_t a = 0; a < b && !nodes_[b].gone; ++a) {
      if (!nodes_[a].gone && has_key(nodes_[a], nodes_[b].keys[0])) join(a, b);
    }
  }
  return true;
}

bool LinkBlock::gather(std::span<const LinkRow> rows) {
  nodes_.clear();
  for (const LinkRow& row : rows) {
    add(row);
    if (nodes_.size() > kMostNodes) return false;
  }
  begin();
  return true;
}

std::vector<LinkNode> LinkBlock::alive() const {
  std::vector<LinkNode> out;
  std::ranges::copy_if(nodes_, std::back_inserter(out),
                       [](const LinkNode& node) { return !node.gone; });
  return out;
}

void LinkBlock::begin() {
  alive_ = nodes_.size();
  forget_weights();
}

void LinkBlock::forget_weights() {
  weights_.clear();
  put_off_.assign(nodes_.size() * nodes_.size(), 0);
}

bool LinkBlock::may_be_one(const LinkNode& a, const LinkNode& b) const {
  if (a.gone || b.gone || (a.shown.vendor && b.shown.vendor)) return false;
  if (a.from > b.to || b.from > a.to) return false;
  return (a.file_bits & b.file_bits) == 0 || !share_one(a.files, b.files);
}

void LinkBlock::count_pairs(std::span<std::int64_t> counts) const {
  for (std::size_t a = 0; a < nodes_.size(); ++a) {
    for (std::size_t b = a + 1; b < nodes_.size(); ++b) {
      if (!may_be_one(nodes_[a], nodes_[b])) continue;
      ++counts[pattern_of(compare(words_, nodes_[a].shown, nodes_[b].shown))];
    }
  }
}

float LinkBlock::seconds_bits(const LinkNode& a, const LinkNode& b) const {
  const std::int64_t most = std::max(seconds(a), seconds(b));
  return most == 1 || learned_from_minutes_ ? 0.0F : std::log2(static_cast<float>(most));
}

float LinkBlock::weight_of(std::size_t a, std::size_t b, const Weights& weights) const {
  const LinkNode& x = nodes_[a];
  const LinkNode& y = nodes_[b];
  if (a == b || !may_be_one(x, y)) return kNever;
  const auto weight = static_cast<float>(weights.weight(x.shown, x.weighed, y.shown, y.weighed));
  return weight - seconds_bits(x, y);
}

// What two nodes show together, without what is so of any two.
double LinkBlock::bits_for(std::size_t a, std::size_t b, const Weights& weights) const {
  return weights.weight(nodes_[a].shown, nodes_[b].shown) - weights.prior();
}

void LinkBlock::weigh_all(const Weights& weights) {
  weights_.assign(nodes_.size() * nodes_.size(), kNever);
  for (LinkNode& node : nodes_) node.weighed = weights.weighed(node.shown);
  for (std::size_t a = 0; a < nodes_.size(); ++a) {
    for (std::size_t b = a + 1; b < nodes_.size(); ++b) {
      weight_at(a, b) = weight_at(b, a) = weight_of(a, b, weights);
    }
  }
}

// After `a` has grown: the weights between it and all others. What could not be one cannot now.
void LinkBlock::weigh_again(std::size_t a, const Weights& weights) {
  nodes_[a].weighed = weights.weighed(nodes_[a].shown);
  for (std::size_t b = 0; b < nodes_.size(); ++b) {
    if (weight_at(a, b) == kNever) continue;
    weight_at(a, b) = weight_at(b, a) = weight_of(a, b, weights);
    put_off_[a * nodes_.size() + b] = put_off_[b * nodes_.size() + a] = 0;
  }
}

// That `a` is the act of `b`, rather than none or one that `b` is not.
double LinkBlock::probability(std::size_t a, std::size_t b) const {
  const double odds = std::exp2(weight_at(a, b));
  double others = 0;
  for (std::size_t c = 0; c < nodes_.size(); ++c) {
    const bool rival = c != a && c != b && !nodes_[c].gone && weight_at(b, c) < 0;
    if (rival) others += std::exp2(weight_at(a, c));
  }
  return odds / (1 + odds + others);
}

bool LinkBlock::find_best(Demand demand, std::size_t& best_a, std::size_t& best_b) {
  float best = demand == Demand::sure ? kSureWeight : 0.0F;
  bool found = false;
  for (std::size_t a = 0; a < nodes_.size(); ++a) {
    if (nodes_[a].gone) continue;
    for (std::size_t b = a + 1; b < nodes_.size(); ++b) {
      const bool better = found ? weight_at(a, b) > best : weight_at(a, b) >= best;
      if (!better || put_off_[a * nodes_.size() + b] != 0) continue;
      best = weight_at(a, b);
      best_a = a;
      best_b = b;
      found = true;
    }
  }
  return found;
}

void LinkBlock::join(std::size_t a, std::size_t b) {
  LinkNode& into = nodes_[a];
  LinkNode& from = nodes_[b];
  from.gone = true;
  --alive_;
  add_to(into.shown, from.shown, words_);
  into.from = std::max(into.from, from.from);
  into.to = std::min(into.to, from.to);
  into.minute_rows.insert(into.minute_rows.end(), from.minute_rows.begin(), from.minute_rows.end());
  if (from.shown.vendor) into.keys.swap(from.keys);
  into.shown.vendor |= from.shown.vendor;
  into.keys.insert(into.keys.end(), from.keys.begin(), from.keys.end());
  const auto middle = static_cast<std::ptrdiff_t>(into.files.size());
  into.files.insert(into.files.end(), from.files.begin(), from.files.end());
  std::inplace_merge(into.files.begin(), into.files.begin() + middle, into.files.end());
  into.file_bits |= from.file_bits;
  into.least = std::min(into.least, from.least);
}

std::size_t LinkBlock::join_all(const Weights& weights, Demand demand) {
  if (weights_.empty()) weigh_all(weights);
  if (demand == Demand::maybe) std::fill(put_off_.begin(), put_off_.end(), 0);
  std::size_t a = 0;
  std::size_t b = 0;
  while (find_best(demand, a, b)) {
    const double sure = std::min(probability(a, b), probability(b, a));
    if (demand == Demand::sure && sure < kSure) {
      put_off_[a * nodes_.size() + b] = 1;
      continue;
    }
    join(a, b);
    nodes_[a].least = std::min(nodes_[a].least, sure);
    weigh_again(a, weights);
    for (std::size_t c = 0; c < nodes_.size(); ++c) weight_at(b, c) = weight_at(c, b) = kNever;
  }
  return alive_;
}

}  // namespace onus::ingest

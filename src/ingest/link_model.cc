// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/check.h"

namespace onus::ingest {
namespace {

constexpr int kMostRounds = 200;
constexpr double kSettled = 1e-9;
constexpr double kImagined = 20;  // pairs of one act that m is learned from beside those in the log
constexpr std::size_t kNeighbours = 4;  // rows that each row of the sample is paired with
constexpr std::array<double, kLevels> kStart = {0, 0.93, 0.05, 0.02};

std::size_t at(LinkField field) { return static_cast<std::size_t>(field); }
std::size_t at(Level level) { return static_cast<std::size_t>(level); }

Level same(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return Level::none;
  return a == b ? Level::agree : Level::disagree;
}

bool close(std::int32_t a, std::int32_t b) {
  return std::abs(std::int64_t{a} - b) <= std::max<std::int64_t>(3, std::min(a, b) / 100);
}

// Where one log states minutes only, the length alone can be compared.
Level window(const LinkRow& a, const LinkRow& b) {
  const bool ends = a.window != 0 && b.window != 0;
  return ends ? same(a.window, b.window) : same(a.window_length, b.window_length);
}

// Organisations and cameras asked are one count seen twice, so one field. Logs differ slightly
// where cameras went off between two exports.
Level reach(const LinkRow& a, const LinkRow& b) {
  const bool networks = a.networks > 0 && b.networks > 0;
  const bool devices = a.devices > 0 && b.devices > 0;
  if (!networks && !devices) return Level::none;
  const bool equal =
      (!networks || a.networks == b.networks) && (!devices || a.devices == b.devices);
  if (equal) return Level::agree;
  const bool near =
      (!networks || close(a.networks, b.networks)) && (!devices || close(a.devices, b.devices));
  return near ? Level::compatible : Level::disagree;
}

// What a value is counted under: its reach as far as both rows of a pair show it.
std::uint64_t networks_key(std::int32_t networks) {
  return mixed(static_cast<std::uint64_t>(networks) ^ 0x6e6574ULL) | 1;
}
std::uint64_t devices_key(std::int32_t devices) {
  return mixed(static_cast<std::uint64_t>(devices) ^ 0x646576ULL) | 1;
}
std::uint64_t length_key(std::uint64_t length) { return mixed(length ^ 0x6c656eULL) | 1; }

std::uint64_t key_of(LinkField field, const Dictionary& words, const LinkRow& row) {
  switch (field) {
    case LinkField::agency:
      return row.agency < 0 ? 0 : words.agencies.hash(row.agency);
    case LinkField::actor:
      return row.actor < 0 ? 0 : words.actors.hash(row.actor);
    case LinkField::subject:
      return row.subject;
    case LinkField::reason:
      return row.reason < 0 ? 0 : words.texts.hash(row.reason);
    case LinkField::offence:
      return row.offence < 0 ? 0 : words.texts.hash(row.offence);
    case LinkField::case_number:
      return row.case_number;
    case LinkField::window:
      return row.window;
    case LinkField::reach:
      return row.networks > 0 ? networks_key(row.networks) : 0;
    case LinkField::search_type:
      return row.search_type;
  }
  return 0;
}

// Of the counts of each level the shares; levels that are not seen are not impossible.
Shares shares_of(const std::array<std::array<std::int64_t, kLevels>, kLinkFields>& counts) {
  Shares out{};
  for (std::size_t f = 0; f < kLinkFields; ++f) {
    const auto& c = counts[f];
    const auto all = static_cast<double>(c[1] + c[2] + c[3]);
    for (std::size_t l = 1; l < kLevels; ++l) {
      const double seen = (static_cast<double>(c[l]) + 0.5) / (all + 1.5);
      out[f][l] = std::clamp(seen, kLeast, 1.0);
    }
  }
  return out;
}

struct Place {  // of a row in the sample
  std::uint64_t agency = 0;
  std::uint64_t order = 0;
  std::uint32_t index = 0;
};

// Pairs of neighbours in an order that has nothing to do with time.
template <class Use>
void each_pair(std::span<const LinkRow> sample, const std::vector<Place>& places, Use use) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t k = i + 1; k <= i + kNeighbours && k < places.size(); ++k) {
      const LinkRow& a = sample[places[i].index];
      const LinkRow& b = sample[places[k].index];
      if (a.group == b.group && std::abs(a.second - b.second) > 2) use(a, b);
    }
  }
}

}  // namespace

Levels compare(const Dictionary& words, const LinkRow& a, const LinkRow& b) {
  return {words.agency(a.agency, b.agency),
          words.actor(a.actor, b.actor),
          same(a.subject, b.subject),
          words.text(a.reason, b.reason),
          words.text(a.offence, b.offence),
          same(a.case_number, b.case_number),
          window(a, b),
          reach(a, b),
          same(a.search_type, b.search_type)};
}

void Chance::count_values(const Dictionary& words, std::span<const LinkRow> sample) {
  for (std::size_t f = 0; f < kLinkFields; ++f) {
    const auto field = static_cast<LinkField>(f);
    std::vector<std::uint64_t> keys;
    double known = 0;
    for (const LinkRow& row : sample) {
      if (const std::uint64_t key = key_of(field, words, row)) keys.push_back(key), ++known;
      if (field == LinkField::reach && row.devices > 0) keys.push_back(devices_key(row.devices));
      if (field == LinkField::window && row.window_length > 0) {
        keys.push_back(length_key(row.window_length));
      }
    }
    std::sort(keys.begin(), keys.end());
    known = std::max(known, 1.0);
    rare_[f] = std::max(kLeast, 1 / known);
    for (std::size_t from = 0, to = 0; from < keys.size(); from = to) {
      while (to < keys.size() && keys[to] == keys[from]) ++to;
      const double part = static_cast<double>(to - from) / known;
      if (part > rare_[f]) common_[f].emplace(keys[from], std::min(part, 1.0));
    }
  }
}

Chance::Chance(const Dictionary& words, std::span<const LinkRow> sample) {
  count_values(words, sample);
  std::vector<Place> places;
  for (std::uint32_t i = 0; i < sample.size(); ++i) {
    const LinkRow& row = sample[i];
    const auto order =
        mixed(mixed(static_cast<std::uint64_t>(row.second)) ^
              mixed(std::uint64_t{row.file} << 40 ^ static_cast<std::uint64_t>(row.row)));
    places.push_back({key_of(LinkField::agency, words, row), order, i});
  }
  const auto count = [&](Shares& into, bool one_agency) {
    std::array<std::array<std::int64_t, kLevels>, kLinkFields> counts{};
    each_pair(sample, places, [&](const LinkRow& a, const LinkRow& b) {
      const Levels levels = compare(words, a, b);
      if (one_agency && levels[0] != Level::agree) return;
      for (std::size_t f = 0; f < kLinkFields; ++f) ++counts[f][at(levels[f])];
    });
    into = shares_of(counts);
  };
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.order < b.order; });
  count(any_, false);
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tie(a.agency, a.order) < std::tie(b.agency, b.order);
  });
  count(of_agency_, true);
  of_agency_[at(LinkField::agency)] = any_[at(LinkField::agency)];
}

double Chance::share_of(LinkField field, std::uint64_t key) const {
  const auto found = common_[at(field)].find(key);
  return found == common_[at(field)].end() ? rare_[at(field)] : found->second;
}

double Chance::share(LinkField field, const Dictionary& words, const LinkRow& row) const {
  const std::uint64_t key = key_of(field, words, row);
  return key == 0 ? 1.0 : share_of(field, key);
}

double Chance::share_of_devices(const LinkRow& row) const {
  return row.devices <= 0 ? 1.0 : share_of(LinkField::reach, devices_key(row.devices));
}

double Chance::share_of_length(const LinkRow& row) const {
  return row.window_length == 0 ? 1.0 : share_of(LinkField::window, length_key(row.window_length));
}

namespace {

// What the pairs are by the model so far: how many of each level show one act.
struct Expected {
  Shares sums{};
  double all = 0;
  double one_act = 0;
};

Expected expect(std::span<const std::int64_t> counts, std::span<const std::size_t> seen,
                const Chance& chance, const Model& model) {
  Expected out;
  for (const std::size_t pattern : seen) {
    const Levels levels = levels_of(pattern);
    const Shares& u = chance.for_pair(levels);
    double odds = model.one_act / (1 - model.one_act);
    for (std::size_t f = 0; f < kLinkFields; ++f) {
      if (levels[f] != Level::none) odds *= model.m[f][at(levels[f])] / u[f][at(levels[f])];
    }
    const auto pairs = static_cast<double>(counts[pattern]);
    const double expected = pairs * (odds / (1 + odds));
    out.all += pairs;
    out.one_act += expected;
    for (std::size_t f = 0; f < kLinkFields; ++f) out.sums[f][at(levels[f])] += expected;
  }
  return out;
}

// The model that fits best to what is expected, and by how much a share of it changed at most.
double fit(const Expected& expected, Model& model) {
  double change = 0;
  for (std::size_t f = 0; f < kLinkFields; ++f) {
    const auto& sums = expected.sums[f];
    const double total = sums[1] + sums[2] + sums[3] + kImagined;
    for (std::size_t l = 1; l < kLevels; ++l) {
      const double next = std::clamp((sums[l] + kImagined * kStart[l]) / total, kLeast, 1.0);
      change = std::max(change, std::abs(next - model.m[f][l]));
      model.m[f][l] = next;
    }
  }
  model.one_act = std::clamp((expected.one_act + 1) / (expected.all + 2), kLeast, 1 - kLeast);
  return change;
}

}  // namespace

Model learn(std::span<const std::int64_t> counts, const Chance& chance) {
  ONUS_CHECK(counts.size() == kPatterns);
  std::vector<std::size_t> seen;
  for (std::size_t p = 0; p < kPatterns; ++p) {
    if (counts[p] > 0) seen.push_back(p);
  }
  Model model;
  model.one_act = 0.5;
  for (auto& shares : model.m) shares = kStart;
  while (!seen.empty() && model.rounds < kMostRounds) {
    ++model.rounds;
    if (fit(expect(counts, seen, chance, model), model) < kSettled) break;
  }
  return model;
}

Weights::Weights(const Model& model, const Chance& chance, const Dictionary& words)
    : chance_(chance), words_(words), prior_(std::log2(model.one_act / (1 - model.one_act))) {
  for (std::size_t f = 0; f < kLinkFields; ++f) {
    for (std::size_t l = 1; l < kLevels; ++l) {
      m_[f][l] = std::log2(model.m[f][l]);
      any_[f][l] = m_[f][l] - std::log2(chance.any()[f][l]);
      of_agency_[f][l] = m_[f][l] - std::log2(chance.of_one_agency()[f][l]);
    }
  }
}

Weighed Weights::weighed(const LinkRow& row) const {
  Weighed out;
  for (std::size_t f = 0; f < kLinkFields; ++f) {
    const double share = chance_.share(static_cast<LinkField>(f), words_, row);
    out.rarity[f] = static_cast<float>(-std::log2(share));
  }
  out.rarity_of_devices = static_cast<float>(-std::log2(chance_.share_of_devices(row)));
  out.rarity_of_length = static_cast<float>(-std::log2(chance_.share_of_length(row)));
  return out;
}

// Of a value on which both agree: m over its share, or over that of one agency if it is greater.
double Weights::agreement(std::size_t field, bool one_agency, const LinkRow& a, const Weighed& of_a,
                          const LinkRow& b, const Weighed& of_b) const {
  double rarity = std::min(of_a.rarity[field], of_b.rarity[field]);
  if (field == at(LinkField::reach)) {
    rarity = a.networks > 0 && b.networks > 0 ? rarity : 0;
    if (a.devices > 0 && b.devices > 0) {
      rarity = std::max<double>(rarity, of_a.rarity_of_devices);
    }
  }
  if (field == at(LinkField::window) && (a.window == 0 || b.window == 0)) {
    rarity = of_a.rarity_of_length;
  }
  const double bits = m_[field][at(Level::agree)] + rarity;
  const bool bounded = one_agency && field != at(LinkField::agency);
  return bounded ? std::min(bits, of_agency_[field][at(Level::agree)]) : bits;
}

double Weights::weight(const LinkRow& a, const Weighed& of_a, const LinkRow& b,
                       const Weighed& of_b) const {
  const Levels levels = compare(words_, a, b);
  const bool one_agency = levels[at(LinkField::agency)] == Level::agree;
  const Bits& bits = one_agency ? of_agency_ : any_;
  double sum = prior_;
  for (std::size_t f = 0; f < kLinkFields; ++f) {
    if (levels[f] == Level::none) continue;
    sum += levels[f] == Level::agree ? agreement(f, one_agency, a, of_a, b, of_b)
                                     : bits[f][at(levels[f])];
  }
  return sum;
}

}  // namespace onus::ingest

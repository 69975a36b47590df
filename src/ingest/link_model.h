// SPDX-License-Identifier: Apache-2.0
// How much each field says for or against two sightings being one act: the model of Fellegi and
// Sunter (1969). A field that one of the two does not show says nothing: weight 0, exactly.
//
//   weight = log2 (p / (1 - p)) + sum over fields of log2 (m / u)
//
// p: share of one act among the pairs of one second; m: how often the field stands so where it is
// one act (learned by expectation and maximisation); u: how often where it is not (counted over
// pairs of rows of different times). Where two values agree, u is the value's own share, because
// two acts agree on "inv" more often than on a case number; and where the agency agrees too, it is
// at least the share in which two acts of one agency agree. No share is taken for less than kLeast
// or than one row of the sample.
// docs/linking.md derives it. Nothing depends on the order of the files or on the case's key.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/link_rows.h"

namespace onus::ingest {

enum class LinkField : std::uint8_t {
  agency,
  actor,
  subject,
  reason,
  offence,
  case_number,
  window,
  reach,
  search_type
};
inline constexpr auto kLinkFieldNames =
    std::to_array<std::string_view>({"agency", "actor", "subject", "reason", "offence",
                                     "case_number", "window", "reach", "search_type"});
inline constexpr std::size_t kLinkFields = kLinkFieldNames.size();
inline constexpr std::size_t kLevels = 4;  // Level::none among them
inline constexpr std::size_t kPatterns = 1 << (2 * kLinkFields);
inline constexpr double kLeast = 1e-4;  // a share smaller than a sample can tell

using Levels = std::array<Level, kLinkFields>;

constexpr std::size_t pattern_of(const Levels& levels) {
  std::size_t out = 0;
  for (const Level level : levels) out = out << 2 | static_cast<std::size_t>(level);
  return out;
}
constexpr Levels levels_of(std::size_t pattern) {
  Levels out{};
  for (std::size_t i = kLinkFields; i-- > 0; pattern >>= 2)
    out[i] = static_cast<Level>(pattern & 3);
  return out;
}

Levels compare(const Dictionary& words, const LinkRow& a, const LinkRow& b);

// Shares of the levels that are evidence; each adds up to 1.
using Shares = std::array<std::array<double, kLevels>, kLinkFields>;

// How common values are, and how often two acts agree by chance; from a sample of rows.
class Chance {
 public:
  Chance(const Dictionary& words, std::span<const LinkRow> sample);

  const Shares& any() const { return any_; }                  // two acts
  const Shares& of_one_agency() const { return of_agency_; }  // two acts of one agency
  // The share of the value of a row; of its reach, by networks or by devices alone. 1: unknown.
  double share(LinkField field, const Dictionary& words, const LinkRow& row) const;
  double share_of_devices(const LinkRow& row) const;
  double share_of_length(const LinkRow& row) const;  // of its window
  const Shares& for_pair(const Levels& levels) const {
    return levels[0] == Level::agree ? of_agency_ : any_;
  }

 private:
  void count_values(const Dictionary& words, std::span<const LinkRow> sample);
  double share_of(LinkField field, std::uint64_t key) const;
  Shares any_{}, of_agency_{};
  std::array<std::unordered_map<std::uint64_t, double>, kLinkFields> common_;
  std::array<double, kLinkFields> rare_{};  // share of a value that is not common
};

struct Model {
  double one_act = 0;  // p
  Shares m{};
  int rounds = 0;
};

// `counts`: pairs of one second, by pattern. The same counts give the same bits.
Model learn(std::span<const std::int64_t> counts, const Chance& chance);

// A row with what its values weigh where another row agrees on them: looked up once, used for each
// pair that the row is in.
struct Weighed {
  std::array<float, kLinkFields> rarity{};  // -log2 of the value's share; 0 where unknown
  float rarity_of_devices = 0;
  float rarity_of_length = 0;
};

// Weights of pairs, in bits.
class Weights {
 public:
  Weights(const Model& model, const Chance& chance, const Dictionary& words);

  const Dictionary& words() const { return words_; }
  double prior() const { return prior_; }  // bits, before any field is looked at
  Weighed weighed(const LinkRow& row) const;
  double weight(const LinkRow& a, const Weighed& of_a, const LinkRow& b, const Weighed& of_b) const;
  double weight(const LinkRow& a, const LinkRow& b) const {
    return weight(a, weighed(a), b, weighed(b));
  }

 private:
  using Bits = std::array<std::array<double, kLevels>, kLinkFields>;
  double agreement(std::size_t field, bool one_agency, const LinkRow& a, const Weighed& of_a,
                   const LinkRow& b, const Weighed& of_b) const;

  const Chance& chance_;
  const Dictionary& words_;
  double prior_ = 0;
  Bits any_{}, of_agency_{};  // log2 (m / u) of each level
  Bits m_{};                  // log2 m
};

}  // namespace onus::ingest

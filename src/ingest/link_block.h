// SPDX-License-Identifier: Apache-2.0
// Which sightings of one second are one act, or of one minute where a log states no seconds. Rows
// of one act_key are one node; nodes are joined in the order of their weight, each with what all
// its rows together show, as long as the join is probable enough against every other act it could
// belong to. Never joined: two rows of one file (a log shows an act once) and two vendor ids.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ingest/link_align.h"
#include "ingest/link_model.h"

namespace onus::ingest {

inline constexpr double kSure = 0.97;            // of a join that is counted
inline constexpr float kSureWeight = 5.0151F;    // log2(kSure / (1 - kSure)); 0 bits are one half
inline constexpr std::size_t kMostNodes = 256;   // of a second; more are left as they are
inline constexpr std::size_t kLeastInOrder = 5;  // acts whose seconds prove a file's order

// Where a row stands in a file that states no seconds.
struct MinuteRow {
  std::uint32_t file = 0;
  std::int64_t row = 0;
};

struct LinkNode {
  LinkRow shown;                  // what its rows together show
  std::int64_t from = 0, to = 0;  // seconds that it may be of: one, or those of a minute
  Weighed weighed;
  std::vector<std::uint32_t> files;  // in order
  std::uint64_t file_bits = 0;       // of files, by number modulo 64: apart if these are
  std::vector<store::HugeInt> keys;  // the first stands for the act
  std::vector<MinuteRow> minute_rows;
  double least = 1;   // probability of the weakest of the joins that made it
  bool gone = false;  // joined to another one
};

// One for many blocks: it keeps its memory.
class LinkBlock {
 public:
  explicit LinkBlock(const Dictionary& words) : words_(words) {}

  // Rows of one second and group, in the order of file and row. False: too many nodes.
  bool gather(std::span<const LinkRow> rows);
  std::span<const LinkNode> nodes() const { return nodes_; }
  std::vector<LinkNode> alive() const;  // nodes that were not joined to another one

  // Acts that other blocks made, in place of rows. False: too many.
  bool gather(std::vector<LinkNode> acts);

  // Acts that may be of any of n seconds weigh log2 n less: so many more acts could be meant. Not
  // where the model was learned from such pairs.
  void learned_from_minutes() { learned_from_minutes_ = true; }

  // Logs are in the order of time. Where acts whose second is known stand in that order in a file
  // without seconds, either way round, a row between two of them is not of before the one nor of
  // after the other. True: it says more of some act; join_all() then goes on.
  bool narrow();
  // Joins the rows of a file in the order of time with the acts whose second is known, by all that
  // they show together (ingest/link_align.h). True: it joined some.
  bool align_rows(std::uint32_t file, const Weights& weights);

  // Adds each pair that could be one act to `counts`, by pattern.
  void count_pairs(std::span<std::int64_t> counts) const;

  // How sure a join must be.
  enum class Demand { sure, maybe };
  // Joins nodes until none are left that meet the demand; how many are. After `sure` it goes on
  // with `maybe`, never the other way.
  std::size_t join_all(const Weights& weights, Demand demand);

 private:
  std::vector<std::size_t> rows_in_order(std::uint32_t file) const;
  AlignedRow aligned_row(std::size_t node, std::span<const std::size_t> acts,
                         const Weights& weights) const;
  bool join_aligned(std::size_t act, std::size_t row, double sure);
  double bits_for(std::size_t a, std::size_t b, const Weights& weights) const;
  void add(const LinkRow& row);
  void begin();
  void forget_weights();
  float seconds_bits(const LinkNode& a, const LinkNode& b) const;
  bool may_be_one(const LinkNode& a, const LinkNode& b) const;
  void weigh_all(const Weights& weights);
  void weigh_again(std::size_t a, const Weights& weights);
  float weight_of(std::size_t a, std::size_t b, const Weights& weights) const;
  double probability(std::size_t a, std::size_t b) const;
  bool find_best(Demand demand, std::size_t& a, std::size_t& b);
  void join(std::size_t a, std::size_t b);
  float& weight_at(std::size_t a, std::size_t b) { return weights_[a * nodes_.size() + b]; }
  float weight_at(std::size_t a, std::size_t b) const { return weights_[a * nodes_.size() + b]; }

  const Dictionary& words_;
  bool learned_from_minutes_ = false;
  std::vector<LinkNode> nodes_;
  std::size_t alive_ = 0;
  std::vector<float> weights_;  // between nodes, both ways; kNever where they cannot be one
  std::vector<char> put_off_;   // pairs not sure as things stand
};

}  // namespace onus::ingest

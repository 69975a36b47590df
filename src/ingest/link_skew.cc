// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_skew.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <tuple>
#include <utility>

#include "ingest/link_clock.h"

namespace onus::ingest {
namespace {

constexpr std::int64_t kSample = 200'000;  // anchors
constexpr std::size_t kNeighbours = 24;    // that each is held against, of its own kind
constexpr int kMostSteps = 64;             // files that meet the known ones join in one step

struct Anchor {
  std::uint64_t key = 0;
  std::int64_t second = 0;
  std::uint32_t file = 0;
};

// Sampled by what they say, so that all sightings of one are there. Logs hide whole columns, so
// what they say is put together in several ways.
constexpr std::string_view kAnchors = R"sql(
WITH r AS (
  SELECT s.*, f.ordinal, f.system, epoch_us(s."when") // 1000000 AS second,
         epoch_us(s.window_to) - epoch_us(s.window_from) AS length
  FROM sightings s JOIN link_files f USING (file_id)
  WHERE s.act <> 'administrative' AND s."when" IS NOT NULL),
said AS (
  SELECT second, ordinal, act, system, 1 AS way, act_key AS a, 0 AS b, 0 AS c, 0 AS d FROM r WHERE act_tier = 'vendor_id'
  UNION ALL SELECT second, ordinal, act, system, 2, networks, agency_id, reason_id, actor_id FROM r
  UNION ALL SELECT second, ordinal, act, system, 3, networks, agency_id, reason_id, length FROM r
  UNION ALL SELECT second, ordinal, act, system, 4, networks, agency_id, actor_id, 0 FROM r
  UNION ALL SELECT second, ordinal, act, system, 5, networks, agency_id, length, 0 FROM r
  UNION ALL SELECT second, ordinal, act, system, 6, networks, reason_id, length, 0 FROM r
  UNION ALL SELECT second, ordinal, act, system, 7, networks, devices, hash(lower(search_type)) % 1000000, 0 FROM r),
anchors AS (
  SELECT hash(way, a, b, c, d, act, system)::UBIGINT AS k, second, ordinal FROM said
  WHERE (way = 1 OR a > 1) AND b IS NOT NULL AND c IS NOT NULL AND d IS NOT NULL)
SELECT k, second, ordinal FROM anchors WHERE k // 65536 % {} = 0
)sql";

class Skews {
 public:
  Skews(const LinkFiles& files, const std::vector<std::int64_t>& hours)
      : files_(files),
        hours_(hours),
        ahead_(hours.size(), 0),
        known_(hours.size(), 0),
        voters_(hours.size()) {}

  Result<void> read(store::Database& db) {
    const std::int64_t every = files_.rows() * 5 / kSample + 1;
    ONUS_TRY_VOID(db.each_chunk(
        fmt::format(kAnchors, every), [&](const store::ChunkView& chunk) -> Result<void> {
          for (std::size_t i = 0; i < chunk.size(); ++i) {
            const auto file = static_cast<std::uint32_t>(chunk.values<std::int32_t>(2)[i]);
            if (files_.all()[file].minutes) continue;
            voters_[file] = true;
            anchors_.push_back({chunk.values<std::uint64_t>(0)[i],
                                chunk.values<std::int64_t>(1)[i] - hours_[file] * 3600, file});
          }
          return {};
        }));
    std::sort(anchors_.begin(), anchors_.end(), [](const Anchor& a, const Anchor& b) {
      return std::tie(a.key, a.second, a.file) < std::tie(b.key, b.second, b.file);
    });
    return {};
  }

  std::vector<std::int64_t> settle() {
    bool more = false;
    for (int step = 0; step < kMostSteps && (more || take_largest()); ++step) more = settle_more();
    return ahead_;
  }

 private:
  // Of the files that nothing is known of; false: there are none with rows to compare.
  bool take_largest() {
    std::optional<std::size_t> largest;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (known_[i] != 0 || !voters_[i]) continue;
      if (!largest || files_.all()[i].rows > files_.all()[*largest].rows) largest = i;
    }
    if (largest) known_[*largest] = 1;
    return largest.has_value();
  }

  bool settle_more() {
    collect();
    std::sort(votes_.begin(), votes_.end());
    bool more = false;
    for (std::size_t from = 0, to = 0; from < votes_.size(); from = to) {
      while (to < votes_.size() && votes_[to].first == votes_[from].first) ++to;
      more |= decide(from, to);
    }
    return more;
  }

  // One vote for each number of seconds that rows of one kind say of a file.
  void collect() {
    votes_.clear();
    std::size_t begin = 0;
    for (std::size_t i = 0; i < anchors_.size(); ++i) {
      for (std::size_t j = i + 1; j < anchors_.size() && j <= i + kNeighbours; ++j) {
        if (anchors_[j].key != anchors_[i].key) break;
        vote(anchors_[i], anchors_[j]);
        vote(anchors_[j], anchors_[i]);
      }
      if (i + 1 == anchors_.size() || anchors_[i + 1].key != anchors_[i].key) {
        const auto first = votes_.begin() + static_cast<std::ptrdiff_t>(begin);
        std::sort(first, votes_.end());
        votes_.erase(std::unique(first, votes_.end()), votes_.end());
        begin = votes_.size();
      }
    }
  }

  void vote(const Anchor& of, const Anchor& against) {
    if (known_[of.file] != 0 || known_[against.file] == 0) return;
    const std::int64_t ahead = of.second - (against.second - ahead_[against.file]);
    if (std::abs(ahead) <= kMostSkew) votes_.emplace_back(of.file, ahead);
  }

  // Of votes_[from, to), which are for one file.
  bool decide(std::size_t from, std::size_t to) {
    std::int64_t best = 0, seconds = 0, next = 0;
    for (std::size_t i = from, end = from; i < to; i = end) {
      while (end < to && votes_[end] == votes_[i]) ++end;
      const auto count = static_cast<std::int64_t>(end - i);
      next = std::max(next, std::min(count, best));
      if (count > best) seconds = votes_[i].second;
      best = std::max(best, count);
    }
    if (best < kLeastVotes || next * 3 > best) return false;
    known_[votes_[from].first] = 1;
    ahead_[votes_[from].first] = seconds;
    return true;
  }

  const LinkFiles& files_;
  const std::vector<std::int64_t>& hours_;
  std::vector<std::int64_t> ahead_;  // by file
  std::vector<char> known_;          // by file
  std::vector<bool> voters_;         // files with an anchor
  std::vector<Anchor> anchors_;
  std::vector<std::pair<std::uint32_t, std::int64_t>> votes_;  // file, seconds ahead
};

}  // namespace

Result<std::vector<std::int64_t>> find_skews(store::Database& db, const LinkFiles& files,
                                             const std::vector<std::int64_t>& hours) {
  Skews skews(files, hours);
  ONUS_TRY_VOID(skews.read(db));
  return skews.settle();
}

}  // namespace onus::ingest

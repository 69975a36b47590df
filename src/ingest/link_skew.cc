// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_skew.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "ingest/link_clock.h"

namespace onus::ingest {
namespace {

constexpr std::int64_t kSample = 200'000;      // anchors, or as many as
constexpr std::int64_t kSampleOfFile = 1'000;  // for each file
constexpr std::size_t kNeighbours = 12;        // acts on each side that an anchor is held against

struct Anchor {
  std::uint64_t key = 0;
  std::int64_t second = 0;
  std::uint32_t file = 0;
};

// Sampled by what they say, so that all sightings of one are there. Logs hide whole columns, so
// what they say is put together in several ways. Way 8 needs nothing but the number of networks:
// how long before and after it the same number was asked (of some of the numbers where rows are
// many). A row that this log has and that one has not breaks two or three such anchors.
constexpr std::string_view kAnchors = R"sql(
WITH r AS (
  SELECT s.*, f.ordinal, f.system, epoch_us(s."when") // 1000000 AS second,
         epoch_us(s.window_to) - epoch_us(s.window_from) AS length
  FROM sightings s JOIN link_files f USING (file_id)
  WHERE s.act <> 'administrative' AND s."when" IS NOT NULL),
moments AS (
  SELECT DISTINCT second, ordinal, act, system, networks FROM r
  WHERE networks > 1 AND hash(networks) // 65536 % {1} = 0),
gaps AS (
  SELECT second, ordinal, act, system, networks, second - lag(second) OVER apart AS before,
         lead(second) OVER apart - second AS after
  FROM moments WINDOW apart AS (PARTITION BY ordinal, act, system, networks ORDER BY second)),
said AS (
  SELECT second, ordinal, act, system, 1 AS way, act_key AS a, 0 AS b, 0 AS c, 0 AS d FROM r WHERE act_tier = 'vendor_id'
  UNION ALL SELECT second, ordinal, act, system, 2, networks, agency_id, reason_id, actor_id FROM r
  UNION ALL SELECT second, ordinal, act, system, 3, networks, agency_id, reason_id, length FROM r
  UNION ALL SELECT second, ordinal, act, system, 4, networks, agency_id, actor_id, 0 FROM r
  UNION ALL SELECT second, ordinal, act, system, 5, networks, agency_id, length, 0 FROM r
  UNION ALL SELECT second, ordinal, act, system, 6, networks, reason_id, length, 0 FROM r
  UNION ALL SELECT second, ordinal, act, system, 7, networks, devices, hash(lower(search_type)) % 1000000, 0 FROM r
  UNION ALL SELECT second, ordinal, act, system, 8, networks, before, after, 0 FROM gaps),
anchors AS (
  SELECT hash(way, a, b, c, d, act, system)::UBIGINT AS k, second, ordinal FROM said
  WHERE (way = 1 OR a > 1) AND b IS NOT NULL AND c IS NOT NULL AND d IS NOT NULL)
SELECT k, second, ordinal FROM anchors WHERE k // 65536 % {0} = 0
)sql";

class Skews {
 public:
  Skews(const LinkFiles& files, const std::vector<std::int64_t>& hours)
      : files_(files), hours_(hours), ahead_(hours.size()), voters_(hours.size()) {}

  Result<void> read(store::Database& db) {
    const auto files = static_cast<std::int64_t>(hours_.size());
    const std::int64_t every = files_.rows() * 6 / std::max(kSample, files * kSampleOfFile) + 1;
    const std::int64_t every_number = files_.rows() / kGapRows + 1;
    ONUS_TRY_VOID(db.each_chunk(
        fmt::format(kAnchors, every, every_number),
        [&](const store::ChunkView& chunk) -> Result<void> {
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
    while (take_largest()) {
      while (settle_more()) {
      }
    }
    std::vector<std::int64_t> out;
    out.reserve(ahead_.size());
    for (std::size_t i = 0; i < ahead_.size(); ++i) out.push_back(ahead_[i].value_or(common(i)));
    return out;
  }

 private:
  // What most rows of the system are ahead whose clocks are known: taken for a file whose clock
  // nothing tells, so that it stays as it is.
  std::int64_t common(std::size_t file) const {
    std::map<std::int64_t, std::int64_t> rows;
    for (std::size_t i = 0; i < ahead_.size(); ++i) {
      if (!ahead_[i] || files_.all()[i].system != files_.all()[file].system) continue;
      rows[*ahead_[i]] += files_.all()[i].rows;
    }
    const auto most = std::max_element(
        rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == rows.end() ? 0 : most->first;
  }

  // Of the files that nothing is known of; false: there are none with rows to compare.
  bool take_largest() {
    std::optional<std::size_t> largest;
    for (std::size_t i = 0; i < ahead_.size(); ++i) {
      if (ahead_[i] || !voters_[i]) continue;
      if (!largest || files_.all()[i].rows > files_.all()[*largest].rows) largest = i;
    }
    if (largest) ahead_[*largest] = common(*largest);
    return largest.has_value();
  }

  // Of the files that meet the known ones, those that are now known too. False: none.
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
    for (std::size_t from = 0, to = 0; from < anchors_.size(); from = to) {
      while (to < anchors_.size() && anchors_[to].key == anchors_[from].key) ++to;
      const auto begin = static_cast<std::ptrdiff_t>(votes_.size());
      vote(std::span(anchors_).subspan(from, to - from));
      std::sort(votes_.begin() + begin, votes_.end());
      votes_.erase(std::unique(votes_.begin() + begin, votes_.end()), votes_.end());
    }
  }

  // Of rows of one kind.
  void vote(std::span<const Anchor> rows) {
    acts_.clear();
    for (const Anchor& row : rows) {
      if (ahead_[row.file]) acts_.push_back(row.second - *ahead_[row.file]);
    }
    std::sort(acts_.begin(), acts_.end());
    acts_.erase(std::unique(acts_.begin(), acts_.end()), acts_.end());
    for (const Anchor& row : rows) {
      if (!ahead_[row.file]) vote(row);
    }
  }

  void vote(const Anchor& row) {
    const auto at = std::lower_bound(acts_.begin(), acts_.end(), row.second);
    const auto before = std::min<std::ptrdiff_t>(kNeighbours, at - acts_.begin());
    const auto after = std::min<std::ptrdiff_t>(kNeighbours, acts_.end() - at);
    for (auto act = at - before; act != at + after; ++act) {
      const std::int64_t ahead = row.second - *act;
      if (std::abs(ahead) <= kMostSkew) votes_.emplace_back(row.file, ahead);
    }
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
    ahead_[votes_[from].first] = seconds;
    return true;
  }

  const LinkFiles& files_;
  const std::vector<std::int64_t>& hours_;
  std::vector<std::optional<std::int64_t>> ahead_;  // by file; none: not known
  std::vector<bool> voters_;                        // files with an anchor
  std::vector<Anchor> anchors_;
  std::vector<std::int64_t> acts_;                             // of known clocks, of one key
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

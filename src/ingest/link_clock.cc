// SPDX-License-Identifier: Apache-2.0
// Anchors are sampled by the second within the hour, which no whole-hour shift changes, so that all
// sightings of a sampled anchor are in the sample. The work is linear: a file votes against the
// hour that most sightings of the anchor have, not against every other file.
#include "ingest/link_clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <tuple>

#include "ingest/link_skew.h"

namespace onus::ingest {
namespace {

constexpr std::int64_t kSample = 600'000;  // anchors
constexpr int kRounds = 6;
constexpr std::size_t kHours = 2 * kMostHours + 1;

struct Anchor {
  std::uint64_t key = 0;
  std::int64_t hour = 0;
  std::uint32_t file = 0;
  bool minute = false;  // it tells the clocks of logs without seconds alone
};

// A row has up to four anchors: a log may hide its windows and its agencies. Counts of one reach or
// none are too common to tell acts apart.
constexpr std::string_view kAnchors = R"sql(
WITH r AS (
  SELECT s.*, false AS minute, f.ordinal, f.system, epoch_us(s."when") // 1000000 AS second,
         (epoch_us(s."when") // 1000000) % 3600 AS in_hour
  FROM sightings s JOIN link_files f USING (file_id)
  WHERE s.act <> 'administrative' AND s."when" IS NOT NULL
    AND ((epoch_us(s."when") // 1000000) % 3600) * 2654435761 % 4294967296 // 65536 % {0} = 0)
SELECT hash(act_key, 1, system)::UBIGINT, second // 3600, ordinal, minute
FROM r WHERE act_tier = 'vendor_id'
UNION ALL
SELECT hash(in_hour, networks, epoch_us(window_to) - epoch_us(window_from),
            (epoch_us(window_to) // 1000000 - second) % 3600, act, system)::UBIGINT,
       second // 3600, ordinal, minute
FROM r WHERE networks > 1 AND window_from IS NOT NULL
UNION ALL
SELECT hash(in_hour, networks, lower(a.text), act, system)::UBIGINT, second // 3600, ordinal, minute
FROM r JOIN agencies_raw a USING (agency_id) WHERE networks > 1
UNION ALL
SELECT hash(in_hour, networks, lower(search_type), act, system)::UBIGINT, second // 3600, ordinal, minute
FROM r WHERE networks > 1
)sql";

// Where a log states no seconds: rows of one minute within the hour, sampled by that minute. As a
// log may hide its agencies, also by how many minutes before and after it the same number of
// networks was asked (of some of the numbers where rows are many).
constexpr std::string_view kMinuteAnchors = R"sql(
UNION ALL
SELECT hash((epoch_us(s."when") // 60000000) % 60, s.networks, lower(a.text), lower(s.search_type), s.act,
            f.system, 60)::UBIGINT,
       epoch_us(s."when") // 3600000000, f.ordinal, true
FROM sightings s JOIN link_files f USING (file_id) JOIN agencies_raw a USING (agency_id)
WHERE s.act <> 'administrative' AND s.networks > 1 AND s."when" IS NOT NULL
  AND ((epoch_us(s."when") // 60000000) % 60) * 2654435761 % 4294967296 // 65536 % {0} = 0
UNION ALL
SELECT hash(minute % 60, networks, before, after, act, system, 61)::UBIGINT, minute // 60, ordinal, true
FROM (SELECT *, minute - lag(minute) OVER apart AS before, lead(minute) OVER apart - minute AS after
      FROM (SELECT DISTINCT epoch_us(s."when") // 60000000 AS minute, s.networks, s.act, f.ordinal, f.system
            FROM sightings s JOIN link_files f USING (file_id)
            WHERE s.act <> 'administrative' AND s.networks > 1 AND s."when" IS NOT NULL
              AND hash(s.networks) // 65536 % {1} = 0)
      WINDOW apart AS (PARTITION BY ordinal, act, system, networks ORDER BY minute))
WHERE before IS NOT NULL AND after IS NOT NULL
  AND (minute % 60) * 2654435761 % 4294967296 // 65536 % {0} = 0
)sql";

Result<std::vector<Anchor>> read_anchors(store::Database& db, const LinkFiles& files) {
  const std::int64_t every = files.rows() * 3 / kSample + 1;
  const std::int64_t every_number = files.rows() / kGapRows + 1;
  const bool minutes = std::ranges::any_of(files.all(), &LinkFile::minutes);
  std::vector<Anchor> out;
  ONUS_TRY_VOID(db.each_chunk(
      fmt::format(kAnchors, every) +
          (minutes ? fmt::format(kMinuteAnchors, every, every_number) : ""),
      [&](const store::ChunkView& chunk) -> Result<void> {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
          out.push_back({chunk.values<std::uint64_t>(0)[i], chunk.values<std::int64_t>(1)[i],
                         static_cast<std::uint32_t>(chunk.values<std::int32_t>(2)[i]),
                         chunk.values<bool>(3)[i]});
        }
        return {};
      }));
  std::sort(out.begin(), out.end(), [](const Anchor& a, const Anchor& b) {
    return std::tie(a.key, a.hour, a.file) < std::tie(b.key, b.hour, b.file);
  });
  return out;
}

using Votes = std::vector<std::array<std::int64_t, kHours>>;  // by file, then by hours

class Clocks {
 public:
  Clocks(std::vector<Anchor> anchors, const LinkFiles& files)
      : anchors_(std::move(anchors)), files_(files), hours_(files.all().size(), 0) {}

  const std::vector<std::int64_t>& settle() {
    for (int round = 0; round < kRounds && move_all(); ++round) {
    }
    return hours_;
  }

 private:
  // The runs of one anchor that lie within kMostHours of each other, of two files or more.
  bool move_all() {
    votes_.assign(files_.all().size(), {});
    std::size_t from = 0;
    for (std::size_t i = 1; i <= anchors_.size(); ++i) {
      const bool same = i < anchors_.size() && anchors_[i].key == anchors_[from].key &&
                        anchors_[i].hour - anchors_[i - 1].hour <= kMostHours;
      if (same) continue;
      if (i - from > 1) vote(from, i);
      from = i;
    }
    bool moved = false;
    for (std::size_t file = 0; file < hours_.size(); ++file) moved |= move(file);
    return moved;
  }

  // The hour of most sightings; of two as common, that of the file with more rows.
  std::int64_t common_hour(std::size_t from, std::size_t to) const {
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> seen;  // sightings, most rows
    for (std::size_t i = from; i < to; ++i) {
      auto& [count, rows] = seen[anchors_[i].hour - hours_[anchors_[i].file]];
      ++count;
      rows = std::max(rows, files_.all()[anchors_[i].file].rows);
    }
    const auto best = std::max_element(
        seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return best->first;
  }

  void vote(std::size_t from, std::size_t to) {
    const std::int64_t hour = common_hour(from, to);
    bool several = false;
    for (std::size_t i = from + 1; i < to; ++i) several |= anchors_[i].file != anchors_[from].file;
    if (!several) return;
    for (std::size_t i = from; i < to; ++i) {
      const std::int64_t apart = anchors_[i].hour - hours_[anchors_[i].file] - hour;
      const bool counts = !anchors_[i].minute || files_.all()[anchors_[i].file].minutes;
      if (std::abs(apart) > kMostHours || !counts) continue;
      ++votes_[anchors_[i].file][static_cast<std::size_t>(apart + kMostHours)];
    }
  }

  bool move(std::size_t file) {
    const auto& votes = votes_[file];
    const auto best = std::max_element(votes.begin(), votes.end());
    const std::int64_t apart = best - votes.begin() - kMostHours;
    if (apart == 0 || *best < kLeastVotes) return false;
    for (auto other = votes.begin(); other != votes.end(); ++other) {
      if (other != best && *other * 3 > *best) return false;
    }
    hours_[file] += apart;
    return true;
  }

  std::vector<Anchor> anchors_;
  const LinkFiles& files_;
  std::vector<std::int64_t> hours_;
  Votes votes_;
};

// Of each system the clock of most rows is the one that stays.
void keep_most(LinkFiles& files, const std::vector<std::int64_t>& ahead) {
  std::map<std::uint16_t, std::map<std::int64_t, std::int64_t>> rows;
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    rows[files.all()[i].system][ahead[i]] += files.all()[i].rows;
  }
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    const auto& of = rows[files.all()[i].system];
    const auto most = std::max_element(
        of.begin(), of.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    files.all()[i].shift_s = ahead[i] - most->first;
  }
}

// A clock that was moved is a note on its file (ingest/notes.h, kClockOffset, kClockOffsetSeconds).
constexpr std::string_view kNotes = R"sql(
UPDATE files
SET notes = list_concat(list_filter(notes, lambda note: NOT starts_with(note, 'clock_offset')),
                        CASE WHEN l.shift = 0 THEN []
                             WHEN l.shift % 3600 = 0 THEN ['clock_offset|' || (l.shift // 3600)::VARCHAR]
                             ELSE ['clock_offset_seconds|' || l.shift::VARCHAR] END)
FROM link_files l WHERE l.file_id = files.file_id
)sql";

}  // namespace

Result<void> set_clocks(store::Database& db, LinkFiles& files) {
  ONUS_TRY_VOID(files.write(db));
  if (files.all().size() < 2) return {};
  ONUS_TRY(std::vector<Anchor> anchors, read_anchors(db, files));
  Clocks clocks(std::move(anchors), files);
  const std::vector<std::int64_t>& hours = clocks.settle();
  ONUS_TRY(std::vector<std::int64_t> ahead, find_skews(db, files, hours));
  for (std::size_t i = 0; i < ahead.size(); ++i) ahead[i] += hours[i] * 3600;
  keep_most(files, ahead);
  ONUS_TRY_VOID(files.write(db));
  return db.run(kNotes);
}

}  // namespace onus::ingest

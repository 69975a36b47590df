// SPDX-License-Identifier: Apache-2.0
// A stretch is a filter on the time, which the store answers from the few blocks of rows that hold
// such times, because logs are in the order of time or nearly so. A sort of the whole case would
// write all of it once more.
#include "ingest/link_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace onus::ingest {
namespace {

constexpr std::int64_t kHour = 3600;

// Files and what in them is one value throughout. A few full minutes may be chance.
constexpr std::string_view kFiles = R"sql(
WITH clock AS (SELECT file_id, count("when") >= 20 AND bool_and(epoch_us("when") % 60000000 = 0) AS minutes
               FROM sightings GROUP BY file_id)
SELECT f.file_id, coalesce(f.sightings, 0)::BIGINT,
       (dense_rank() OVER (ORDER BY f.system) - 1)::BIGINT, coalesce(c.minutes, false)
FROM files f LEFT JOIN clock c USING (file_id) WHERE f.status = 'done' ORDER BY f.sha256, f.file_id
)sql";

constexpr std::string_view kTable = R"sql(
CREATE OR REPLACE TEMP TABLE link_files AS
SELECT l.file_id, l.ordinal, l.shift, l.system,
       coalesce(bool_or(c.field = 'actor'), false) AS no_actor,
       coalesce(bool_or(c.field = 'reason'), false) AS no_reason,
       coalesce(bool_or(c.field = 'offence'), false) AS no_offence,
       coalesce(bool_or(c.field = 'case_number'), false) AS no_case,
       coalesce(bool_or(c.field = 'search_type'), false) AS no_search_type
FROM link_shifts l LEFT JOIN columns c ON c.file_id = l.file_id AND c.constant_value IS NOT NULL
GROUP BY ALL
)sql";

constexpr std::string_view kRows = R"sql(
SELECT epoch_us(s."when") // 1000000 - f.shift AS second, s."row", s.act_key,
       s.subject, s.subject_state = 'value' AS has_subject,
       CASE WHEN NOT f.no_case AND s.case_state = 'value'
            THEN coalesce(hash(s.case_key), 0) ELSE 0 END::UBIGINT,
       epoch_us(s.window_from) // 1000000, epoch_us(s.window_to) // 1000000,
       epoch_us(s."when") // 1000000,
       CASE WHEN NOT f.no_search_type THEN hash(lower(s.search_type)) ELSE 0 END::UBIGINT,
       coalesce(s.agency_id, -1), CASE WHEN f.no_actor THEN -1 ELSE coalesce(s.actor_id, -1) END,
       CASE WHEN f.no_reason THEN -1 ELSE coalesce(s.reason_id, -1) END,
       CASE WHEN f.no_offence THEN -1 ELSE coalesce(s.offence_id, -1) END,
       coalesce(nullif(s.networks, 0), -1), coalesce(nullif(s.devices, 0), -1),
       f.ordinal, (f.system * 4 + CASE s.act WHEN 'search' THEN 0 WHEN 'hotlist_hit' THEN 1 ELSE 2 END)::INTEGER,
       s.act_tier = 'vendor_id'
FROM sightings s JOIN link_files f USING (file_id)
WHERE s.act <> 'administrative' AND s."when" >= make_timestamp({0}) AND s."when" < make_timestamp({1})
  AND second >= {2} AND second < {3} {4}
)sql";

std::uint64_t length_of(std::int64_t from, std::int64_t to) {
  return to < from ? 0 : static_cast<std::uint64_t>((to - from + 30) / 60 + 1);
}

// The length of the window and where it ends: hours apart is where clocks are (a log in another
// zone shifts both its times), so only the place within the hour counts.
std::uint64_t window_key(std::int64_t from, std::int64_t to, std::int64_t when) {
  const std::int64_t end = ((to - when) % kHour + kHour) % kHour;
  return mixed(static_cast<std::uint64_t>((to - from) * kHour + end) ^ 0x77696e64ULL) | 1;
}

void read_chunk(const store::ChunkView& chunk, const LinkFiles& files, std::vector<LinkRow>& out) {
  const auto value = [&]<class T>(std::size_t column, std::size_t i, T unknown) {
    return chunk.is_null(column, i) ? unknown : chunk.values<T>(column)[i];
  };
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    LinkRow& row = out.emplace_back();
    row.second = chunk.values<std::int64_t>(0)[i];
    row.row = chunk.values<std::int64_t>(1)[i];
    row.key = chunk.values<store::HugeInt>(2)[i];
    if (chunk.values<bool>(4)[i] && !chunk.is_null(3, i)) {
      row.subject = chunk.values<store::HugeInt>(3)[i].low | 1;
    }
    row.case_number = value(5, i, std::uint64_t{0});
    if (!chunk.is_null(6, i) && !chunk.is_null(7, i)) {
      row.window = window_key(chunk.values<std::int64_t>(6)[i], chunk.values<std::int64_t>(7)[i],
                              chunk.values<std::int64_t>(8)[i]);
      row.window_length =
          length_of(chunk.values<std::int64_t>(6)[i], chunk.values<std::int64_t>(7)[i]);
    }
    row.search_type = value(9, i, std::uint64_t{0});
    row.agency = chunk.values<std::int32_t>(10)[i];
    row.actor = chunk.values<std::int32_t>(11)[i];
    row.reason = chunk.values<std::int32_t>(12)[i];
    row.offence = chunk.values<std::int32_t>(13)[i];
    row.networks = chunk.values<std::int32_t>(14)[i];
    row.devices = chunk.values<std::int32_t>(15)[i];
    row.file = static_cast<std::uint32_t>(chunk.values<std::int32_t>(16)[i]);
    row.group = static_cast<std::uint16_t>(chunk.values<std::int32_t>(17)[i]);
    row.vendor = chunk.values<bool>(18)[i];
    row.minute = files.all()[row.file].minutes;
    if (row.minute) row.window = 0;  // where it ends cannot be told to the second
  }
}

// Hours (or seconds) in order, with how many rows each has.
Result<std::vector<std::pair<std::int64_t, std::int64_t>>> count_rows(store::Database& db,
                                                                      const std::string& sql) {
  std::vector<std::pair<std::int64_t, std::int64_t>> out;
  ONUS_TRY_VOID(db.each_chunk(sql, [&](const store::ChunkView& chunk) -> Result<void> {
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      out.emplace_back(chunk.values<std::int64_t>(0)[i], chunk.values<std::int64_t>(1)[i]);
    }
    return {};
  }));
  return out;
}

constexpr std::string_view kCount = R"sql(
SELECT (epoch_us("when") // 1000000 - shift) // {0} AS slot, count(*)
FROM sightings JOIN link_files USING (file_id)
WHERE act <> 'administrative' AND "when" IS NOT NULL {1} GROUP BY slot ORDER BY slot
)sql";

class Planner {
 public:
  explicit Planner(std::int64_t most) : most_(most) {}

  void add(std::int64_t from, std::int64_t to, std::int64_t rows) {
    if (!out_.all.empty() && open_ + rows <= most_) {
      out_.all.back().to = to;
      open_ += rows;
    } else {
      out_.all.push_back({from, to, 1});
      open_ = rows;
    }
  }
  void close() { open_ = most_; }
  void leave_out(std::int64_t rows) {
    out_.rows_left_out += rows;
    close();
  }
  Stretches take() { return std::move(out_); }

 private:
  std::int64_t most_;
  std::int64_t open_ = 0;
  Stretches out_;
};

}  // namespace

Result<LinkFiles> LinkFiles::load(store::Database& db) {
  LinkFiles out;
  ONUS_TRY(const store::Rows rows, db.query(kFiles));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.files_.push_back({.id = static_cast<std::int32_t>(rows.integer(i, 0)),
                          .rows = rows.integer(i, 1),
                          .shift_s = 0,
                          .system = static_cast<std::uint16_t>(rows.integer(i, 2)),
                          .minutes = rows.integer(i, 3) != 0});
  }
  return out;
}

std::int64_t LinkFiles::rows() const {
  return std::accumulate(files_.begin(), files_.end(), std::int64_t{0},
                         [](std::int64_t sum, const LinkFile& file) { return sum + file.rows; });
}

Result<void> LinkFiles::write(store::Database& db) const {
  ONUS_TRY_VOID(db.run(
      "CREATE OR REPLACE TEMP TABLE link_shifts (file_id INTEGER, ordinal INTEGER, shift BIGINT, "
      "system INTEGER)"));
  std::string sql;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    sql += fmt::format("{}({}, {}, {}, {})", i == 0 ? "INSERT INTO link_shifts VALUES " : ", ",
                       files_[i].id, i, files_[i].shift_s, files_[i].system);
  }
  if (!sql.empty()) ONUS_TRY_VOID(db.run(sql));
  ONUS_TRY_VOID(db.run(kTable));
  return db.run("DROP TABLE link_shifts");
}

Result<std::vector<LinkRow>> read_rows(store::Database& db, const LinkFiles& files,
                                       const Stretch& stretch) {
  std::int64_t least = 0;
  std::int64_t most = 0;
  for (const LinkFile& file : files.all()) {
    least = std::min(least, file.shift_s);
    most = std::max(most, file.shift_s);
  }
  const std::string sample =
      stretch.every == 1
          ? ""
          : fmt::format("AND (second * 2654435761 % 4294967296) // 65536 % {} = 0", stretch.every);
  std::vector<LinkRow> out;
  const std::string sql =
      fmt::format(kRows, (stretch.from + least) * 1'000'000, (stretch.to + most) * 1'000'000,
                  stretch.from, stretch.to, sample);
  ONUS_TRY_VOID(db.each_chunk(sql, [&](const store::ChunkView& chunk) -> Result<void> {
    read_chunk(chunk, files, out);
    return {};
  }));
  std::sort(out.begin(), out.end(), [](const LinkRow& a, const LinkRow& b) {
    return std::tie(a.group, a.second, a.file, a.row) < std::tie(b.group, b.second, b.file, b.row);
  });
  return out;
}

Result<Stretches> plan_stretches(store::Database& db, std::int64_t most) {
  Planner planner(most);
  ONUS_TRY(const auto hours, count_rows(db, fmt::format(kCount, kHour, "")));
  for (const auto& [hour, rows] : hours) {
    if (rows <= most) {
      planner.add(hour * kHour, (hour + 1) * kHour, rows);
      continue;
    }
    planner.close();
    ONUS_TRY(const auto seconds,
             count_rows(db, fmt::format(kCount, 1,
                                        fmt::format("AND epoch_us(\"when\") // 1000000 - shift "
                                                    "BETWEEN {} AND {}",
                                                    hour * kHour, hour * kHour + kHour - 1))));
    for (const auto& [second, in_second] : seconds) {
      if (in_second > most) {
        planner.leave_out(in_second);
      } else {
        planner.add(second, second + 1, in_second);
      }
    }
    planner.close();
  }
  return planner.take();
}

}  // namespace onus::ingest

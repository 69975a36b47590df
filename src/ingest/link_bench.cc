// SPDX-License-Identifier: Apache-2.0
// Linking many sightings against the bare read of the columns that it compares. The store is made
// by SQL, without files: 24 owners' logs of the same searches, 0.74 a second, each showing a search
// with a probability of 0.8 and hiding half of the cells of the fields that logs hide.
//
//   ONUS_LINK_ROWS=50000000 ONUS_LINK_DIR=/folder/with/room build/bench/bin/ingest_bench
//       --benchmark_filter=Link
//
// Default: 2 million rows. The store is kept in ONUS_LINK_DIR and used again. Peak memory: run it
// under /usr/bin/time -v.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/check.h"
#include "ingest/link.h"
#include "record/tables.h"
#include "store/database.h"

namespace onus::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kOwners = 24;

std::int64_t rows_wanted() {
  const char* const text = std::getenv("ONUS_LINK_ROWS");
  return text ? std::atoll(text) : 2'000'000;
}

void must(const Result<void>& result) {
  if (!result) fmt::print(stderr, "{}\n", result.error().text());
  ONUS_CHECK(result.has_value());
}

// Sightings by owner and time, as files come. h: a random number of the act; q: of the sighting.
// The key is of all that is shown, as act_key is.
constexpr std::string_view kSightings = R"sql(
INSERT INTO row_kinds SELECT k, 'exact_fields', 'search', CASE WHEN k & 128 = 0 THEN 'search' ELSE 'lookup' END,
  CASE WHEN k & 1 > 0 THEN 'value' ELSE 'masked_vendor' END, CASE WHEN k & 2 > 0 THEN 'value' ELSE 'masked_vendor' END,
  CASE WHEN k & 4 > 0 THEN 'value' ELSE 'masked_vendor' END, 'value',
  CASE WHEN k & 32 > 0 THEN 'value' ELSE 'not_exported' END, CASE WHEN k & 64 > 0 THEN 'value' ELSE 'not_exported' END,
  CASE WHEN k & 8 > 0 THEN 'value' ELSE 'masked_agency' END, CASE WHEN k & 16 > 0 THEN 'value' ELSE 'empty' END,
  'not_exported', NULL, NULL, NULL, NULL
FROM range(256) t(k);
INSERT INTO sighting_rows (sighting_id, file_id, "row", line, act_key, "when", kind_id, owner_id, agency_id,
  actor_id, subject, networks, devices, window_from, window_to, reason_id, case_key)
WITH acts AS (SELECT i, hash(i) AS h, make_timestamp(1743465600000000 + i * 1350000) AS w
              FROM range({0}) t(i)),
     seen AS (SELECT o.o AS owner, a.*, hash(i, o.o, 7) AS q FROM range({1}) o(o), acts a),
     shown AS (SELECT *, (h % 400)::INTEGER AS ag, q % 2 = 0 AS s0, q // 2 % 2 = 0 AS s1,
                      q // 4 % 2 = 0 AS s2, q // 8 % 2 = 0 AS s3, q // 16 % 2 = 0 AS s4,
                      q // 32 % 2 = 0 AS s5, q // 64 % 2 = 0 AS s6
               FROM seen WHERE q // 1024 % 10 < 8),
     cells AS (SELECT *, CASE WHEN s0 THEN ag END AS agency,
                      CASE WHEN s1 THEN (ag * 25 + h // 400 % 25)::INTEGER END AS actor,
                      CASE WHEN s2 THEN (h // 7 % 23000000)::HUGEINT END AS plate,
                      CASE WHEN s3 THEN (h // 11 % 5000)::INTEGER END AS reason,
                      CASE WHEN s4 AND h % 3 = 0 THEN (h // 13 % 1000000)::BIGINT END AS kase,
                      CASE WHEN s5 THEN (3000 + ag * 9) * 13 END AS devs, s6 AS win
               FROM shown)
SELECT row_number() OVER () - 1, owner, 1, 1,
       (hash(i, agency, actor, plate, reason, kase, devs, win) // 2)::HUGEINT * 4611686018427387904 + h // 4,
       w, s0::INTEGER + 2 * s1::INTEGER + 4 * s2::INTEGER + 8 * s3::INTEGER
         + 16 * (kase IS NOT NULL)::INTEGER + 32 * s5::INTEGER + 64 * win::INTEGER
         + 128 * (h % 9 >= 6)::INTEGER, owner,
       agency, actor, plate, 3000 + ag * 9, devs,
       CASE WHEN win THEN w - INTERVAL 1 DAY * (1 + h % 30) - INTERVAL 1 SECOND * (h // 17 % 1800) END,
       CASE WHEN win THEN w - INTERVAL 1 SECOND * (h // 17 % 1800) END, reason, kase
FROM cells ORDER BY owner, w
)sql";

constexpr std::string_view kDictionaries = R"sql(
INSERT INTO agencies_raw SELECT i, 'Agency ' || i || ' PD' FROM range(400) t(i);
INSERT INTO actors SELECT i, 't' || i, chr(65 + (i % 26)::INTEGER) || '. Officer' || i FROM range(10000) t(i);
INSERT INTO texts SELECT i, 'reason of kind ' || (i * 7919 % 5000) FROM range(5000) t(i);
INSERT INTO files (file_id, path, sha256, status, system, role, sightings, notes)
  SELECT owner_id, owner_id || '.csv', md5(owner_id::VARCHAR), 'done', 'plate_reader', 'owner', count(*), []
  FROM sightings GROUP BY owner_id;
)sql";

// An owner's rows at a time, so that making the store needs little memory.
void make_store(store::Database& db, std::int64_t rows) {
  must(db.run(record::schema_sql()));
  const std::int64_t acts = rows * 10 / 8 / kOwners;
  must(db.run(fmt::format(kSightings, acts, kOwners)));
  must(db.run(kDictionaries));
  must(db.run("CHECKPOINT"));
}

store::Database& the_store() {
  static store::Database db = [] {
    const char* const dir = std::getenv("ONUS_LINK_DIR");
    const fs::path folder = dir ? fs::path(dir) : fs::temp_directory_path() / "onus-link-bench";
    fs::create_directories(folder);
    const fs::path file = folder / fmt::format("{}.duckdb", rows_wanted());
    const bool is_new = !fs::exists(file);
    Result<store::Database> opened = store::Database::open({.file = file,
                                                            .spill_dir = folder / "spill",
                                                            .export_dir = {},
                                                            .memory_limit_bytes = 4ULL << 30});
    ONUS_CHECK(opened.has_value());
    if (is_new) make_store(*opened, rows_wanted());
    return std::move(*opened);
  }();
  return db;
}

void LinkScan(benchmark::State& state) {
  store::Database& db = the_store();
  for ([[maybe_unused]] auto _ : state) {
    const auto rows = db.query(
        "SELECT bit_xor(hash(\"when\", act_key, \"row\", file_id, act, act_tier, search_type, "
        "agency_id, "
        "actor_id, subject, subject_state, networks, devices, window_from, window_to, reason_id, "
        "case_key, case_state, offence_id))::VARCHAR FROM sightings");
    ONUS_CHECK(rows.has_value());
  }
}
BENCHMARK(LinkScan)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Iterations(1)
    ->Repetitions(2);

void LinkAll(benchmark::State& state) {
  store::Database& db = the_store();
  for ([[maybe_unused]] auto _ : state) {
    const Result<LinkSummary> summary = link(db);
    ONUS_CHECK(summary.has_value());
    state.counters["sightings"] = static_cast<double>(summary->sightings);
    state.counters["low"] = static_cast<double>(summary->lookups_low);
    state.counters["lookups"] = static_cast<double>(summary->lookups);
    state.counters["high"] = static_cast<double>(summary->lookups_high);
    state.counters["left_out"] = static_cast<double>(summary->rows_left_out);
  }
}
BENCHMARK(LinkAll)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Iterations(1);

}  // namespace
}  // namespace onus::ingest

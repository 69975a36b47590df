// SPDX-License-Identifier: Apache-2.0
// Linking against the truth of made-up logs (tests/support/sightings.h), pair by pair of rows.
// Seeds 1 to 9 and 201 to 250 are for development: what they show may be tuned to. 101 and 102,
// used here, were seen before the threshold of 0.97 was set: this holds what was reached and proves
// nothing new. Seeds 103 to 109 and from 301 on are held out, for the tables in docs/linking.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "ingest/case_fixture.h"
#include "ingest/link.h"
#include "support/sightings.h"

namespace onus::ingest {
namespace {

namespace fs = std::filesystem;

struct Quality {
  double precision = 0, recall = 0;  // of all pairs of rows
  double precision_masked = 0;       // of the pairs that neither an id nor equal fields link
  double recall_masked = 0;
  LinkSummary summary;
  std::int64_t acts = 0;
};

constexpr std::string_view kPairs = R"sql(
CREATE OR REPLACE TEMP TABLE judged AS
SELECT t.act, s.act_key, coalesce(l.lookup_id, s.sighting_id) AS lookup
FROM truth t JOIN files f ON f.path = t.file JOIN sightings s ON s.file_id = f.file_id AND s."row" = t."row"
LEFT JOIN links l ON l.sighting_id = s.sighting_id
)sql";

std::string pairs_by(std::string_view columns) {
  return fmt::format(
      "SELECT coalesce(sum(n * (n - 1) // 2), 0)::BIGINT FROM (SELECT count(*) AS n FROM judged "
      "GROUP BY {})",
      columns);
}

double share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

class LinkQuality : public CaseTest {
 protected:
  // Of truth.csv: file, row and act of each sighting.
  void load_truth(const fs::path& csv, const fs::path& logs) {
    ASSERT_TRUE(db_->run("CREATE TEMP TABLE truth (file VARCHAR, \"row\" BIGINT, act BIGINT)"));
    const std::string bytes = read_file(csv, 1U << 30).value();
    Result<store::ChunkWriter> writer = db_->writer("truth");
    ASSERT_TRUE(writer);
    std::size_t filled = 0;
    for (std::size_t from = 0; from < bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', from), bytes.size());
      const std::string_view line = std::string_view(bytes).substr(from, end - from);
      from = end + 1;
      const std::size_t a = line.find(',');
      const std::size_t b = line.find(',', a + 1);
      const std::size_t c = line.find(',', b + 1);
      if (line.substr(b + 1, c - b - 1) != "sighting") continue;
      std::int64_t row = 0;
      std::int64_t act = 0;
      std::from_chars(line.data() + a + 1, line.data() + b, row);
      std::from_chars(line.data() + c + 1, line.data() + line.find(',', c + 1), act);
      writer->set_text(0, filled, (logs / std::string(line.substr(0, a))).string());
      writer->values<std::int64_t>(1)[filled] = row;
      writer->values<std::int64_t>(2)[filled] = act;
      if (++filled < store::ChunkWriter::capacity()) continue;
      ASSERT_TRUE(writer->flush(filled));
      filled = 0;
    }
    ASSERT_TRUE(writer->flush(filled));
    ASSERT_TRUE(writer->close());
  }

  // Every third file states minutes only: what equal fields told of its rows is told no more.
  void take_seconds() {
    ASSERT_TRUE(db_->run(
        "UPDATE sighting_rows SET act_key = hash(act_key) WHERE file_id % 3 = 0 AND kind_id IN "
        "(SELECT kind_id FROM row_kinds WHERE act_tier = 'exact_fields');"
        "UPDATE sighting_rows SET \"when\" = date_trunc('minute', \"when\") WHERE file_id % 3 = "
        "0"));
  }

  // Every third file's clock is 37 seconds ahead, beside the hours that it may be off.
  void set_ahead() {
    ASSERT_TRUE(db_->run(
        "UPDATE sighting_rows SET act_key = hash(act_key) WHERE file_id % 3 = 0 AND kind_id IN "
        "(SELECT kind_id FROM row_kinds WHERE act_tier = 'exact_fields');"
        "UPDATE sighting_rows SET \"when\" = \"when\" + INTERVAL 37 SECOND, window_from = "
        "window_from + INTERVAL 37 SECOND, window_to = window_to + INTERVAL 37 SECOND WHERE "
        "file_id % 3 = 0"));
  }

  enum class Clock : std::uint8_t { right, minutes, seconds_ahead };

  Quality measure(std::uint64_t seed, std::uint64_t acts, std::uint32_t owners,
                  std::uint32_t hidden, bool backwards = false, Clock clock = Clock::right) {
    const std::string name =
        fmt::format("{}-{}-{}-{}", seed, hidden, backwards, static_cast<int>(clock));
    const fs::path logs = dir_->path() / name / "logs";
    const fs::path truth = dir_->path() / name / "truth";
    const makelogs::Scenario scenario = makelogs::sightings(seed, acts, owners, hidden * 10);
    EXPECT_TRUE(makelogs::write_logs(scenario, logs, truth));
    new_store(name);
    std::vector<fs::path> files;
    for (const makelogs::FileSpec& file : scenario.files) files.push_back(logs / file.name);
    if (backwards) std::reverse(files.begin(), files.end());
    IngestOptions with = options(files);
    with.profile = "flock-network-audit";
    const Result<IngestSummary> read = ingest(*db_, with);
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    if (clock == Clock::minutes) take_seconds();
    if (clock == Clock::seconds_ahead) set_ahead();
    Quality out;
    const Result<LinkSummary> summary = link(*db_);
    EXPECT_TRUE(summary) << (summary ? "" : summary.error().text());
    out.summary = summary.value_or(LinkSummary{});
    load_truth(truth / "truth.csv", logs);
    EXPECT_TRUE(db_->run(kPairs));
    EXPECT_EQ(count("SELECT count(*) FROM judged"), out.summary.sightings);
    const std::int64_t right = count(pairs_by("act, lookup"));
    const std::int64_t linked = count(pairs_by("lookup"));
    const std::int64_t all = count(pairs_by("act"));
    const std::int64_t equal = count(pairs_by("act_key"));
    const std::int64_t right_equal = count(pairs_by("act, act_key"));
    out.precision = share(right, linked);
    out.recall = share(right, all);
    out.precision_masked = share(right - right_equal, linked - equal);
    out.recall_masked = share(right - right_equal, all - right_equal);
    out.acts = count("SELECT count(DISTINCT act) FROM judged");
    return out;
  }
};

TEST_F(LinkQuality, AtHalfOfTheCellsHiddenPairsAreRightAndFound) {
  const Quality quality = measure(101, 4000, 10, 50);
  EXPECT_GE(quality.precision, 0.995);
  EXPECT_GE(quality.recall, 0.98);
  EXPECT_LE(quality.summary.lookups_low, quality.summary.lookups);
  EXPECT_LE(quality.summary.lookups, quality.summary.lookups_high);
}

TEST_F(LinkQuality, LogThatStatesMinutesOnlyIsLinkedWithThoseThatStateSeconds) {
  const Quality with = measure(5, 1500, 8, 20, false, Clock::minutes);
  EXPECT_GE(with.precision, 0.995);
  EXPECT_GE(with.recall, 0.98);
}

TEST_F(LinkQuality, AtHalfOfTheCellsHiddenMinutesAreAsGoodAsSecondsWhereRowsAreInOrder) {
  const Quality with = measure(202, 3000, 12, 50, false, Clock::minutes);
  EXPECT_GE(with.precision, 0.995);
  EXPECT_GE(with.recall, 0.98);
}

TEST_F(LinkQuality, ClockThatIsSecondsAheadIsPutRight) {
  const Quality right = measure(6, 2500, 8, 50);
  const Quality ahead = measure(6, 2500, 8, 50, false, Clock::seconds_ahead);
  EXPECT_GE(ahead.precision, 0.995);
  EXPECT_GE(ahead.recall, right.recall - 0.005);
  EXPECT_EQ(rows("SELECT DISTINCT (file_id % 3 = 0)::VARCHAR || note AS said FROM (SELECT file_id, "
                 "unnest(notes) AS note FROM "
                 "files) WHERE starts_with(note, 'clock_offset') ORDER BY said"),
            "falseclock_offset|-5\nfalseclock_offset|-8\ntrueclock_offset_seconds|-17963\n"
            "trueclock_offset_seconds|-28763\ntrueclock_offset_seconds|37");
}

// An owner of seed 245 hides its agencies, reasons, windows and devices by the column.
TEST_F(LinkQuality, ClockIsPutRightAlsoWhereALogHidesMostOfItsColumns) {
  const Quality ahead = measure(245, 2000, 12, 50, false, Clock::seconds_ahead);
  EXPECT_GE(ahead.precision, 0.995);
  EXPECT_GE(ahead.recall, 0.98);
}

TEST_F(LinkQuality, TheOrderOfFilesDoesNotChangeWhatIsOneAct) {
  constexpr std::string_view kActs =
      "SELECT md5(string_agg(act, '/' ORDER BY act)) FROM (SELECT string_agg(name, ' ' ORDER BY "
      "name) AS act FROM (SELECT coalesce(l.lookup_id, s.sighting_id) AS lookup, f.sha256 || "
      "s.\"row\" AS name FROM sightings s JOIN files f USING (file_id) LEFT JOIN links l USING "
      "(sighting_id)) GROUP BY lookup)";
  const Quality forwards = measure(2, 800, 6, 50);
  const std::string acts = rows(kActs);
  const Quality backwards = measure(2, 800, 6, 50, true);
  EXPECT_EQ(rows(kActs), acts);
  EXPECT_EQ(forwards.summary.lookups, backwards.summary.lookups);
  EXPECT_EQ(forwards.summary.lookups_low, backwards.summary.lookups_low);
  EXPECT_GT(forwards.summary.linked_by_probability, 0);
}

TEST_F(LinkQuality, ClocksOfWholeHoursApartAreNotedAndTheTimesStayAsRead) {
  measure(3, 1500, 8, 30);
  EXPECT_EQ(rows("SELECT DISTINCT note FROM (SELECT unnest(notes) AS note FROM files) WHERE "
                 "starts_with(note, 'clock_offset') ORDER BY note"),
            "clock_offset|-5\nclock_offset|-8");
  EXPECT_EQ(count("SELECT count(*) FROM files WHERE len(list_filter(notes, lambda n: "
                  "starts_with(n, 'clock_offset'))) > 0"),
            4);
  EXPECT_GT(
      count("SELECT count(DISTINCT s.\"when\") - count(DISTINCT l.lookup_id) FROM sightings s "
            "JOIN links l USING (sighting_id)"),
      0);
}

TEST_F(LinkQuality, AnAlertIsNeverOneActWithASearch) {
  measure(4, 600, 6, 0);
  const std::int64_t searches = count("SELECT count(*) FROM sightings WHERE file_id % 2 = 0");
  ASSERT_GT(searches, 0);
  ASSERT_TRUE(db_->run(
      "INSERT INTO row_kinds SELECT * REPLACE (kind_id + 1000 AS kind_id, 'hotlist_hit' AS act) "
      "FROM "
      "row_kinds; UPDATE sighting_rows SET kind_id = kind_id + 1000 WHERE file_id % 2 = 1"));
  ASSERT_TRUE(db_->run("UPDATE sighting_rows SET act_key = act_key + 1 WHERE file_id % 2 = 1"));
  ASSERT_TRUE(link(*db_));
  EXPECT_GT(count("SELECT count(*) FROM links WHERE tier = 'probabilistic'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM (SELECT l.lookup_id FROM links l JOIN sightings s USING "
                  "(sighting_id) GROUP BY l.lookup_id HAVING count(DISTINCT s.act) > 1)"),
            0);
}

// ingest_test --gtest_also_run_disabled_tests --gtest_filter=*TableForTheManual; FIRST and LAST
// seed, ACTS, and CLOCK (1: minutes, 2: seconds ahead) in the environment.
TEST_F(LinkQuality, DISABLED_TableForTheManual) {
  const auto number = [](const char* name, int otherwise) {
    const char* const text = std::getenv(name);
    return text ? std::atoi(text) : otherwise;
  };
  fmt::print(
      "seed hidden rows acts low best high precision recall masked_precision masked_recall\n");
  for (int seed = number("FIRST", 1); seed <= number("LAST", 2); ++seed) {
    for (const std::uint32_t hidden : {0, 20, 40, 50, 60, 80}) {
      if (number("ONLY", static_cast<int>(hidden)) != static_cast<int>(hidden)) continue;
      const Quality q = measure(static_cast<std::uint64_t>(seed),
                                static_cast<std::uint64_t>(number("ACTS", 20000)), 12, hidden,
                                false, static_cast<Clock>(number("CLOCK", 0)));
      fmt::print("{} {} {} {} {} {} {} {:.5f} {:.5f} {:.5f} {:.5f}\n", seed, hidden,
                 q.summary.sightings, q.acts, q.summary.lookups_low, q.summary.lookups,
                 q.summary.lookups_high, q.precision, q.recall, q.precision_masked,
                 q.recall_masked);
    }
  }
}

}  // namespace
}  // namespace onus::ingest

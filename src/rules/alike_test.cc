// SPDX-License-Identifier: Apache-2.0
#include "rules/alike.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/file.h"
#include "record/tables.h"
#include "rules/asked.h"
#include "rules/rules.h"
#include "support/store_rows.h"

namespace onus::rules {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

// 5,000 accesses of 3 owners by searchers of every kind, over three years, as if at random.
class Alike : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_.emplace(TempDir::make().value());
    db_.emplace(store::Database::open({.file = dir_->path() / "case.duckdb",
                                       .spill_dir = dir_->path() / "spill",
                                       .export_dir = {}})
                    .value());
    run(record::schema_sql());
    run(record::views_sql());
    run("INSERT INTO files (file_id, path, status, role, system, era) VALUES "
        "(0, 'a.csv', 'done', 'owner', 'plate_reader', 'free_text'), "
        "(1, 'b.csv', 'done', 'searcher', 'plate_reader', 'drop_down');"
        "INSERT INTO agencies_raw SELECT i, 'agency ' || i FROM range(40) t(i);"
        "INSERT INTO parties (agency_id, party_key, state, level, kind, country) "
        "SELECT i, CASE WHEN i % 9 < 8 THEN 'party ' || i // 2 END, "
        "CASE WHEN i % 5 < 4 THEN ['IL', 'CA', 'TX', 'VA'][1 + i // 2 % 4] END, "
        "['local', 'federal', 'county', 'private_body', 'unknown'][1 + i % 5], 'police', 'US' "
        "FROM range(40) t(i);"
        "INSERT INTO texts SELECT i, 'text ' || i FROM range(60) t(i);"
        "INSERT INTO readings (text_id, purpose, offence, specificity, topic, certainty) SELECT i, "
        "['crime', 'immigration', 'vague', 'placeholder', 'unclear', 'traffic'][1 + i % 6], NULL, "
        "['specific', 'generic', 'none'][1 + i // 6 % 3], "
        "CASE WHEN i % 6 = 1 OR i % 7 = 0 THEN 'immigration' END, "
        "CASE WHEN i % 2 = 0 THEN 'explicit' ELSE 'ambiguous' END FROM range(60) t(i)");
    run(onus::test::put_sightings(
        "(sighting_id, file_id, \"when\", act, owner_id, agency_id, agency_state, reason_id, "
        "reason_state, case_state, offence_id, offence_state, networks, devices, window_from, "
        "window_to) "
        "SELECT i, h % 2, CASE WHEN h % 50 > 0 THEN TIMESTAMP '2023-01-01' + to_hours((h // 3 % "
        "26000)::INTEGER) END, CASE WHEN h % 11 = 0 THEN 'hotlist_hit' ELSE 'search' END, "
        "CASE WHEN h % 13 > 0 THEN h // 13 % 3 END, CASE WHEN h % 17 > 0 THEN h // 17 % 40 END, "
        "'value', CASE WHEN h % 4 > 0 THEN h // 4 % 60 END, CASE WHEN h % 4 > 0 THEN 'value' ELSE "
        "'empty' END, CASE WHEN h % 3 = 0 THEN 'value' ELSE 'empty' END, CASE WHEN h % 5 = 0 THEN "
        "h // 5 % 60 END, CASE WHEN h % 5 = 0 THEN 'value' ELSE 'not_exported' END, "
        "CASE WHEN h % 7 > 0 THEN h // 7 % 300 END, CASE WHEN h % 19 > 0 THEN h // 19 % 30 END, "
        "CASE WHEN h % 23 > 0 THEN TIMESTAMP '2022-01-01' + to_days((h // 23 % 1400)::INTEGER) "
        "END, TIMESTAMP '2025-01-01' "
        "FROM (SELECT i, (hash(i) // 2)::BIGINT AS h FROM range(5000) t(i))"));
    run("INSERT INTO links SELECT i, i - i % 2, i, 'exact_fields', 1000000 FROM range(100) t(i)");
  }
  void run(std::string_view sql) {
    const Result<void> done = db_->run(sql);
    ASSERT_TRUE(done) << done.error().text() << "\n" << sql;
  }
  std::int64_t count(const std::string& sql) { return db_->query_integer(sql).value(); }
  void judge_into(const std::string& table, std::int64_t least) {
    const Result<void> judged = judge(*db_, slots_, table, /*temporary=*/true, least);
    ASSERT_TRUE(judged) << judged.error().text();
  }
  void expect_same() {
    for (const std::string table : {"_rows", "_kinds"}) {
      const std::string each = "FROM each" + table, once = "FROM once" + table;
      EXPECT_EQ(count("SELECT count(*) FROM (" + each + " EXCEPT ALL " + once + ")"), 0) << table;
      EXPECT_EQ(count("SELECT count(*) FROM (" + once + " EXCEPT ALL " + each + ")"), 0) << table;
    }
  }
  void use(std::vector<NamedText> files) {
    packs_ = load_packs(files).value();
    std::vector<Reach> all(packs_.size(), Reach{1, 0, ""});
    slots_ = slots_of(numbered(packs_, all));
  }

  std::optional<TempDir> dir_;
  std::optional<store::Database> db_;
  std::vector<Pack> packs_;
  std::vector<Slot> slots_;
};

TEST_F(Alike, OneOfEachIsJudgedAndAllGetTheWordsOfTheirLike) {
  use(builtin_packs());
  ASSERT_GT(slots_.size(), 50U);
  judge_into("each", kNever);
  judge_into("once", 0);
  expect_same();
  EXPECT_EQ(count("SELECT count(*) FROM each_rows"), count("SELECT count(*) FROM accesses"));
  ASSERT_GT(asked_of(slots_)->conditions.size(), 10U);
  EXPECT_GT(count("SELECT count(*) FROM each_kinds"), 100);
}

TEST_F(Alike, AccessesStandInTheOrderOfTheirIds) {
  use(builtin_packs());
  judge_into("once", 0);
  judge_into("each", kNever);
  for (const std::string table : {"once", "each"}) {
    EXPECT_EQ(count("SELECT count(*) FROM (SELECT access_id < lag(access_id) OVER (ORDER BY rowid) "
                    "AS back FROM " +
                    table + "_rows) WHERE back"),
              0)
        << table;
  }
}

TEST_F(Alike, PapersTellAccessesApartByTheirDay) {
  use(builtin_packs());
  run("INSERT INTO agreement_registers (path, sha256, agreements, complete) VALUES ('r.toml', "
      "'ab', 1, true);"
      "INSERT INTO agreement_spans (owner_key, searcher_key, begins, ends, declaration, "
      "declaration_for, certification) SELECT 'party ' || i % 2, 'party ' || (i // 2 % 20), "
      "TIMESTAMP '2023-03-01' + to_days((200 * (i // 40) + i)::INTEGER), "
      "TIMESTAMP '2023-06-01' + to_days((200 * (i // 40) + i)::INTEGER), "
      "['active', 'revoked', 'granted'][1 + i % 3], CASE WHEN i % 4 = 0 THEN ['crime'] END, "
      "CASE WHEN i % 5 = 0 THEN 'active' END FROM range(160) t(i)");
  judge_into("each", kNever);
  judge_into("once", 0);
  expect_same();
  EXPECT_GT(count("SELECT count(DISTINCT declaration) FROM facts"), 3);
  EXPECT_LT(count("SELECT count(*) FROM each_kinds"), count("SELECT count(*) FROM each_rows"));
}

TEST_F(Alike, TextsBesideTheReasonMakeEveryAccessItsOwnCase) {
  use(builtin_packs());
  run("INSERT INTO extras (sighting_id, field, text_id, state) SELECT i, 'on_behalf', i % 60, "
      "'value' FROM range(5000) t(i)");
  judge_into("each", kNever);
  judge_into("once", 0);
  expect_same();
}

}  // namespace
}  // namespace onus::rules

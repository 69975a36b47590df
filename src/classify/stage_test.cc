// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "classify/reading.h"
#include "record/tables.h"
#include "support/lexicons.h"

namespace onus::classify {
namespace {

class Stage : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path dir = dir_.path();
    database_ =
        store::Database::open({.file = dir / "a.duckdb", .spill_dir = dir, .export_dir = {}});
    ASSERT_TRUE(database_) << database_.error().text();
    ASSERT_TRUE(database_->run(record::schema_sql()));
  }
  Summary run_with(int threads) {
    const Result<Summary> summary = run(*database_, lexicon_.value(), threads);
    EXPECT_TRUE(summary) << summary.error().text();
    return summary.value();
  }
  std::string text(std::string_view sql) { return database_->query_text(sql).value(); }

  TempDir dir_ = TempDir::make().value();
  Result<Lexicon> lexicon_ = builtin_from_files();
  Result<store::Database> database_ = fail(Code::engine, "not open");
};

TEST_F(Stage, ReadsEachTextOnceAndReplacesWhatStood) {
  ASSERT_TRUE(database_->run(
      "INSERT INTO texts VALUES (0, 'stolen car'), (1, 'zzyzx qq'), (2, 'ICE hold')"));
  for (int round = 0; round < 2; ++round) {
    const Summary summary = run_with(1);
    EXPECT_EQ(summary.texts, 3);
    EXPECT_EQ(summary.unclear, 1);
  }
  EXPECT_EQ(text("SELECT string_agg(purpose || ':' || coalesce(offence, '') || ':' || "
                 "coalesce(on_behalf_of, '') || ':' || span_end, ' ' ORDER BY text_id) FROM "
                 "readings"),
            "crime:vehicle_theft::10 unclear:::0 immigration::ice:8");
}

TEST_F(Stage, KeepsWhatDecidedWhereTheModelDidNextToOthers) {
  ASSERT_TRUE(
      database_->run("INSERT INTO texts SELECT i, ['hit andxz run', 'wantedesubject'][1 + i % 2] "
                     "FROM range(50) t(i)"));
  run_with(2);
  Scratch scratch;
  for (const std::string typed : {"hit andxz run", "wantedesubject"}) {
    const std::string by(lexicon_->read(typed, scratch).decided_by);
    ASSERT_TRUE(by.starts_with("model:")) << "choose another text that the lexicons leave open";
    EXPECT_EQ(text("SELECT count(*)::VARCHAR FROM readings r JOIN texts USING (text_id) WHERE "
                   "decided_by = '" +
                   by + "' AND text = '" + typed + "'"),
              "25");
  }
}

TEST_F(Stage, ReadsAlikeHoweverManyThreadsThereAre) {
  ASSERT_TRUE(database_->run(
      "INSERT INTO texts SELECT i, ['stolen car ', 'zzyzx qq ', 'ICE hold ', 'theft ', 'dui '][1 + "
      "i % 5] || i FROM range(5003) t(i)"));
  const std::string digest = "SELECT md5(string_agg(r::VARCHAR, '|')) FROM readings r";
  const Summary one = run_with(1);
  const std::string with_one = text(digest);
  for (const int threads : {2, 3, 64}) {
    EXPECT_EQ(run_with(threads).unclear, one.unclear);
    EXPECT_EQ(text(digest), with_one) << threads << " threads";
  }
}

}  // namespace
}  // namespace onus::classify

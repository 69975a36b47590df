// SPDX-License-Identifier: Apache-2.0
#include "rules/judge_sql.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "base/file.h"
#include "rules/decide.h"
#include "rules/read_pack.h"
#include "rules/rules.h"
#include "store/database.h"
#include "support/random_conditions.h"

namespace onus::rules {
namespace {

using Row = std::vector<Value>;

class JudgeSqlTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<TempDir> dir = TempDir::make();
    ASSERT_TRUE(dir);
    dir_.emplace(std::move(*dir));
    store::Options options;
    options.file = dir_->path() / "db";
    Result<store::Database> db = store::Database::open(options);
    ASSERT_TRUE(db) << db.error().text();
    db_.emplace(std::move(*db));
  }

  void store_rows(const std::vector<Row>& rows) {
    const Result<void> done =
        db_->run("CREATE OR REPLACE TABLE some_facts AS SELECT *, access_id AS lookup_id FROM (" +
                 test_support::rows_sql(rows, "access_id") + ")");
    ASSERT_TRUE(done) << done.error().text();
  }

  Result<store::Rows> judged(std::span<const Pack> packs) {
    return db_->query(judging_sql(packs, Dialect::duckdb, "some_facts") + " ORDER BY access_id");
  }

  std::optional<TempDir> dir_;
  std::optional<store::Database> db_;
};

std::string said(const Decision& decision, const Row& row) {
  const Reason& reason = decision.reasons[decide(decision, row)];
  const std::string outcome(record::name(reason.outcome));
  return reason.because.empty() ? outcome : outcome + ":" + reason.because;
}

void expect_native(const Pack& pack, const std::vector<Row>& rows, const store::Rows& answers) {
  ASSERT_EQ(answers.size(), rows.size());
  std::size_t column = 2;
  for (const Rule& rule : pack.rules) {
    if (rule.kind == Kind::detector) continue;
    for (std::size_t r = 0; r < rows.size(); ++r)
      ASSERT_EQ(answers.text(r, column), said(rule.decision, rows[r])) << rule.id << " row " << r;
    ++column;
  }
}

// Of every shipped pack: its examples, each with every rule, and random rows.
TEST_F(JudgeSqlTest, OneQueryJudgesAsTheNativeWalkDoes) {
  test_support::Generator generator(11);
  for (const NamedText& file : builtin_packs()) {
    const Result<PackText> read = read_pack(file);
    ASSERT_TRUE(read) << read.error().text();
    std::vector<Row> rows;
    for (const std::vector<Example>& examples : read->examples) {
      for (const Example& example : examples) rows.push_back(example.row);
    }
    for (int i = 0; i < 20; ++i) rows.push_back(generator.row());
    store_rows(rows);
    const Result<store::Rows> answers = judged({&read->pack, 1});
    ASSERT_TRUE(answers) << answers.error().text();
    expect_native(read->pack, rows, *answers);
    if (HasFatalFailure()) return;
  }
}

TEST_F(JudgeSqlTest, TheWordUnknownOfTheStoreIsNull) {
  const std::string text = R"(id = "t"
title = {en = "t", de = "t"}
[[rule]]
id = "t-1"
kind = "quality"
title = {en = "t", de = "t"}
severity = "note"
forbids = "relation = 'federal'"
example = [
  {name = "a", facts = {relation = "federal"}, outcome = "missing"},
  {name = "b", facts = {relation = "in_state"}, outcome = "allowed"},
  {name = "c", facts = {}, outcome = "cannot_tell"},
]
)";
  const NamedText file{"t.toml", text};
  const Result<std::vector<Pack>> packs = load_packs({&file, 1});
  ASSERT_TRUE(packs) << packs.error().text();
  store_rows({Row(record::facts().size())});
  const Result<void> put = db_->run("UPDATE some_facts SET relation = 'unknown', act = 'search'");
  ASSERT_TRUE(put) << put.error().text();
  const Result<store::Rows> answers = judged(*packs);
  ASSERT_TRUE(answers) << answers.error().text();
  EXPECT_EQ(answers->text(0, 2), "cannot_tell:unknown:relation");
}

TEST(SparkSql, TextsAreBytesWhereASessionCouldReadThemOtherwise) {
  EXPECT_EQ(print_text("in_state", Dialect::spark), "'in_state'");
  EXPECT_EQ(print_text("it's", Dialect::spark), "CAST(X'69742773' AS STRING)");
  EXPECT_EQ(print_text("\\n", Dialect::spark), "CAST(X'5C6E' AS STRING)");
  EXPECT_EQ(print_text("${x}", Dialect::spark), "CAST(X'247B787D' AS STRING)");
  EXPECT_EQ(print_text("\xc3\xa9", Dialect::spark), "CAST(X'C3A9' AS STRING)");
  EXPECT_EQ(print_name("a`b", Dialect::spark), "`a``b`");
}

}  // namespace
}  // namespace onus::rules

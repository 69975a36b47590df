// SPDX-License-Identifier: Apache-2.0
// Three readings of docs/rule-language.md must agree: DuckDB over the printed SQL, the native walk
// (of the tree, and flattened), and the slow, separately written one of
// support/random_conditions.h. A fourth, Spark's, is held against them by
// tests/interop/agree_spark.py, from files that this test writes for it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/file.h"
#include "record/facts.h"
#include "rules/evaluate.h"
#include "rules/local_time.h"
#include "rules/parse.h"
#include "rules/print.h"
#include "rules/program.h"
#include "store/database.h"
#include "support/random_conditions.h"

namespace onus::rules {
namespace {

using test_support::Generator;
using test_support::Wanted;

Result<void> store_rows(store::Database& db, const std::vector<std::vector<Value>>& rows) {
  return db.run("CREATE OR REPLACE TEMP TABLE random_rows AS SELECT * FROM (" +
                test_support::rows_sql(rows, "n") + ")");
}

Truth truth_of(const Value& value) {
  if (!value.known) return Truth::is_null;
  return value.number == 1 ? Truth::is_true : Truth::is_false;
}

// What decides natively (rules/program.h), asked of one condition.
Truth flattened(const Tree& tree, const std::vector<Value>& row) {
  constexpr std::array<Question, 3> kQuestions{
      {{0, Truth::is_false}, {0, Truth::is_true}, {0, Truth::is_null}}};
  return kQuestions.at(Program({&tree, 1}, kQuestions).run(row)).truth;
}

// Of every condition: how often each answer came.
struct Seen {
  std::array<std::int64_t, 3> answers{};
  std::int64_t pairs = 0;
  std::int64_t conditions = 0;
  std::int64_t same_for_all_rows = 0;
};

// ./dev agree PAIRS SEED asks for so many pairs of a condition and a row; the tests for 10,000.
std::int64_t wanted(const char* variable, std::int64_t otherwise) {
  const char* text = std::getenv(variable);
  return text && *text != '\0' ? std::atoll(text) : otherwise;
}

// ./dev agree --spark names a folder: each batch is left there, rows as Parquet, conditions and
// answers as a line each.
class ForSpark {
 public:
  ForSpark() : dir_(folder()) {}
  static const char* folder() {
    const char* dir = std::getenv("ONUS_AGREE_SPARK");
    return dir && *dir != '\0' ? dir : nullptr;
  }
  bool wanted() const { return dir_ != nullptr; }

  void write(store::Database& db, const std::vector<Tree>& trees,
             const std::vector<std::string>& answers) {
    const std::filesystem::path stem = std::filesystem::path(dir_) / fmt::format("batch{}", n_++);
    std::string lines;
    for (std::size_t i = 0; i < trees.size(); ++i)
      lines += fmt::format("{}\t{}\n", answers[i], print(trees[i], Dialect::spark));
    ASSERT_TRUE(write_file(stem.string() + ".tsv", lines));
    const Result<void> rows = db.run(fmt::format("COPY random_rows TO {} (FORMAT parquet)",
                                                 store::literal(stem.string() + ".parquet")));
    ASSERT_TRUE(rows) << rows.error().text();
  }

 private:
  const char* dir_;
  int n_ = 0;
};

// 20 conditions over 20 rows; for Spark, which needs long over each batch, over 200.
void compare_batch(store::Database& db, Generator& generator, Seen& seen, ForSpark& spark) {
  std::vector<std::vector<Value>> rows;
  for (int i = 0; i < (spark.wanted() ? 200 : 20); ++i) rows.push_back(generator.row());
  const Result<void> stored = store_rows(db, rows);
  ASSERT_TRUE(stored) << stored.error().text();
  std::vector<Wanted> wanted;
  std::vector<Tree> trees;
  std::string sql = "SELECT n";
  for (int i = 0; i < 20; ++i) {
    wanted.push_back(generator.condition(3));
    Result<Tree> tree = parse(wanted.back().text, {"random"});
    ASSERT_TRUE(tree) << wanted.back().text << "\n" << tree.error().text();
    sql += ", " + print(*tree, Dialect::duckdb);
    trees.push_back(std::move(*tree));
  }
  const Result<store::Rows> answers = db.query(sql + " FROM random_rows ORDER BY n");
  ASSERT_TRUE(answers) << answers.error().text();
  std::vector<std::string> said(trees.size());
  for (std::size_t i = 0; i < trees.size(); ++i) {
    std::array<std::int64_t, 3> mine{};
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const Truth reference = truth_of(wanted[i].meaning(rows[r]));
      const Truth duckdb = answers->is_null(r, i + 1)        ? Truth::is_null
                           : answers->integer(r, i + 1) == 1 ? Truth::is_true
                                                             : Truth::is_false;
      ASSERT_EQ(evaluate(trees[i], rows[r]), reference) << wanted[i].text << " row " << r;
      ASSERT_EQ(flattened(trees[i], rows[r]), reference) << wanted[i].text << " row " << r;
      ASSERT_EQ(duckdb, reference) << wanted[i].text << " row " << r;
      ++mine[static_cast<std::size_t>(reference)];
      said[i] += "FTN"[static_cast<std::size_t>(reference)];
      ++seen.pairs;
    }
    ++seen.conditions;
    for (std::size_t t = 0; t < 3; ++t) seen.answers[t] += mine[t];
    if (*std::ranges::max_element(mine) == static_cast<std::int64_t>(rows.size()))
      ++seen.same_for_all_rows;
  }
  if (spark.wanted()) spark.write(db, trees, said);
}

TEST(Agreement, DuckDbNativeWalkAndReferenceAnswerAlike) {
  const auto seed = static_cast<std::uint64_t>(wanted("ONUS_AGREE_SEED", 20251122));
  const std::int64_t pairs = std::max<std::int64_t>(wanted("ONUS_AGREE_PAIRS", 0), 10'000);
  SCOPED_TRACE(fmt::format("seed {}", seed));
  const Result<TempDir> dir = TempDir::make();
  ASSERT_TRUE(dir);
  store::Options options;
  options.file = dir->path() / "db";
  if (ForSpark::folder() != nullptr) options.export_dir = ForSpark::folder();
  Result<store::Database> db = store::Database::open(options);
  ASSERT_TRUE(db) << db.error().text();
  Generator generator(seed);
  Seen seen;
  ForSpark spark;
  while (seen.pairs < pairs) {
    compare_batch(*db, generator, seen, spark);
    if (::testing::Test::HasFatalFailure()) return;
    generator.forget_rows();
  }
  // A run in which a back end could answer always the same would show nothing.
  for (const std::int64_t count : seen.answers) EXPECT_GT(count, seen.pairs / 10);
  EXPECT_LT(seen.same_for_all_rows, seen.conditions / 2);
  std::cout << fmt::format(
      "{} pairs of seed {} agree: {} false, {} true, {} unknown; {} of {} conditions "
      "answer alike for every row\n",
      seen.pairs, seed, seen.answers[0], seen.answers[1], seen.answers[2], seen.same_for_all_rows,
      seen.conditions);
}

TEST(Agreement, ParsingThePrintedTreeGivesTheTreeAgain) {
  Generator generator(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string text = generator.condition(4).text;
    const Result<Tree> tree = parse(text, {"random"});
    ASSERT_TRUE(tree) << text << "\n" << tree.error().text();
    const std::string printed = print(*tree, Dialect::own);
    if (printed.size() > kMaxConditionBytes) continue;
    const Result<Tree> again = parse(printed, {"printed"});
    ASSERT_TRUE(again) << printed << "\n" << again.error().text();
    EXPECT_EQ(*again, *tree) << printed;
  }
}

// Our clocks are our own table; DuckDB's come from ICU. Every hour around each change of a year.
TEST(Agreement, LocalClocksAreThoseOfIcu) {
  const Result<TempDir> dir = TempDir::make();
  ASSERT_TRUE(dir);
  store::Options options;
  options.file = dir->path() / "db";
  Result<store::Database> db = store::Database::open(options);
  ASSERT_TRUE(db) << db.error().text();
  for (const Zone& zone : zones()) {
    const Result<store::Rows> rows = db->query(fmt::format(
        "SELECT epoch_us(t), hour(l), isodow(l) FROM (SELECT t, timezone('{}', timezone('UTC', t)) "
        "AS l "
        "FROM (SELECT unnest(generate_series(TIMESTAMP '2007-01-01 00:30:00', "
        "TIMESTAMP '2040-01-01', INTERVAL 7 HOUR)) AS t)) WHERE month(t) IN (1, 3, 7, 10, 11)",
        zone.name));
    ASSERT_TRUE(rows) << rows.error().text();
    for (std::size_t r = 0; r < rows->size(); ++r) {
      const auto time = local_time(rows->integer(r, 0), zone);
      ASSERT_TRUE(time);
      ASSERT_EQ(time->hour, rows->integer(r, 1))
          << zone.name << print_timestamp(rows->integer(r, 0));
      ASSERT_EQ(time->weekday, rows->integer(r, 2)) << zone.name;
    }
  }
}

}  // namespace
}  // namespace onus::rules

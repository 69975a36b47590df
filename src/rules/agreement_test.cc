// SPDX-License-Identifier: Apache-2.0
// Three readings of docs/rule-language.md must agree: DuckDB over the printed SQL, the native walk,
// and the slow, separately written one of support/random_conditions.h.
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
#include "store/database.h"
#include "support/random_conditions.h"

namespace onus::rules {
namespace {

using test_support::Generator;
using test_support::quote;
using test_support::Wanted;

std::string sql_value(const Value& value, record::FactType type) {
  const char* name = type == record::FactType::text      ? "VARCHAR"
                     : type == record::FactType::integer ? "BIGINT"
                                                         : "TIMESTAMP";
  if (!value.known) return fmt::format("NULL::{}", name);
  if (type == record::FactType::text) return quote(value.text) + "::VARCHAR";
  if (type == record::FactType::integer) return fmt::format("({})::BIGINT", value.number);
  return fmt::format("TIMESTAMP '{}'", print_timestamp(value.number));
}

Result<void> store_rows(store::Database& db, const std::vector<std::vector<Value>>& rows) {
  std::string sql = "CREATE OR REPLACE TEMP TABLE random_rows AS SELECT * FROM (";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    sql += fmt::format("{} SELECT {} AS n", r == 0 ? "" : "UNION ALL", r);
    for (std::size_t i = 0; i < rows[r].size(); ++i)
      sql += fmt::format(", {} AS \"{}\"", sql_value(rows[r][i], record::facts()[i].type),
                         record::facts()[i].name);
  }
  return db.run(sql + ")");
}

Truth truth_of(const Value& value) {
  if (!value.known) return Truth::is_null;
  return value.number == 1 ? Truth::is_true : Truth::is_false;
}

// Of every condition: how often each answer came.
struct Seen {
  std::array<std::int64_t, 3> answers{};
  std::int64_t pairs = 0;
  std::int64_t conditions = 0;
  std::int64_t same_for_all_rows = 0;
};

// ./dev agree N asks for N pairs of a condition and a row; the tests ask for 10,000.
std::int64_t wanted_pairs() {
  const char* text = std::getenv("ONUS_AGREE_PAIRS");
  return text ? std::max<std::int64_t>(std::atoll(text), 10'000) : 10'000;
}

// 20 conditions over 20 rows.
void compare_batch(store::Database& db, Generator& generator, Seen& seen) {
  std::vector<std::vector<Value>> rows;
  for (int i = 0; i < 20; ++i) rows.push_back(generator.row());
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
  for (std::size_t i = 0; i < trees.size(); ++i) {
    std::array<std::int64_t, 3> mine{};
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const Truth reference = truth_of(wanted[i].meaning(rows[r]));
      const Truth duckdb = answers->is_null(r, i + 1)        ? Truth::is_null
                           : answers->integer(r, i + 1) == 1 ? Truth::is_true
                                                             : Truth::is_false;
      ASSERT_EQ(evaluate(trees[i], rows[r]), reference) << wanted[i].text << " row " << r;
      ASSERT_EQ(duckdb, reference) << wanted[i].text << " row " << r;
      ++mine[static_cast<std::size_t>(reference)];
      ++seen.pairs;
    }
    ++seen.conditions;
    for (std::size_t t = 0; t < 3; ++t) seen.answers[t] += mine[t];
    if (*std::ranges::max_element(mine) == static_cast<std::int64_t>(rows.size()))
      ++seen.same_for_all_rows;
  }
}

TEST(Agreement, DuckDbNativeWalkAndReferenceAnswerAlike) {
  constexpr std::uint64_t kSeed = 20251122;
  const std::int64_t pairs = wanted_pairs();
  SCOPED_TRACE(fmt::format("seed {}", kSeed));
  const Result<TempDir> dir = TempDir::make(std::filesystem::temp_directory_path());
  ASSERT_TRUE(dir);
  store::Options options;
  options.file = dir->path() / "db";
  Result<store::Database> db = store::Database::open(options);
  ASSERT_TRUE(db) << db.error().text();
  Generator generator(kSeed);
  Seen seen;
  while (seen.pairs < pairs) {
    compare_batch(*db, generator, seen);
    if (::testing::Test::HasFatalFailure()) return;
    generator.forget_rows();
  }
  // A run in which a back end could answer always the same would show nothing.
  for (const std::int64_t count : seen.answers) EXPECT_GT(count, seen.pairs / 10);
  EXPECT_LT(seen.same_for_all_rows, seen.conditions / 2);
  std::cout << fmt::format(
      "{} pairs agree: {} false, {} true, {} unknown; {} of {} conditions "
      "answer alike for every row\n",
      seen.pairs, seen.answers[0], seen.answers[1], seen.answers[2], seen.same_for_all_rows,
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
  const Result<TempDir> dir = TempDir::make(std::filesystem::temp_directory_path());
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

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/file.h"
#include "store/database.h"

namespace onus::store {
namespace {

class Store : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<TempDir> dir = TempDir::make();
    ASSERT_TRUE(dir);
    dir_.emplace(std::move(*dir));
    std::filesystem::create_directory(dir_->path() / "out");
  }
  Options options() const {
    return {.file = dir_->path() / "case.duckdb",
            .spill_dir = dir_->path() / "spill",
            .export_dir = dir_->path() / "out"};
  }
  std::optional<TempDir> dir_;
};

TEST_F(Store, RowsWrittenInChunksComeBackWithTheirNulls) {
  Database db = Database::open(options()).value();
  ASSERT_TRUE(
      db.run("CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (i INTEGER, s VARCHAR, "
             "h HUGEINT, w TIMESTAMP, m mood, f BOOLEAN)"));
  {
    ChunkWriter writer = db.writer("t").value();
    for (int chunk = 0; chunk < 3; ++chunk) {
      for (std::size_t row = 0; row < 2000; ++row) {
        writer.values<std::int32_t>(0)[row] = static_cast<int>(row);
        writer.set_text(1, row, row % 2 ? "a text that is longer than twelve bytes" : "x");
        writer.values<HugeInt>(2)[row] = {row, 1};
        writer.values<std::int64_t>(3)[row] = 1'000'000;
        writer.values<std::uint8_t>(4)[row] = 1;
        writer.values<bool>(5)[row] = true;
        if (row % 10 == 0) writer.set_null(1, row);
      }
      ASSERT_TRUE(writer.flush(2000));
    }
    ASSERT_TRUE(writer.close());
  }
  const Rows rows = db.query(
                          "SELECT count(*), count(s), sum(i), min(w), min(m), "
                          "count(DISTINCT h), [min(s), max(s)] FROM t WHERE f")
                        .value();
  EXPECT_EQ(rows.integer(0, 0), 6000);
  EXPECT_EQ(rows.integer(0, 1), 5400);
  EXPECT_EQ(rows.number(0, 2), 3 * 1999 * 1000.0);
  EXPECT_EQ(rows.text(0, 3), "1970-01-01 00:00:01");
  EXPECT_EQ(rows.text(0, 4), "b");
  EXPECT_EQ(rows.integer(0, 5), 2000);
  EXPECT_EQ(rows.texts(0, 6),
            (std::vector<std::string>{"a text that is longer than twelve bytes", "x"}));
}

TEST_F(Store, AFunctionGivesForAnIdWhatItsQueryHasForIt) {
  Database db = Database::open(options()).value();
  ASSERT_TRUE(
      db.run("CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (i INTEGER, s VARCHAR, m mood, "
             "n INTEGER); INSERT INTO t VALUES (0, 'short', 'b', 7), (2, 'longer than twelve "
             "bytes', NULL, -1), (5, NULL, 'a', 0)"));
  for (const std::string column : {"s", "m", "n"}) {
    const std::string function = db.function_of("SELECT i, " + column + " FROM t").value();
    const Rows rows =
        db.query("SELECT r.i, " + function + "(r.i::INTEGER) IS DISTINCT FROM t." + column +
                 " FROM (FROM range(-1, 9) r(i) UNION ALL SELECT NULL) r "
                 "LEFT JOIN t ON t.i = r.i")
            .value();
    ASSERT_EQ(rows.size(), 11U);
    for (std::size_t i = 0; i < rows.size(); ++i)
      EXPECT_EQ(rows.integer(i, 1), 0) << column << " of " << rows.integer(i, 0);
  }
}

TEST_F(Store, AFunctionOfAnEmptyQueryGivesNothing) {
  Database db = Database::open(options()).value();
  const std::string function = db.function_of("SELECT 0, 'x' WHERE FALSE").value();
  EXPECT_EQ(db.query_integer("SELECT count(" + function + "(i::INTEGER)) FROM range(3) t(i)"), 0);
  EXPECT_FALSE(db.function_of("SELECT no_such_column"));
}

TEST_F(Store, RowsKeepTheirOrderThroughAFunctionWhateverItsThreadsDo) {
  Database db = Database::open(options()).value();
  ASSERT_TRUE(db.run("CREATE TABLE t AS SELECT i, (i % 7)::INTEGER AS k FROM range(400000) t(i)"));
  const std::string word =
      db.function_of("SELECT i::INTEGER, 'word ' || i FROM range(7) t(i)").value();
  const std::string file = literal((dir_->path() / "out" / "t.parquet").string());
  ASSERT_TRUE(db.run("COPY (SELECT i, " + word + "(k) AS w FROM t) TO " + file));
  EXPECT_EQ(db.query_integer("SELECT count(*) FROM (SELECT i, file_row_number AS n, w FROM "
                             "read_parquet(" +
                             file +
                             ", file_row_number = true)) "
                             "WHERE i <> n OR w <> 'word ' || (i % 7)")
                .value(),
            0);
}

TEST_F(Store, EqualCombinationsHaveOneNumberAndOneRowIsTheFirst) {
  Database db = Database::open(options()).value();
  // In threads; the first ten thousand rows are one combination, as a whole vector may be.
  ASSERT_TRUE(
      db.run("CREATE TABLE t AS SELECT CASE WHEN i < 10000 THEN 0 ELSE hash(i)::HUGEINT % 5000 "
             "END::BIGINT AS a, CASE WHEN i < 10000 THEN -7 ELSE i % 3 END::BIGINT AS b FROM "
             "range(400000) t(i)"));
  const std::string number = db.function_of_numbers(2);
  ASSERT_TRUE(
      db.run("CREATE TABLE n AS SELECT a, b, " + number + "(a, b) AS signed_number FROM t"));
  const auto count = [&](const std::string& sql) { return db.query_integer(sql).value(); };
  const std::int64_t kinds = count("SELECT count(*) FROM (SELECT DISTINCT a, b FROM t)");
  EXPECT_EQ(count("SELECT count(*) FROM n WHERE signed_number < 0"), kinds);
  EXPECT_EQ(count("SELECT count(DISTINCT greatest(signed_number, -1 - signed_number)) FROM n"),
            kinds);
  EXPECT_EQ(count("SELECT max(signed_number) FROM n"), kinds - 1);
  EXPECT_EQ(count("SELECT count(*) FROM (SELECT DISTINCT a, b, greatest(signed_number, "
                  "-1 - signed_number) FROM n)"),
            kinds);
}

TEST_F(Store, NothingOutsideTheExportFolderCanBeReadOrWritten) {
  Database db = Database::open(options()).value();
  EXPECT_TRUE(db.run("COPY (SELECT 1) TO " + literal((dir_->path() / "out/a.parquet").string())));
  for (const char* sql :
       {"SELECT * FROM read_csv('/etc/hostname')", "INSTALL httpfs", "LOAD httpfs",
        "ATTACH '/tmp/x.duckdb'", "COPY (SELECT 1) TO '/tmp/onus-escape.csv'",
        "SET enable_external_access = true", "SET memory_limit = '64 GiB'",
        "SET allowed_directories = ['/']", "SET allowed_configs = ['enable_external_access']",
        "RESET allowed_configs", "SET lock_configuration = false", "SELECT * FROM glob('/*')"}) {
    EXPECT_EQ(db.run(sql).error().code, Code::engine) << sql;
  }
  const std::string up = (dir_->path() / "out/../escape.csv").string();
  EXPECT_FALSE(db.run("COPY (SELECT 1) TO " + literal(up)));
}

TEST_F(Store, ParametersAreNeverReadAsSql) {
  Database db = Database::open(options()).value();
  const std::vector<std::string> hostile{"'; DROP TABLE t; --"};
  EXPECT_EQ(db.query_text("SELECT ?", hostile).value(), hostile[0]);
  EXPECT_EQ(db.query_text("SELECT " + literal(hostile[0])).value(), hostile[0]);
}

TEST_F(Store, AQueryOverItsBudgetIsAnErrorNotAFullMemory) {
  Database db = Database::open(options()).value();
  EXPECT_EQ(db.query("SELECT * FROM range(5000)", {}, 100).error().code, Code::over_budget);
}

TEST_F(Store, WhatWasCommittedIsThereAfterReopeningAndTheRestIsNot) {
  {
    Database db = Database::open(options()).value();
    ASSERT_TRUE(
        db.run("CREATE TABLE t (i INTEGER); BEGIN; INSERT INTO t VALUES (1); COMMIT; BEGIN"));
    ChunkWriter writer = db.writer("t").value();
    writer.values<std::int32_t>(0)[0] = 2;
    ASSERT_TRUE(writer.flush(1) && writer.close());
  }
  Database db = Database::open(options()).value();
  EXPECT_EQ(db.query_integer("SELECT sum(i) FROM t").value(), 1);
}

}  // namespace
}  // namespace onus::store

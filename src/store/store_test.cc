// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/file.h"
#include "store/database.h"

namespace onus::store {
namespace {

class Store : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<TempDir> dir = TempDir::make(std::filesystem::temp_directory_path());
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

TEST_F(Store, NothingOutsideTheExportFolderCanBeReadOrWritten) {
  Database db = Database::open(options()).value();
  EXPECT_TRUE(db.run("COPY (SELECT 1) TO " + literal((dir_->path() / "out/a.parquet").string())));
  for (const char* sql :
       {"SELECT * FROM read_csv('/etc/hostname')", "INSTALL httpfs", "LOAD httpfs",
        "ATTACH '/tmp/x.duckdb'", "COPY (SELECT 1) TO '/tmp/onus-escape.csv'",
        "SET enable_external_access = true", "SET threads = 1", "SET allowed_directories = ['/']",
        "SELECT * FROM glob('/*')"}) {
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

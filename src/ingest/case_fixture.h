// SPDX-License-Identifier: Apache-2.0
// For this module's tests: a store in a temporary folder, and files to read into it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "ingest/ingest.h"
#include "record/tables.h"
#include "store/database.h"

namespace onus::ingest {

class CaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<TempDir> dir = TempDir::make();
    ASSERT_TRUE(dir);
    dir_.emplace(std::move(*dir));
    std::filesystem::create_directory(dir_->path() / "out");
    new_store("case");
  }

  // Opens the store of that name, and makes its tables if it is new.
  void new_store(const std::string& name) {
    const std::filesystem::path file = dir_->path() / (name + ".duckdb");
    const bool is_new = !std::filesystem::exists(file);
    db_.reset();
    Result<store::Database> db = store::Database::open(
        {.file = file, .spill_dir = dir_->path() / "spill", .export_dir = dir_->path() / "out"});
    ASSERT_TRUE(db) << db.error().text();
    db_.emplace(std::move(*db));
    if (is_new) {
      ASSERT_TRUE(db_->run(record::schema_sql()));
    }
  }

  std::filesystem::path file(const std::string& name, std::string_view bytes) {
    EXPECT_TRUE(write_file(dir_->path() / name, bytes));
    return dir_->path() / name;
  }

  IngestOptions options(std::vector<std::filesystem::path> files) const {
    IngestOptions out;
    Result<std::vector<source::InputFile>> found = source::expand_inputs(files);
    EXPECT_TRUE(found) << found.error().text();
    // In the order given: the files of a case need not come sorted.
    for (const std::filesystem::path& path : files) {
      for (source::InputFile& file : *found) {
        if (file.path == path.lexically_normal()) out.files.push_back(file);
      }
    }
    out.key[0] = 1;
    return out;
  }
  IngestSummary read(std::vector<std::filesystem::path> files) {
    Result<IngestSummary> summary = ingest(*db_, options(std::move(files)));
    EXPECT_TRUE(summary) << summary.error().text();
    return summary ? *summary : IngestSummary{};
  }

  // The cells of a query's rows, joined by '|' and '\n'; NULL is "".
  std::string rows(std::string_view sql, std::size_t columns = 1) {
    const Result<store::Rows> found = db_->query(sql);
    EXPECT_TRUE(found) << (found ? "" : found.error().text());
    std::string out;
    for (std::size_t i = 0; found && i < found->size(); ++i) {
      if (i > 0) out += '\n';
      for (std::size_t c = 0; c < columns; ++c) {
        out += (c > 0 ? "|" : "") + std::string(found->text(i, c));
      }
    }
    return out;
  }
  std::int64_t count(std::string_view sql) {
    const Result<std::int64_t> found = db_->query_integer(sql);
    EXPECT_TRUE(found) << (found ? "" : found.error().text());
    return found.value_or(-1);
  }

  // Every value of every table, as text.
  std::string dump() {
    std::string out;
    for (const char* table : {"case_info", "files", "columns", "texts", "agencies_raw", "actors",
                              "row_kinds", "sighting_rows", "extras", "rejects", "links"}) {
      out += rows(std::string("SELECT t::VARCHAR FROM ") + table + " t") + "\n";
    }
    return out;
  }

  std::optional<TempDir> dir_;
  std::optional<store::Database> db_;
};

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// Owners of DuckDB's C handles, and the states behind store/database.h. For files of this module.
#pragma once

#include <duckdb.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "store/database.h"

namespace onus::store {

template <class T, auto kDestroy>
class Handle {
 public:
  Handle() = default;
  explicit Handle(T value) : value_(value) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&& other) noexcept : value_(std::exchange(other.value_, T{})) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Handle() { kDestroy(&value_); }
  T get() const { return value_; }
  T* address() { return &value_; }

 private:
  T value_{};
};

using DatabaseHandle = Handle<duckdb_database, duckdb_close>;
using Connection = Handle<duckdb_connection, duckdb_disconnect>;
using Prepared = Handle<duckdb_prepared_statement, duckdb_destroy_prepare>;
using QueryResult = Handle<duckdb_result, duckdb_destroy_result>;
using LogicalType = Handle<duckdb_logical_type, duckdb_destroy_logical_type>;
using DataChunk = Handle<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using Appender = Handle<duckdb_appender, duckdb_appender_destroy>;

struct Database::State {
  DatabaseHandle database;
  Connection connection;
  int threads = 1;
  int functions = 0;  // made by function_of()
};

// The values of one column of a result; which vector holds them follows from the type.
struct Column {
  std::vector<std::int64_t> integers;
  std::vector<double> numbers;
  std::vector<std::string> texts;
  std::vector<std::vector<std::string>> lists;
  std::vector<bool> nulls;
};

// A result read to the end, by column.
struct Rows::State {
  std::vector<Column> columns;
  std::size_t rows = 0;

  Result<void> read(QueryResult& result, std::size_t max_rows);
};

struct ChunkWriter::State {
  std::string table;
  Appender appender;
  std::vector<LogicalType> types;
  std::vector<std::size_t> widths;  // bytes of a value; 0: text
  DataChunk chunk;
  std::vector<duckdb_vector> vectors;
  std::vector<void*> data;

  Result<void> open(duckdb_connection connection, const std::string& name);
  void point();  // after each reset the vectors may lie elsewhere
};

}  // namespace onus::store

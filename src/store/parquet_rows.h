// SPDX-License-Identifier: Apache-2.0
// The rows of one Parquet file, in their order, whatever the types of its columns: each value as
// JSON text (docs/formats.md says how). An engine of its own, in memory, with one thread, a limit
// on memory, no place to spill to, and leave to read this one file.
//
// The file may be hostile, but its footer must have been looked at first: the engine follows
// nested types by recursion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace onus::store {

class ParquetRows {
 public:
  // Code::bad_input where it is damaged, Code::over_budget where it takes too much memory. No
  // message has a value of the file in it.
  static Result<ParquetRows> open(const std::string& path);
  ParquetRows(const ParquetRows&) = delete;
  ParquetRows& operator=(const ParquetRows&) = delete;
  ParquetRows(ParquetRows&&) noexcept;
  ParquetRows& operator=(ParquetRows&&) noexcept;
  ~ParquetRows();

  const std::vector<std::string>& columns() const;
  // All that a row may hold, as one JSON object of nulls.
  std::string shape() const;

  // Before the first next(): only these columns, by their number in columns(), are read.
  Result<void> select(std::span<const std::size_t> columns);

  // To the next row; false at the end.
  Result<bool> next();
  // Of the row, by the number among those selected. Stops where `out` is longer than `limit`: what
  // stands there then is no JSON.
  void append_json(std::size_t column, std::string& out, std::size_t limit) const;
  // The value where it is a text, else nothing.
  std::string_view text(std::size_t column) const;
  // The value as a cell: a text as it is, NULL as nothing, all else as its JSON without quotes.
  void append_cell(std::size_t column, std::string& out, std::size_t limit) const;

 private:
  struct State;
  explicit ParquetRows(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace onus::store

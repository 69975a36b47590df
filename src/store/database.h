// SPDX-License-Identifier: Apache-2.0
// The one door to DuckDB: nothing else includes its header. A Database is one file (or temporary
// folder) and one connection; it is not for two threads at a time.
//
// From the first statement on, external access is off but for `export_dir`, and the configuration
// is locked: no rule, profile or cell can read a file, load an extension or attach a database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace onus::store {

// A finished query: rows of typed, nullable values, held in memory. For large results aggregate in
// SQL or write to a file; a query over `max_rows` is an error, not a full memory.
class Rows {
 public:
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();
  std::size_t size() const;
  bool is_null(std::size_t row, std::size_t column) const;
  std::int64_t integer(std::size_t row,
                       std::size_t column) const;            // any integer or boolean; NULL = 0
  double number(std::size_t row, std::size_t column) const;  // any number; NULL = 0
  // Text, enum, date ("2025-07-01") and timestamp ("2025-07-01 12:00:00"); NULL = "". Lives as long
  // as this.
  std::string_view text(std::size_t row, std::size_t column) const;
  std::vector<std::string> texts(std::size_t row, std::size_t column) const;  // a VARCHAR[]

 private:
  friend class Database;
  struct State;
  explicit Rows(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Some rows of a running query, column by column; lives until the next ones are asked for.
class ChunkView {
 public:
  std::size_t size() const;
  bool is_null(std::size_t column, std::size_t row) const;
  // As ChunkWriter::values(); what stands at a NULL is anything.
  template <class T>
  const T* values(std::size_t column) const {
    return static_cast<const T*>(raw(column));
  }
  std::string_view text(std::size_t column, std::size_t row) const;  // VARCHAR, not NULL

 private:
  friend class Database;
  explicit ChunkView(void* chunk) : chunk_(chunk) {}
  const void* raw(std::size_t column) const;
  void* chunk_;
};

class ChunkWriter;

struct Options {
  std::filesystem::path file;        // the database file; made if absent
  std::filesystem::path spill_dir;   // where a query that outgrows memory may spill
  std::filesystem::path export_dir;  // the only folder that COPY may write to; empty: none
  std::uint64_t memory_limit_bytes = 2ULL << 30;
  int threads = 2;
  bool kept = true;  // false: never opened again, so that closing it puts nothing in order
};

class Database {
 public:
  static Result<Database> open(const Options& options);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // One or more statements, without parameters. Never splice a value into `sql`.
  Result<void> run(std::string_view sql);

  // One thread for the engine, or Options::threads as at first. One is best while others than the
  // engine's have work for the processors: its first thread spins while it waits for the rest.
  Result<void> use_one_thread();
  Result<void> use_all_threads();

  // One statement; `?` takes the parameters in order (all passed as text; cast in SQL where
  // needed).
  Result<Rows> query(std::string_view sql, std::span<const std::string> parameters = {},
                     std::size_t max_rows = 1'000'000);
  Result<std::int64_t> query_integer(std::string_view sql,
                                     std::span<const std::string> parameters = {});
  Result<std::string> query_text(std::string_view sql,
                                 std::span<const std::string> parameters = {});

  // For reading many rows: each chunk of the result in order, as it is made, so that no more than a
  // few are in memory. An error of `take` ends it. No other query may run until this returns.
  Result<void> each_chunk(std::string_view sql,
                          const std::function<Result<void>(const ChunkView&)>& take);

  // A function of SQL by another name each time: f(id) is the second column of the row of `query`
  // whose first column, an INTEGER from 0, is id; NULL where there is none. The values are texts,
  // enumerations, truth values or INTEGERs, and are held in memory until the store is closed.
  //
  // For small tables that a large one refers to by number. The engine joins those too, but what
  // comes out of a join stands in the order in which its threads were done.
  Result<std::string> function_of(const std::string& query);

  // A function of SQL that numbers what differs: f(a, b, ...) of 1 to 8 BIGINTs, none of them NULL,
  // is an INTEGER from 0 for each combination, and -1 - number at the row where it was met first.
  // Which row that is, and which number, hangs on the threads: a result must hang on neither.
  // All combinations are held in memory until the store is closed.
  std::string function_of_numbers(std::size_t columns);

  // For writing many rows: column by column, in chunks. One writer per table at a time.
  Result<ChunkWriter> writer(std::string_view table);

  static std::string version();  // "v1.5.6"

 private:
  friend class ChunkWriter;
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Name quoted for SQL, for identifiers that the program made (never from input).
std::string quoted(std::string_view identifier);
// Text as an SQL literal ('it''s'), for the few statements that take no parameter (COPY).
std::string literal(std::string_view text);

// Rows for one table, written column by column into a buffer of capacity() rows. The caller fills
// rows 0..n-1 of every column and calls flush(n). Types of the columns are the table's; a mistake
// there is a bug (ONUS_CHECK).
class ChunkWriter {
 public:
  ChunkWriter(const ChunkWriter&) = delete;
  ChunkWriter& operator=(const ChunkWriter&) = delete;
  ChunkWriter(ChunkWriter&&) noexcept;
  ChunkWriter& operator=(ChunkWriter&&) noexcept;
  ~ChunkWriter();  // what was not closed is rolled back with its transaction

  static std::size_t capacity();  // 2048

  // Raw values of a fixed-width column: std::int32_t for INTEGER, std::int64_t for BIGINT and
  // TIMESTAMP (microseconds since 1970), bool, std::uint8_t for an ENUM (its index), HugeInt.
  template <class T>
  T* values(std::size_t column) {
    return static_cast<T*>(raw(column, sizeof(T)));
  }
  void set_null(std::size_t column, std::size_t row);
  void set_text(std::size_t column, std::size_t row, std::string_view text);
  // A VARCHAR[] cell is not supported: write such tables with query().

  Result<void> flush(std::size_t rows);
  Result<void> close();  // flush(0) and hand everything to the table

 private:
  friend class Database;
  struct State;
  explicit ChunkWriter(std::unique_ptr<State> state);
  void* raw(std::size_t column, std::size_t width);
  std::unique_ptr<State> state_;
};

struct HugeInt {  // HUGEINT as DuckDB lays it out
  std::uint64_t low = 0;
  std::int64_t high = 0;
};

}  // namespace onus::store

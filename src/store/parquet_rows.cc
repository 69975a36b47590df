// SPDX-License-Identifier: Apache-2.0
#include "store/parquet_rows.h"

#include <duckdb.h>
#include <fmt/format.h>

#include "base/check.h"
#include "store/handles.h"
#include "store/json_text.h"

namespace onus::store {
namespace {

constexpr std::uint64_t kMemory = std::uint64_t{1} << 30;

// The engine quotes values in its messages, so these are ours.
tl::unexpected<Error> refusal(std::string_view message) {
  const auto says = [&](std::string_view word) { return message.find(word) != message.npos; };
  if (says("Out of Memory") || says("could not allocate") || says("failed to allocate")) {
    return fail(Code::over_budget, "it takes more than 1 GiB of memory to read");
  }
  if (says("UTF8") || says("UTF-8")) return fail(Code::bad_input, "a text in it is not UTF-8");
  if (says("ncrypt")) return fail(Code::bad_input, "it is encrypted");
  return fail(Code::bad_input, "damaged, or of a form of Parquet that is not read");
}

tl::unexpected<Error> refusal(const char* message) {
  return refusal(std::string_view(message ? message : ""));
}

}  // namespace

struct ParquetRows::State {
  DatabaseHandle database;
  Connection connection;
  std::string from;  // the table function over the file
  std::vector<std::string> names;
  std::vector<std::string> selections;  // of each column, in SQL
  std::vector<JsonText> types;          // of each column; then of those selected
  Prepared prepared;
  QueryResult result;
  DataChunk chunk;
  idx_t size = 0;
  idx_t row = 0;

  Result<void> connect(const std::string& path);
  Result<void> describe();
  Result<void> prepare(const std::string& sql);
  Result<void> start(std::span<const std::size_t> columns);
  void add_column(idx_t number);
};

Result<void> ParquetRows::State::connect(const std::string& path) {
  ONUS_CHECK(duckdb_open(nullptr, database.address()) == DuckDBSuccess);
  ONUS_CHECK(duckdb_connect(database.get(), connection.address()) == DuckDBSuccess);
  const std::string settings = fmt::format(
      "SET memory_limit = '{} MiB'; SET threads = 1; SET temp_directory = '';"
      "SET allowed_paths = [{}]; SET TimeZone = 'UTC'; SET preserve_insertion_order = true;"
      "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;"
      "SET allow_community_extensions = false; SET enable_external_access = false;"
      "SET lock_configuration = true;",
      kMemory >> 20, literal(path));
  QueryResult done;
  ONUS_CHECK(duckdb_query(connection.get(), settings.c_str(), done.address()) == DuckDBSuccess);
  from = fmt::format(
      "read_parquet({}, hive_partitioning = false, union_by_name = false, filename = false)",
      literal(path));
  return {};
}

Result<void> ParquetRows::State::prepare(const std::string& sql) {
  Prepared fresh;
  if (duckdb_prepare(connection.get(), sql.c_str(), fresh.address()) != DuckDBSuccess) {
    return refusal(duckdb_prepare_error(fresh.get()));
  }
  prepared = std::move(fresh);
  return {};
}

// Bytes without a character set are text where they are UTF-8, as old writers left the set away;
// what has no form of its own is as the engine writes it.
void ParquetRows::State::add_column(idx_t number) {
  const char* const name = duckdb_prepared_statement_column_name(prepared.get(), number);
  names.emplace_back(name);
  duckdb_free(const_cast<char*>(name));
  const LogicalType type(duckdb_prepared_statement_column_logical_type(prepared.get(), number));
  const std::string column = store::quoted(names.back());
  const bool known = types.emplace_back().describe(type.get());
  if (!known) {
    types.back() = {};
    selections.push_back(fmt::format("CAST({} AS VARCHAR)", column));
  } else if (duckdb_get_type_id(type.get()) == DUCKDB_TYPE_BLOB) {
    selections.push_back(fmt::format("coalesce(try(decode({0})), lower(hex({0})))", column));
  } else {
    selections.push_back(column);
  }
}

Result<void> ParquetRows::State::describe() {
  ONUS_TRY_VOID(prepare("SELECT * FROM " + from));
  const idx_t count = duckdb_prepared_statement_column_count(prepared.get());
  for (idx_t i = 0; i < count; ++i) add_column(i);
  return {};
}

Result<void> ParquetRows::State::start(std::span<const std::size_t> columns) {
  std::string sql;
  for (const std::size_t column : columns) {
    sql += (sql.empty() ? "SELECT " : ", ") + selections.at(column);
  }
  ONUS_TRY_VOID(prepare((sql.empty() ? "SELECT NULL" : sql) + " FROM " + from));
  types = std::vector<JsonText>(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const LogicalType type(duckdb_prepared_statement_column_logical_type(prepared.get(), i));
    ONUS_CHECK(types[i].describe(type.get()));
  }
  if (duckdb_execute_prepared_streaming(prepared.get(), result.address()) != DuckDBSuccess) {
    return refusal(duckdb_result_error(result.address()));
  }
  return {};
}

ParquetRows::ParquetRows(std::unique_ptr<State> state) : state_(std::move(state)) {}
ParquetRows::ParquetRows(ParquetRows&&) noexcept = default;
ParquetRows& ParquetRows::operator=(ParquetRows&&) noexcept = default;
ParquetRows::~ParquetRows() = default;

Result<ParquetRows> ParquetRows::open(const std::string& path) {
  auto state = std::make_unique<State>();
  ONUS_TRY_VOID(state->connect(path));
  ONUS_TRY_VOID(state->describe());
  return ParquetRows(std::move(state));
}

const std::vector<std::string>& ParquetRows::columns() const { return state_->names; }

std::string ParquetRows::shape() const {
  std::string out;
  for (std::size_t i = 0; i < state_->names.size(); ++i) {
    out += i == 0 ? '{' : ',';
    append_quoted(state_->names[i], out);
    out += ':';
    state_->types[i].append_shape(out);
  }
  return out + '}';
}

Result<void> ParquetRows::select(std::span<const std::size_t> columns) {
  return state_->start(columns);
}

Result<bool> ParquetRows::next() {
  State& s = *state_;
  if (++s.row < s.size) return true;
  s.chunk = DataChunk(duckdb_fetch_chunk(s.result.get()));
  if (!s.chunk.get()) {
    const char* const error = duckdb_result_error(s.result.address());
    if (error && *error) return refusal(error);
    s.size = 0;
    return false;
  }
  s.size = duckdb_data_chunk_get_size(s.chunk.get());
  s.row = 0;
  for (std::size_t i = 0; i < s.types.size(); ++i) {
    s.types[i].point(duckdb_data_chunk_get_vector(s.chunk.get(), i));
  }
  return true;
}

void ParquetRows::append_json(std::size_t column, std::string& out, std::size_t limit) const {
  state_->types.at(column).append(state_->row, out, limit);
}

std::string_view ParquetRows::text(std::size_t column) const {
  const JsonText& type = state_->types.at(column);
  return type.is_text(state_->row) ? type.text(state_->row) : std::string_view();
}

void ParquetRows::append_cell(std::size_t column, std::string& out, std::size_t limit) const {
  const JsonText& type = state_->types.at(column);
  if (type.is_null(state_->row)) return;
  if (type.is_text(state_->row)) {
    out += type.text(state_->row).substr(0, limit);
  } else {
    type.append_bare(state_->row, out, limit);
  }
}

}  // namespace onus::store

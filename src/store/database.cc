// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <duckdb.h>
#include <fmt/format.h>

#include "base/check.h"
#include "store/handles.h"

namespace onus::store {
namespace {

Result<Connection> connect(const std::filesystem::path& file, DatabaseHandle& database) {
  char* message = nullptr;
  const duckdb_state opened =
      duckdb_open_ext(file.empty() ? nullptr : file.c_str(), database.address(), nullptr, &message);
  const std::string text = message ? message : "";
  duckdb_free(message);
  if (opened != DuckDBSuccess) {
    return fail(Code::engine, fmt::format("cannot open the store {}: {}", file.string(), text));
  }
  Connection connection;
  ONUS_CHECK(duckdb_connect(database.get(), connection.address()) == DuckDBSuccess);
  return connection;
}

// Order matters: nothing but the number of threads can be set after the last line.
std::string settings(const Options& options) {
  std::string sql = fmt::format("SET memory_limit = '{} MiB'; SET threads = {};",
                                options.memory_limit_bytes >> 20, options.threads);
  sql += fmt::format("SET temp_directory = {};", literal(options.spill_dir.string()));
  if (!options.export_dir.empty()) {
    const std::string folder = std::filesystem::absolute(options.export_dir).string() + "/";
    sql += fmt::format("SET allowed_directories = [{}];", literal(folder));
  }
  if (!options.kept)
    sql += "PRAGMA disable_checkpoint_on_shutdown; SET checkpoint_threshold = '1 TiB';";
  return sql +
         "SET preserve_insertion_order = true; SET TimeZone = 'UTC';"
         "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;"
         "SET allow_community_extensions = false; SET enable_external_access = false;"
         "SET allowed_configs = ['threads']; SET lock_configuration = true;";
}

tl::unexpected<Error> engine_error(const char* message) {
  return fail(Code::engine, message ? message : "the engine gave no message");
}

}  // namespace

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const Options& options) {
  auto state = std::make_unique<State>();
  state->threads = options.threads;
  ONUS_TRY(state->connection, connect(options.file, state->database));
  Database database(std::move(state));
  ONUS_TRY_VOID(database.run(settings(options)));
  return database;
}

Result<void> Database::run(std::string_view sql) {
  QueryResult result;
  const std::string text(sql);
  if (duckdb_query(state_->connection.get(), text.c_str(), result.address()) != DuckDBSuccess) {
    return engine_error(duckdb_result_error(result.address()));
  }
  return {};
}

Result<void> Database::use_one_thread() { return run("SET threads = 1"); }

Result<void> Database::use_all_threads() {
  return run(fmt::format("SET threads = {}", state_->threads));
}

Result<Rows> Database::query(std::string_view sql, std::span<const std::string> parameters,
                             std::size_t max_rows) {
  Prepared prepared;
  const std::string text(sql);
  if (duckdb_prepare(state_->connection.get(), text.c_str(), prepared.address()) != DuckDBSuccess) {
    return engine_error(duckdb_prepare_error(prepared.get()));
  }
  ONUS_CHECK(duckdb_nparams(prepared.get()) == parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    ONUS_CHECK(duckdb_bind_varchar_length(prepared.get(), i + 1, parameters[i].data(),
                                          parameters[i].size()) == DuckDBSuccess);
  }
  QueryResult result;
  if (duckdb_execute_prepared(prepared.get(), result.address()) != DuckDBSuccess) {
    return engine_error(duckdb_result_error(result.address()));
  }
  auto rows = std::make_unique<Rows::State>();
  ONUS_TRY_VOID(rows->read(result, max_rows));
  return Rows(std::move(rows));
}

Result<std::int64_t> Database::query_integer(std::string_view sql,
                                             std::span<const std::string> parameters) {
  ONUS_TRY(const Rows rows, query(sql, parameters));
  ONUS_CHECK(rows.size() == 1);
  return rows.integer(0, 0);
}

Result<std::string> Database::query_text(std::string_view sql,
                                         std::span<const std::string> parameters) {
  ONUS_TRY(const Rows rows, query(sql, parameters));
  ONUS_CHECK(rows.size() == 1);
  return std::string(rows.text(0, 0));
}

Result<ChunkWriter> Database::writer(std::string_view table) {
  auto state = std::make_unique<ChunkWriter::State>();
  ONUS_TRY_VOID(state->open(state_->connection.get(), std::string(table)));
  return ChunkWriter(std::move(state));
}

std::string Database::version() { return duckdb_library_version(); }

std::string quoted(std::string_view identifier) {
  std::string out = "\"";
  for (const char c : identifier) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string literal(std::string_view text) {
  ONUS_CHECK(text.find('\0') == std::string_view::npos);
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

}  // namespace onus::store

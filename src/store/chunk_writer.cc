// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/check.h"
#include "store/handles.h"

namespace onus::store {
namespace {

// Bytes of a value of a type that rows are written in; 0 for text.
std::size_t width_of(duckdb_logical_type type) {
  switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_VARCHAR:
      return 0;
    case DUCKDB_TYPE_BOOLEAN:
      return sizeof(bool);
    case DUCKDB_TYPE_UTINYINT:
      return 1;
    case DUCKDB_TYPE_INTEGER:
      return 4;
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_TIMESTAMP:
      return 8;
    case DUCKDB_TYPE_HUGEINT:
      return 16;
    case DUCKDB_TYPE_ENUM:
      ONUS_CHECK(duckdb_enum_internal_type(type) == DUCKDB_TYPE_UTINYINT);
      return 1;
    default:
      ONUS_CHECK(false && "a column of a type that ChunkWriter does not write");
  }
  return 0;
}

std::string appender_message(duckdb_appender appender) {
  const char* text = duckdb_appender_error(appender);
  return text ? text : "the engine gave no message";
}

}  // namespace

Result<void> ChunkWriter::State::open(duckdb_connection connection, const std::string& name) {
  table = name;
  if (duckdb_appender_create(connection, nullptr, name.c_str(), appender.address()) !=
      DuckDBSuccess) {
    return fail(Code::engine, fmt::format("cannot write to table {}: {}", name,
                                          appender_message(appender.get())));
  }
  std::vector<duckdb_logical_type> raw_types;
  for (idx_t i = 0; i < duckdb_appender_column_count(appender.get()); ++i) {
    types.emplace_back(duckdb_appender_column_type(appender.get(), i));
    widths.push_back(width_of(types.back().get()));
    raw_types.push_back(types.back().get());
  }
  chunk = DataChunk(duckdb_create_data_chunk(raw_types.data(), raw_types.size()));
  point();
  return {};
}

void ChunkWriter::State::point() {
  vectors.clear();
  data.clear();
  for (idx_t i = 0; i < types.size(); ++i) {
    vectors.push_back(duckdb_data_chunk_get_vector(chunk.get(), i));
    data.push_back(duckdb_vector_get_data(vectors.back()));
  }
}

ChunkWriter::ChunkWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ChunkWriter::ChunkWriter(ChunkWriter&&) noexcept = default;
ChunkWriter& ChunkWriter::operator=(ChunkWriter&&) noexcept = default;
ChunkWriter::~ChunkWriter() = default;

std::size_t ChunkWriter::capacity() { return duckdb_vector_size(); }

void* ChunkWriter::raw(std::size_t column, std::size_t width) {
  ONUS_CHECK(column < state_->widths.size() && state_->widths[column] == width);
  return state_->data[column];
}

void ChunkWriter::set_null(std::size_t column, std::size_t row) {
  duckdb_vector vector = state_->vectors[column];
  duckdb_vector_ensure_validity_writable(vector);
  duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
}

void ChunkWriter::set_text(std::size_t column, std::size_t row, std::string_view text) {
  ONUS_CHECK(column < state_->widths.size() && state_->widths[column] == 0);
  duckdb_vector_assign_string_element_len(state_->vectors[column], row, text.data(), text.size());
}

Result<void> ChunkWriter::flush(std::size_t rows) {
  ONUS_CHECK(rows <= capacity());
  duckdb_data_chunk_set_size(state_->chunk.get(), rows);
  if (rows > 0 &&
      duckdb_append_data_chunk(state_->appender.get(), state_->chunk.get()) != DuckDBSuccess) {
    return fail(Code::engine, fmt::format("cannot write to table {}: {}", state_->table,
                                          appender_message(state_->appender.get())));
  }
  duckdb_data_chunk_reset(state_->chunk.get());
  state_->point();
  return {};
}

Result<void> ChunkWriter::close() {
  if (duckdb_appender_close(state_->appender.get()) != DuckDBSuccess) {
    return fail(Code::engine, fmt::format("cannot write to table {}: {}", state_->table,
                                          appender_message(state_->appender.get())));
  }
  return {};
}

}  // namespace onus::store

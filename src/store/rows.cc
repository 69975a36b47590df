// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/check.h"
#include "store/handles.h"

namespace onus::store {
namespace {

std::string date_text(duckdb_date date) {
  const duckdb_date_struct d = duckdb_from_date(date);
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

std::string timestamp_text(duckdb_timestamp timestamp) {
  const duckdb_timestamp_struct t = duckdb_from_timestamp(timestamp);
  std::string text = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", t.date.year, t.date.month,
                                 t.date.day, t.time.hour, t.time.min, t.time.sec);
  return t.time.micros ? text + fmt::format(".{:06}", t.time.micros) : text;
}

std::string string_at(const void* data, idx_t row) {
  auto* strings = static_cast<duckdb_string_t*>(const_cast<void*>(data));
  return {duckdb_string_t_data(&strings[row]), duckdb_string_t_length(strings[row])};
}

template <class T>
void add(Column& column, const void* data, idx_t row) {
  const T value = static_cast<const T*>(data)[row];
  column.integers.push_back(static_cast<std::int64_t>(value));
  column.numbers.push_back(static_cast<double>(value));
}

void add_huge(Column& column, const void* data, idx_t row) {
  const duckdb_hugeint value = static_cast<const duckdb_hugeint*>(data)[row];
  column.integers.push_back(static_cast<std::int64_t>(value.lower));
  column.numbers.push_back(duckdb_hugeint_to_double(value));
}

void add_enum(Column& column, duckdb_logical_type type, const void* data, idx_t row) {
  ONUS_CHECK(duckdb_enum_internal_type(type) == DUCKDB_TYPE_UTINYINT);
  char* text = duckdb_enum_dictionary_value(type, static_cast<const std::uint8_t*>(data)[row]);
  column.texts.emplace_back(text);
  duckdb_free(text);
}

void add_list(Column& column, duckdb_vector vector, const void* data, idx_t row) {
  const duckdb_list_entry entry = static_cast<const duckdb_list_entry*>(data)[row];
  const void* child = duckdb_vector_get_data(duckdb_list_vector_get_child(vector));
  std::vector<std::string> items;
  items.reserve(entry.length);
  for (idx_t i = 0; i < entry.length; ++i) items.push_back(string_at(child, entry.offset + i));
  column.lists.push_back(std::move(items));
}

Result<void> add_value(Column& column, duckdb_vector vector, duckdb_logical_type type, idx_t row) {
  const void* data = duckdb_vector_get_data(vector);
  switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_BOOLEAN:
      add<bool>(column, data, row);
      break;
    case DUCKDB_TYPE_TINYINT:
      add<std::int8_t>(column, data, row);
      break;
    case DUCKDB_TYPE_UTINYINT:
      add<std::uint8_t>(column, data, row);
      break;
    case DUCKDB_TYPE_SMALLINT:
      add<std::int16_t>(column, data, row);
      break;
    case DUCKDB_TYPE_INTEGER:
      add<std::int32_t>(column, data, row);
      break;
    case DUCKDB_TYPE_UINTEGER:
      add<std::uint32_t>(column, data, row);
      break;
    case DUCKDB_TYPE_BIGINT:
      add<std::int64_t>(column, data, row);
      break;
    case DUCKDB_TYPE_UBIGINT:
      add<std::uint64_t>(column, data, row);
      break;
    case DUCKDB_TYPE_DOUBLE:
      add<double>(column, data, row);
      break;
    case DUCKDB_TYPE_HUGEINT:
      add_huge(column, data, row);
      break;
    case DUCKDB_TYPE_VARCHAR:
      column.texts.push_back(string_at(data, row));
      break;
    case DUCKDB_TYPE_DATE:
      column.texts.push_back(date_text(static_cast<const duckdb_date*>(data)[row]));
      break;
    case DUCKDB_TYPE_TIMESTAMP:
      column.texts.push_back(timestamp_text(static_cast<const duckdb_timestamp*>(data)[row]));
      break;
    case DUCKDB_TYPE_ENUM:
      add_enum(column, type, data, row);
      break;
    case DUCKDB_TYPE_LIST:
      add_list(column, vector, data, row);
      break;
    default:
      return fail(Code::engine, fmt::format("a query gave a column of a type that is not read ({})",
                                            static_cast<int>(duckdb_get_type_id(type))));
  }
  return {};
}

// Keeps every typed store of a column as long as the column, whatever type it has.
void level(Column& column, std::size_t rows) {
  column.integers.resize(rows);
  column.numbers.resize(rows);
  column.texts.resize(rows);
  column.lists.resize(rows);
}

Result<void> read_column(Column& column, duckdb_vector vector, idx_t count) {
  const LogicalType type(duckdb_vector_get_column_type(vector));
  std::uint64_t* validity = duckdb_vector_get_validity(vector);
  for (idx_t row = 0; row < count; ++row) {
    const bool null = validity && !duckdb_validity_row_is_valid(validity, row);
    if (!null) ONUS_TRY_VOID(add_value(column, vector, type.get(), row));
    column.nulls.push_back(null);
    level(column, column.nulls.size());
  }
  return {};
}

}  // namespace

Result<void> Rows::State::read(QueryResult& result, std::size_t max_rows) {
  columns.resize(duckdb_column_count(result.address()));
  for (;;) {
    const DataChunk chunk(duckdb_fetch_chunk(result.get()));
    if (!chunk.get()) return {};
    const idx_t count = duckdb_data_chunk_get_size(chunk.get());
    if (rows + count > max_rows) {
      return fail(Code::over_budget, fmt::format("a query gave more than {} rows", max_rows));
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
      ONUS_TRY_VOID(read_column(columns[c], duckdb_data_chunk_get_vector(chunk.get(), c), count));
    }
    rows += count;
  }
}

Rows::Rows(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

std::size_t Rows::size() const { return state_->rows; }

bool Rows::is_null(std::size_t row, std::size_t column) const {
  return state_->columns.at(column).nulls.at(row);
}
std::int64_t Rows::integer(std::size_t row, std::size_t column) const {
  return state_->columns.at(column).integers.at(row);
}
double Rows::number(std::size_t row, std::size_t column) const {
  return state_->columns.at(column).numbers.at(row);
}
std::string_view Rows::text(std::size_t row, std::size_t column) const {
  return state_->columns.at(column).texts.at(row);
}
std::vector<std::string> Rows::texts(std::size_t row, std::size_t column) const {
  return state_->columns.at(column).lists.at(row);
}

}  // namespace onus::store

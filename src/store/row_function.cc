// SPDX-License-Identifier: Apache-2.0
#include <duckdb.h>
#include <fmt/format.h>

#include <cstring>
#include <deque>
#include <memory>

#include "base/check.h"
#include "store/handles.h"

namespace onus::store {
namespace {

using ScalarFunction = Handle<duckdb_scalar_function, duckdb_destroy_scalar_function>;

std::size_t width_of(duckdb_logical_type type) {
  const duckdb_type id = duckdb_get_type_id(type);
  switch (id == DUCKDB_TYPE_ENUM ? duckdb_enum_internal_type(type) : id) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_UTINYINT:
      return 1;
    case DUCKDB_TYPE_USMALLINT:
      return 2;
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_INTEGER:
      return 4;
    case DUCKDB_TYPE_VARCHAR:
      return sizeof(duckdb_string_t);
    default:
      ONUS_CHECK(false && "a function's values are texts, enumerations, truth values or INTEGERs");
  }
}

// What a function answers from: read by many threads, changed by none.
struct Answers {
  LogicalType type;
  std::size_t width = 0;  // bytes of a value
  std::vector<std::uint8_t> values;
  std::vector<std::uint8_t> known;
  std::deque<std::vector<char>> pages;  // of texts that are longer than a value

  bool is_text() const { return duckdb_get_type_id(type.get()) == DUCKDB_TYPE_VARCHAR; }
  void add(duckdb_data_chunk chunk);
  void add(std::size_t id, const std::uint8_t* value);
};

void Answers::add(std::size_t id, const std::uint8_t* value) {
  if (known.size() <= id) {
    known.resize(id + 1);
    values.resize((id + 1) * width);
  }
  known[id] = 1;
  std::memcpy(values.data() + id * width, value, width);
}

// The texts of a chunk, where they stay.
std::vector<char> kept_texts(duckdb_string_t* texts, const std::uint64_t* validity, idx_t rows) {
  std::size_t size = 0;
  const auto is_long = [&](idx_t i) {
    return (!validity || duckdb_validity_row_is_valid(const_cast<std::uint64_t*>(validity), i)) &&
           !duckdb_string_is_inlined(texts[i]);
  };
  for (idx_t i = 0; i < rows; ++i) size += is_long(i) ? duckdb_string_t_length(texts[i]) : 0;
  std::vector<char> page(size);
  char* at = page.data();
  for (idx_t i = 0; i < rows; ++i) {
    if (!is_long(i)) continue;
    auto& pointer = texts[i].value.pointer;
    std::memcpy(at, pointer.ptr, pointer.length);
    pointer.ptr = at;
    at += pointer.length;
  }
  return page;
}

void Answers::add(duckdb_data_chunk chunk) {
  const auto* ids =
      static_cast<std::int32_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0)));
  const duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, 1);
  auto* data = static_cast<std::uint8_t*>(duckdb_vector_get_data(vector));
  std::uint64_t* const validity = duckdb_vector_get_validity(vector);
  const idx_t rows = duckdb_data_chunk_get_size(chunk);
  if (is_text()) {
    pages.push_back(kept_texts(reinterpret_cast<duckdb_string_t*>(data), validity, rows));
  }
  for (idx_t i = 0; i < rows; ++i) {
    ONUS_CHECK(ids[i] >= 0);
    if (validity && !duckdb_validity_row_is_valid(validity, i)) continue;
    add(static_cast<std::size_t>(ids[i]), data + i * width);
  }
}

Result<std::unique_ptr<Answers>> read_answers(duckdb_connection connection,
                                              const std::string& query) {
  QueryResult result;
  if (duckdb_query(connection, query.c_str(), result.address()) != DuckDBSuccess) {
    return fail(Code::engine, duckdb_result_error(result.address()));
  }
  ONUS_CHECK(duckdb_column_count(result.address()) == 2);
  ONUS_CHECK(duckdb_column_type(result.address(), 0) == DUCKDB_TYPE_INTEGER);
  auto answers = std::make_unique<Answers>();
  answers->type = LogicalType(duckdb_column_logical_type(result.address(), 1));
  answers->width = width_of(answers->type.get());
  for (;;) {
    const DataChunk chunk(duckdb_fetch_chunk(result.get()));
    if (!chunk.get()) return answers;
    answers->add(chunk.get());
  }
}

// A NULL of the engine is a cleared bit. Asking it for each bit by its functions took a third of
// the time of answering.
bool is_valid(const std::uint64_t* validity, idx_t row) {
  return !validity || (validity[row / 64] >> (row % 64) & 1) != 0;
}

// Those that stay NULL are few in some vectors and all in others; the vector has a mask only then.
class Nulls {
 public:
  explicit Nulls(duckdb_vector vector) : vector_(vector) {}
  void add(idx_t row) {
    if (!validity_) {
      duckdb_vector_ensure_validity_writable(vector_);
      validity_ = duckdb_vector_get_validity(vector_);
    }
    validity_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
  }

 private:
  duckdb_vector vector_;
  std::uint64_t* validity_ = nullptr;
};

template <std::size_t kWidth>
void answer_all(const Answers& answers, duckdb_vector from, idx_t rows, duckdb_vector to) {
  const auto* ids = static_cast<const std::int32_t*>(duckdb_vector_get_data(from));
  const std::uint64_t* const asked = duckdb_vector_get_validity(from);
  const std::size_t size = answers.known.size();
  auto* out = static_cast<std::uint8_t*>(duckdb_vector_get_data(to));
  Nulls nulls(to);
  for (idx_t i = 0; i < rows; ++i) {
    const std::size_t id = is_valid(asked, i) ? static_cast<std::uint32_t>(ids[i]) : size;
    if (id < size && answers.known[id]) {
      std::memcpy(out + i * kWidth, answers.values.data() + id * kWidth, kWidth);
    } else {
      nulls.add(i);
    }
  }
}

void answer(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  const auto& answers = *static_cast<const Answers*>(duckdb_scalar_function_get_extra_info(info));
  const duckdb_vector ids = duckdb_data_chunk_get_vector(input, 0);
  const idx_t rows = duckdb_data_chunk_get_size(input);
  switch (answers.width) {
    case 1:
      return answer_all<1>(answers, ids, rows, output);
    case 2:
      return answer_all<2>(answers, ids, rows, output);
    case 4:
      return answer_all<4>(answers, ids, rows, output);
    default:
      ONUS_CHECK(answers.width == sizeof(duckdb_string_t));
      return answer_all<sizeof(duckdb_string_t)>(answers, ids, rows, output);
  }
}

}  // namespace

Result<std::string> Database::function_of(const std::string& query) {
  ONUS_TRY(std::unique_ptr<Answers> answers, read_answers(state_->connection.get(), query));
  std::string name = fmt::format("row_function_{}", state_->functions++);
  const ScalarFunction function(duckdb_create_scalar_function());
  const LogicalType integer(duckdb_create_logical_type(DUCKDB_TYPE_INTEGER));
  duckdb_scalar_function_set_name(function.get(), name.c_str());
  duckdb_scalar_function_add_parameter(function.get(), integer.get());
  duckdb_scalar_function_set_return_type(function.get(), answers->type.get());
  duckdb_scalar_function_set_special_handling(function.get());  // NULL is answered as any id
  duckdb_scalar_function_set_function(function.get(), answer);
  duckdb_scalar_function_set_extra_info(function.get(), answers.release(),
                                        [](void* it) { delete static_cast<Answers*>(it); });
  ONUS_CHECK(duckdb_register_scalar_function(state_->connection.get(), function.get()) ==
             DuckDBSuccess);
  return name;
}

}  // namespace onus::store

// SPDX-License-Identifier: Apache-2.0
#include <duckdb.h>

#include "base/check.h"
#include "store/handles.h"

namespace onus::store {
namespace {

duckdb_vector vector_of(void* chunk, std::size_t column) {
  return duckdb_data_chunk_get_vector(static_cast<duckdb_data_chunk>(chunk), column);
}

tl::unexpected<Error> engine_error(const char* message) {
  return fail(Code::engine, message ? message : "the engine gave no message");
}

}  // namespace

std::size_t ChunkView::size() const {
  return duckdb_data_chunk_get_size(static_cast<duckdb_data_chunk>(chunk_));
}

bool ChunkView::is_null(std::size_t column, std::size_t row) const {
  std::uint64_t* const validity = duckdb_vector_get_validity(vector_of(chunk_, column));
  return validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
}

const void* ChunkView::raw(std::size_t column) const {
  return duckdb_vector_get_data(vector_of(chunk_, column));
}

std::string_view ChunkView::text(std::size_t column, std::size_t row) const {
  auto* const strings = static_cast<duckdb_string_t*>(const_cast<void*>(raw(column)));
  return {duckdb_string_t_data(&strings[row]), duckdb_string_t_length(strings[row])};
}

Result<void> Database::each_chunk(std::string_view sql,
                                  const std::function<Result<void>(const ChunkView&)>& take) {
  Prepared prepared;
  const std::string text(sql);
  if (duckdb_prepare(state_->connection.get(), text.c_str(), prepared.address()) != DuckDBSuccess) {
    return engine_error(duckdb_prepare_error(prepared.get()));
  }
  QueryResult result;
  if (duckdb_execute_prepared_streaming(prepared.get(), result.address()) != DuckDBSuccess) {
    return engine_error(duckdb_result_error(result.address()));
  }
  for (;;) {
    const DataChunk chunk(duckdb_fetch_chunk(result.get()));
    if (!chunk.get()) {
      const char* const message = duckdb_result_error(result.address());
      return message ? engine_error(message) : Result<void>();
    }
    ONUS_TRY_VOID(take(ChunkView(chunk.get())));
  }
}

}  // namespace onus::store

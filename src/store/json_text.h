// SPDX-License-Identifier: Apache-2.0
// Values of any type as JSON text. A detail of module store (row_stream.h).
#pragma once

#include <duckdb.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onus::store {

// One column of a result, or what is nested in one. Made once; pointed at each chunk.
class JsonText {
 public:
  JsonText() = default;
  JsonText(const JsonText&) = delete;
  JsonText& operator=(const JsonText&) = delete;
  JsonText(JsonText&&) noexcept = default;
  JsonText& operator=(JsonText&&) noexcept = default;
  ~JsonText() = default;

  // False: it is, or holds, a type that has no form here.
  bool describe(duckdb_logical_type type);
  void point(duckdb_vector vector);

  // Appends the value of that row. Stops where `out` is longer than `limit`: what then stands in
  // `out` is no JSON.
  void append(idx_t row, std::string& out, std::size_t limit) const;
  // The same without the quotes around a date, a time or a UUID.
  void append_bare(idx_t row, std::string& out, std::size_t limit) const;
  bool is_null(idx_t row) const {
    return validity_ && !duckdb_validity_row_is_valid(const_cast<std::uint64_t*>(validity_), row);
  }
  // The text of a VARCHAR that is not NULL, as it stands.
  bool is_text(idx_t row) const { return type_ == DUCKDB_TYPE_VARCHAR && !is_null(row); }
  std::string_view text(idx_t row) const;

  // What holds each member that a value may have: {"a":null,"b":[{"c":null}]}. A map has no
  // members that its type tells.
  void append_shape(std::string& out) const;

 private:
  bool describe_struct(duckdb_logical_type type);
  bool describe_decimal(duckdb_logical_type type);
  template <class T>
  T at(idx_t row) const {
    return static_cast<const T*>(data_)[row];
  }
  bool is_finite(idx_t row) const;
  void append_leaf(idx_t row, std::string& out) const;
  void append_wide_leaf(idx_t row, std::string& out) const;
  void append_decimal(idx_t row, std::string& out) const;
  void append_struct(idx_t row, std::string& out, std::size_t limit) const;
  void append_items(duckdb_list_entry items, std::string& out, std::size_t limit) const;
  void append_map(duckdb_list_entry entries, std::string& out, std::size_t limit) const;

  duckdb_type type_ = DUCKDB_TYPE_INVALID;
  duckdb_type decimal_ = DUCKDB_TYPE_INVALID;  // as which integer a DECIMAL is stored
  std::size_t scale_ = 0;
  idx_t array_size_ = 0;
  std::vector<JsonText> children_;
  std::vector<std::string> keys_;  // of a STRUCT: "\"name\":"
  const void* data_ = nullptr;
  const std::uint64_t* validity_ = nullptr;
};

// The text between quotes, escaped as JSON needs it. Bytes that are not UTF-8 stay as they are.
void append_quoted(std::string_view text, std::string& out);

}  // namespace onus::store

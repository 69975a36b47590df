// SPDX-License-Identifier: Apache-2.0
#include "store/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/check.h"
#include "store/handles.h"

namespace onus::store {
namespace {

template <class... Values>
void put(std::string& out, fmt::format_string<Values...> form, Values&&... values) {
  fmt::format_to(std::back_inserter(out), form, std::forward<Values>(values)...);
}

// No fraction where the second is whole, else all digits of its unit.
void append_fraction(std::int64_t part, int digits, std::string& out) {
  if (part != 0) put(out, ".{:0{}}", part, digits);
}

void append_date(duckdb_date date, std::string& out) {
  if (!duckdb_is_finite_date(date)) {
    out += date.days > 0 ? "infinity" : "-infinity";
    return;
  }
  const duckdb_date_struct d = duckdb_from_date(date);
  put(out, "{:04}-{:02}-{:02}", d.year, static_cast<int>(d.month), static_cast<int>(d.day));
}

void append_time(std::int64_t micros, std::string& out) {
  const duckdb_time_struct t = duckdb_from_time({micros});
  put(out, "{:02}:{:02}:{:02}", static_cast<int>(t.hour), static_cast<int>(t.min),
      static_cast<int>(t.sec));
  append_fraction(t.micros, 6, out);
}

// Counted in `units` a second since 1970; 6 or 9 digits.
void append_moment(std::int64_t value, std::int64_t units, int digits, std::string& out) {
  if (value == INT64_MAX || value == -INT64_MAX) {
    out += value > 0 ? "infinity" : "-infinity";
    return;
  }
  std::int64_t days = value / (units * 86'400);
  std::int64_t rest = value % (units * 86'400);
  if (rest < 0) {
    rest += units * 86'400;
    --days;
  }
  append_date({static_cast<std::int32_t>(days)}, out);
  out += 'T';
  append_time(rest / units * 1'000'000, out);
  append_fraction(rest % units, digits, out);
}

unsigned __int128 wide(std::uint64_t upper, std::uint64_t lower) {
  return (static_cast<unsigned __int128>(upper) << 64) | lower;
}

std::string digits_of(unsigned __int128 number) {
  std::string out;
  do {
    out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number != 0);
  return out;
}

std::string digits_of(duckdb_hugeint value) {
  const unsigned __int128 number = wide(static_cast<std::uint64_t>(value.upper), value.lower);
  return value.upper < 0 ? '-' + digits_of(-number) : digits_of(number);
}

// As short as it can be read back; an id that a tool stored as a number with a fraction has none.
void append_number(double value, std::string& out) {
  if (std::isfinite(value)) return put(out, "{}", value);
  out += std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

std::string_view view(const duckdb_string_t* strings, idx_t row) {
  auto* const text = const_cast<duckdb_string_t*>(&strings[row]);
  return {duckdb_string_t_data(text), duckdb_string_t_length(*text)};
}

// What is nested and has no character set: as text where it is ASCII, else its bytes in hex.
void append_bytes(std::string_view bytes, std::string& out) {
  const bool ascii = std::ranges::all_of(
      bytes, [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n' || c == '\r'; });
  if (ascii) return append_quoted(bytes, out);
  out += '"';
  for (const char c : bytes) put(out, "{:02x}", static_cast<unsigned char>(c));
  out += '"';
}

// Its upper bit is turned, so that it sorts.
void append_uuid(duckdb_hugeint value, std::string& out) {
  const std::uint64_t upper = static_cast<std::uint64_t>(value.upper) ^ (std::uint64_t{1} << 63);
  put(out, "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", upper >> 32, (upper >> 16) & 0xFFFF,
      upper & 0xFFFF, value.lower >> 48, value.lower & 0xFFFF'FFFF'FFFF);
}

// How a value of no parts is written.
enum class Form : std::uint8_t { none, bare, quoted };

Form form_of(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_UHUGEINT:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_BLOB:
      return Form::bare;
    case DUCKDB_TYPE_UUID:
    case DUCKDB_TYPE_DATE:
    case DUCKDB_TYPE_TIME:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return Form::quoted;
    default:
      return Form::none;
  }
}

}  // namespace

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      put(out, "\\u{:04x}", static_cast<unsigned char>(c));
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

// NOLINTBEGIN(misc-no-recursion): as deep as the type; source refuses files of a deeper one
bool JsonText::describe(duckdb_logical_type type) {
  type_ = duckdb_get_type_id(type);
  const auto nested = [&](duckdb_logical_type inner) {
    const LogicalType owned(inner);
    return children_.emplace_back().describe(inner);
  };
  switch (type_) {
    case DUCKDB_TYPE_LIST:
      return nested(duckdb_list_type_child_type(type));
    case DUCKDB_TYPE_ARRAY:
      array_size_ = duckdb_array_type_array_size(type);
      return nested(duckdb_array_type_child_type(type));
    case DUCKDB_TYPE_MAP:
      return nested(duckdb_map_type_key_type(type)) && nested(duckdb_map_type_value_type(type));
    case DUCKDB_TYPE_STRUCT:
      return describe_struct(type);
    case DUCKDB_TYPE_DECIMAL:
      return describe_decimal(type);
    default:
      return form_of(type_) != Form::none;
  }
}

bool JsonText::describe_struct(duckdb_logical_type type) {
  bool known = true;
  for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
    char* const name = duckdb_struct_type_child_name(type, i);
    append_quoted(name, keys_.emplace_back());
    keys_.back() += ':';
    duckdb_free(name);
    const LogicalType child(duckdb_struct_type_child_type(type, i));
    known = children_.emplace_back().describe(child.get()) && known;
  }
  return known;
}

bool JsonText::describe_decimal(duckdb_logical_type type) {
  decimal_ = duckdb_decimal_internal_type(type);
  scale_ = duckdb_decimal_scale(type);
  return true;
}

void JsonText::point(duckdb_vector vector) {
  data_ = duckdb_vector_get_data(vector);
  validity_ = duckdb_vector_get_validity(vector);
  if (type_ == DUCKDB_TYPE_LIST) {
    children_[0].point(duckdb_list_vector_get_child(vector));
  } else if (type_ == DUCKDB_TYPE_ARRAY) {
    children_[0].point(duckdb_array_vector_get_child(vector));
  } else if (type_ == DUCKDB_TYPE_MAP) {  // a list of structs of key and value
    const duckdb_vector entries = duckdb_list_vector_get_child(vector);
    for (idx_t i = 0; i < 2; ++i) children_[i].point(duckdb_struct_vector_get_child(entries, i));
  } else if (type_ == DUCKDB_TYPE_STRUCT) {
    for (idx_t i = 0; i < children_.size(); ++i) {
      children_[i].point(duckdb_struct_vector_get_child(vector, i));
    }
  }
}

std::string_view JsonText::text(idx_t row) const {
  return view(static_cast<const duckdb_string_t*>(data_), row);
}

void JsonText::append(idx_t row, std::string& out, std::size_t limit) const {
  if (out.size() > limit) return;
  if (is_null(row)) {
    out += "null";
    return;
  }
  const bool quoted = form_of(type_) == Form::quoted || !is_finite(row);
  if (quoted) out += '"';
  append_bare(row, out, limit);
  if (quoted) out += '"';
}

bool JsonText::is_finite(idx_t row) const {
  if (type_ == DUCKDB_TYPE_FLOAT) return std::isfinite(at<float>(row));
  return type_ != DUCKDB_TYPE_DOUBLE || std::isfinite(at<double>(row));
}

void JsonText::append_bare(idx_t row, std::string& out, std::size_t limit) const {
  switch (type_) {
    case DUCKDB_TYPE_STRUCT:
      return append_struct(row, out, limit);
    case DUCKDB_TYPE_MAP:
      return append_map(at<duckdb_list_entry>(row), out, limit);
    case DUCKDB_TYPE_LIST:
      return append_items(at<duckdb_list_entry>(row), out, limit);
    case DUCKDB_TYPE_ARRAY:
      return append_items({row * array_size_, array_size_}, out, limit);
    default:
      return append_leaf(row, out);
  }
}

void JsonText::append_leaf(idx_t row, std::string& out) const {
  switch (type_) {
    case DUCKDB_TYPE_BOOLEAN:
      return put(out, "{}", at<bool>(row));
    case DUCKDB_TYPE_TINYINT:
      return put(out, "{}", static_cast<int>(at<std::int8_t>(row)));
    case DUCKDB_TYPE_SMALLINT:
      return put(out, "{}", at<std::int16_t>(row));
    case DUCKDB_TYPE_INTEGER:
      return put(out, "{}", at<std::int32_t>(row));
    case DUCKDB_TYPE_BIGINT:
      return put(out, "{}", at<std::int64_t>(row));
    case DUCKDB_TYPE_UTINYINT:
      return put(out, "{}", static_cast<int>(at<std::uint8_t>(row)));
    case DUCKDB_TYPE_USMALLINT:
      return put(out, "{}", at<std::uint16_t>(row));
    case DUCKDB_TYPE_UINTEGER:
      return put(out, "{}", at<std::uint32_t>(row));
    case DUCKDB_TYPE_UBIGINT:
      return put(out, "{}", at<std::uint64_t>(row));
    case DUCKDB_TYPE_FLOAT:
      return append_number(at<float>(row), out);
    case DUCKDB_TYPE_DOUBLE:
      return append_number(at<double>(row), out);
    default:
      return append_wide_leaf(row, out);
  }
}

void JsonText::append_wide_leaf(idx_t row, std::string& out) const {
  switch (type_) {
    case DUCKDB_TYPE_HUGEINT:
      out += digits_of(at<duckdb_hugeint>(row));
      return;
    case DUCKDB_TYPE_UHUGEINT:
      out += digits_of(wide(at<duckdb_uhugeint>(row).upper, at<duckdb_uhugeint>(row).lower));
      return;
    case DUCKDB_TYPE_DECIMAL:
      return append_decimal(row, out);
    case DUCKDB_TYPE_VARCHAR:
      return append_quoted(text(row), out);
    case DUCKDB_TYPE_BLOB:
      return append_bytes(text(row), out);
    case DUCKDB_TYPE_UUID:
      return append_uuid(at<duckdb_hugeint>(row), out);
    case DUCKDB_TYPE_DATE:
      return append_date(at<duckdb_date>(row), out);
    case DUCKDB_TYPE_TIME:
      return append_time(at<std::int64_t>(row), out);
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return append_moment(at<std::int64_t>(row), 1'000'000'000, 9, out);
    default:  // TIMESTAMP and TIMESTAMP_TZ: what is UTC says so
      append_moment(at<std::int64_t>(row), 1'000'000, 6, out);
      if (type_ == DUCKDB_TYPE_TIMESTAMP_TZ) out += 'Z';
  }
}

void JsonText::append_decimal(idx_t row, std::string& out) const {
  const std::int64_t small = decimal_ == DUCKDB_TYPE_SMALLINT  ? at<std::int16_t>(row)
                             : decimal_ == DUCKDB_TYPE_INTEGER ? at<std::int32_t>(row)
                             : decimal_ == DUCKDB_TYPE_BIGINT  ? at<std::int64_t>(row)
                                                               : 0;
  std::string digits = decimal_ == DUCKDB_TYPE_HUGEINT ? digits_of(at<duckdb_hugeint>(row))
                                                       : fmt::format("{}", small);
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  if (scale_ > 0) {
    const std::size_t width = digits.size() - sign;
    if (width <= scale_) digits.insert(sign, scale_ + 1 - width, '0');
    digits.insert(digits.size() - scale_, 1, '.');
  }
  out += digits;
}

void JsonText::append_struct(idx_t row, std::string& out, std::size_t limit) const {
  out += '{';
  for (std::size_t i = 0; i < children_.size() && out.size() <= limit; ++i) {
    if (i > 0) out += ',';
    out += keys_[i];
    children_[i].append(row, out, limit);
  }
  out += '}';
}

void JsonText::append_items(duckdb_list_entry items, std::string& out, std::size_t limit) const {
  out += '[';
  for (idx_t i = 0; i < items.length && out.size() <= limit; ++i) {
    if (i > 0) out += ',';
    children_[0].append(items.offset + i, out, limit);
  }
  out += ']';
}

void JsonText::append_map(duckdb_list_entry entries, std::string& out, std::size_t limit) const {
  out += '{';
  std::string key;
  for (idx_t i = 0; i < entries.length && out.size() <= limit; ++i) {
    if (i > 0) out += ',';
    key.clear();
    children_[0].append(entries.offset + i, key, limit);
    if (key.starts_with('"')) {
      out += key;
    } else {
      append_quoted(key, out);
    }
    out += ':';
    children_[1].append(entries.offset + i, out, limit);
  }
  out += '}';
}

void JsonText::append_shape(std::string& out) const {
  if (type_ == DUCKDB_TYPE_STRUCT) {
    out += '{';
    for (std::size_t i = 0; i < children_.size(); ++i) {
      if (i > 0) out += ',';
      out += keys_[i];
      children_[i].append_shape(out);
    }
    out += '}';
  } else if (type_ == DUCKDB_TYPE_LIST || type_ == DUCKDB_TYPE_ARRAY) {
    out += '[';
    children_[0].append_shape(out);
    out += ']';
  } else {
    out += type_ == DUCKDB_TYPE_MAP ? "{}" : "null";
  }
}
// NOLINTEND(misc-no-recursion)

}  // namespace onus::store

// SPDX-License-Identifier: Apache-2.0
#include "base/toml.h"

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace onus {
namespace {

constexpr std::size_t kMaxBytes = 4U << 20;
constexpr int kMaxDepth = 32;

void place(TomlValue& value, const toml::node& node) {
  value.line = static_cast<int>(node.source().begin.line);
  value.column = static_cast<int>(node.source().begin.column);
}

// Recursion is bounded by kMaxDepth.
Result<TomlValue> convert(const toml::node& node, std::string_view file,
                          int depth);  // NOLINT(misc-no-recursion)

Result<TomlValue> convert_table(const toml::table& table, std::string_view file, int depth) {
  TomlValue out;
  out.kind = TomlValue::Kind::table;
  for (const auto& [key, member] : table) {
    ONUS_TRY(TomlValue value, convert(member, file, depth + 1));
    out.members.emplace_back(std::string(key.str()), std::move(value));
  }
  // toml++ keeps keys sorted; the order in the file is the order a reader wrote them in.
  std::sort(out.members.begin(), out.members.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.line, a.second.column) < std::pair(b.second.line, b.second.column);
  });
  return out;
}

Result<TomlValue> convert_array(const toml::array& array, std::string_view file, int depth) {
  TomlValue out;
  out.kind = TomlValue::Kind::array;
  for (const toml::node& item : array) {
    ONUS_TRY(TomlValue value, convert(item, file, depth + 1));
    out.items.push_back(std::move(value));
  }
  return out;
}

Result<TomlValue> convert_scalar(const toml::node& node, std::string_view file) {
  TomlValue out;
  place(out, node);
  if (const auto* text = node.as_string()) {
    out.kind = TomlValue::Kind::text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlValue::Kind::integer;
    out.integer = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlValue::Kind::boolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date()) {
    out.kind = TomlValue::Kind::date;
    out.text =
        fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
  } else {
    return toml_error(file, out, "only text, whole numbers, true/false, dates, lists and tables");
  }
  return out;
}

Result<TomlValue> convert(const toml::node& node, std::string_view file, int depth) {
  TomlValue here;
  place(here, node);
  if (depth > kMaxDepth) return toml_error(file, here, "nested too deeply");
  Result<TomlValue> out = node.is_table()   ? convert_table(*node.as_table(), file, depth)
                          : node.is_array() ? convert_array(*node.as_array(), file, depth)
                                            : convert_scalar(node, file);
  if (out) place(*out, node);
  return out;
}

}  // namespace

tl::unexpected<Error> toml_error(std::string_view file, const TomlValue& at, std::string what) {
  return fail(Code::bad_input, fmt::format("{}:{}:{}: {}", file, at.line, at.column, what));
}

Result<TomlValue> parse_toml(std::string_view text, std::string_view file) {
  if (text.size() > kMaxBytes) return fail(Code::over_budget, fmt::format("{}: over 4 MiB", file));
  const toml::parse_result parsed = toml::parse(text, file);
  if (!parsed) {
    TomlValue at;
    at.line = static_cast<int>(parsed.error().source().begin.line);
    at.column = static_cast<int>(parsed.error().source().begin.column);
    return toml_error(file, at, std::string(parsed.error().description()));
  }
  return convert(parsed.table(), file, 0);
}

TomlValue::TomlValue() = default;
TomlValue::TomlValue(const TomlValue&) = default;
TomlValue::TomlValue(TomlValue&&) noexcept = default;
TomlValue& TomlValue::operator=(const TomlValue&) = default;
TomlValue& TomlValue::operator=(TomlValue&&) noexcept = default;
TomlValue::~TomlValue() = default;

const TomlValue* TomlValue::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

Result<std::string> TomlValue::text_at(std::string_view file, std::string_view key) const {
  const TomlValue* value = find(key);
  if (!value) return toml_error(file, *this, fmt::format("'{}' is missing", key));
  if (!value->is(Kind::text))
    return toml_error(file, *value, fmt::format("'{}' must be a text", key));
  return value->text;
}

Result<std::optional<std::string>> TomlValue::maybe_text_at(std::string_view file,
                                                            std::string_view key) const {
  if (!find(key)) return std::optional<std::string>();
  ONUS_TRY(std::string text_value, text_at(file, key));
  return std::optional<std::string>(std::move(text_value));
}

Result<std::vector<std::string>> TomlValue::texts_at(std::string_view file,
                                                     std::string_view key) const {
  std::vector<std::string> out;
  const TomlValue* value = find(key);
  if (!value) return out;
  if (value->is(Kind::text)) return std::vector<std::string>{value->text};
  for (const TomlValue& item : value->items) {
    if (!item.is(Kind::text))
      return toml_error(file, item, fmt::format("'{}' must be a list of texts", key));
    out.push_back(item.text);
  }
  if (!value->is(Kind::array))
    return toml_error(file, *value, fmt::format("'{}' must be a list of texts", key));
  return out;
}

Result<std::vector<const TomlValue*>> TomlValue::tables_at(std::string_view file,
                                                           std::string_view key) const {
  std::vector<const TomlValue*> out;
  const TomlValue* value = find(key);
  if (!value) return out;
  if (!value->is(Kind::array))
    return toml_error(file, *value,
                      fmt::format("'{}' must be a list of tables ([[{}]])", key, key));
  for (const TomlValue& item : value->items) {
    if (!item.is(Kind::table))
      return toml_error(file, item,
                        fmt::format("'{}' must be a list of tables ([[{}]])", key, key));
    out.push_back(&item);
  }
  return out;
}

Result<void> TomlValue::only(std::string_view file,
                             std::initializer_list<std::string_view> known) const {
  for (const auto& [name, value] : members) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return toml_error(file, value, fmt::format("unknown key '{}'", name));
    }
  }
  return {};
}

}  // namespace onus

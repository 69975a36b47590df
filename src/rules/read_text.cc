// SPDX-License-Identifier: Apache-2.0
#include "rules/read_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace onus::rules {
namespace {

// Where the first byte of the text stands, behind its quotes.
Origin origin_of(const TomlValue& value, std::string_view file, std::string_view bytes) {
  std::size_t at = 0;
  for (int line = 1; line < value.line && at < bytes.size(); ++at) {
    if (bytes[at] == '\n') ++line;
  }
  at += static_cast<std::size_t>(std::max(value.column - 1, 0));
  Origin out{file, value.line, value.column};
  const std::string_view rest = at < bytes.size() ? bytes.substr(at) : "";
  const bool block = rest.starts_with("'''") || rest.starts_with("\"\"\"");
  out.column += block ? 3 : 1;
  if (!block || !rest.substr(3).starts_with('\n')) return out;
  return {file, value.line + 1, 1};
}

}  // namespace

Result<std::optional<Tree>> read_condition(const TomlValue& table, std::string_view key,
                                           std::string_view file, std::string_view bytes,
                                           const Lists& lists) {
  ONUS_TRY(const std::optional<std::string> text, table.maybe_text_at(file, key));
  if (!text) return std::optional<Tree>();
  ONUS_TRY(Tree tree, parse(*text, origin_of(*table.find(key), file, bytes), lists));
  return std::optional<Tree>(std::move(tree));
}

Result<LocalText> read_local_text(const TomlValue& table, std::string_view file,
                                  std::string_view key) {
  const TomlValue* value = table.find(key);
  if (!value || !value->is(TomlValue::Kind::table))
    return toml_error(file, value ? *value : table,
                      fmt::format("'{0}.en' and '{0}.de' are missing", key));
  ONUS_TRY_VOID(value->only(file, {"en", "de"}));
  LocalText out;
  ONUS_TRY(out.en, value->text_at(file, "en"));
  ONUS_TRY(out.de, value->text_at(file, "de"));
  if (out.en.empty() || out.de.empty())
    return toml_error(file, *value, fmt::format("'{}' is empty", key));
  return out;
}

bool is_id(std::string_view text) {
  const auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), ok);
}

}  // namespace onus::rules

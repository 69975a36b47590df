// SPDX-License-Identifier: Apache-2.0
// TOML as a plain tree with positions, so that profiles, packs, lexicons and messages can be read
// without each module seeing the TOML library, and every complaint can name file, line and column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace onus {

class TomlValue {
 public:
  enum class Kind { none, text, integer, boolean, date, array, table };

  // Out of line: a list of this type's own pairs is complete only behind the class.
  TomlValue();
  TomlValue(const TomlValue&) = delete;  // the copy of a tree is recursion without a bound
  TomlValue(TomlValue&&) noexcept;
  TomlValue& operator=(const TomlValue&) = delete;
  TomlValue& operator=(TomlValue&&) noexcept;
  ~TomlValue();

  Kind kind = Kind::none;
  std::string text;  // text; a date as "2025-07-01"
  std::int64_t integer = 0;
  bool boolean = false;
  std::vector<TomlValue> items;                            // array
  std::vector<std::pair<std::string, TomlValue>> members;  // table, in the file's order
  int line = 0;                                            // from 1
  int column = 0;                                          // from 1

  // The member, or nullptr. Lives as long as this value.
  const TomlValue* find(std::string_view key) const;
  bool is(Kind wanted) const { return kind == wanted; }

  // Typed access to members, for readers of data files: a wrong type is Code::bad_input and names
  // the place ("profiles/x.toml:12:3: 'fields' must be a list of texts").
  Result<std::string> text_at(std::string_view file, std::string_view key) const;  // must be there
  Result<std::optional<std::string>> maybe_text_at(std::string_view file,
                                                   std::string_view key) const;
  Result<std::vector<std::string>> texts_at(std::string_view file,
                                            std::string_view key) const;  // none = empty
  Result<std::vector<const TomlValue*>> tables_at(std::string_view file,
                                                  std::string_view key) const;
  // An error if a member has a name that is not in `known` (a misspelt key must not be silence).
  Result<void> only(std::string_view file, std::initializer_list<std::string_view> known) const;
};

// "file:line:column: what" as an Error of Code::bad_input.
tl::unexpected<Error> toml_error(std::string_view file, const TomlValue& at, std::string what);

// Refuses over 4 MiB, nesting over 32 levels, and any float.
Result<TomlValue> parse_toml(std::string_view text, std::string_view file);

}  // namespace onus

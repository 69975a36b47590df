// SPDX-License-Identifier: Apache-2.0
// What packs and rules read alike from TOML: texts in both languages, ids, conditions. Errors name
// file, line and column, of a condition within its quotes.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/toml.h"
#include "rules/pack.h"
#include "rules/parse.h"

namespace onus::rules {

// The condition under `key`, or none. `bytes` are the file's.
Result<std::optional<Tree>> read_condition(const TomlValue& table, std::string_view key,
                                           std::string_view file, std::string_view bytes,
                                           const Lists& lists);

// "title.en" and "title.de" below `key`, both there and not empty.
Result<LocalText> read_local_text(const TomlValue& table, std::string_view file,
                                  std::string_view key);

// Lower-case letters, digits, '-' and '.', at most 64: safe in SQL, file names and anchors.
bool is_id(std::string_view text);

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// The words of a condition, with where each begins. Refuses what no word can begin with, texts that
// do not end, and NUL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace onus::rules {

// Where a condition stands: its first byte is at this line and column (from 1) of this file.
struct Origin {
  std::string_view file;
  int line = 1;
  int column = 1;
};

struct Token {
  enum class Kind : std::uint8_t { word, text, integer, list, symbol, end };
  Kind kind = Kind::end;
  std::string text;  // a word or symbol as written, a text without its quotes, a list's name
  std::int64_t integer = 0;
  std::size_t offset = 0;

  bool is(std::string_view word_or_symbol) const {
    return (kind == Kind::word || kind == Kind::symbol) && text == word_or_symbol;
  }
};

// "packs/x.toml:14:18: what", for a byte of the condition.
tl::unexpected<Error> error_at(const Origin& origin, std::string_view condition, std::size_t offset,
                               std::string what);

// Ends with one token of kind `end`.
Result<std::vector<Token>> tokens_of(std::string_view condition, const Origin& origin);

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// The native walk: a tree over one row, without allocation, with a stack of kMaxStack values.
// Examples of packs run through it, and it is the partner that DuckDB must agree with.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "rules/condition.h"

namespace onus::rules {

// A text, a whole number, a time in microseconds or a truth value (0, 1); or unknown.
struct Value {
  bool known = false;
  std::int64_t number = 0;  // of a text, its first bytes: texts that differ mostly differ here
  std::string_view text;    // looks into whatever the row was made of

  static Value of(std::int64_t number) { return {true, number, {}}; }
  static Value of(std::string_view text) { return {true, first_bytes(text), text}; }

  static std::int64_t first_bytes(std::string_view text) {
    std::int64_t out = 0;
    std::memcpy(&out, text.data(), std::min(sizeof out, text.size()));
    return out;
  }
};

enum class Truth : std::uint8_t { is_false, is_true, is_null };

// `row` has one value per fact, in the order of record::facts(), of the fact's type. Where the
// store holds "unknown" (vocabulary.h) the row must say so with a value that is not known.
Truth evaluate(const Tree& tree, std::span<const Value> row);

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// Does a cell look like what its column should hold? Used to recognise a file, and to tell where
// the cells of a damaged row belong.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/field.h"
#include "ingest/profile.h"

namespace onus::ingest {

// How much a fit says: a time is a time, but any text is text.
constexpr bool is_strong(Kind kind) {
  return kind == Kind::time || kind == Kind::date || kind == Kind::time_of_day ||
         kind == Kind::integer || kind == Kind::uuid || kind == Kind::window;
}

// "12", "1,234": no sign, at most what an INTEGER column holds.
std::optional<std::int32_t> parse_count(std::string_view text);

// Of a cell that has a value.
bool is_of_kind(std::string_view text, Kind kind, const TimeRules& time);

// The kind that most narrowly fits, for a screen that shows how a file would be read.
Kind likely_kind(std::string_view text, const TimeRules& time);

}  // namespace onus::ingest

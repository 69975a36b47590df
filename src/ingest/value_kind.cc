// SPDX-License-Identifier: Apache-2.0
#include "ingest/value_kind.h"

#include <algorithm>
#include <limits>

#include "ingest/fold.h"

namespace onus::ingest {

std::optional<std::int32_t> parse_count(std::string_view text) {
  text = trimmed(text);
  std::int64_t value = 0;
  std::size_t since_comma = 0;
  bool comma = false;
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  for (const char c : text) {
    if (c == ',') {
      if (since_comma == 0 || since_comma > 3 || (comma && since_comma != 3)) return std::nullopt;
      comma = true;
      since_comma = 0;
      continue;
    }
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
    ++since_comma;
    if (value > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  }
  if (comma && since_comma != 3) return std::nullopt;
  return static_cast<std::int32_t>(value);
}

namespace {

bool is_word_like(std::string_view text) {
  return text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
           return is_alnum(c) || c == ' ' || c == '-' || c == '_' || c == '/';
         });
}

bool is_plate_like(std::string_view text) {
  return text.size() <= 12 && std::all_of(text.begin(), text.end(), [](char c) {
           return is_alnum(c) || c == ' ' || c == '-' || c == '*' || c == '?' || c == '.';
         });
}

}  // namespace

bool is_of_kind(std::string_view text, Kind kind, const TimeRules& time) {
  text = trimmed(text);
  switch (kind) {
    case Kind::text:
      return true;
    case Kind::time:
      return parse_time(text, time).has_value();
    case Kind::date:
      return is_date_text(text, time);
    case Kind::time_of_day:
      return is_time_of_day_text(text);
    case Kind::integer:
      return parse_count(text).has_value();
    case Kind::uuid:
      return is_uuid(text);
    case Kind::plate:
      return is_plate_like(text);
    case Kind::window:
      return parse_window(text, time).has_value();
    case Kind::word:
      return is_word_like(text);
  }
  return false;
}

Kind likely_kind(std::string_view text, const TimeRules& time) {
  for (const Kind kind : {Kind::uuid, Kind::integer, Kind::time, Kind::window, Kind::date,
                          Kind::time_of_day, Kind::word}) {
    if (is_of_kind(text, kind, time)) return kind;
  }
  return Kind::text;
}

}  // namespace onus::ingest

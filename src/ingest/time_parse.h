// SPDX-License-Identifier: Apache-2.0
// Times as the logs write them, to UTC microseconds. Strict: a text is a time from end to
// end, on the calendar (no 30 February, no hour 24, no second 60), or it is none. No locale, no
// allocation; 25 to 40 ns a call (us and iso).
//
//   us    3/4/2026, 07:08:09 PM UTC    any padding; comma, seconds and zone may be missing
//   iso   2026-03-04T19:08:09.123Z     'T' or a space; "+00:00", "Z", " UTC" or no zone
//   eu       04.03.2026 19:08:09          day, month, year
//   epoch    1772651289, -289412, ...     seconds, milli- or microseconds since 1970 by the number
//                                         of digits (10, 13, 16): from September 2001 to 2286
//   compact  20260304190809Z              also "20260304 190809"; ANSI/NIST-ITL field 1.014
//   named    Mar 4 2026 19:08:09          also "4 Mar 2026"; CEF
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace onus::ingest {

enum class Precision : std::uint8_t { minute, second, millisecond, microsecond };

struct Time {
  std::int64_t micros = 0;  // since 1970-01-01 UTC
  Precision precision = Precision::second;
  bool zone_stated = false;  // false: `assumed_offset_minutes` was taken
};

struct TimeRules {
  bool us = true;
  bool iso = true;
  bool eu = false;
  bool epoch = false;
  bool compact = false;
  bool named = false;
  int assumed_offset_minutes = 0;  // of a time that names no zone: minutes east of UTC

  static TimeRules none();
  bool allow(std::string_view format);  // false: there is no such format
  bool any() const { return us || iso || eu || epoch || compact || named; }
};

// Days from 1970-01-01 of a date of the Gregorian calendar, which must be valid.
std::int64_t days_from_civil(int year, int month, int day);
bool is_date(int year, int month, int day);  // years 1900 to 2199

std::optional<Time> parse_time(std::string_view text, const TimeRules& rules);

// Date and time of day in cells of their own.
std::optional<Time> parse_date_and_time(std::string_view date, std::string_view time_of_day,
                                        const TimeRules& rules);
bool is_date_text(std::string_view text, const TimeRules& rules);
bool is_time_of_day_text(std::string_view text);

struct Window {
  Time from;
  Time to;
};

// Two times apart by a line break or " to ". From may lie after to: that is what the log says.
std::optional<Window> parse_window(std::string_view text, const TimeRules& rules);

}  // namespace onus::ingest

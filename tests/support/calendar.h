// SPDX-License-Identifier: Apache-2.0
// Dates of the proleptic Gregorian calendar and the clock of the United States' zones, in integers.
// All instants are milliseconds since 1970-01-01 in UTC.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace onus::makelogs {

inline constexpr std::int64_t kHourMs = 3'600'000;
inline constexpr std::int64_t kDayMs = 24 * kHourMs;

struct Date {
  int year = 1970;
  int month = 1;  // from 1
  int day = 1;    // from 1
};

std::int64_t days_from_date(const Date& date);  // since 1970-01-01
Date date_from_days(std::int64_t days);
std::int64_t midnight_utc(const Date& date);

// Hours to add to UTC: `standard` (-8 to -5), one more from the second Sunday of March to the first
// Sunday of November. Changes over at midnight UTC of that day: near enough for shifts.
int zone_hours(std::int64_t when_ms, int standard);

// Midnight of a local day, in UTC: where a released month begins.
std::int64_t local_midnight(const Date& date, int standard);

// 0 = Sunday.
int weekday(std::int64_t days);

struct Instant {
  Date date;
  int hour = 0, minute = 0, second = 0, milli = 0;
};
Instant instant(std::int64_t when_ms);

// "06/01/2024, 01:02:03 PM UTC"; not padded: "6/1/2024, 1:02:03 PM UTC".
void append_us_time(std::string& out, std::int64_t when_ms, bool padded);
// "06/01/2024" and "01:02:03 PM" for logs with two columns.
void append_us_date(std::string& out, std::int64_t when_ms, bool padded);
void append_us_clock(std::string& out, std::int64_t when_ms, bool padded);
// "2024-06-01T13:02:03.004Z" with 'T' and "Z"; "2024-06-01 13:02:03.004" with ' ' and "".
void append_iso_time(std::string& out, std::int64_t when_ms, char between, std::string_view zone);

// Decimal, at least `width` digits.
void append_number(std::string& out, std::uint64_t value, int width = 1);

}  // namespace onus::makelogs

// SPDX-License-Identifier: Apache-2.0
#include "support/calendar.h"

namespace onus::makelogs {

// The year is taken to begin in March, so that the leap day is its last; 146,097 days are one turn
// of 400 years.
std::int64_t days_from_date(const Date& date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t turn = year / 400;
  const std::int64_t year_of_turn = year - turn * 400;
  const std::int64_t march_month = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int64_t day_of_year = (153 * march_month + 2) / 5 + date.day - 1;
  return turn * 146097 + year_of_turn * 365 + year_of_turn / 4 - year_of_turn / 100 + day_of_year -
         719468;
}

Date date_from_days(std::int64_t days) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t turn = shifted / 146097;
  const std::int64_t day_of_turn = shifted - turn * 146097;
  const std::int64_t year_of_turn =
      (day_of_turn - day_of_turn / 1460 + day_of_turn / 36524 - day_of_turn / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_turn - (365 * year_of_turn + year_of_turn / 4 - year_of_turn / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  return {.year = static_cast<int>(year_of_turn + turn * 400) + (month <= 2 ? 1 : 0),
          .month = month,
          .day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1)};
}

std::int64_t midnight_utc(const Date& date) { return days_from_date(date) * kDayMs; }

int weekday(std::int64_t days) { return static_cast<int>((days + 4) % 7); }

int zone_hours(std::int64_t when_ms, int standard) {
  const std::int64_t days = when_ms / kDayMs;
  const int year = date_from_days(days).year;
  const std::int64_t march = days_from_date({year, 3, 8});
  const std::int64_t november = days_from_date({year, 11, 1});
  const std::int64_t begin = march + (7 - weekday(march)) % 7;
  const std::int64_t end = november + (7 - weekday(november)) % 7;
  return standard + (days >= begin && days < end ? 1 : 0);
}

std::int64_t local_midnight(const Date& date, int standard) {
  const std::int64_t utc = midnight_utc(date);
  return utc - zone_hours(utc, standard) * kHourMs;
}

Instant instant(std::int64_t when_ms) {
  const std::int64_t days = when_ms / kDayMs;
  const int rest = static_cast<int>(when_ms - days * kDayMs);
  return {.date = date_from_days(days),
          .hour = rest / 3'600'000,
          .minute = rest / 60'000 % 60,
          .second = rest / 1000 % 60,
          .milli = rest % 1000};
}

void append_number(std::string& out, std::uint64_t value, int width) {
  char digits[20];
  int size = 0;
  do {
    digits[size++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (size < width) digits[size++] = '0';
  while (size > 0) out.push_back(digits[--size]);
}

namespace {

// One or two digits; the log's rows are nearly all time, so this is the hot spot of the maker.
char* two(char* to, int value, bool padded) {
  if (padded || value >= 10) *to++ = static_cast<char>('0' + value / 10);
  *to++ = static_cast<char>('0' + value % 10);
  return to;
}

char* four(char* to, int value) { return two(two(to, value / 100, true), value % 100, true); }

char* us_date(char* to, const Date& date, bool padded) {
  to = two(to, date.month, padded);
  *to++ = '/';
  to = two(to, date.day, padded);
  *to++ = '/';
  return four(to, date.year);
}

char* us_clock(char* to, const Instant& at, bool padded) {
  to = two(to, at.hour % 12 == 0 ? 12 : at.hour % 12, padded);
  *to++ = ':';
  to = two(to, at.minute, true);
  *to++ = ':';
  to = two(to, at.second, true);
  *to++ = ' ';
  *to++ = at.hour < 12 ? 'A' : 'P';
  *to++ = 'M';
  return to;
}

}  // namespace

void append_us_time(std::string& out, std::int64_t when_ms, bool padded) {
  const Instant at = instant(when_ms);
  char text[32];
  char* to = us_date(text, at.date, padded);
  *to++ = ',';
  *to++ = ' ';
  to = us_clock(to, at, padded);
  out.append(text, to).append(" UTC");
}

void append_us_date(std::string& out, std::int64_t when_ms, bool padded) {
  char text[16];
  out.append(text, us_date(text, instant(when_ms).date, padded));
}

void append_us_clock(std::string& out, std::int64_t when_ms, bool padded) {
  char text[16];
  out.append(text, us_clock(text, instant(when_ms), padded));
}

void append_iso_time(std::string& out, std::int64_t when_ms, char between, std::string_view zone) {
  const Instant at = instant(when_ms);
  char text[24];
  char* to = four(text, at.date.year);
  *to++ = '-';
  to = two(to, at.date.month, true);
  *to++ = '-';
  to = two(to, at.date.day, true);
  *to++ = between;
  to = two(to, at.hour, true);
  *to++ = ':';
  to = two(to, at.minute, true);
  *to++ = ':';
  to = two(to, at.second, true);
  *to++ = '.';
  *to++ = static_cast<char>('0' + at.milli / 100);
  to = two(to, at.milli % 100, true);
  out.append(text, to).append(zone);
}

}  // namespace onus::makelogs

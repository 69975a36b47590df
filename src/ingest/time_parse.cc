// SPDX-License-Identifier: Apache-2.0
#include "ingest/time_parse.h"

#include <string>
#include <utility>

#include "ingest/fold.h"

namespace onus::ingest {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

struct Date {
  int year = 0, month = 0, day = 0;
};

struct Clock {
  std::int64_t micros = 0;  // since midnight
  Precision precision = Precision::minute;
};

// Reads from the front of a text; a step that does not fit leaves `ok` false for good.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }
  char front() const { return rest_.empty() ? '\0' : rest_[0]; }

  int number(std::size_t least, std::size_t most) {
    std::size_t size = 0;
    int value = 0;
    while (size < most && size < rest_.size() && is_digit(rest_[size])) {
      value = value * 10 + (rest_[size++] - '0');
    }
    if (size < least) ok_ = false;
    rest_.remove_prefix(size);
    return value;
  }
  bool take(char c) {
    if (front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) {
    if (!take(c)) ok_ = false;
  }
  bool spaces() {
    bool any = false;
    while (const std::size_t size = space_at_front(rest_)) {
      rest_.remove_prefix(size);
      any = true;
    }
    return any;
  }
  bool word(std::string_view upper) {
    if (rest_.size() < upper.size()) return false;
    for (std::size_t i = 0; i < upper.size(); ++i) {
      if (to_upper(rest_[i]) != upper[i]) return false;
    }
    rest_.remove_prefix(upper.size());
    return true;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

Date us_date(Cursor& at) {
  Date date;
  date.month = at.number(1, 2);
  at.need('/');
  date.day = at.number(1, 2);
  at.need('/');
  date.year = at.number(4, 4);
  return date;
}

Date eu_date(Cursor& at) {
  Date date;
  date.day = at.number(1, 2);
  at.need('.');
  date.month = at.number(1, 2);
  at.need('.');
  date.year = at.number(4, 4);
  return date;
}

int month_name(Cursor& at) {
  static constexpr std::string_view kNames[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  for (int i = 0; i < 12; ++i) {
    if (at.word(kNames[i])) return i + 1;
  }
  return 0;
}

// "Mar 4 2026", "Mar 04, 2026", "4 Mar 2026", "04-Mar-2026".
Date named_date(Cursor& at) {
  Date date;
  const auto gap = [&] {
    if (!at.take('-') && !at.spaces()) at.need(' ');
  };
  if (is_digit(at.front())) {
    date.day = at.number(1, 2);
    gap();
    date.month = month_name(at);
  } else {
    date.month = month_name(at);
    gap();
    date.day = at.number(1, 2);
    at.take(',');
  }
  gap();
  date.year = at.number(4, 4);
  return date;
}

Date iso_date(Cursor& at) {
  Date date;
  date.year = at.number(4, 4);
  at.need('-');
  date.month = at.number(2, 2);
  at.need('-');
  date.day = at.number(2, 2);
  return date;
}

// Up to nine decimals; what is finer than a microsecond is cut.
int fraction(Cursor& at, Precision& precision) {
  int value = 0;
  int digits = 0;
  while (is_digit(at.front()) && digits < 9) {
    const int digit = at.number(1, 1);
    if (digits < 6) value = value * 10 + digit;
    ++digits;
  }
  for (int i = digits; i < 6; ++i) value *= 10;
  precision = digits <= 3 ? Precision::millisecond : Precision::microsecond;
  return digits > 0 ? value : -1;
}

// -1: no half of the day is named; else the hour on the 24-hour clock, or -2 if there is no such.
int half_of_day(Cursor& at, int hour) {
  at.spaces();
  const bool am = at.word("AM");
  const bool pm = !am && at.word("PM");
  if (!am && !pm) return -1;
  if (hour < 1 || hour > 12) return -2;
  return hour % 12 + (pm ? 12 : 0);
}

std::optional<Clock> clock(Cursor& at) {
  Clock out;
  int hour = at.number(1, 2);
  at.need(':');
  const int minute = at.number(2, 2);
  int second = 0;
  int micros = 0;
  if (at.take(':')) {
    second = at.number(2, 2);
    out.precision = Precision::second;
    if (at.take('.')) micros = fraction(at, out.precision);
  }
  if (!at.ok() || micros < 0) return std::nullopt;
  if (const int hour24 = half_of_day(at, hour); hour24 != -1) hour = hour24;
  if (hour < 0 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  out.micros = ((hour * 60 + minute) * 60 + second) * kSecond + micros;
  return out;
}

// The zone that ends the text: minutes east of UTC, or nothing where none is named.
std::optional<int> zone(Cursor& at, bool& bad) {
  at.spaces();
  if (at.word("UTC") || at.word("GMT") || at.word("Z")) return 0;
  const int sign = at.take('+') ? 1 : at.take('-') ? -1 : 0;
  if (sign == 0) return std::nullopt;
  const int hours = at.number(2, 2);
  at.take(':');
  const int minutes = is_digit(at.front()) ? at.number(2, 2) : 0;
  bad = hours > 14 || minutes > 59;
  return sign * (hours * 60 + minutes);
}

std::optional<Time> finish(Cursor& at, const Date& date, const TimeRules& rules) {
  const std::optional<Clock> time_of_day = clock(at);
  if (!time_of_day || !is_date(date.year, date.month, date.day)) return std::nullopt;
  bool bad = false;
  const std::optional<int> offset = zone(at, bad);
  at.spaces();
  if (bad || !at.done()) return std::nullopt;
  const std::int64_t days = days_from_civil(date.year, date.month, date.day);
  const std::int64_t minutes = offset.value_or(rules.assumed_offset_minutes);
  return Time{days * 86'400 * kSecond + time_of_day->micros - minutes * 60 * kSecond,
              time_of_day->precision, offset.has_value()};
}

bool only_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The number of digits is the unit; a leading zero would make it another moment.
std::optional<Time> epoch_time(std::string_view text) {
  if (!only_digits(text) || text[0] == '0') return std::nullopt;
  std::int64_t value = 0;
  if (text.size() > 16) return std::nullopt;
  for (const char c : text) value = value * 10 + (c - '0');
  if (text.size() == 10) return Time{value * kSecond, Precision::second, true};
  if (text.size() == 13) return Time{value * 1000, Precision::millisecond, true};
  if (text.size() == 16) return Time{value, Precision::microsecond, true};
  return std::nullopt;
}

// "20260304190809", "20260304190809.5Z", "20260304 190809", "20260304T190809+0100".
std::optional<Time> compact_time(std::string_view text, const TimeRules& rules) {
  if (text.size() < 14 || !only_digits(text.substr(0, 8))) return std::nullopt;
  std::string iso(text.substr(0, 4));
  iso.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6, 2)).append(" ");
  std::string_view rest = text.substr(8);
  if (rest[0] == 'T' || rest[0] == ' ') rest.remove_prefix(1);
  if (rest.size() < 6 || !only_digits(rest.substr(0, 6))) return std::nullopt;
  iso.append(rest.substr(0, 2)).append(":").append(rest.substr(2, 2)).append(":");
  iso.append(rest.substr(4));
  Cursor at(iso);
  const Date date = iso_date(at);
  at.spaces();
  return at.ok() ? finish(at, date, rules) : std::nullopt;
}

bool starts_eu(std::string_view text) {
  return text.size() > 2 && is_digit(text[0]) && (text[1] == '.' || text[2] == '.');
}

bool starts_named(std::string_view text) {
  const std::size_t letter = text.find_first_not_of("0123456789- ");
  return letter <= 3 && letter < text.size() && is_letter(text[letter]);
}

// A date and a time of day, apart by `mark` or by spaces; 'T' stands alone.
std::optional<Time> dated(std::string_view text, Date (*read)(Cursor&), char mark,
                          const TimeRules& rules) {
  Cursor at(text);
  const Date date = read(at);
  const bool marked = at.take(mark);
  const bool spaced = (mark != 'T' || !marked) && at.spaces();
  if (!marked && !spaced) return std::nullopt;
  return at.ok() ? finish(at, date, rules) : std::nullopt;
}

// "06/01/2024, 12:00:00 AM UTC", the form of most logs there are, by position: three of a row, at a
// third of what dated() takes. Nothing: another form, or no such moment.
std::optional<Time> us_stamp(std::string_view text) {
  static constexpr std::string_view kForm = "00/00/0000, 00:00:00 ?M UTC";
  if (text.size() != kForm.size()) return std::nullopt;
  bool fits = text[21] == 'A' || text[21] == 'P';
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    fits &= kForm[i] == '0' ? is_digit(text[i]) : kForm[i] == '?' || text[i] == kForm[i];
  }
  if (!fits) return std::nullopt;
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  const int year = two(6) * 100 + two(8), month = two(0), day = two(3);
  const int hour = two(12), minute = two(15), second = two(18);
  if (!is_date(year, month, day) || hour < 1 || hour > 12 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  const std::int64_t hours = days_from_civil(year, month, day) * 24 + hour % 12;
  const std::int64_t minutes = (hours + (text[21] == 'P' ? 12 : 0)) * 60 + minute;
  return Time{(minutes * 60 + second) * kSecond, Precision::second, true};
}

bool starts_us(std::string_view text) {
  return text.size() > 2 && is_digit(text[0]) && (text[1] == '/' || text[2] == '/');
}

Date date_at(std::string_view text, Cursor& at) {
  if (starts_us(text)) return us_date(at);
  if (starts_eu(text)) return eu_date(at);
  return starts_named(text) ? named_date(at) : iso_date(at);
}

}  // namespace

bool is_date(int year, int month, int day) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  return day <= kDays[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

// Counts in years that begin in March, so that the leap day is a year's last.
std::int64_t days_from_civil(int year, int month, int day) {
  const std::int64_t y = month > 2 ? year : year - 1;
  const std::int64_t m = month > 2 ? month - 3 : month + 9;
  const std::int64_t before_month = (153 * m + 2) / 5;
  const std::int64_t before_year = 365 * y + y / 4 - y / 100 + y / 400;
  return before_year + before_month + day - 719'469;
}

TimeRules TimeRules::none() {
  TimeRules out;
  out.us = out.iso = false;
  return out;
}

bool TimeRules::allow(std::string_view format) {
  const std::pair<std::string_view, bool*> formats[] = {{"us", &us},           {"iso", &iso},
                                                        {"eu", &eu},           {"epoch", &epoch},
                                                        {"compact", &compact}, {"named", &named}};
  for (const auto& [known, flag] : formats) {
    if (known == format) return *flag = true;
  }
  return false;
}

std::optional<Time> parse_time(std::string_view text, const TimeRules& rules) {
  text = trimmed(text);
  if (const std::optional<Time> time = us_stamp(text); time && rules.us) return time;
  if (starts_us(text)) return rules.us ? dated(text, us_date, ',', rules) : std::nullopt;
  if (text.size() > 4 && text[4] == '-') {
    return rules.iso ? dated(text, iso_date, 'T', rules) : std::nullopt;
  }
  if (rules.epoch && only_digits(text) && text.size() != 14) return epoch_time(text);
  if (rules.compact && text.size() >= 14 && is_digit(text[0])) {
    if (const std::optional<Time> time = compact_time(text, rules)) return time;
  }
  if (rules.eu && starts_eu(text)) return dated(text, eu_date, ',', rules);
  if (rules.named && starts_named(text)) return dated(text, named_date, ',', rules);
  return std::nullopt;
}

std::optional<Time> parse_date_and_time(std::string_view date_text, std::string_view time_of_day,
                                        const TimeRules& rules) {
  if (!is_date_text(date_text, rules)) return std::nullopt;
  date_text = trimmed(date_text);
  Cursor at(date_text);
  const Date date = date_at(date_text, at);
  Cursor rest(trimmed(time_of_day));
  return finish(rest, date, rules);
}

bool is_date_text(std::string_view text, const TimeRules& rules) {
  text = trimmed(text);
  Cursor at(text);
  const bool known = starts_us(text)      ? rules.us
                     : starts_eu(text)    ? rules.eu
                     : starts_named(text) ? rules.named
                                          : rules.iso;
  if (!known) return false;
  const Date date = date_at(text, at);
  return at.done() && is_date(date.year, date.month, date.day);
}

bool is_time_of_day_text(std::string_view text) {
  Cursor at(trimmed(text));
  return finish(at, Date{2000, 1, 1}, TimeRules{}).has_value();
}

std::optional<Window> parse_window(std::string_view text, const TimeRules& rules) {
  std::size_t cut = text.find('\n');
  std::size_t width = 1;
  if (cut == std::string_view::npos) {
    cut = text.find(" to ");
    width = 4;
  }
  if (cut == std::string_view::npos) return std::nullopt;
  const std::optional<Time> from = parse_time(text.substr(0, cut), rules);
  const std::optional<Time> to = parse_time(text.substr(cut + width), rules);
  if (!from || !to) return std::nullopt;
  return Window{*from, *to};
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "rules/local_time.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace onus::rules {
namespace {

namespace chr = std::chrono;
using Microseconds = chr::sys_time<chr::microseconds>;

// Second Sunday of March to first Sunday of November, at 02:00 on the local clock.
bool in_united_states_summer(Microseconds utc, int minutes) {
  const chr::year year = chr::year_month_day(chr::floor<chr::days>(utc)).year();
  const auto offset = chr::minutes(minutes);
  const Microseconds begin =
      chr::sys_days(year / chr::March / chr::Sunday[2]) + chr::hours(2) - offset;
  const Microseconds end =
      chr::sys_days(year / chr::November / chr::Sunday[1]) + chr::hours(1) - offset;
  return utc >= begin && utc < end;
}

// Last Sunday of March to last Sunday of October, at 01:00 UTC (Directive 2000/84/EC).
bool in_european_summer(Microseconds utc) {
  const chr::year year = chr::year_month_day(chr::floor<chr::days>(utc)).year();
  const Microseconds begin =
      chr::sys_days(year / chr::March / chr::Sunday[chr::last]) + chr::hours(1);
  const Microseconds end =
      chr::sys_days(year / chr::October / chr::Sunday[chr::last]) + chr::hours(1);
  return utc >= begin && utc < end;
}

bool in_summer(Microseconds utc, const Zone& zone) {
  switch (zone.summer) {
    case SummerTime::none:
      return false;
    case SummerTime::united_states:
      return in_united_states_summer(utc, zone.minutes);
    case SummerTime::european_union:
      return in_european_summer(utc);
  }
  return false;
}

// Digits at `at`, advancing it; nothing if there are not `width` of them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int out = 0;
  for (std::size_t i = 0; i < width; ++i, ++at) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    out = out * 10 + (text[at] - '0');
  }
  return out;
}

bool skip(std::string_view text, std::size_t& at, char wanted) {
  if (at >= text.size() || text[at] != wanted) return false;
  ++at;
  return true;
}

std::optional<chr::sys_days> parse_day(std::string_view text, std::size_t& at) {
  const auto year = digits(text, at, 4);
  if (!year || !skip(text, at, '-')) return std::nullopt;
  const auto month = digits(text, at, 2);
  if (!month || !skip(text, at, '-')) return std::nullopt;
  const auto day = digits(text, at, 2);
  if (!day || *year < 1900) return std::nullopt;
  const chr::year_month_day date(chr::year(*year), chr::month(static_cast<unsigned>(*month)),
                                 chr::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return chr::sys_days(date);
}

// A point and one to six digits, in microseconds.
std::optional<int> parse_fraction(std::string_view text, std::size_t& at) {
  int out = 0;
  int places = 0;
  while (at < text.size() && places < 6) {
    const auto digit = digits(text, at, 1);
    if (!digit) return std::nullopt;
    out = out * 10 + *digit;
    ++places;
  }
  if (places == 0) return std::nullopt;
  for (; places < 6; ++places) out *= 10;
  return out;
}

std::optional<chr::microseconds> parse_clock(std::string_view text, std::size_t& at) {
  const auto hour = digits(text, at, 2);
  if (!hour || *hour > 23 || !skip(text, at, ':')) return std::nullopt;
  const auto minute = digits(text, at, 2);
  if (!minute || *minute > 59) return std::nullopt;
  chr::microseconds out = chr::hours(*hour) + chr::minutes(*minute);
  if (!skip(text, at, ':')) return out;
  const auto second = digits(text, at, 2);
  if (!second || *second > 59) return std::nullopt;
  out += chr::seconds(*second);
  if (!skip(text, at, '.')) return out;
  const auto fraction = parse_fraction(text, at);
  if (!fraction) return std::nullopt;
  return out + chr::microseconds(*fraction);
}

}  // namespace

std::span<const Zone> zones() {
  using enum SummerTime;
  static constexpr auto kAll = std::to_array<Zone>({
      {"UTC", 0, none},
      {"America/New_York", -300, united_states},
      {"America/Detroit", -300, united_states},
      {"America/Indiana/Indianapolis", -300, united_states},
      {"America/Kentucky/Louisville", -300, united_states},
      {"America/Chicago", -360, united_states},
      {"America/Denver", -420, united_states},
      {"America/Boise", -420, united_states},
      {"America/Phoenix", -420, none},
      {"America/Los_Angeles", -480, united_states},
      {"America/Anchorage", -540, united_states},
      {"America/Puerto_Rico", -240, none},
      {"Pacific/Honolulu", -600, none},
      {"Europe/London", 0, european_union},
      {"Europe/Berlin", 60, european_union},
      {"Europe/Vienna", 60, european_union},
      {"Europe/Zurich", 60, european_union},
  });
  return kAll;
}

std::optional<LocalTime> local_time(std::int64_t utc_us, const Zone& zone) {
  static const std::int64_t from = *parse_timestamp(kLocalFrom);
  static const std::int64_t before = *parse_timestamp(kLocalBefore);
  if (utc_us < from || utc_us >= before) return std::nullopt;
  const Microseconds utc{chr::microseconds(utc_us)};
  const int minutes = zone.minutes + (in_summer(utc, zone) ? 60 : 0);
  const Microseconds local = utc + chr::minutes(minutes);
  const chr::sys_days day = chr::floor<chr::days>(local);
  return LocalTime{static_cast<int>(chr::floor<chr::hours>(local - day).count()),
                   static_cast<int>(chr::weekday(day).iso_encoding())};
}

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  std::size_t at = 0;
  const auto day = parse_day(text, at);
  if (!day) return std::nullopt;
  Microseconds out = *day;
  if (at < text.size()) {
    if (!skip(text, at, ' ') && !skip(text, at, 'T')) return std::nullopt;
    const auto clock = parse_clock(text, at);
    if (!clock || at != text.size()) return std::nullopt;
    out += *clock;
  }
  return out.time_since_epoch().count();
}

std::string print_timestamp(std::int64_t us) {
  const Microseconds moment{chr::microseconds(us)};
  const chr::sys_days day = chr::floor<chr::days>(moment);
  const chr::year_month_day date(day);
  const chr::hh_mm_ss clock(moment - day);
  std::string out =
      fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds().count() != 0) out += fmt::format(".{:06}", clock.subseconds().count());
  return out;
}

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
#include "ingest/time_parse.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace onus::ingest {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::optional<std::int64_t> micros(std::string_view text) {
  const std::optional<Time> time = parse_time(text, TimeRules{});
  return time ? std::optional(time->micros) : std::nullopt;
}

TEST(TimeParse, EveryDayFrom1900To2199IsOneAfterTheDayBefore) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int64_t expected = -25567;  // 1900-01-01
  for (int year = 1900; year < 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const bool leap = (year % 4 == 0 && year % 100 != 0) || year == 2000;
      const int days = kDays[month - 1] + (month == 2 && leap ? 1 : 0);
      for (int day = 1; day <= 32; ++day) {
        ASSERT_EQ(is_date(year, month, day), day <= days) << year << month << day;
        if (day > days) continue;
        ASSERT_EQ(days_from_civil(year, month, day), expected++);
      }
    }
  }
}

// Two ways lead to a time of the common form: by position, and, with a space in excess, piece by
// piece. Digits and marks are changed at random, so that most are no times at all.
TEST(TimeParse, TheCommonFormReadByPositionSaysWhatReadingPieceByPieceSays) {
  std::mt19937 random(5);
  int times = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = "02/28/2024, 11:59:59 PM UTC";
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] = "0123456789/:,APM U"[random() % 18];
    }
    const std::optional<std::int64_t> by_position = micros(text);
    const std::size_t gap = text.find(' ');
    if (gap == std::string::npos) continue;
    text.insert(gap, " ");
    ASSERT_EQ(micros(text), by_position) << text;
    times += by_position.has_value();
  }
  EXPECT_GT(times, 100);
}

struct Moment {
  int year, month, day, hour, minute, second, milli;
  std::int64_t micros;
};

Moment random_moment(std::mt19937& random) {
  const auto pick = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  Moment m{pick(1990, 2100), pick(1, 12), pick(1, 28),  pick(0, 23),
           pick(0, 59),      pick(0, 59), pick(0, 999), 0};
  const std::int64_t days = days_from_civil(m.year, m.month, m.day);
  m.micros = ((days * 24 + m.hour) * 60 + m.minute) * 60 * kSecond + m.second * kSecond;
  return m;
}

TEST(TimeParse, ReadsBackWhatWasWrittenInEveryForm) {
  std::mt19937 random(11);
  for (int i = 0; i < 2000; ++i) {
    const Moment m = random_moment(random);
    const char* half = m.hour < 12 ? "AM" : "PM";
    const int hour12 = m.hour % 12 == 0 ? 12 : m.hour % 12;
    EXPECT_EQ(micros(fmt::format("{:02}/{:02}/{}, {:02}:{:02}:{:02} {} UTC", m.month, m.day, m.year,
                                 hour12, m.minute, m.second, half)),
              m.micros);
    EXPECT_EQ(micros(fmt::format("{}/{}/{}, {}:{:02}:{:02} {}", m.month, m.day, m.year, hour12,
                                 m.minute, m.second, half)),
              m.micros);
    const std::string date = fmt::format("{}-{:02}-{:02}", m.year, m.month, m.day);
    const std::string clock = fmt::format("{:02}:{:02}:{:02}", m.hour, m.minute, m.second);
    EXPECT_EQ(micros(date + "T" + clock + fmt::format(".{:03}Z", m.milli)),
              m.micros + m.milli * 1000);
    EXPECT_EQ(micros(date + " " + clock + "+00:00"), m.micros);
    EXPECT_EQ(micros(date + " " + clock + "-05:30"), m.micros + 330 * 60 * kSecond);
    EXPECT_EQ(micros(date + " " + clock), m.micros);
  }
}

TEST(TimeParse, RefusesWhatIsNotOnTheCalendarOrNotATimeFromEndToEnd) {
  for (const char* text : {"02/29/2025, 01:00:00 AM UTC",
                           "02/30/2024, 01:00:00 AM UTC",
                           "13/01/2025, 01:00:00 AM UTC",
                           "00/01/2025, 01:00:00 AM UTC",
                           "01/01/2025, 13:00:00 PM UTC",
                           "01/01/2025, 00:10:00 AM UTC",
                           "01/01/2025, 01:60:00 AM UTC",
                           "01/01/2025, 01:00:60 AM UTC",
                           "01/01/2025, 24:00:00 UTC",
                           "01/01/25, 01:00:00 AM UTC",
                           "01/01/2025, 01:00:00 AM EST",
                           "01/01/2025 01:00:00 AM UTC x",
                           "2025-01-01",
                           "2025-01-01T",
                           "2025-1-01 00:00:00",
                           "2025-01-01T00:00:00.Z",
                           "2025-01-01T00:00:00+15:00",
                           "2025-01-01T00:00:00+00:60",
                           "20250101T000000Z",
                           "",
                           "now",
                           "Search Time",
                           "1/1/2025,",
                           "1899-12-31 00:00:00",
                           "99999-01-01 00:00:00"}) {
    EXPECT_FALSE(micros(text)) << text;
  }
}

TEST(TimeParse, KnowsLeapDays) {
  EXPECT_TRUE(micros("02/29/2024, 01:00:00 AM UTC"));
  EXPECT_TRUE(micros("2000-02-29 00:00:00"));
  EXPECT_FALSE(micros("2100-02-29 00:00:00"));
}

TEST(TimeParse, MidnightAndNoonOnTheTwelveHourClock) {
  EXPECT_EQ(micros("1/1/1970, 12:00:00 AM UTC"), 0);
  EXPECT_EQ(micros("1/1/1970, 12:00:00 PM UTC"), 12 * 3600 * kSecond);
}

TEST(TimeParse, TakesTheNarrowSpaceThatBrowsersPutBeforeAm) {
  EXPECT_EQ(micros("1/1/1970, 1:00:00\xE2\x80\xAF"
                   "AM UTC"),
            3600 * kSecond);
}

TEST(TimeParse, TellsPrecisionAndWhetherTheZoneWasStated) {
  const auto read = [](const char* text) { return *parse_time(text, TimeRules{}); };
  EXPECT_EQ(read("2025-01-01 10:00").precision, Precision::minute);
  EXPECT_EQ(read("2025-01-01 10:00:00").precision, Precision::second);
  EXPECT_EQ(read("2025-01-01 10:00:00.789").precision, Precision::millisecond);
  EXPECT_EQ(read("2025-01-01 10:00:00.789123Z").precision, Precision::microsecond);
  EXPECT_EQ(read("2025-01-01 10:00:00.789123456Z").micros % kSecond, 789123);
  EXPECT_TRUE(read("2025-01-01 10:00:00Z").zone_stated);
  EXPECT_FALSE(read("2025-01-01 10:00:00").zone_stated);
}

TEST(TimeParse, AZonelessTimeIsTakenInTheProfilesZone) {
  const TimeRules rules{.us = true, .iso = true, .assumed_offset_minutes = -300};
  EXPECT_EQ(parse_time("1970-01-01 00:00:00", rules)->micros, 5 * 3600 * kSecond);
  EXPECT_EQ(parse_time("1970-01-01 00:00:00Z", rules)->micros, 0);
}

TEST(TimeParse, ReadsOnlyTheFormatsThatTheProfileNames) {
  EXPECT_FALSE(parse_time("2025-01-01 00:00:00", TimeRules{.us = true, .iso = false}));
  EXPECT_FALSE(parse_time("1/1/2025, 1:00:00 AM UTC", TimeRules{.us = false, .iso = true}));
}

TEST(TimeParse, JoinsDateAndTimeOfTwoCells) {
  EXPECT_EQ(parse_date_and_time("03/10/2026", "04:31:52 PM UTC", TimeRules{})->micros,
            *micros("2026-03-10T16:31:52Z"));
  EXPECT_EQ(parse_date_and_time("2026-03-10", "16:31:52", TimeRules{})->micros,
            *micros("2026-03-10T16:31:52Z"));
  EXPECT_FALSE(parse_date_and_time("03/10/2026, 1:00", "16:31:52", TimeRules{}));
}

TEST(TimeParse, ReadsAWindowOnTwoLinesOrWithTo) {
  const std::int64_t from = *micros("2025-11-13T14:00:11Z");
  for (const char* text : {"11/13/2025, 02:00:11 PM UTC\n11/14/2025, 02:00:11 PM UTC",
                           "11/13/2025, 02:00:11 PM UTC\r\n11/14/2025, 02:00:11 PM UTC\n",
                           "11/13/2025, 02:00:11 PM UTC to 11/14/2025, 02:00:11 PM UTC"}) {
    const std::optional<Window> window = parse_window(text, TimeRules{});
    ASSERT_TRUE(window) << text;
    EXPECT_EQ(window->from.micros, from);
    EXPECT_EQ(window->to.micros, from + 86'400 * kSecond);
  }
  EXPECT_FALSE(parse_window("11/13/2025, 02:00:11 PM UTC", TimeRules{}));
  EXPECT_FALSE(parse_window("a\nb", TimeRules{}));
}

std::int64_t micros(std::string_view text, std::string_view format, bool& stated) {
  TimeRules rules = TimeRules::none();
  EXPECT_TRUE(rules.allow(format));
  const std::optional<Time> time = parse_time(text, rules);
  stated = time && time->zone_stated;
  return time ? time->micros : -1;
}

TEST(TimeParse, ReadsTheMomentInEveryFormatThatSystemsWrite) {
  constexpr std::int64_t kMoment = 1'772'651'289'000'000;  // 2026-03-04 19:08:09 UTC
  struct Case {
    const char* format;
    const char* text;
    std::int64_t more;
    bool stated;
  };
  const Case cases[] = {{"eu", "04.03.2026 19:08:09", 0, false},
                        {"eu", "4.3.2026, 19:08:09", 0, false},
                        {"epoch", "1772651289", 0, true},
                        {"epoch", "1772651289412", 412'000, true},
                        {"epoch", "1772651289412345", 412'345, true},
                        {"compact", "20260304190809", 0, false},
                        {"compact", "20260304190809Z", 0, true},
                        {"compact", "20260304 190809", 0, false},
                        {"compact", "20260304T200809+0100", 0, true},
                        {"compact", "20260304190809.412Z", 412'000, true},
                        {"named", "Mar  4 2026 19:08:09", 0, false},
                        {"named", "mar 04, 2026 07:08:09 PM", 0, false},
                        {"named", "04-Mar-2026 19:08:09.412 UTC", 412'000, true}};
  for (const Case& one : cases) {
    bool stated = false;
    EXPECT_EQ(micros(one.text, one.format, stated), kMoment + one.more) << one.text;
    EXPECT_EQ(stated, one.stated) << one.text;
  }
}

TEST(TimeParse, RefusesWhatOnlyLooksLikeAnotherFormat) {
  bool stated = false;
  for (const char* text :
       {"177265128", "17726512890", "0772651289", "1772651289.5", "-1772651289"}) {
    EXPECT_EQ(micros(text, "epoch", stated), -1) << text;
  }
  for (const char* text :
       {"20260230190809", "20260304250809", "2026030419080", "202603041908091"}) {
    EXPECT_EQ(micros(text, "compact", stated), -1) << text;
  }
  for (const char* text : {"31.02.2026 19:08:09", "04.03.2026", "04/03.2026 19:08:09"}) {
    EXPECT_EQ(micros(text, "eu", stated), -1) << text;
  }
  for (const char* text : {"Mai 4 2026 19:08:09", "Mar 4 19:08:09", "Mar 32 2026 19:08:09"}) {
    EXPECT_EQ(micros(text, "named", stated), -1) << text;
  }
}

}  // namespace
}  // namespace onus::ingest

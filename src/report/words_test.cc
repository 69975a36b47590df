// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "report/collect.h"
#include "report/html.h"
#include "report/interval.h"
#include "report/messages.h"
#include "report/small_case.h"

namespace onus::report {
namespace {

TEST(Interval, AgreesWithPublishedValues) {
  const auto near = [](double value, double expected) { return std::abs(value - expected) < 5e-4; };
  EXPECT_TRUE(near(wilson95(285, 300).low, 0.9193));
  EXPECT_TRUE(near(wilson95(285, 300).high, 0.9694));
  EXPECT_EQ(wilson95(0, 300).low, 0);
  EXPECT_TRUE(near(wilson95(0, 300).high, 0.0126));
  EXPECT_TRUE(near(wilson95(81, 263).low, 0.2553));  // Newcombe 1998, table I
  EXPECT_TRUE(near(wilson95(81, 263).high, 0.3662));
  EXPECT_TRUE(near(wilson95(15, 148).low, 0.0624));
  EXPECT_TRUE(near(wilson95(15, 148).high, 0.1605));
  EXPECT_TRUE(near(wilson95(1, 29).low, 0.0061));
  EXPECT_TRUE(near(wilson95(1, 29).high, 0.1718));
  EXPECT_EQ(wilson95(0, 0).low, 0);
  EXPECT_EQ(wilson95(0, 0).high, 1);
}

TEST(Interval, HoldsTheShareAndStaysWithinNothingAndAll) {
  for (std::int64_t total = 1; total < 120; ++total) {
    for (std::int64_t hits = 0; hits <= total; ++hits) {
      const Interval range = wilson95(hits, total);
      const double share = static_cast<double>(hits) / static_cast<double>(total);
      EXPECT_TRUE(0 <= range.low && range.low <= share && share <= range.high && range.high <= 1);
    }
  }
}

TEST(Frequency, NeverRoundsToNoneOrAll) {
  const auto is = [](double share, std::int64_t hits, std::int64_t base) {
    const Frequency f = frequency(share);
    return f.hits == hits && f.base == base;
  };
  EXPECT_TRUE(is(0.0031, 3, 1000));
  EXPECT_TRUE(is(0.73, 73, 100));
  EXPECT_TRUE(is(0.0149, 15, 1000));
  EXPECT_TRUE(is(0.996, 996, 1000));
  EXPECT_TRUE(is(0.99999, 99999, 100'000));
  EXPECT_TRUE(is(1e-9, 1, 1'000'000));
}

TEST(Messages, BothLanguagesHaveTheSameKeysAndArguments) {
  const Messages english = messages_in("en"), german = messages_in("de");
  ASSERT_EQ(english.ids(), german.ids());
  for (const std::string& id : english.ids()) {
    EXPECT_EQ(english.placeholders(id), german.placeholders(id)) << id;
  }
}

TEST(Messages, NumbersPluralsAndDatesFollowTheLanguage) {
  const Messages english = messages_in("en"), german = messages_in("de");
  EXPECT_EQ(english.number(-1234567), "-1,234,567");
  EXPECT_EQ(german.number(1234567), "1.234.567");
  EXPECT_EQ(english.number(999), "999");
  EXPECT_EQ(german.percent(0.1234), "12,3\u00a0%");
  EXPECT_EQ(english.share(1, 1'000'000), "under 0.01%");
  EXPECT_EQ(english.share(999'999, 1'000'000), "over 99.9%");
  EXPECT_EQ(english.share(0, 0), "\u2013");
  EXPECT_EQ(english.text("rule.accesses", {{"n", 1}}), "1 access");
  EXPECT_EQ(german.text("rule.accesses", {{"n", 1000}}), "1.000 Zugriffe");
  EXPECT_EQ(english.date("2024-01-09"), "9 January 2024");
  EXPECT_EQ(german.date("2024-03-19 10:00:00"), "19. März 2024");
}

TEST(Messages, WordsOfDataThatNobodyKnowsStandAsTheyAre) {
  const Messages english = messages_in("en");
  EXPECT_EQ(english.word("purpose", "crime"), "crime");
  EXPECT_EQ(english.word("purpose", "no such {n}"), "no such {n}");
  EXPECT_EQ(english.coded("note", "row_limit|1000000"),
            "The file has exactly 1,000,000 rows, a limit of common tools: it is likely cut off.");
  EXPECT_EQ(english.coded("note", "row_limit"), english.coded("note", "row_limit|"));
  EXPECT_EQ(english.coded("note", "unheard|of"), "unheard|of");
}

TEST(Messages, UnknownLanguageNamesThoseThereAre) {
  const Result<Messages> none = Messages::load("fr");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::usage);
  EXPECT_NE(none.error().message.find("de, en"), std::string::npos);
}

TEST(MessagesDeathTest, MissingIdOrArgumentIsOurBug) {
  const Messages english = messages_in("en");
  EXPECT_DEATH(static_cast<void>(english.text("no.such")), "");
  EXPECT_DEATH(static_cast<void>(english.text("page.title")), "");
}

TEST(Html, EscapesWhatWouldActAndShowsWhatWouldHide) {
  EXPECT_EQ(escaped("<b a='1'>&\""), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;");
  EXPECT_EQ(escaped(std::string_view("a\0b", 3)), "a[U+0000]b");
  EXPECT_EQ(escaped("x\u202Ey"), "x[U+202E]y");
  EXPECT_EQ(escaped("\u2066\uFEFF\u200D"), "[U+2066][U+FEFF][U+200D]");
  EXPECT_EQ(escaped("Z\u00fcrich \u4e2d \U0001F697"), "Z\u00fcrich \u4e2d \U0001F697");
  EXPECT_EQ(escaped("a\nb"), "a\u23CEb");
  EXPECT_EQ(escaped("\xC0\xAF\xED\xA0\x80\xF5"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(escaped("\xE2\x82"), "\uFFFD\uFFFD");
}

TEST(Html, NoByteSequenceEscapesAsMarkup) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text = {static_cast<char>(a), static_cast<char>(b), '<'};
      const std::string out = escaped(text);
      EXPECT_EQ(out.find_first_of("<>\"'"), std::string::npos);
      EXPECT_TRUE(out.ends_with("&lt;"));
    }
  }
}

TEST(Html, ShortensByCharactersNotBytes) {
  EXPECT_EQ(shortened("\u00e4\u00f6\u00fc", 3), "\u00e4\u00f6\u00fc");
  EXPECT_EQ(shortened("\u00e4\u00f6\u00fc", 2), "\u00e4\u00f6\u2026");
}

TEST(PageName, IsNeverAPath) {
  EXPECT_EQ(page_name("il-2.130/../x"), "il-2-130----x");
  EXPECT_EQ(page_name("IL"), "il");
  EXPECT_EQ(page_name(""), "unnamed");
}

TEST(Zone, IsKnownForStatesOnly) {
  EXPECT_EQ(zone_of_state("IL"), "America/Chicago");
  EXPECT_EQ(zone_of_state("CA"), "America/Los_Angeles");
  EXPECT_EQ(zone_of_state("XX"), "");
  EXPECT_EQ(zone_of_state(""), "");
  EXPECT_EQ(zone_of_state("A "), "");
}

}  // namespace
}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
#include "report/replay_page.h"

#include <gtest/gtest.h>

namespace onus::report {
namespace {

Messages messages(std::string_view language) {
  Result<Messages> out = Messages::load(language);
  EXPECT_TRUE(out) << out.error().text();
  return std::move(*out);
}

Replayed some_changes() {
  Replayed out;
  out.accesses = 1200;
  out.old_rules = 2;
  out.new_rules = 3;
  out.as_of = "2026-07-01";
  out.kinds = {{"allow_to_deny", "allow_to_deny", 7, 6}, {"now_missing", "now_missing", 1, 1}};
  out.rules = {{"us-xx-1", "allow_to_deny", 7, 6}};
  out.titles = {{"us-xx-1", "Sharing without a paper"}};
  out.months = {{"2025-05", "allow_to_deny", 5, 4}, {"2025-04", "allow_to_deny", 2, 2}};
  out.agencies = {{"<script>alert(1)</script>", "allow_to_deny", 7, 6}};
  out.actors = {{"", "allow_to_deny", 7, 6}};
  out.rows = {{"us-xx-1", "allow_to_deny", "allowed", "breach", "2025-05-01 10:00:00.000000",
               "Cedar Bluff SO", "J. Doe", "june.csv", 4711, 4712}};
  return out;
}

TEST(ReplayPage, ShowsWhatWouldChangeByRuleMonthAgencyAndUserWithRows) {
  const std::string page = replay_page(some_changes(), messages("en"), "1.0").bytes;
  for (const char* text : {"1,200 accesses were judged anew", "1 July 2026", "newly a breach",
                           "Sharing without a paper", "2025-05", "(not named)", "4,711",
                           "2025-05-01 10:00:00", "breach on the face of the log"})
    EXPECT_NE(page.find(text), std::string::npos) << text;
  EXPECT_LT(page.find("2025-04"), page.find("2025-05")) << "months in their order";
}

TEST(ReplayPage, NothingOfALogRunsInIt) {
  const std::string page = replay_page(some_changes(), messages("en"), "1.0").bytes;
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
}

TEST(ReplayPage, IsInGermanToo) {
  const std::string page = replay_page(some_changes(), messages("de"), "1.0").bytes;
  EXPECT_NE(page.find("1.200 Zugriffe wurden"), std::string::npos);
  EXPECT_NE(page.find("neu ein Verstoß"), std::string::npos);
}

TEST(ReplayPage, SaysWhereNothingChanges) {
  Replayed none;
  none.accesses = 3;
  const std::string page = replay_page(none, messages("en"), "1.0").bytes;
  EXPECT_NE(page.find("Every outcome stays as it is."), std::string::npos);
  EXPECT_EQ(page.find("<table"), std::string::npos);
}

}  // namespace
}  // namespace onus::report

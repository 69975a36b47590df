// SPDX-License-Identifier: Apache-2.0
#include "ingest/profile.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace onus::ingest {
namespace {

constexpr std::string_view kSmall = R"(id = "own"
system = "plate_reader"
role = "owner"
[[column]]
field = "when"
headers = ["At"]
kind = "time"
required = true
)";

TEST(Profile, EveryShippedProfileIsReadAndHasTextsInBothLanguages) {
  const Result<std::vector<Profile>> profiles = load_profiles({});
  ASSERT_TRUE(profiles) << profiles.error().text();
  EXPECT_GE(profiles->size(), 7U);
  for (const Profile& profile : *profiles) {
    EXPECT_FALSE(profile.title.en.empty() || profile.title.de.empty()) << profile.id;
    EXPECT_FALSE(profile.coverage.en.empty() || profile.coverage.de.empty()) << profile.id;
    for (const Era& era : profile.eras) EXPECT_FALSE(era.title.de.empty()) << profile.id;
  }
}

TEST(Profile, ASmallOneOfAUsersOwnIsEnough) {
  const Result<Profile> profile = parse_profile(kSmall, "own.toml");
  ASSERT_TRUE(profile) << profile.error().text();
  EXPECT_EQ(profile->variants.size(), 1U);
  EXPECT_NE(profile->column_for("at"), nullptr);
}

TEST(Profile, AnExtraProfileTakesThePlaceOfOneWithItsId) {
  std::string text(kSmall);
  text.replace(text.find("own"), 3, "flock-portal");
  const Result<std::vector<Profile>> profiles = load_profiles({{"x.toml", text}});
  ASSERT_TRUE(profiles) << profiles.error().text();
  EXPECT_EQ(std::count_if(profiles->begin(), profiles->end(),
                          [](const Profile& p) { return p.id == "flock-portal"; }),
            1);
  EXPECT_NE(profiles->back().column_for("at"), nullptr);
}

struct Mistake {
  const char* line;
  const char* message;
};

TEST(Profile, EveryMistakeIsNamedWithItsPlace) {
  const Mistake mistakes[] = {
      {"zone = 'UTC'\n", "p:9:8: unknown key 'zone'"},
      {"[time]\nzone = 'Mars'\n", "p:10:8: 'zone' must be \"UTC\" or an offset such as \"-05:00\""},
      {"[time]\nformats = ['de']\n", "p:10:11: there is no time format 'de'"},
      {"[[column]]\nfield = 'reason'\nlabel = 'x'\n",
       "p:11:9: a 'label' needs together = \"join\""},
      {"[[column]]\nfield = 'when'\ntogether = 'join'\n", "p:9:1: two columns for 'when'"},
      {"[[detail]]\nlabel = 'x'\nfield = 'reason'\n",
       "p:9:1: details need a column: field = \"details\""},
      {"[values.actor]\nA = 'x'\n", "p:9:1: 'actor' is no field of texts"},
      {"[[act_rule]]\nfield = 'actor'\nact = 'derived'\n",
       "p:9:1: an act rule needs 'is', 'starts_with' or any = true"},
      {"[[column]]\nfield = 'plate'\n", "p:10:9: there is no field 'plate'"},
      {"[[column]]\nfield = 'actor'\nheaders = ['AT']\n", "p:9:1: 'at' is named twice"},
      {"[[column]]\nfield = 'when'\n", "p:9:1: two columns for 'when'"},
      {"[[column]]\nfield = 'actor'\nkind = 'name'\n", "p:11:8: there is no kind 'name'"},
      {"[[layout]]\nheaders = ['Who']\n", "p:9:1: no column has the header 'who'"},
      {"[[era]]\nid = 'a'\nfrom = 'soon'\n", "p:11:8: 'from' must be a date such as 2025-12-01"},
      {"[[variant]]\nid = 'a'\n", "p:9:1: variants need role = \"auto\""},
      {"[acts]\nlookup = 'guess'\n", "p:10:10: 'lookup' cannot be 'guess'"},
  };
  for (const Mistake& mistake : mistakes) {
    const Result<Profile> profile = parse_profile(std::string(kSmall) + mistake.line, "p");
    ASSERT_FALSE(profile) << mistake.line;
    EXPECT_EQ(profile.error().code, Code::bad_input);
    EXPECT_EQ(profile.error().message, mistake.message);
  }
}

TEST(Profile, AProfileThatWouldFitEveryFileIsRefused) {
  EXPECT_FALSE(parse_profile("id='a'\nsystem='s'\nrole='owner'\n", "p"));
  EXPECT_FALSE(parse_profile(
      "id='a'\nsystem='s'\nrole='owner'\n[[column]]\nfield='when'\nheaders=['t']\n", "p"));
}

}  // namespace
}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// What is said where a text says more than one thing.
#include <gtest/gtest.h>

#include <string_view>

#include "support/lexicons.h"

namespace onus::classify {
namespace {

Reading read(std::string_view text) {
  static const Result<Lexicon> kLoaded = builtin_from_files();
  static Scratch scratch;
  if (!kLoaded) ADD_FAILURE() << kLoaded.error().text();
  return kLoaded->read(text, scratch);
}

TEST(Combine, WritesNoOffenceBesideAProtectedPurpose) {
  for (const std::string_view text : {"vandalism during protest march", "ICE detainer, burglary"}) {
    EXPECT_TRUE(read(text).topic) << text;
    EXPECT_FALSE(read(text).offence) << text;
  }
  EXPECT_EQ(read("burglary").offence, "burglary");
}

TEST(Combine, TakesNoTopicFromThePlaceOrTheVictimOfADeed) {
  for (const std::string_view text : {"women's clinic burglary", "mosque arson"}) {
    EXPECT_EQ(read(text).purpose, "crime") << text;
    EXPECT_FALSE(read(text).topic) << text;
  }
  EXPECT_EQ(read("unlawful assembly").topic, "protest") << "that is the deed itself";
  EXPECT_EQ(read("worship service cars").topic, "other_protected") << "no deed is named";
}

TEST(Combine, PutsAGroupOrAnEventBehindADeedAndAMarchBeforeIt) {
  EXPECT_EQ(read("tesla takedown - veh keyed").purpose, "crime");
  EXPECT_EQ(read("tesla takedown").purpose, "protest");
  EXPECT_EQ(read("vandalism during protest march").purpose, "protest");
}

TEST(Combine, CallsBlowsInAHouseholdOneOffence) {
  EXPECT_EQ(read("simple battery, domestic violence").offence, "domestic");
  EXPECT_EQ(read("simple battery").offence, "assault");
  EXPECT_EQ(read("robbery, domestic violence").offence, "robbery") << "of two deeds the graver";
}

TEST(Reading, TakesNoWordFromLettersBetweenDigits) {
  for (const std::string_view text :
       {"05c2ffe3-4873-4d9a-a296-c261d845e812", "024bac6c-5cde-4161-bc6f-5cd5b472b05b"}) {
    EXPECT_EQ(read(text).purpose, "reference_only") << text << " by " << read(text).decided_by;
  }
  EXPECT_EQ(read("211pc").offence, "robbery");
}

}  // namespace
}  // namespace onus::classify

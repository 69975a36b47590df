// SPDX-License-Identifier: Apache-2.0
// What stands between and beside the words of a phrase.
#include "classify/phrases.h"

#include <gtest/gtest.h>

#include <string>

#include "classify/reading.h"

namespace onus::classify {
namespace {

constexpr std::string_view kHead =
    "id = \"t\"\nlanguage = \"en\"\ntitle = \"T\"\narticles = [\"the\", \"her\"]\n"
    "names = [\"denver\"]\nsection_parts = [\"abs\", \"nr\"]\n";

Reading read(const std::string& patterns, std::string_view text, Scratch& scratch) {
  const std::string bytes = std::string(kHead) + patterns;
  const BuiltinFile file{"t.toml", bytes};
  const Result<Lexicon> lexicon = Lexicon::load({&file, 1});
  if (!lexicon) {
    ADD_FAILURE() << lexicon.error().text();
    return {};
  }
  return lexicon->read(text, scratch);
}

std::string_view purpose(const std::string& patterns, std::string_view text) {
  static Scratch scratch;
  return read(patterns, text, scratch).purpose;
}

constexpr std::string_view kTheft =
    "[[pattern]]\nid = \"a\"\npurpose = \"crime\"\nmatch = [\"theft of car\"]\n"
    "examples = [\"theft of car\"]\n";

TEST(Phrases, LetArticlesStandBetweenTheirWordsAndNothingElse) {
  const std::string patterns(kTheft);
  EXPECT_EQ(purpose(patterns, "theft of the car"), "crime");
  EXPECT_EQ(purpose(patterns, "theft of her the car"), "crime");
  EXPECT_EQ(purpose(patterns, "theft of old car"), "unclear");
}

TEST(Phrases, EndWithAWordOfTheirsAndNotWithAnArticle) {
  Scratch scratch;
  const Reading reading = read(std::string(kTheft), "theft of car the", scratch);
  EXPECT_EQ(reading.evidence.end, 12);
}

TEST(Phrases, TakeForANameWhatNoLexiconKnowsOrCallsOne) {
  const std::string patterns =
      "known = [\"steel\"]\n[[pattern]]\nid = \"a\"\npurpose = \"vague\"\nmatch = [\"@ pd\"]\n"
      "examples = [\"elmwood pd\"]\n";
  EXPECT_EQ(purpose(patterns, "Elmwood PD"), "vague");
  EXPECT_EQ(purpose(patterns, "Denver PD"), "vague");
  EXPECT_EQ(purpose(patterns, "steel pd"), "unclear");
  EXPECT_EQ(purpose(patterns, "26 pd"), "unclear");
}

TEST(Phrases, OfManyMeaningsCountOnlyBesideAWordThatSettlesThem) {
  const std::string patterns =
      "[[pattern]]\nid = \"a\"\npurpose = \"protest\"\nmatch = [\"crowd\"]\n"
      "only_with = [\"capitol\"]\nexamples = [\"crowd at capitol\"]\n";
  EXPECT_EQ(purpose(patterns, "capitol, large crowd"), "protest");
  EXPECT_EQ(purpose(patterns, "large crowd"), "unclear");
}

TEST(Phrases, ThatAreIgnoredGiveWayToOnesAsLongThatSaySomething) {
  const std::string patterns =
      "[[pattern]]\nid = \"a\"\nignore = true\nmatch = [\"ally car\"]\nexamples = [\"ally car\"]\n"
      "[[pattern]]\nid = \"b\"\npurpose = \"crime\"\nmatch = [\"car stol\"]\n"
      "examples = [\"car stol\"]\n";
  EXPECT_EQ(purpose(patterns, "ally car stol"), "crime");
}

TEST(Phrases, AboutAProtectedGroundThatIsOnlyAmbiguousStandBehindAStatedDeed) {
  const std::string deed =
      "[[pattern]]\nid = \"b\"\npurpose = \"crime\"\nmatch = [\"arson\"]\nexamples = [\"arson\"]\n";
  const std::string ground =
      "[[pattern]]\nid = \"a\"\npurpose = \"immigration\"\nmatch = [\"cbp\"]\n"
      "examples = [\"cbp\"]\n";
  EXPECT_EQ(purpose(deed + ground, "cbp arson"), "immigration");
  EXPECT_EQ(purpose(deed + ground + "certainty = \"ambiguous\"\n", "cbp arson"), "crime");
}

TEST(Sections, AreReadBesideTheirBookThroughParagraphsAndNumbers) {
  const std::string patterns =
      "[[pattern]]\nid = \"a\"\npurpose = \"crime\"\nbooks = [\"stgb\"]\ncodes = [\"224\"]\n"
      "examples = [\"224 stgb\"]\n";
  EXPECT_EQ(purpose(patterns, "§ 224 StGB"), "crime");
  EXPECT_EQ(purpose(patterns, "§ 224 Abs. 1 Nr. 2 StGB"), "crime");
  EXPECT_EQ(purpose(patterns, "224 Haus 1 StGB"), "unclear");
  EXPECT_EQ(purpose(patterns, "224"), "unclear");
}

TEST(Sections, KeepSlashesAndColonsThatDatesAndTimesHaveToo) {
  const std::string patterns =
      "[[pattern]]\nid = \"a\"\npurpose = \"crime\"\nbooks = [\"ilcs\", \"njsa\"]\n"
      "codes = [\"5/9-1\", \"2c:15-1\"]\nexamples = [\"ilcs 5/9-1\"]\n";
  EXPECT_EQ(purpose(patterns, "720 ILCS 5/9-1"), "crime");
  EXPECT_EQ(purpose(patterns, "NJSA 2C:15-1"), "crime");
  EXPECT_EQ(purpose(patterns, "seen 5/9"), "unclear");
}

}  // namespace
}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
// Which numbers are sections of a book, and of which.
#include "classify/sections.h"

#include <gtest/gtest.h>

#include <string>

#include "classify/reading.h"

namespace onus::classify {
namespace {

constexpr std::string_view kLexicon =
    "id = \"t\"\nlanguage = \"en\"\ntitle = \"T\"\n"
    "code_books = [\"pc\"]\nsection_parts = [\"sec\", \"code\", \"of\", \"the\", \"s\", \"abs\"]\n"
    "code_not_after = [\"unit\", \"case\"]\nreference_words = [\"case\"]\n"
    "[books]\nars = [\"az rev stat\"]\nusc18 = [\"18 usc\"]\nmgl265 = [\"mgl c|ch 265\", \"c "
    "265\"]\n"
    "va = [\"va code\"]\npc = [\"penal code\"]\nhs = [\"h s\"]\nil = [\"720\"]\n"
    "[[sections]]\nid = \"az\"\nstate = \"AZ\"\nbooks = [\"ars\"]\n"
    "burglary = [\"13-1507\"]\nfleeing = [\"28-622.01\"]\ntraffic = [\"28-###\"]\n"
    "crime = [\"13-####\"]\n"
    "[[sections]]\nid = \"us\"\nstate = \"US\"\nbooks = [\"usc18\"]\nweapons = [\"922\"]\n"
    "[[sections]]\nid = \"ma\"\nstate = \"MA\"\nbooks = [\"mgl265\"]\nassault = [\"13a\"]\n"
    "[[sections]]\nid = \"va\"\nstate = \"VA\"\nbooks = [\"va\"]\nalone = true\n"
    "assault = [\"18.2-57\"]\ndomestic = [\"18.2-57.2\"]\ncrime = [\"18.2-##.#\"]\n"
    "[[sections]]\nid = \"tx\"\nstate = \"TX\"\nbooks = [\"pc\"]\nrobbery = [\"29.03\"]\n"
    "crime = [\"###\"]\n"
    "[[sections]]\nid = \"hs\"\nstate = \"CA\"\nbooks = [\"hs\"]\ndrugs = [\"11377\"]\n"
    "[[sections]]\nid = \"il\"\nstate = \"IL\"\nbooks = [\"il\"]\ntheft = [\"5/16-25\"]\n"
    "[[pattern]]\nid = \"plain\"\npurpose = \"crime\"\noffence = \"theft\"\n"
    "codes = [\"484\", \"487a\"]\nexamples = [\"484 pc\"]\n";

Result<Lexicon> load(std::string_view bytes) {
  const BuiltinFile file{"t.toml", bytes};
  return Lexicon::load({&file, 1});
}

struct Said {
  std::string by, evidence;
  std::string offence, purpose;
};

Said read(std::string_view text) {
  static const Result<Lexicon> kLoaded = load(kLexicon);
  if (!kLoaded) ADD_FAILURE() << kLoaded.error().text();
  static Scratch scratch;
  const Reading reading = kLoaded->read(text, scratch);
  return {std::string(reading.decided_by), std::string(reading.evidence.in(text)),
          std::string(reading.offence.value_or("")), std::string(reading.purpose)};
}

TEST(Sections, KnowABookInDotsAndWordsBeforeAndBehind) {
  for (const std::string_view text :
       {"ARS 13-1507", "A.R.S. 13-1507", "a r s 13-1507", "Az. Rev. Stat. § 13-1507", "ARS13-1507",
        "13-1507 ARS", "13-1507 A.R.S.", "sec 13-1507 of the ARS", "ARS §13-1507(A)(1)",
        "ARS sec. 13-1507.B", "ARS 13-1507-2", "ARS: 13-1507", "warrant ARS-13-1507"})
    EXPECT_EQ(read(text).by, "az-burglary") << text;
  EXPECT_EQ(read("per A.R.S. § 13-1507, adv").evidence, "A.R.S. § 13-1507");
  EXPECT_EQ(read("13-1507 of the ARS").evidence, "13-1507 of the ARS");
}

TEST(Sections, KnowABookThatANumberStandsIn) {
  for (const std::string_view text : {"18 USC 922(g)", "18 U.S.C. § 922", "18usc922", "922 18 usc"})
    EXPECT_EQ(read(text).by, "us-weapons") << text;
  EXPECT_EQ(read("42 USC 922").by, "none");
  for (const std::string_view text :
       {"MGL c. 265 s. 13A", "M.G.L. c 265 § 13A(b)", "c265 s13a", "mgl ch 265, 13a"})
    EXPECT_EQ(read(text).by, "ma-assault") << text;
  EXPECT_EQ(read("720-5/16-25").by, "il-theft");
  EXPECT_EQ(read("H&S 11377").by, "hs-drugs");
  EXPECT_EQ(read("11377 h & s").by, "hs-drugs");
}

TEST(Sections, AreOfTheirBookWhereNoListHasThem) {
  EXPECT_EQ(read("ARS 13-2907").by, "az-crime");
  EXPECT_EQ(read("ARS 13-2907").offence, "");
  EXPECT_EQ(read("ARS 28-701(B)").purpose, "traffic");
  EXPECT_EQ(read("ARS 28-622.01").offence, "fleeing") << "the longest that a list has";
  EXPECT_EQ(read("ARS 36-1").by, "none") << "of no shape that is said of the book";
  EXPECT_EQ(read("va code 18.2-57(2)").offence, "assault") << "57.2 and 572 are other sections";
  EXPECT_EQ(read("va code 18.2-57.3").by, "va-crime") << "its own section, not one under 57";
}

TEST(Sections, StandAloneOnlyWhereTheirFormIsNoOtherNumbers) {
  for (const std::string_view text : {"18.2-57.2", "18.2-57.2 at gas station", "dv (18.2-57.2)"})
    EXPECT_EQ(read(text).by, "va-domestic") << text;
  for (const std::string_view text :
       {"13-1507", "case 18.2-57", "unit 18.2-57", "26-18.2-57", "18.2-5799", "18.2-57-00123",
        "#18.2-57", "26-01507", "13-1507 pc", "c265s13a-b9f2-4158", "4c265 13a", "$18.2-57",
        "# 18.2-57"})
    EXPECT_EQ(read(text).offence, "") << text;
}

TEST(Sections, LeaveANumberToTheCodeThatNeedsNoBook) {
  EXPECT_EQ(read("484 PC").by, "plain");
  EXPECT_EQ(read("PC 487(a)").by, "plain");
  EXPECT_EQ(read("penal code section 484").by, "plain");
  EXPECT_EQ(read("488 PC").by, "tx-crime") << "a section of the book, and no more";
  EXPECT_EQ(read("PC 484/488").offence, "theft");
  EXPECT_EQ(read("488/484 pc").offence, "theft");
  EXPECT_EQ(read("PC 487(a)/488").by, "plain");
  EXPECT_EQ(read("TX PC 29.03").by, "tx-robbery");
}

TEST(Sections, AreRefusedUnderAKeyThatIsNoOffenceAndNoPurpose) {
  const auto refused = load(
      "id = \"t\"\nlanguage = \"en\"\ntitle = \"T\"\n[[sections]]\nid = \"x\"\nstate = \"X\"\n"
      "books = [\"xc\"]\nlarceny = [\"1-1\"]\n");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("larceny"), std::string::npos);
  const auto twice = load(
      "id = \"t\"\nlanguage = \"en\"\ntitle = \"T\"\n[[sections]]\nid = \"x\"\nstate = \"X\"\n"
      "books = [\"xc\"]\ntheft = [\"1-1\"]\nfraud = [\"1-1\"]\n");
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().message.find("x-fraud"), std::string::npos) << "listed twice";
}

}  // namespace
}  // namespace onus::classify

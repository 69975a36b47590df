// SPDX-License-Identifier: Apache-2.0
#include "classify/reading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "record/record.h"
#include "support/lexicons.h"

namespace onus::classify {
namespace {

const Lexicon& lexicon() {
  static const Result<Lexicon> kLoaded = builtin_from_files();
  if (!kLoaded) ADD_FAILURE() << kLoaded.error().text();
  return *kLoaded;
}

Reading read(std::string_view text) {
  static Scratch scratch;
  return lexicon().read(text, scratch);
}

// "a|b|c"
std::vector<std::string> pieces(const std::string& of) {
  std::vector<std::string> texts;
  std::istringstream in(of);
  for (std::string text; std::getline(in, text, '|');) texts.push_back(text);
  return texts;
}

// Words that hold, or sit beside, a word of a protected ground and do not name it.
TEST(Reading, FindsNoProtectedGroundInFalseFriends) {
  const std::string friends =
      "police|police service|criminal justice|office|officer|license plate|vehicle|vehice|"
      "notice|device|accomplice|vice|niceburg|price|ice cream theft|black ice crash|"
      "slipped on ice|ice rink fight|heroin|numerous|dangerous|hero|24-60287|6287|287 PC|"
      "287(a)pc|dhs caseworker|temple burglary|church theft|press charges|transport|"
      "drag racing|in custody|bail jumping|visa card fraud|march burglary series|"
      "protective order|protect|report|deposit|not ice|not immigration|no immigration|icac|"
      "project|rally's robbery|counter|clinic burglary|Portland|vice squad|"
      "in case of emergency ice|bag of ice theft|crystal meth ice|"
      "state border|ice arena|smirnoff ice|overstayed hotel guest|tree removal|parole reentry|"
      "honda passport|march 12|motorcycle rally|walkout without paying|assembly of god|"
      "demonstration for council|miscarriage of justice|lease termination|aborted pursuit";
  for (const std::string& text : pieces(friends)) {
    const Reading reading = read(text);
    const bool ground = reading.topic && *reading.topic != "other_protected";
    EXPECT_FALSE(ground) << text << ": " << *reading.topic << " by " << reading.decided_by;
  }
}

TEST(Reading, FindsProtectedGroundsHoweverTheyAreTyped) {
  struct Case {
    std::string_view text, purpose, on_behalf_of;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"ICE", "immigration", "ice"},
           {"ice.", "immigration", "ice"},
           {"ICE+ERO", "immigration", "ice"},
           {"for_ICE", "immigration", "ice"},
           {"(ICE) detainer", "immigration", "ice"},
           {"ICE/ERO warrant", "immigration", "ice"},
           {"immigraiton", "immigration", ""},
           {"IMMIGRATION-VIOLATION", "immigration", ""},
           {"deportation order", "immigration", ""},
           {"immigration protest", "protest", ""},
           {"287(g)", "immigration", ""},
           {"no kings protest", "protest", ""},
           {"protestors", "protest", ""},
           {"abortoin", "reproductive_health", ""},
           {"had an abortion, search for female", "reproductive_health", ""}}) {
    const Reading reading = read(c.text);
    EXPECT_EQ(reading.purpose, c.purpose) << c.text << " by " << reading.decided_by;
    EXPECT_EQ(reading.on_behalf_of.value_or(""), c.on_behalf_of) << c.text;
    EXPECT_EQ(reading.topic.value_or(""), c.purpose) << c.text;
  }
}

TEST(Reading, TakesAProtestAboutProtectedGroundForAProtest) {
  for (const std::string_view text :
       {"ice facility protesters", "protest outside abortion clinic"}) {
    const Reading reading = read(text);
    EXPECT_EQ(reading.purpose, "protest") << text;
    EXPECT_FALSE(reading.on_behalf_of) << text;
  }
}

TEST(Reading, PutsAnAgencyOrATradeAloneBehindADeedThatIsNamed) {
  const Reading reading = read("for ICE, narcotics case");
  EXPECT_EQ(reading.purpose, "crime");
  EXPECT_EQ(reading.on_behalf_of, "ice");
  EXPECT_EQ(read("immigration attorney office burglary").purpose, "crime");
  EXPECT_EQ(read("ICE detainer, narcotics case").purpose, "immigration");
}

TEST(Reading, HoldsToWhatSaysMoreWhereTwoAreEquallyLong) {
  EXPECT_EQ(read("border patrol - search").purpose, "immigration") << "not 'patrol search'";
  EXPECT_EQ(read("possible criminal alien").purpose, "immigration") << "not 'possible criminal'";
}

TEST(Reading, TakesASectionBesideItsBookWhateverStandsBefore) {
  EXPECT_EQ(read("per Sgt - PC 459").offence, "burglary");
  EXPECT_EQ(read("case 459 pc").offence, "burglary");
}

TEST(Reading, KnowsAShortProtectedWordWithTwoLettersTurnedOrOneTwice) {
  EXPECT_EQ(read("undco driver").purpose, "immigration");
  EXPECT_EQ(read("depport order").purpose, "immigration");
  EXPECT_EQ(read("feuts found").purpose, "reproductive_health");
  EXPECT_NE(read("report order").purpose, "immigration") << "another letter is another word";
}

TEST(Reading, ReadsInvestigationHoweverItIsSpelt) {
  for (const std::string_view text :
       {"investigation", "Investagation",  "invetsigation",  "IVESTIGATION", "investigatoin",
        "inv",           "INV'",           "inv`",           "invv",         "invst",
        "imvest",        "inves.",         "investigationn", "nvestigation", "investigatio",
        "invvvvv",       "investi gation", "Investigtaions", "investigaton", "INVETSIGATIONS"}) {
    EXPECT_EQ(read(text).purpose, "vague") << text << " by " << read(text).decided_by;
  }
}

TEST(Reading, TellsCodesFromReferences) {
  struct Case {
    std::string_view text, purpose, offence, specificity;
  };
  for (const Case& c :
       std::initializer_list<Case>{{"211pc", "crime", "robbery", "coded"},
                                   {"pc211", "crime", "robbery", "coded"},
                                   {"PC 211", "crime", "robbery", "coded"},
                                   {"211 pc.", "crime", "robbery", "coded"},
                                   {"10851(a) VC", "crime", "vehicle_theft", "coded"},
                                   {"273 5 pc", "crime", "domestic", "coded"},
                                   {"243(e)(1)", "crime", "domestic", "coded"},
                                   {"187/211", "crime", "homicide", "coded"},
                                   {"31-00211", "reference_only", "", "none"},
                                   {"31-211", "reference_only", "", "none"},
                                   {"case 2211", "reference_only", "", "none"},
                                   {"XY2031-0459", "reference_only", "", "none"},
                                   {"3100211459", "reference_only", "", "none"},
                                   {"unit 211", "unclear", "", "none"},
                                   {"10-31", "unclear", "", "coded"},
                                   {"4711", "unclear", "", "none"}}) {
    const Reading reading = read(c.text);
    EXPECT_EQ(reading.purpose, c.purpose) << c.text << " by " << reading.decided_by;
    EXPECT_EQ(reading.offence.value_or(""), c.offence) << c.text;
    EXPECT_EQ(reading.specificity, c.specificity) << c.text;
  }
}

// A section of another state's code counts only beside the name of its book; without it the same
// digits are a reference.
TEST(Reading, ReadsSectionsOfABookThatIsNamed) {
  struct Case {
    std::string_view text, offence, evidence;
  };
  for (const Case& c :
       std::initializer_list<Case>{{"ARS 13-1802(A)", "theft", "ARS 13-1802(A"},
                                   {"13-1904 ARS suspect", "robbery", "13-1904 ARS"},
                                   {"RCW 9A.52.025", "burglary", "RCW 9A.52.025"},
                                   {"pc 30.02", "burglary", "pc 30.02"},
                                   {"FSS 812.014(2)(c)", "theft", ""},
                                   {"13-1802", "", ""},
                                   {"case 30.02", "", ""}}) {
    const Reading reading = read(c.text);
    EXPECT_EQ(reading.offence.value_or(""), c.offence) << c.text << " by " << reading.decided_by;
    if (!c.evidence.empty()) {
      EXPECT_EQ(reading.evidence.in(c.text), c.evidence);
    }
  }
}

TEST(Reading, TakesANumberBehindARadioWordForACode) {
  for (const std::string_view text : {"code 4", "signal 20", "sig 7"}) {
    EXPECT_EQ(read(text).specificity, "coded") << text;
    EXPECT_EQ(read(text).purpose, "unclear") << text;
  }
  EXPECT_EQ(read("code enforcement").purpose, "non_criminal");
  EXPECT_EQ(read("200002(a)cvc").offence, "hit_and_run") << "a key held down, beside its book";
  EXPECT_FALSE(read("200002").offence) << "no book, no guess";
}

TEST(Reading, ReadsGermanCompoundsAtBothEnds) {
  EXPECT_EQ(read("Geschäftseinbruch").offence, "burglary");
  EXPECT_EQ(read("Einbruchsermittlung").offence, "burglary");
  EXPECT_EQ(read("Kfz-Ueberpruefung").purpose, "vague");
  EXPECT_EQ(read("Haeusliche Gewalt").offence, "domestic");
  EXPECT_EQ(read("Koerperverletzung").offence, "assault");
  EXPECT_EQ(read("keine Abschiebung").purpose, "unclear");
  EXPECT_FALSE(read("Urlaub").offence) << "ends like Raub";
}

TEST(Reading, SaysNothingWhereAllThatIsSaidIsDenied) {
  for (const std::string_view text : {"not ice", "no immigration", "not for ICE"}) {
    EXPECT_EQ(read(text).purpose, "unclear") << text << " by " << read(text).decided_by;
    EXPECT_FALSE(read(text).topic) << text;
  }
}

TEST(Reading, KeepsTheAxesApart) {
  const Reading reading = read("assist FBI bank robbery");
  EXPECT_EQ(reading.purpose, "crime");
  EXPECT_EQ(reading.offence, "robbery");
  EXPECT_EQ(reading.on_behalf_of, "fbi");
  EXPECT_EQ(reading.specificity, "specific");
  EXPECT_FALSE(reading.topic);
}

TEST(Reading, AbstainsWhereNothingDecides) {
  for (const std::string_view text : {"qwrtzk", "bxly frmp", "4711", "[subject:00ff00ff]"}) {
    const Reading reading = read(text);
    EXPECT_EQ(reading.purpose, "unclear") << text << " by " << reading.decided_by;
    EXPECT_TRUE(reading.evidence.empty()) << text;
  }
}

TEST(Reading, TakesFillersForWhatTheyAre) {
  for (const std::string_view text :
       {"", "-", "***", "d", "xxx", "jkjkjk", "1", "n/a", "...", "\xff"})
    EXPECT_EQ(read(text).purpose, "placeholder") << text;
}

TEST(Reading, TakesNoEvidenceFromReplacedSubjectsAndSystemText) {
  const std::string text =
      "Other image search from alerts page associated with Alert: Stolen Vehicle "
      "[subject:211ice00] - "
      "2031-02-03T04:05:06.789Z";
  const Reading reading = read(text);
  EXPECT_EQ(reading.purpose, "crime");
  EXPECT_EQ(reading.evidence.in(text), "Stolen Vehicle");
  EXPECT_FALSE(reading.on_behalf_of);
}

// Texts of lexicon words, names, numbers and rubbish.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {
      "ice",      "detainer", "stolen", "vehicle",
      "211",      "pc",       "(a)",    "26-00123",
      "inv",      "burglary", "Smith",  "police",
      "not",      "assist",   "fbi",    "[subject:00aa]",
      "hit",      "and",      "run",    "immigration",
      "\xc3\x84", "x",        "\xff",   "theft",
      "10-31",    "'s",       "sus",    "veh",
      "protest",  "273.5",    "&",      ",",
      "warrant",  "search"};
  std::string text;
  for (auto n = 1 + random() % 8; n > 0; --n) {
    text += kPieces[random() % kPieces.size()];
    text += random() % 5 == 0 ? "" : " ";
  }
  return text;
}

bool same(const Reading& a, const Reading& b) {
  return a.purpose == b.purpose && a.offence == b.offence && a.specificity == b.specificity &&
         a.topic == b.topic && a.on_behalf_of == b.on_behalf_of && a.certainty == b.certainty &&
         a.decided_by == b.decided_by;
}

TEST(Reading, DoesNotChangeWithCaseBlanksOrPlusForBlank) {
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random_text(random);
    std::string other;
    for (const char c : text) {
      if (c == ' ') {
        other += std::vector<std::string>{"+", "  ", "\t", " \xc2\xa0"}[random() % 4];
        continue;
      }
      const auto byte = static_cast<unsigned char>(c);
      other += random() % 2 ? static_cast<char>(byte < 0x80 ? std::toupper(byte) : byte) : c;
    }
    EXPECT_TRUE(same(read(text), read(other))) << text << " | " << other;
  }
}

bool inside_word(const std::string& text, std::int32_t at) {
  const auto letter = [&](std::int32_t i) {
    return i >= 0 && i < static_cast<std::int32_t>(text.size()) &&
           std::isalpha(static_cast<unsigned char>(text[static_cast<std::size_t>(i)])) != 0;
  };
  return letter(at - 1) && letter(at);
}

TEST(Reading, PointsToEvidenceOnWordBoundaries) {
  std::mt19937 random(8);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random_text(random);
    const text::Span span = read(text).evidence;
    ASSERT_TRUE(span.begin >= 0 && span.begin <= span.end &&
                span.end <= static_cast<std::int32_t>(text.size()));
    EXPECT_FALSE(inside_word(text, span.begin)) << text;
    EXPECT_FALSE(inside_word(text, span.end)) << text;
  }
}

TEST(Reading, KeepsToTheVocabularies) {
  const auto known = [](auto words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  std::mt19937 random(9);
  for (int round = 0; round < 2000; ++round) {
    const Reading reading = read(random_text(random));
    EXPECT_TRUE(known(record::purposes(), reading.purpose));
    EXPECT_TRUE(known(record::specificities(), reading.specificity));
    EXPECT_TRUE(!reading.offence || known(record::offences(), *reading.offence));
    EXPECT_TRUE(!reading.topic || known(record::topics(), *reading.topic));
    EXPECT_TRUE(!reading.on_behalf_of || known(record::beneficiaries(), *reading.on_behalf_of));
  }
}

Result<Lexicon> load(std::string_view toml) {
  const BuiltinFile file{"own.toml", toml};
  return Lexicon::load(std::span(&file, 1));
}

TEST(Lexicon, OfAUserNeedsNoCode) {
  const Result<Lexicon> own = load(R"(id = "x"
[[pattern]]
id = "bike"
purpose = "crime"
offence = "theft"
match = ["bike gone"]
examples = ["Bike gone!"]
)");
  ASSERT_TRUE(own) << own.error().text();
  Scratch scratch;
  EXPECT_EQ(own->read("the BIKE gone", scratch).decided_by, "bike");
}

TEST(Lexicon, ReadsAlikeFromTheBytesItIsPackedIn) {
  Result<Lexicon> own = Lexicon::load(builtin_files_in("packs/purposes/"));
  ASSERT_TRUE(own) << own.error().text();
  const std::string bytes = own->packed();
  const Lexicon packed = Lexicon::of_packed(bytes);
  Scratch mine, other;
  std::mt19937 random(10);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random_text(random);
    const Reading a = own->read(text, mine), b = packed.read(text, other);
    EXPECT_EQ(a.purpose, b.purpose) << text;
    EXPECT_EQ(a.decided_by, b.decided_by) << text;
    EXPECT_EQ(a.evidence, b.evidence) << text;
  }
}

// What one lexicon made of an unknown word must not come back for another.
TEST(Lexicon, SharesNoMemoryWithAnotherThroughTheScratch) {
  const std::string head = "id = \"x\"\n[[pattern]]\nid = \"p\"\npurpose = \"crime\"\n";
  const Result<Lexicon> first = load(head + "match = [\"burglary\"]\nexamples = [\"burglary\"]\n");
  const Result<Lexicon> second = load(head + "match = [\"theft\"]\nexamples = [\"theft\"]\n");
  ASSERT_TRUE(first && second);
  Scratch scratch;
  EXPECT_EQ(first->read("burglray", scratch).purpose, "crime");
  EXPECT_EQ(second->read("burglray", scratch).purpose, "unclear");
}

TEST(Lexicon, WithAFailingExampleDoesNotLoad) {
  const std::string pattern =
      "id = \"x\"\n[[pattern]]\nid = \"p\"\npurpose = \"crime\"\nmatch = [\"theft\"]\n";
  EXPECT_EQ(load(pattern + "examples = [\"robbery\"]\n").error().message,
            "own.toml:2: example 'robbery' is not read by pattern 'p'");
  EXPECT_EQ(
      load(pattern + "examples = [\"theft\"]\n[[example]]\ntext = \"theft\"\npurpose = \"vague\"\n")
          .error()
          .message,
      "own.toml:7: example 'theft' reads otherwise: purpose is crime, not vague; decided by p");
}

TEST(Lexicon, NamesThePlaceOfAMistake) {
  EXPECT_EQ(load("id = \"x\"\n[[pattern]]\nid = \"p\"\npurpose = \"crimes\"\nmatch = "
                 "[\"a\"]\nexamples = [\"a\"]\n")
                .error()
                .message,
            "own.toml:4:11: no purpose named 'crimes'");
  EXPECT_EQ(load("id = \"x\"\n[[pattern]]\nid = \"p\"\npurpose = \"crime\"\nmatch = "
                 "[\"The{ft\"]\nexamples = [\"a\"]\n")
                .error()
                .message,
            "own.toml:5:9: 'The{ft' is not a word in normalised form");
}

}  // namespace
}  // namespace onus::classify

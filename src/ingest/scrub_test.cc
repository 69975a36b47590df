// SPDX-License-Identifier: Apache-2.0
#include "ingest/scrub.h"

#include <gtest/gtest.h>

#include <random>

namespace onus::ingest {
namespace {

std::vector<std::string> found(std::string_view text, const std::string& own = "",
                               TextKind kind = TextKind::free_text) {
  std::vector<std::string> out;
  const std::vector<std::string> plates(own.empty() ? 0 : 1, own);
  for (const TextSpan& span : find_subjects(text, plates, kind)) {
    out.emplace_back(text.substr(span.begin, span.end - span.begin));
  }
  return out;
}

using Texts = std::vector<std::string>;

TEST(Scrub, FindsTokensShapedLikeAPlate) {
  for (const char* plate : {"7ABC123", "ABC1234", "ABC123", "123ABC", "AB12345", "8xyz999"}) {
    EXPECT_EQ(found(std::string("stolen ") + plate + ", two suspects"), Texts{plate});
    EXPECT_EQ(found(plate), Texts{plate});
    EXPECT_EQ(found(std::string("(") + plate + ")"), Texts{plate});
  }
  EXPECT_EQ(found("veh ABC-1234 fled"), Texts{"ABC-1234"});
}

TEST(Scrub, NoPlateIsSeenInStatutesRadioCodesCaseNumbersAndLongNumbers) {
  for (const char* text : {"211PC",
                           "459PC",
                           "pc459",
                           "10851",
                           "245(a)(2)pc",
                           "vc10851",
                           "cvc2800",
                           "CVC10851",
                           "11377hs",
                           "PA2026-11510",
                           "2026-0380",
                           "25-ABC1234",
                           "26-01040",
                           "2603240234",
                           "E2534567",
                           "CFS-1234",
                           "OCT-2025",
                           "Dec2025",
                           "10-31 FHP",
                           "187(a)pc",
                           "MS13",
                           "01T13",
                           "12:30:45",
                           "2025-06-18T19:17:43.792Z",
                           "hit and run 2018 white ford f150",
                           "unit123",
                           "case1234",
                           "investigation",
                           "18 USC 1326"}) {
    EXPECT_EQ(found(text), Texts{}) << text;
  }
}

TEST(Scrub, NoPlateIsSeenInsideAUuid) {
  std::mt19937 random(7);
  const auto hex = [&](int size) {
    std::string out;
    for (int i = 0; i < size; ++i) out += "0123456789abcdef"[random() % 16];
    return out;
  };
  for (int i = 0; i < 5000; ++i) {
    const std::string uuid = hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
    EXPECT_EQ(found(uuid), Texts{}) << uuid;
    EXPECT_EQ(found("search " + uuid + " again"), Texts{}) << uuid;
  }
}

TEST(Scrub, AfterAWordForPlateAnyTokenWithADigitIsOne) {
  EXPECT_EQ(found("license plate 12345"), Texts{"12345"});
  EXPECT_EQ(found("tag: PA2026"), Texts{"PA2026"});
  EXPECT_EQ(found("lp# CA ABC 123"), Texts{"ABC 123"});
  EXPECT_EQ(found("plate 7ABC 123 seen"), Texts{"7ABC 123"});
  EXPECT_EQ(found("Alert: Stolen Plate [plate] - 2025-06-18T19:17:43.792Z"), Texts{});
  EXPECT_EQ(found("stolen plate"), Texts{});
  EXPECT_EQ(found("stolen vehicle/plate investigation"), Texts{});
}

TEST(Scrub, FindsThePlateInTheVendorsOwnText) {
  EXPECT_EQ(found("Other image search from alerts page associated with Alert: Stolen Vehicle "
                  "QX19 - 2025-08-01T21:59:46.749Z"),
            Texts{"QX19"});
  EXPECT_EQ(found("Other image search from alerts page associated with Alert: Stolen Plate "
                  "7ABC123 - 2025-08-01T21:59:46.749Z"),
            Texts{"7ABC123"});
}

TEST(Scrub, FindsTheRowsOwnPlateHoweverItIsWritten) {
  EXPECT_EQ(found("looking for GO BEARS today", "GOBEARS"), Texts{"GO BEARS"});
  EXPECT_EQ(found("gobears", "GOBEARS"), Texts{"gobears"});
  EXPECT_EQ(found("PC459", "PC459"), Texts{"PC459"});
  EXPECT_EQ(found("A-12.34", "A1234"), Texts{"A-12.34"});
}

TEST(Scrub, TheRowsOwnPlateIsAWholeToken) {
  EXPECT_EQ(found("cartoons", "CART"), Texts{});
  EXPECT_EQ(found("xcart", "CART"), Texts{});
  EXPECT_EQ(found("stolen", "STOLEN"), Texts{}) << "a plain word in the plate field names nobody";
  EXPECT_EQ(found("inv", "INV"), Texts{}) << "too short to be looked for";
}

TEST(Scrub, InANameOnlyARowsOwnPlateThatHasADigitIsOne) {
  EXPECT_EQ(found("J. Smith", "SMITH", TextKind::name), Texts{});
  EXPECT_EQ(found("Unit 7ABC123", "7ABC123", TextKind::name), Texts{"7ABC123"});
  EXPECT_EQ(found("ABC1234 a.b@c.org", "", TextKind::name), Texts{});
}

TEST(Scrub, FindsNumbersOfPeople) {
  EXPECT_EQ(found("ssn 123-45-6789"), Texts{"123-45-6789"});
  EXPECT_EQ(found("SSN 123456789"), Texts{"123456789"});
  EXPECT_EQ(found("call (555) 123-4567 now"), Texts{"555) 123-4567"});
  EXPECT_EQ(found("555-123-4567"), Texts{"555-123-4567"});
  EXPECT_EQ(found("suspect DOB 1/2/1980 wanted"), Texts{"1/2/1980"});
  EXPECT_EQ(found("dob: 01-02-80"), Texts{"01-02-80"});
  EXPECT_EQ(found("DL# D1234567"), Texts{"D1234567"});
  EXPECT_EQ(found("OLN 12345678"), Texts{"12345678"});
  EXPECT_EQ(found("from jane.doe@example.org asked"), Texts{"jane.doe@example.org"});
  EXPECT_EQ(found("1HGCM82633A004352"), Texts{"1HGCM82633A004352"});
}

TEST(Scrub, KeepsEqualityAndTheRestOfTheText) {
  Pseudonyms pseudonyms{Digest{}};
  const Scrubbed a = scrub("stolen 7ABC123!", {}, TextKind::free_text, pseudonyms);
  const Scrubbed b =
      scrub("plate 7abc-123", std::vector<std::string>{"7ABC123"}, TextKind::free_text, pseudonyms);
  EXPECT_TRUE(a.found && b.found);
  const std::string mark = pseudonyms.subject_mark("7ABC123");
  EXPECT_EQ(a.text, "stolen " + mark + "!");
  EXPECT_EQ(b.text, "plate " + mark);
}

TEST(Scrub, WhatIsScrubbedHoldsNothingMoreToScrub) {
  Pseudonyms pseudonyms{Digest{}};
  std::mt19937 random(5);
  static constexpr const char* kParts[] = {"7ABC123", " ",   "-",     "plate ", "dob ", "1/2/1980",
                                           "dl ",     "123", "ABC",   "@",      "a.b",  "]",
                                           "[",       ":",   "pc459", "x"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (int n = 0; n < 6; ++n) text += kParts[random() % std::size(kParts)];
    const std::string once = scrub(text, {}, TextKind::free_text, pseudonyms).text;
    if (once.find("7ABC123") != std::string::npos) {
      const std::size_t at = once.find("7ABC123");
      const bool whole =
          (at == 0 || !isalnum(once[at - 1])) && (at + 7 == once.size() || !isalnum(once[at + 7]));
      const bool compound =
          (at > 1 && once[at - 1] == '-') || (at + 7 < once.size() && once[at + 7] == '-');
      EXPECT_TRUE(!whole || compound) << text << " -> " << once;
    }
  }
}

}  // namespace
}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "ingest/cell_state.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace onus::ingest {
namespace {

using record::CellState;

CellState state(std::string_view text, Field field = Field::reason) {
  return cell_state(text, field, Marks{});
}

TEST(CellState, WhiteSpaceOfAnyKindIsEmpty) {
  for (const char* text : {"", " ", "\t\n", "\xC2\xA0", " \xE2\x80\xAF "}) {
    EXPECT_EQ(state(text), CellState::empty);
  }
}

TEST(CellState, StarsAreTheVendorsMask) {
  for (const char* text : {"***", " *** ", "* * *", "*****"}) {
    EXPECT_EQ(state(text), CellState::masked_vendor) << text;
  }
}

TEST(CellState, MarksOfAnAgencyIncludeTheExemptionItCites) {
  for (const char* text :
       {"REDACTED", " Redacted", "[REDACTED]", "###", "# # #", "\xE2\x96\x88\xE2\x96\x88",
        "7923.600 GC", "GC 7923.600", "Gov. Code \xC2\xA7 7922.000", "7923.600(a)", "6254(f)",
        "(b)(7)(C)", "b6", "5 ILCS 140/7(1)(c)", "5 ILCS 140/7", "5 ILCS 140/7 withheld",
        "Withheld"}) {
    EXPECT_EQ(state(text), CellState::masked_agency) << text;
  }
}

TEST(CellState, AStatuteOrACaseNumberIsNoExemption) {
  for (const char* text : {"459 PC", "211pc", "10851", "245(a)(2)pc", "79", "7923", "25-12345",
                           "7932.600 GC", "8 USC 1326", "b12"}) {
    EXPECT_EQ(state(text), CellState::value) << text;
  }
}

TEST(CellState, PlaceholdersGetPastARequiredField) {
  for (const char* text : {"n/a", "N/A", "-", "--", ".", "x", "XX", "test", "None", "0", "000",
                           "0000000000000000", "------------------"}) {
    EXPECT_EQ(state(text), CellState::placeholder) << text;
  }
}

TEST(CellState, ZeroIsAValueWhereTheFieldCounts) {
  EXPECT_EQ(state("0", Field::networks), CellState::value);
  EXPECT_EQ(state("0", Field::devices), CellState::value);
  EXPECT_EQ(state("0", Field::case_number), CellState::placeholder);
}

TEST(CellState, AMaskWithTextBesideItIsPartial) {
  for (const char* text : {"REDACTED stolen", "stolen [plate]", "assist-[name]", "call *** back",
                           "veh \xE2\x96\x88\xE2\x96\x88 theft"}) {
    EXPECT_EQ(state(text), CellState::partial) << text;
  }
}

TEST(CellState, AStarInAFilterOrAPlateIsAWildcard) {
  EXPECT_EQ(state("7AB*", Field::subject), CellState::value);
  EXPECT_EQ(state("*", Field::filters), CellState::value);
  EXPECT_EQ(state("Chevrolet7AB***", Field::filters), CellState::value);
}

TEST(CellState, PlainReasonsAreValuesAndAProfileCanAddMarks) {
  for (const char* text : {"investigation", "d", "ice", "stolen vehicle 25-1234"}) {
    EXPECT_EQ(state(text), CellState::value) << text;
  }
  const Marks marks{.placeholder = {"see file"},
                    .masked_vendor = {"hidden by vendor"},
                    .masked_agency = {"sealed"}};
  EXPECT_EQ(cell_state("See  File", Field::reason, marks), CellState::placeholder);
  EXPECT_EQ(cell_state("Hidden by vendor", Field::reason, marks), CellState::masked_vendor);
  EXPECT_EQ(cell_state("SEALED", Field::reason, marks), CellState::masked_agency);
}

// With marks of a profile's own, every cell is held against every list; without, most are not.
TEST(CellState, WhatIsSeenAtAGlanceIsWhatTheListsSay) {
  const Marks no_cell_has{.placeholder = {"\x01"}, .masked_vendor = {}, .masked_agency = {}};
  const std::string_view pieces[] = {
      "redacted", "withheld", "exempt", "5 ilcs 140/7", "79",  "7923", ".600", "***",
      "###",      "[",        "]",      "b7",           "(",   ")",    " ",    "-",
      "/",        "0",        "00",     "12",           "345", "R",    "w",    "stolen",
      "vehicle",  "x",        "n/a",    "7ABC"};
  std::mt19937 random(3);
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 5; n > 0; --n) text += pieces[random() % std::size(pieces)];
    for (const Field field : {Field::reason, Field::subject, Field::devices, Field::case_number}) {
      ASSERT_EQ(state(text, field), cell_state(text, field, no_cell_has)) << text;
    }
  }
}

}  // namespace
}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "report/short_names.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace onus::report {
namespace {

// "J. Smi=Jane Smith; ..." of users of one agency.
std::string fits(const std::vector<std::string>& labels) {
  std::vector<NamedUser> users;
  for (const std::string& label : labels) users.push_back({label, "X PD"});
  std::string out;
  for (const ShortName& one : short_names(users)) {
    out += labels[one.user] + "=";
    for (const std::size_t longer : one.fits) out += labels[longer] + "|";
    out.back() = ';';
  }
  return out;
}

TEST(ShortNames, AShortenedNameFitsTheLongerOneOfItsAgency) {
  EXPECT_EQ(fits({"j.smi", "j.smith"}), "j.smi=j.smith;");
  EXPECT_EQ(fits({"J. SMI", "Smith, Jane"}), "J. SMI=Smith, Jane;");
  EXPECT_EQ(fits({"\u00c4. M\u00fc", "\u00e4nne m\u00fcller"}),
            "\u00c4. M\u00fc=\u00e4nne m\u00fcller;");
}

TEST(ShortNames, OfAChainTheLongestNameCounts) {
  EXPECT_EQ(fits({"J. Smi", "J. Smith", "Jane Smith"}), "J. Smi=Jane Smith;J. Smith=Jane Smith;");
}

TEST(ShortNames, WhatFitsTwoNamesIsLeftOpen) {
  EXPECT_EQ(fits({"J. Smi", "Jane Smith", "John Smithers"}), "J. Smi=Jane Smith|John Smithers;");
}

TEST(ShortNames, OtherAgenciesOtherWordsAndNumbersFitNothing) {
  EXPECT_EQ(fits({"J. Smi", "J. Schmidt", "K. Smith", "Jane A. Smith"}), "");
  EXPECT_EQ(fits({"Smi", "Smith", "J. Smi #2", "J. Smith #2", "j smith", "J. Smith"}), "");
  const std::vector<NamedUser> apart = {{"J. Smi", "X PD"}, {"J. Smith", "Y PD"}, {"J. Smith", ""}};
  EXPECT_TRUE(short_names(apart).empty());
}

}  // namespace
}  // namespace onus::report

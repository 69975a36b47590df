// SPDX-License-Identifier: Apache-2.0
#include "resolve/register.h"

#include <gtest/gtest.h>

namespace onus::resolve {
namespace {

// Made up, in the layout of the FBI's list.
constexpr std::string_view kRegister =
    "agency_name,agency_type_name,county_name,ori,state_abbr\n"
    "Fairhollow Police Department,City,DALE,IL0010100,IL\n"
    "Dale County Sheriff's Office,County,DALE,IL0010000,IL\n"
    "Dale Police Department,City,DALE,IL0010200,IL\n"
    "Dale County Sheriff's Office,County,DALE,AL0020000,AL\n"
    "Elmwood Township Police Department,City,ASH,PA0030100,PA\n"
    "Cedar Bluff Police Department,City,OAK,TX0040100,TX\n";

Books books(std::string aliases = "name,agency\n") {
  Books out;
  out.agencies = Register::parse(std::string(kRegister), "own.csv").value();
  out.aliases = Aliases::parse(std::move(aliases), "alias.csv").value();
  return out;
}

TEST(Register, GivesTheOriOfANameThatSaysAll) {
  const Resolved found = resolve_name("FAIRHOLLOW IL PD [Inactive]", books());
  EXPECT_EQ(found.ori, "IL0010100");
  EXPECT_EQ(found.by, "register");
  EXPECT_EQ(found.party.confidence, 1000);
  EXPECT_TRUE(found.party.inactive) << "what the log says of the agency stays";
}

TEST(Register, SettlesAStateThatOneAgencyAloneCanHave) {
  const Resolved found = resolve_name("Cedar Bluff PD", books());
  EXPECT_EQ(found.party.state, "TX");
  EXPECT_EQ(found.party.key, parse_agency("Cedar Bluff PD, TX").key);
  EXPECT_LT(found.party.confidence, 1000);
}

TEST(Register, KeepsSilentWhereSeveralFitAndNamesThem) {
  for (const char* name : {"Dale", "Dale County SO", "Dale, IL"}) {
    const Resolved found = resolve_name(name, books());
    EXPECT_TRUE(found.ori.empty()) << name;
    EXPECT_EQ(found.by, "name") << name;
    EXPECT_GE(found.candidates.size(), 2U) << name;
  }
  EXPECT_FALSE(resolve_name("Dale County SO", books()).party.state);
}

TEST(Register, TellsACityFromACountyAndATownshipFromNothing) {
  EXPECT_EQ(resolve_name("Dale PD, IL", books()).ori, "IL0010200");
  EXPECT_EQ(resolve_name("Dale County SO, IL", books()).ori, "IL0010000");
  EXPECT_EQ(resolve_name("Elmwood PD, PA", books()).ori, "PA0030100");
  EXPECT_EQ(resolve_name("Elmwood PD, PA", books()).party.key,
            resolve_name("Elmwood Township Police Department, PA", books()).party.key);
  EXPECT_TRUE(resolve_name("Elmwood County SO, PA", books()).ori.empty());
}

TEST(Register, KnowsNoFederalAgencyAndOverrulesNone) {
  const Resolved found = resolve_name("[Federal] US Border Patrol", books());
  EXPECT_EQ(found.party.kind, "federal");
  EXPECT_EQ(found.by, "name");
}

TEST(Aliases, WinOverEverything) {
  const Books with =
      books("name,agency,source,date\ndale,\"Dale County SO, AL\",a letter,2030-01-02\n");
  const Resolved found = resolve_name(" DALE ", with);
  EXPECT_EQ(found.by, "alias");
  EXPECT_EQ(found.ori, "AL0020000");
  EXPECT_EQ(found.party.confidence, 1000);
}

TEST(Register, OfAnotherFormIsRefused) {
  EXPECT_EQ(Register::parse("a,b\n1,2\n", "own.csv").error().message,
            "own.csv:1: there is no column 'agency_name'");
  EXPECT_EQ(Aliases::parse("name,agency\nx,A\nX,B\n", "alias.csv").error().message,
            "alias.csv: 'X' is there twice");
}

}  // namespace
}  // namespace onus::resolve

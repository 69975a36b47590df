// SPDX-License-Identifier: Apache-2.0
#include "resolve/resolve.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "record/tables.h"

namespace onus::resolve {
namespace {

struct Case {
  const char* name;
  const char* place;
  const char* state;  // "": none
  const char* kind;
};

TEST(Agency, IsReadFromTheFormsThatStandInLogs) {
  for (const Case& c : {
           Case{"Okaloosa County FL SO", "okaloosa", "FL", "sheriff"},
           Case{"Danville PD, IL", "danville", "IL", "police"},
           Case{"Mountain View CA PD (Santa Clara County)", "mountain view", "CA", "police"},
           Case{"Seminole County Sheriff's Office", "seminole", "", "sheriff"},
           Case{"Seminole County Sheriff\xE2\x80\x99s Office / FLORIDA", "seminole", "FL",
                "sheriff"},
           Case{"University of Iowa (IA) PD", "university of iowa", "IA", "campus"},
           Case{"University of Iowa PD IA", "university of iowa", "IA", "campus"},
           Case{"Houston TX PD [Inactive]", "houston", "TX", "police"},
           Case{"lincoln-ca-pd", "lincoln", "CA", "police"},
           Case{"contra-costa-county-ca-so", "contra costa", "CA", "sheriff"},
           Case{"Florida Highway Patrol", "", "FL", "state_police"},
           Case{"Washington State Patrol", "", "WA", "state_police"},
           Case{"Texas Department of Public Safety", "", "TX", "state_police"},
           Case{"CHP", "", "CA", "state_police"},
           Case{"Kansas City MO PD", "kansas city", "MO", "police"},
           Case{"Indiana PA PD", "indiana", "PA", "police"},
           Case{"ST. LOUIS COUNTY MO PD", "saint louis county", "MO", "police"},
           Case{"PORTLAND OR PD", "portland", "OR", "police"},
           Case{"Navajo Nation Police AZ", "navajo", "AZ", "tribal"},
           Case{"[Federal] US Border Patrol", "usbp", "", "federal"},
           Case{"ICE", "ice", "", "federal"},
           Case{"Oak Hollow HOA", "oak hollow hoa", "", "private"},
       }) {
    const Party party = parse_agency(c.name);
    EXPECT_EQ(party.place, c.place) << c.name;
    EXPECT_EQ(party.state.value_or(""), c.state) << c.name;
    EXPECT_EQ(party.kind, c.kind) << c.name;
  }
}

TEST(Agency, GuessesNoStateFromAPlaceOrAnOrdinaryWord) {
  for (const char* name :
       {"Washington County Sheriff's Office", "Port Washington PD", "Iowa City PD",
        "Delaware County SO", "LA County Sheriff", "Jefferson Co SO", "JEFFERSON CO SO",
        "Oklahoma City PD", "Springfield PD", "Police Department of Ida",
        "Nevada Police Department", "California Township Police"}) {
    EXPECT_FALSE(parse_agency(name).state) << name;
  }
}

TEST(Agency, PoliceIsNotIceAndAFederalWayIsNotFederal) {
  for (const char* name :
       {"Police Department", "Justice PD, IL", "Federal Way WA PD", "Alice TX PD"}) {
    EXPECT_NE(parse_agency(name).kind, "federal") << name;
  }
}

TEST(Agency, SpellingsOfOneAgencyShareAKeyAndCityAndCountyDoNot) {
  const std::string key = parse_agency("Danville PD, IL").key;
  for (const char* name : {"Danville IL PD", "danville-il-pd", "DANVILLE IL POLICE DEPARTMENT",
                           "Danville Police Department, Illinois", "City of Danville IL PD"}) {
    EXPECT_EQ(parse_agency(name).key, key) << name;
  }
  EXPECT_NE(parse_agency("Danville County IL SO").key, key);
  EXPECT_NE(parse_agency("Danville VA PD").key, key);
  EXPECT_NE(parse_agency("Pasadena TX PD").key, parse_agency("Pasadena CA PD").key);
}

TEST(Agency, MarksAreReadAndTakenOff) {
  EXPECT_TRUE(parse_agency("Houston TX PD [Inactive]").inactive);
  EXPECT_EQ(parse_agency("Houston TX PD [Inactive]").key, parse_agency("Houston TX PD").key);
  EXPECT_EQ(parse_agency("[Federal] Something New").level, record::AgencyLevel::federal);
}

TEST(Agency, WhateverTheNameThereIsAKeyThatSaysIt) {
  for (const char* name : {"", " ", "[", "]", "[Federal]", "((((", "\xff\xfe", ",,,", "PD", "a"}) {
    EXPECT_FALSE(parse_agency(name).key.empty()) << name;
  }
  EXPECT_NE(parse_agency("Somewhere").key, parse_agency("Elsewhere").key);
}

TEST(Agency, CountryIsReadWhereItStandsApartAndLast) {
  EXPECT_EQ(parse_agency("Polizei Hamburg, Germany").country, "DE");
  EXPECT_EQ(parse_agency("Polizei Hamburg (Deutschland)").key, "de-polizei-hamburg");
  EXPECT_EQ(parse_agency("Polizei Hamburg, Germany").state, "DE-HH");
  EXPECT_EQ(parse_agency("Bundespolizei, Germany").level, record::AgencyLevel::federal);
  EXPECT_EQ(parse_agency("Bundespolizei, Germany").kind, "police");
  EXPECT_EQ(parse_agency("Kraftfahrt-Bundesamt, Germany").kind, "unknown");
  EXPECT_EQ(parse_agency("Kent Police, United Kingdom").country, "GB");
  EXPECT_EQ(parse_agency("Danville PD, IL").country, "US");
  EXPECT_EQ(parse_agency("Some Bureau [Federal]").country, "US");
  EXPECT_EQ(parse_agency("Poland PD").country, std::nullopt);
  EXPECT_EQ(parse_agency("Denmark PD, WI").country, "US");
  EXPECT_EQ(parse_agency("Somewhere, DE").state, "DE") << "Delaware";
}

TEST(Stage, WritesOnePartyForEachName) {
  const Result<TempDir> dir = TempDir::make();
  ASSERT_TRUE(dir);
  store::Database db =
      store::Database::open({.file = dir->path() / "s", .spill_dir = dir->path(), .export_dir = {}})
          .value();
  ASSERT_TRUE(db.run(record::schema_sql()));
  ASSERT_TRUE(db.run(
      "INSERT INTO agencies_raw VALUES (1, 'Danville PD, IL'), (2, 'Danville IL PD'), (3, 'X')"));
  const Summary summary = run(db).value();
  EXPECT_EQ(summary.names, 3);
  EXPECT_EQ(summary.parties, 2);
  EXPECT_EQ(summary.without_state, 1);
  ASSERT_TRUE(run(db)) << "a second run replaces the first";
  EXPECT_EQ(
      db.query_text("SELECT string_agg(coalesce(state, '-'), ',' ORDER BY agency_id) FROM parties")
          .value(),
      "IL,IL,-");
}

}  // namespace
}  // namespace onus::resolve

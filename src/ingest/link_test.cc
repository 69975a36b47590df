// SPDX-License-Identifier: Apache-2.0
#include "ingest/link.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/case_fixture.h"

namespace onus::ingest {
namespace {

class Link : public CaseTest {
 protected:
  // A network audit with one row per number; equal numbers are equal rows.
  std::string log(const std::vector<int>& acts, std::string_view reason = "theft") {
    std::string out =
        "Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Search Time,Search "
        "Type\n";
    for (const int act : acts) {
      out += fmt::format(
          "J. Doe,{} PD,12,\"04/01/2025, 01:00:00 AM UTC\n04/02/2025, 01:00:00 AM UTC\",,{},"
          "\"04/02/2025, 05:{:02}:{:02} AM UTC\",search\n",
          act % 2 ? "A" : "B", reason, act / 60, act % 60);
    }
    return out;
  }
  std::string with_ids(const std::vector<int>& acts, std::string_view name) {
    std::string out = "ID,Name,Org Name,Total Networks Searched,Time Frame,Reason,Search Time\n";
    for (const int act : acts) {
      out += fmt::format(
          "2423221c-ac64-41d4-867e-{:012x},{},{} PD,12,\"04/01/2025, 01:00:00 AM UTC\n04/02/2025, "
          "01:00:00 AM UTC\",x y,\"04/02/2025, 05:00:00 AM UTC\"\n",
          act, name, act % 2 ? "A" : "B");
    }
    return out;
  }
  LinkSummary linked() {
    const Result<LinkSummary> summary = link(*db_);
    EXPECT_TRUE(summary) << summary.error().text();
    EXPECT_TRUE(db_->run(record::views_sql()));
    return summary.value_or(LinkSummary{});
  }
  void read_as(const std::string& owner, const std::string& name, const std::string& bytes) {
    IngestOptions with = options({file(name, bytes)});
    with.owner = owner;
    with.profile = "flock-network-audit";
    ASSERT_TRUE(ingest(*db_, with));
  }
};

TEST_F(Link, TheSameActInTwoOwnersLogsIsOneLookupAndTwoAccesses) {
  read_as("One", "a.csv", log({1, 2, 3, 4}));
  read_as("Two", "b.csv", log({3, 4, 5}));
  const LinkSummary summary = linked();
  EXPECT_EQ(summary.sightings, 7);
  EXPECT_EQ(summary.lookups_low, 5);
  EXPECT_EQ(summary.lookups_high, 5);
  EXPECT_EQ(summary.cross_file_duplicates, 2);
  EXPECT_EQ(summary.in_file_duplicates, 0);
  EXPECT_EQ(summary.linked_by_exact_fields, 2);
  EXPECT_EQ(count("SELECT count(*) FROM lookups"), 5);
  EXPECT_EQ(count("SELECT count(*) FROM accesses"), 7);
  EXPECT_EQ(count("SELECT count(DISTINCT lookup_id) FROM accesses"), 5);
}

TEST_F(Link, EqualRowsOfOneFileAreOneLookupOrAsManyAsTheyAre) {
  read_as("One", "a.csv", log({1, 1, 1, 2, 3, 3}));
  const LinkSummary summary = linked();
  EXPECT_EQ(summary.in_file_duplicates, 3);
  EXPECT_EQ(summary.lookups_low, 3);
  EXPECT_EQ(summary.lookups_high, 6);
  EXPECT_EQ(count("SELECT count(*) FROM accesses"), 3);
  linked();
  EXPECT_EQ(count("SELECT count(*) FROM (SELECT unnest(notes) AS n FROM files) WHERE n = "
                  "'duplicate_rows|3'"),
            1);
}

TEST_F(Link, AVendorIdLinksWhateverWasMaskedAndTheRowThatStatesMostStandsForAll) {
  read_as("One", "a.csv", with_ids({1, 2}, "***"));
  read_as("Two", "b.csv", with_ids({2, 1}, "J. Doe"));
  const LinkSummary summary = linked();
  EXPECT_EQ(summary.lookups_low, 2);
  EXPECT_EQ(summary.lookups_high, 2);
  EXPECT_EQ(summary.linked_by_vendor_id, 2);
  EXPECT_EQ(rows("SELECT DISTINCT actor_state FROM lookups"), "value");
  EXPECT_EQ(
      rows("SELECT sighting_id::VARCHAR, lookup_id::VARCHAR, access_id::VARCHAR, tier FROM links "
           "ORDER BY sighting_id",
           4),
      "0|3|0|vendor_id\n1|2|1|vendor_id\n2|2|2|vendor_id\n3|3|3|vendor_id");
}

TEST_F(Link, LinkingAgainGivesTheSame) {
  read_as("One", "a.csv", log({1, 2, 3}));
  read_as("Two", "b.csv", log({3, 4}));
  linked();
  const std::string once = rows("SELECT l::VARCHAR FROM links l");
  linked();
  EXPECT_EQ(rows("SELECT l::VARCHAR FROM links l"), once);
}

TEST_F(Link, AnEmptyCaseHasNoLookups) {
  const LinkSummary summary = linked();
  EXPECT_EQ(summary.sightings, 0);
  EXPECT_EQ(summary.lookups_high, 0);
}

}  // namespace
}  // namespace onus::ingest

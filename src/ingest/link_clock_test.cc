// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/case_fixture.h"
#include "ingest/link.h"

namespace onus::ingest {
namespace {

class LinkClock : public CaseTest {
 protected:
  // Searches number `from` to `to`, at times without a pattern, on that day of April; all is hidden
  // but how many networks were asked, and when.
  void read_masked(const std::string& name, int day, std::uint64_t from, std::uint64_t to,
                   std::int64_t ahead, bool minutes = false) {
    std::string out =
        "Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Search Time,Search "
        "Type\n";
    std::uint64_t second = 0;
    for (std::uint64_t act = 0; act < to; ++act) {
      second += 3 + act * act * 7919 % 101;
      if (act < from) continue;
      auto shown = static_cast<std::int64_t>(second) + ahead;
      if (minutes) shown -= shown % 60;
      out +=
          fmt::format("***,***,{},***,***,***,\"04/{:02}/2025, {:02}:{:02}:{:02} PM UTC\",search\n",
                      1200 + act % 5, day, 1 + shown / 3600, shown / 60 % 60, shown % 60);
    }
    IngestOptions with = options({file(name, out)});
    with.profile = "flock-network-audit";
    ASSERT_TRUE(ingest(*db_, with));
  }
  std::string clocks() {
    EXPECT_TRUE(link(*db_));
    return rows(
        "SELECT split_part(path, '/', -1), note FROM (SELECT path, unnest(notes) AS note FROM "
        "files) WHERE starts_with(note, 'clock_offset') ORDER BY ALL",
        2);
  }
};

TEST_F(LinkClock, LogThatShowsReachAndTimeAloneIsPutRightByTheGapsBetweenItsRows) {
  read_masked("a.csv", 2, 0, 90, 0);
  read_masked("b.csv", 2, 10, 80, 37);
  EXPECT_EQ(clocks(), "b.csv|clock_offset_seconds|37");
}

TEST_F(LinkClock, LogOfMinutesThatShowsReachAndTimeAloneIsPutRightByTheHour) {
  read_masked("a.csv", 2, 0, 90, 0);
  read_masked("b.csv", 2, 5, 85, 5 * 3600, true);
  EXPECT_EQ(clocks(), "b.csv|clock_offset|5");
}

TEST_F(LinkClock, TheClockOfMostRowsStaysAlsoWhereTheLargestFileHasAnother) {
  read_masked("large.csv", 2, 0, 100, -45);
  read_masked("b.csv", 2, 10, 90, 0);
  read_masked("c.csv", 2, 15, 95, 0);
  EXPECT_EQ(clocks(), "large.csv|clock_offset_seconds|-45");
}

TEST_F(LinkClock, FileOfWhoseClockNothingTellsKeepsIt) {
  read_masked("large.csv", 2, 0, 100, -45);
  read_masked("b.csv", 2, 10, 90, 0);
  read_masked("c.csv", 2, 15, 95, 0);
  read_masked("elsewhere.csv", 9, 3, 60, 0);
  read_masked("too few.csv", 2, 20, 24, 0);
  EXPECT_EQ(clocks(), "large.csv|clock_offset_seconds|-45");
}

}  // namespace
}  // namespace onus::ingest

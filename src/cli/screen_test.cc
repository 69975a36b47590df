// SPDX-License-Identifier: Apache-2.0
#include "cli/screen.h"

#include <gtest/gtest.h>

namespace onus::cli {
namespace {

TEST(Screen, GroupsDigitsByThree) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(-123456), "-123,456");
}

TEST(Screen, TellsSpeedAndTimeLeftFromBytes) {
  const ReadingProgress half{
      .file = 3, .files = 12, .rows = 1'000'000, .bytes = 50, .bytes_total = 100};
  EXPECT_EQ(progress_line(half, 4.0),
            "reading: file 3 of 12, 1,000,000 rows, 250,000 rows/s, 4 s left");
  EXPECT_EQ(progress_line(half, 0.5), "reading: file 3 of 12, 1,000,000 rows")
      << "no guess before there is anything to guess from";
}

}  // namespace
}  // namespace onus::cli

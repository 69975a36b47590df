// SPDX-License-Identifier: Apache-2.0
#include "measure/weighted.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace onus::measure {
namespace {

constexpr double kMany = 1e12;  // units: as good as without end

Share sum(std::vector<Cell> cells) {
  for (Cell& cell : cells) cell.units = cell.units == 0 ? kMany : cell.units;
  return sum_of_shares(cells);
}

// The mean of both exact limits (mid-P) of 8 in 100 is 3.8 to 14.7 %; of 0 in 100 at most 2.95 %.
TEST(Weighted, OneCellHasTheIntervalOfAShare) {
  const Share eight = sum({{1, 8, 100}});
  EXPECT_DOUBLE_EQ(eight.value, 0.08);
  EXPECT_NEAR(eight.interval.low, 0.038, 0.003);
  EXPECT_NEAR(eight.interval.high, 0.147, 0.004);
  const Share none = sum({{1, 0, 100}});
  EXPECT_EQ(none.interval.low, 0);
  EXPECT_NEAR(none.interval.high, 0.0295, 0.002);
}

TEST(Weighted, CountsTheDoubtOfStrataWithoutAHitOnceAndNotForEach) {
  const Share whole = sum({{1, 0, 300}});
  const Share parts = sum(std::vector<Cell>(10, Cell{0.1, 0, 30}));
  EXPECT_EQ(parts.interval.low, 0);
  EXPECT_NEAR(parts.interval.high, whole.interval.high, 0.001);
}

TEST(Weighted, AHitMoreOrLessIsTheSameDoubt) {
  const Share few = sum({{0.5, 2, 50}, {0.3, 0, 20}, {0.2, 0, 30}});
  const Share many = sum({{0.5, 48, 50}, {0.3, 20, 20}, {0.2, 30, 30}});
  EXPECT_NEAR(few.interval.high, 1 - many.interval.low, 0.006);
  EXPECT_NEAR(few.interval.low, 1 - many.interval.high, 0.006);
}

// The variance of a share among 50 that were not drawn has two parts: 1/50 and that of the draws.
TEST(Weighted, AShareOfFewUnitsIsInMoreDoubtThanItsChance) {
  const Share chance = sum({{1, 500, 1000}}), few = sum({{1, 500, 1000, 50}});
  EXPECT_NEAR(chance.interval.high - chance.interval.low, 2 * 1.96 * 0.5 / std::sqrt(1000), 0.006);
  EXPECT_NEAR(few.interval.high - few.interval.low, 2 * 1.96 * 0.5 * std::sqrt(1. / 50 + 1. / 1000),
              0.021);
}

TEST(Weighted, ManyDrawsLeaveNoDoubtAndNoCellHasNone) {
  const Share sure = sum({{0.5, 300'000, 1'000'000}, {0.5, 1'000'000, 1'000'000}});
  EXPECT_NEAR(sure.interval.low, sure.value, 0.001);
  EXPECT_NEAR(sure.interval.high, sure.value, 0.001);
  EXPECT_EQ(sum({}).interval.high, 0);
}

}  // namespace
}  // namespace onus::measure

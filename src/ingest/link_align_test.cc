// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_align.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

namespace onus::ingest {
namespace {

AlignedRow known(std::size_t act, std::size_t acts) {
  return {.known = act, .odds = std::vector<double>(acts)};
}

// Acts 0 and 3 have their rows; 1 and 2 look the same, and so do the two rows between.
TEST(LinkAlign, TwoRowsAlikeAreOfTwoActsAlikeInTheirOrder) {
  const std::vector<double> alike = {0, 1e6, 1e6, 0};
  const std::vector<AlignedRow> rows = {known(0, 4), {{}, alike}, {{}, alike}, known(3, 4)};
  const auto sure = align(rows, std::vector<std::int64_t>{10, 20, 24, 50});
  ASSERT_EQ(sure.size(), 4U);
  EXPECT_GT(sure[1][1], 0.99);
  EXPECT_GT(sure[2][2], 0.99);
}

TEST(LinkAlign, OneRowThatFitsTwoActsAlikeIsOfEither) {
  const std::vector<double> alike = {0, 1e6, 1e6, 0};
  const std::vector<AlignedRow> rows = {known(0, 4), {{}, alike}, known(3, 4)};
  const auto sure = align(rows, std::vector<std::int64_t>{10, 20, 24, 50});
  ASSERT_EQ(sure.size(), 3U);
  EXPECT_NEAR(sure[1][1], 0.5, 0.01);
  EXPECT_NEAR(sure[1][2], 0.5, 0.01);
}

TEST(LinkAlign, ActsOfOneSecondHaveNoOrder) {
  const std::vector<AlignedRow> rows = {{{}, {0, 1e6}}, {{}, {1e6, 0}}};
  const auto sure = align(rows, std::vector<std::int64_t>{10, 10});
  ASSERT_EQ(sure.size(), 2U);
  EXPECT_GT(sure[0][1], 0.99);
  EXPECT_GT(sure[1][0], 0.99);
  const auto apart = align(rows, std::vector<std::int64_t>{10, 11});
  EXPECT_LT(apart[0][1], 0.6) << "one of the two stands wrongly";
}

TEST(LinkAlign, KnownRowsThatContradictTheOrderTellNothing) {
  const std::vector<AlignedRow> rows = {known(1, 2), known(0, 2)};
  EXPECT_TRUE(align(rows, std::vector<std::int64_t>{10, 20}).empty());
}

TEST(LinkAlign, TooManyActsOfOneSecondTellNothing) {
  const std::vector<std::int64_t> seconds(kMostAtOnce + 1, 7);
  const std::vector<AlignedRow> rows = {{{}, std::vector<double>(seconds.size(), 1)}};
  EXPECT_TRUE(align(rows, seconds).empty());
}

// Every way of rows being of acts, one by one; the scale is learned as the aligner learns it.
class EveryWay {
 public:
  EveryWay(const std::vector<AlignedRow>& rows, const std::vector<std::int64_t>& seconds)
      : rows_(rows), seconds_(seconds), of_(rows.size()) {}

  std::vector<std::vector<double>> run() {
    double scale = 0.1;
    for (int round = 0; round < 6; ++round) {
      sums_.assign(rows_.size(), std::vector<double>(seconds_.size()));
      all_ = 0;
      scale_ = scale;
      go(0, 1);
      double matched = 0;
      for (auto& row : sums_) {
        for (double& each : row) matched += each /= all_;
      }
      const double part = (matched + 1) / (static_cast<double>(seconds_.size()) + 2);
      scale = part / (1 - part) / (static_cast<double>(rows_.size()) - matched + 0.5);
    }
    return sums_;
  }

 private:
  bool fits(std::size_t row, std::size_t act) const {
    for (std::size_t r = 0; r < row; ++r) {
      if (of_[r] && (*of_[r] == act || seconds_[*of_[r]] > seconds_[act])) return false;
    }
    return true;
  }
  void go(std::size_t row, double weight) {
    if (row == rows_.size()) {
      all_ += weight;
      for (std::size_t r = 0; r < row; ++r) {
        if (of_[r]) sums_[r][*of_[r]] += weight;
      }
      return;
    }
    of_[row].reset();
    if (!rows_[row].known) go(row + 1, weight);
    for (std::size_t act = 0; act < seconds_.size(); ++act) {
      const double odds = !rows_[row].known          ? rows_[row].odds[act] * scale_
                          : *rows_[row].known == act ? 1
                                                     : 0;
      if (odds == 0 || !fits(row, act)) continue;
      of_[row] = act;
      go(row + 1, weight * odds);
      of_[row].reset();
    }
  }

  const std::vector<AlignedRow>& rows_;
  const std::vector<std::int64_t>& seconds_;
  std::vector<std::optional<std::size_t>> of_;
  std::vector<std::vector<double>> sums_;
  double all_ = 0, scale_ = 0;
};

TEST(LinkAlign, IsWhatEveryWayTriedOneByOneGives) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 300; ++i) {
    std::vector<std::int64_t> seconds(1 + random() % 5);
    for (auto& each : seconds) each = static_cast<std::int64_t>(random() % 4);
    std::sort(seconds.begin(), seconds.end());
    std::vector<AlignedRow> rows(1 + random() % 4);
    for (AlignedRow& row : rows) {
      for (std::size_t a = 0; a < seconds.size(); ++a) {
        row.odds.push_back(random() % 3 == 0 ? 0 : static_cast<double>(random() % 1000));
      }
    }
    if (random() % 2 == 0) rows[random() % rows.size()].known = random() % seconds.size();
    const auto sure = align(rows, seconds);
    const auto expected = EveryWay(rows, seconds).run();
    ASSERT_EQ(sure.size(), rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t a = 0; a < seconds.size(); ++a) {
        EXPECT_NEAR(sure[r][a], expected[r][a], 1e-9) << i;
      }
    }
  }
}

}  // namespace
}  // namespace onus::ingest

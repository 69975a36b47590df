// SPDX-License-Identifier: Apache-2.0
#include "measure/agree.h"

#include <gtest/gtest.h>

namespace onus::measure {
namespace {

Labels labels(const std::string& rows) {
  Result<Labels> read = parse_labels("reason,purpose\n" + rows, "l.csv");
  EXPECT_TRUE(read);
  return std::move(*read);
}

// 20 + 15 of 50 equal where chance gives one half: (0.7 - 0.5) / 0.5.
TEST(Agree, KappaIsAgreementBeyondChance) {
  std::string first, second;
  const auto add = [&](int times, const char* a, const char* b) {
    for (int i = 0; i < times; ++i) {
      const std::string text = std::string(a) + b + std::to_string(i);
      first += text + "," + a + "\n";
      second += text + "," + b + "\n";
    }
  };
  add(20, "crime", "crime");
  add(5, "crime", "vague");
  add(10, "vague", "crime");
  add(15, "vague", "vague");
  const Agreement got = compare(labels(first), labels(second));
  ASSERT_EQ(got.axes.size(), 1U);
  EXPECT_EQ(got.axes[0].equal, 35);
  EXPECT_NEAR(got.axes[0].kappa.value_or(0), 0.4, 1e-12);
  EXPECT_EQ(got.disagreements.size(), 15U);
}

TEST(Agree, OneWordThroughoutTellsNothing) {
  EXPECT_FALSE(compare(labels("a,crime\nb,crime\n"), labels("b,crime\na,crime\n")).axes[0].kappa);
}

TEST(Agree, StringsOfOneReaderAloneAreCountedAndNotCompared) {
  const Agreement got =
      compare(labels("a,crime\nb,vague\n"), labels("b,crime\nc,crime\nd,vague\n"));
  EXPECT_EQ(got.both, 1);
  EXPECT_EQ(got.only_first, 1);
  EXPECT_EQ(got.only_second, 2);
}

}  // namespace
}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
#include "classify/shapes.h"

#include <gtest/gtest.h>

namespace onus::classify {
namespace {

TEST(Shapes, GiveTheLongestThatFitsAtTheStartAndAtTheEnd) {
  Shapes shapes;
  shapes.add("in*", 0);
  shapes.add("inv*", 1);
  shapes.add("??so", 2);
  shapes.add("*bruch", 3);
  shapes.add("*einbruch", 4);
  shapes.add("*x", 5);
  shapes.seal();
  const auto fit = [&](std::string_view word) { return shapes.find(word); };
  EXPECT_EQ(fit("investi").start, 1);
  EXPECT_EQ(fit("inst").start, 0);
  EXPECT_EQ(fit("lbso").start, 2);
  EXPECT_EQ(fit("lbsos").start, Shapes::kNone);
  EXPECT_EQ(fit("wohnungseinbruch").end, 4);
  EXPECT_EQ(fit("ausbruch").end, 3);
  EXPECT_EQ(fit("bruch").end, Shapes::kNone);
  EXPECT_EQ(fit("abx").end, 5);
  EXPECT_EQ(fit("inx").start, 0);
  EXPECT_EQ(fit("inx").end, 5);
}

TEST(Shapes, FitLettersOnly) {
  Shapes shapes;
  shapes.add("inv*", 0);
  shapes.seal();
  EXPECT_EQ(shapes.find("inv26").start, Shapes::kNone);
  EXPECT_EQ(shapes.find("invé").start, 0);
}

}  // namespace
}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "rules/asked.h"

#include <gtest/gtest.h>

#include "rules/parse.h"

namespace onus::rules {
namespace {

using Conditions = std::vector<std::string>;
constexpr std::int64_t kFirst = 1'704'067'200'000'000;  // 2024-01-01

std::optional<Asked> asked_in(std::string_view condition) {
  Decision decision;
  decision.trees.push_back(parse(condition, {}).value());
  return asked_of({{0, &decision, 0, 0, 1}});
}

TEST(Asked, DatesAreThoseThatAConditionComparesTheMomentWith) {
  const Asked year{{kFirst, kFirst + 1}, {}};
  EXPECT_EQ(asked_in("purpose = 'crime' AND when < TIMESTAMP '2024-01-01 00:00:00'"), year);
  EXPECT_EQ(asked_in("TIMESTAMP '2024-01-01 00:00:00' <= when OR when IS NULL"), year);
  EXPECT_EQ(asked_in("owner_state = 'IL'"), Asked());
}

TEST(Asked, ConditionsAreTheSmallestPartsThatReadOnlyTheAccess) {
  EXPECT_EQ(asked_in("owner_state = 'IL' AND NOT days_between(window_from, when) > 30")->conditions,
            asked_in("days_between(window_from, when) > 30")->conditions);
  EXPECT_EQ(asked_in("days_between(window_from, when) > 30")->conditions.size(), 1U);
  EXPECT_EQ(asked_in("devices IS NULL OR networks IN (1, 2)")->conditions,
            (Conditions{"(\"devices\" IS NULL)", "(\"networks\" IN (1, 2))"}));
  EXPECT_EQ(asked_in("CASE WHEN networks > 100 THEN purpose = 'crime' ELSE TRUE END")->conditions,
            Conditions{"(\"networks\" > 100)"});
}

TEST(Asked, TheSameConditionInTwoRulesIsAskedOnce) {
  Decision one, two;
  one.trees.push_back(parse("topic = 'protest' AND devices > 5", {}).value());
  two.trees.push_back(parse("devices > 5 OR networks IS NULL", {}).value());
  EXPECT_EQ(asked_of({{0, &one, 0, 0, 1}, {1, &two, 0, 1, 1}})->conditions,
            (Conditions{"(\"devices\" > 5)", "(\"networks\" IS NULL)"}));
}

TEST(Asked, WhatAnUnknownAnswerIsBlamedOnIsAskedToo) {
  Decision decision;
  decision.trees.push_back(parse("devices > 5", {}).value());
  const auto column = decision.trees[0].columns()[0];
  decision.branches.push_back({0, Truth::is_null, 0, {{column, 1}}});
  EXPECT_EQ(asked_of({{0, &decision, 0, 0, 1}})->conditions,
            (Conditions{"(\"devices\" > 5)", "(\"devices\" IS NULL)"}));
}

TEST(Asked, NothingCanBeToldWhereAnAccessIsComparedWithWhatIsNotItsOwn) {
  EXPECT_FALSE(asked_in("networks > CASE WHEN owner_state = 'IL' THEN 5 ELSE 6 END"));
}

}  // namespace
}  // namespace onus::rules

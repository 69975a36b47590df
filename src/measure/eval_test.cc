// SPDX-License-Identifier: Apache-2.0
#include "measure/eval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace onus::measure {
namespace {

Labels parsed(const std::string& csv) {
  Result<Labels> labels = parse_labels(csv, "l.csv");
  EXPECT_TRUE(labels) << labels.error().text();
  return labels ? std::move(*labels) : Labels{};
}

std::string refused(const std::string& csv) {
  const Result<Labels> labels = parse_labels(csv, "l.csv");
  return labels ? "taken" : labels.error().message;
}

// Reads "a..." as crime and all else as vague.
Axes by_first_letter(std::string_view text) {
  return {text.starts_with("a") ? "crime" : "vague", "", "", "", ""};
}

const Figure* find(const Evaluation& evaluation, std::string_view name) {
  const auto found = std::find_if(evaluation.figures.begin(), evaluation.figures.end(),
                                  [&](const Figure& f) { return f.name == name; });
  return found == evaluation.figures.end() ? nullptr : &*found;
}

TEST(Labels, RefuseASlipWithItsLine) {
  EXPECT_EQ(refused("reason,purpose\na,crimes\n"), "l.csv:2: no purpose is named 'crimes'");
  EXPECT_EQ(refused("reason,purpose\na,crime\na,vague\n"), "l.csv:3: 'a' is there twice");
  EXPECT_EQ(refused("reason,purpose\na,\n"),
            "l.csv:2: purpose is empty: every string must be read");
  EXPECT_EQ(refused("reason,porpose\n"), "l.csv:1: no column is named 'porpose'");
  EXPECT_EQ(refused("reason,purpose,count\na,crime,-1\n"), "l.csv:2: '-1' is no count");
  EXPECT_EQ(refused("reason,purpose\na,crime,b\n"), "l.csv:2: a row has 2 cells");
  EXPECT_EQ(refused("reason,offense,offence\n"), "l.csv:1: column 'offence' is there twice");
}

TEST(Eval, CountsStringsOnceAndRowsByTheirWeight) {
  const Evaluation got =
      evaluate(parsed("reason,purpose,count\na1,crime,90\na2,vague,10\nb1,vague,50\nb2,crime,50\n"),
               by_first_letter);
  ASSERT_NE(find(got, "purpose.crime.precision"), nullptr);
  EXPECT_DOUBLE_EQ(find(got, "purpose.crime.precision")->value, 0.5);
  EXPECT_DOUBLE_EQ(find(got, "purpose.crime.precision.row")->value, 0.9);
  EXPECT_DOUBLE_EQ(find(got, "purpose.accuracy.row")->value, 0.7);
  EXPECT_DOUBLE_EQ(find(got, "purpose.crime.f1.row")->value, 2 * 90.0 / (140 + 100));
}

// 90 rows of one string are one observation: the interval must not shrink as if they were 90.
TEST(Eval, ManyRowsOfOneStringDoNotNarrowTheInterval) {
  const Evaluation few =
      evaluate(parsed("reason,purpose,count\na,crime,1\nb,vague,1\n"), by_first_letter);
  const Evaluation many =
      evaluate(parsed("reason,purpose,count\na,crime,900\nb,vague,900\n"), by_first_letter);
  EXPECT_DOUBLE_EQ(find(few, "purpose.accuracy.row")->interval.low,
                   find(many, "purpose.accuracy.row")->interval.low);
}

// 285 of 300: 91.9 to 96.9 %, as printed in textbooks for Wilson's interval.
TEST(Eval, WilsonGivesTheKnownInterval) {
  const Interval interval = wilson95(0.95, 300);
  EXPECT_NEAR(interval.low, 0.919, 0.0005);
  EXPECT_NEAR(interval.high, 0.969, 0.0005);
}

TEST(Eval, BootstrapIntervalHoldsItsFigureAndIsTheSameEveryTime) {
  std::string csv = "reason,purpose\n";
  for (int i = 0; i < 60; ++i) {
    const bool crime = i % 3 != 0;
    csv += (i % 4 == 0 ? "b" : "a") + std::to_string(i) + (crime ? ",crime\n" : ",vague\n");
  }
  const Evaluation got = evaluate(parsed(csv), by_first_letter);
  const Figure* macro = find(got, "purpose.macro_f1");
  EXPECT_LE(macro->interval.low, macro->value);
  EXPECT_GE(macro->interval.high, macro->value);
  EXPECT_LT(macro->interval.low, macro->interval.high);
  EXPECT_EQ(evaluation_json(got), evaluation_json(evaluate(parsed(csv), by_first_letter)));
}

TEST(Eval, AClassThatIsNeverReadHasNoPrecisionAndPassesNoThreshold) {
  const Evaluation got = evaluate(parsed("reason,purpose\nb,protest\n"), by_first_letter);
  EXPECT_EQ(find(got, "purpose.protest.precision"), nullptr);
  const auto wrong = below(got, {{"purpose.protest.precision", 0.1}});
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_EQ(wrong[0], "purpose.protest.precision could not be measured, 0.1 was asked for");
}

TEST(Eval, AnAxisWithoutAColumnIsNotMeasured) {
  const Evaluation got = evaluate(parsed("reason,purpose\na,crime\n"), by_first_letter);
  EXPECT_EQ(find(got, "offence.accuracy"), nullptr);
  EXPECT_TRUE(got.confusions.empty());
}

TEST(Eval, ListsWhatIsTakenForWhatWithTheHeaviestExampleFirst) {
  const Evaluation got = evaluate(
      parsed("reason,purpose,count\na1,vague,1\na2,vague,7\nb,crime,1\n"), by_first_letter);
  ASSERT_EQ(got.confusions.size(), 2U);
  EXPECT_EQ(got.confusions[0].label, "vague");
  EXPECT_EQ(got.confusions[0].rows, 8);
  EXPECT_EQ(got.confusions[0].examples, (std::vector<std::string>{"a2", "a1"}));
}

TEST(Eval, AThresholdOfAnUnknownNameIsAMistakeInTheCall) {
  for (const char* text : {"purpose.macro_f1", "purpose=0.9", "colour.accuracy=0.9",
                           "purpose.crime=0.9", "purpose.macro_f1=2", "purpose.crime.accuracy=1"}) {
    EXPECT_FALSE(parse_threshold(text)) << text;
  }
  EXPECT_TRUE(parse_threshold("purpose.immigration.precision.row=0.98"));
}

}  // namespace
}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
// How well a reader of reasons agrees with strings that a person labelled: per axis and class,
// precision, recall and F1 with 95 % intervals, and which labels are taken for which. Figures come
// twice: every string once ("string"), and every string as often as logs hold it ("row").
//
// Intervals. Precision and recall by string: Wilson (1927). By row: Wilson at Kish's effective
// number (sum w)^2 / sum w^2 of the strings below the line, because equal strings are read alike
// and are one observation, not many. F1, macro-F1: percentile bootstrap over strings, kResamples
// times from a fixed seed. Accuracy as precision. docs/measuring.md has the manual.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"
#include "measure/labels.h"

namespace onus::measure {

inline constexpr int kResamples = 1000;

using ReadText = std::function<Axes(std::string_view text)>;

// `name` is what a threshold is set on: "purpose.immigration.precision", "purpose.macro_f1.row".
struct Figure {
  std::string name;
  double value = 0;
  Interval interval;
  double base = 0;  // strings, or rows, below the line
};

struct Confusion {
  Axis axis = Axis::purpose;
  std::string_view label, read;  // "": none
  std::int64_t strings = 0, rows = 0;
  std::vector<std::string> examples;  // the heaviest first, at most three
};

struct Evaluation {
  std::int64_t strings = 0, rows = 0;
  std::vector<Figure> figures;        // where nothing stands below the line there is none
  std::vector<Confusion> confusions;  // the most strings first
};

// Axes without a column in the labels are not measured. A class "" is no class: an axis that may be
// none has its accuracy among the strings for which the label states one ("stated_accuracy").
Evaluation evaluate(const Labels& labels, const ReadText& read);

// "purpose.macro_f1=0.93". Code::usage where it is no such thing.
struct Threshold {
  std::string name;
  double least = 0;
};
Result<Threshold> parse_threshold(std::string_view text);

// What is below, a sentence each. A figure that could not be measured is below every threshold.
std::vector<std::string> below(const Evaluation& evaluation, const std::vector<Threshold>& wanted);

// For a screen, and for programs.
std::string evaluation_text(const Evaluation& evaluation);
std::string evaluation_json(const Evaluation& evaluation);

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
// Strings that a person read: one distinct reason a line, with what it says on each axis. The
// format is in docs/measuring.md. A label outside the vocabulary, a string twice, a row of another
// width and a column of an unknown name are refused with file and line: a slip in the yardstick
// must never become a figure.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace onus::measure {

enum class Axis : std::uint8_t { purpose, offence, specificity, on_behalf_of, topic };
inline constexpr std::size_t kAxes = 5;
inline constexpr std::array<std::string_view, kAxes> kAxisNames = {
    "purpose", "offence", "specificity", "on_behalf_of", "topic"};

// One word per axis, of record/record.h's vocabularies; "": none.
using Axes = std::array<std::string_view, kAxes>;

struct Label {
  std::string text;
  std::int64_t weight = 1;  // rows of a log that hold it; 0: made up, counts by string alone
  Axes axes;
  bool ambiguous = false;
  std::string origin;   // "real", "made"; "": not said
  std::string group;    // spellings of one thing, for training; "": the string is its own
  std::string stratum;  // of a sample (measure/sample.h); "": no sample
  std::int64_t draws = 0;
  std::int64_t stratum_draws = 0;
  std::int64_t stratum_lookups = 0;
};

struct Labels {
  std::vector<Label> rows;
  std::array<bool, kAxes> has{};  // axes that the file has a column for
};

Result<Labels> read_labels(const std::filesystem::path& path);
Result<Labels> parse_labels(std::string bytes, std::string_view file);

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
// Two reports of one audit, the one that was published and the one that was made again: which files
// differ, which rules count otherwise, which findings stand in one alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace onus::cli {

struct RuleCounts {
  std::string rule;
  std::int64_t then = 0, then_of = 0;  // findings among the accesses that it applies to
  std::int64_t now = 0, now_of = 0;    // -1: it was not asked
};

struct FindingLine {
  std::string rule, outcome, file, row;
};

struct Comparison {
  std::int64_t files = 0;  // of the report
  std::int64_t rules = 0;
  std::int64_t findings = 0;             // in the report
  std::vector<std::string> other_bytes;  // files that differ, or that the report lacks
  std::vector<std::string> other_order;  // Parquet files with the same rows in another order
  std::vector<std::string> not_ours;     // files that no audit writes
  std::vector<RuleCounts> counts;        // of rules whose answers differ
  std::vector<FindingLine> only_then, only_now;

  bool findings_same() const { return counts.empty() && only_then.empty() && only_now.empty(); }
};

// `now` must be a folder of the caller's, which copies are put into.
Result<Comparison> compare_reports(const std::filesystem::path& then,
                                   const std::filesystem::path& now);

}  // namespace onus::cli

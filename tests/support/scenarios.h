// SPDX-License-Identifier: Apache-2.0
// Which files are written of which world: a folder for the demonstration, one file per format, one
// per kind of mask and damage, or one large file for measurements.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "support/log_writers.h"

namespace onus::makelogs {

struct Scenario {
  std::uint64_t seed = 1;
  std::uint32_t agencies = 400;
  Period period = {};
  std::uint64_t expected_acts = 120'000;  // background searches in the period
  std::optional<std::uint32_t> only_owner = {};
  std::vector<FileSpec> files = {};
  bool truth_rows = true;
  bool look_alikes = false;  // support/sightings.h
};

Scenario demo(std::uint64_t seed);          // 14 files, about 30,000 rows
Scenario every_format(std::uint64_t seed);  // one small file per format, then masks
Scenario every_damage(std::uint64_t seed);  // one small file per kind of damage and encoding
// `rows` rows of data in one file of an Illinois town. Under a million rows the period shrinks with
// them, so that the rate stays that of a large agency's log.
Result<Scenario> one_file(std::uint64_t seed, std::string_view format, std::uint64_t rows);

struct Written {
  std::vector<FileTruth> files;
  std::uint64_t distinct_acts = 0;
};

// Writes the files into a folder, and truth.json and (truth_rows) truth.csv beside them or into
// `truth`; makes both folders.
Result<Written> write_logs(const Scenario& scenario, const std::filesystem::path& folder,
                           const std::filesystem::path& truth = {});

}  // namespace onus::makelogs

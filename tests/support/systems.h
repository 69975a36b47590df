// SPDX-License-Identifier: Apache-2.0
// One small made-up log for each record system that has a profile, beside the plate readers' that
// log_writers.h makes: the same few days of lookups, as each system would have recorded them, with
// what is true of each file. docs/profiles.md shows the columns.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace onus::makelogs {

// rows = sightings + rejects + headers + blanks; sightings = searches + derived + administrative.
struct SystemTruth {
  std::int64_t rows = 0;
  std::int64_t rejects = 0;
  std::int64_t headers = 0;
  std::int64_t searches = 0;
  std::int64_t derived = 0;
  std::int64_t administrative = 0;
  std::int64_t distinct_acts = 0;
  std::int64_t reasons = 0;            // rows with a stated reason
  std::string reason_state = "value";  // of the rows without one, or of all where none is recorded
  std::int64_t subjects = 0;           // rows that name who was looked up, and may keep a token
  std::vector<std::pair<std::string, std::int64_t>> extras;  // field, cells with a value
};

struct SystemFile {
  std::string profile;  // the one that reads it
  std::string name;
  std::string bytes;
  SystemTruth truth;
  std::vector<std::string> needles;  // whoever was looked up: must be in no store and no report
};

std::vector<SystemFile> system_samples(std::uint64_t seed);

// Writes them, and systems.csv with their truth, into a folder, which it makes.
Result<std::size_t> write_system_samples(std::uint64_t seed, const std::filesystem::path& folder);

}  // namespace onus::makelogs

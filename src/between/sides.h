// SPDX-License-Identifier: Apache-2.0
// Which files of a store are one side of a comparison, and which the other. A file that was given
// twice, under two names, stands in the store once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace onus::between {

struct SideFile {
  std::int32_t file_id = 0;  // where its rows are in the store
  std::string name;          // the path below the folder that the files of this side share
  std::string sha256, profile, role, owner;
  std::int64_t rows = 0, sightings = 0, rejects = 0, headers = 0, blanks = 0;
  std::string first_when, last_when;
  bool repeats = false;        // another file of this side has the same bytes: not counted again
  bool on_both_sides = false;  // the other side has a file with the same bytes
};

struct Side {
  std::vector<SideFile> files;
  std::int64_t rows = 0, sightings = 0, rejects = 0, headers = 0, blanks = 0;
  std::string first_when, last_when;  // "" without a dated row
};

// The files with these ids (duplicates allowed: files.duplicate_of is followed).
Result<Side> read_side(store::Database& db, std::span<const std::int32_t> file_ids);

// Marks what stands on both, and makes
//   b_side_files(side, file_id, has_owner, has_search_type, has_moderation)  of one side only
//   b_names(file_id, side, name)                                            the same, with names
//   b_months(side, month, n)                                                sightings of all files
Result<void> make_sides(store::Database& db, Side& first, Side& second);

}  // namespace onus::between

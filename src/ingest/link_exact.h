// SPDX-License-Identifier: Apache-2.0
// From acts to table links: which sighting stands for its act and, in each owner's logs, for its
// access. An act is what has one act_key, and the keys that table link_joined puts under one.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/database.h"

namespace onus::ingest {

struct ExactCounts {
  std::int64_t repeated = 0;  // sightings beyond the first of their key
  std::int64_t in_file = 0;   // of these, within one file
  std::int64_t in_file_without_id = 0;
  std::int64_t across_files = 0;
  std::int64_t by_vendor_id = 0;
};

// The temporary table repeated_keys(act_key): those of more than one sighting.
Result<void> find_repeated_keys(store::Database& db, std::int64_t sightings);

// Writes links, and the note duplicate_rows on files, from repeated_keys and the temporary table
// link_joined(act_key, joined_key, probability): keys that linking joined, each once, with the key
// that stands for their act (itself under its own name too). Drops both.
Result<ExactCounts> write_links(store::Database& db);

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// Which sightings are one act, in three tiers: one vendor id; all fields equal (both are one
// act_key, ingest/act_key.h); and what is probably one act though a log masks, cuts or dates it
// otherwise (docs/linking.md). Writes the tables links and link_counts anew, and the notes
// duplicate_rows and clock_offset on files. It compares subjects only within one second, to tell
// two acts apart; it makes nothing that could be asked for a subject.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/database.h"

namespace onus::ingest {

struct LinkSummary {
  std::int64_t sightings = 0;
  // Distinct acts. lookups: the best count, by which the views lookups and accesses go. low: all
  // that may be one act is (a probability of one half). high: only by the vendor's id and equal
  // fields; and rows of one file that are equal in all fields but have no vendor id count apart,
  // because two people can search alike in one second.
  std::int64_t lookups = 0;
  std::int64_t lookups_low = 0;
  std::int64_t lookups_high = 0;
  std::int64_t in_file_duplicates = 0;     // sightings beyond the first of an act_key within a file
  std::int64_t cross_file_duplicates = 0;  // files beyond the first in which an act stands
  std::int64_t linked_by_vendor_id = 0;    // sightings that are not their act_key's first
  std::int64_t linked_by_exact_fields = 0;
  std::int64_t linked_by_probability = 0;  // act_keys that are one act with another one
  std::int64_t rows_left_out = 0;  // of the third tier: too many in one second to tell them apart
};

// The same with any number of threads.
Result<LinkSummary> link(store::Database& db, int threads = 2);

}  // namespace onus::ingest

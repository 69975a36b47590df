// SPDX-License-Identifier: Apache-2.0
// Which sightings are one act: those with one act_key (ingest/act_key.h). Writes table links anew,
// and the note duplicate_rows on files. Exact only: two rows that differ in a field are two acts
// here, even where one of them is masked.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/database.h"

namespace onus::ingest {

struct LinkSummary {
  std::int64_t sightings = 0;
  // Distinct acts. low: every equal key is one act. high: rows of one file that are equal in all
  // fields but have no vendor id count apart, because two people can search alike in one second.
  std::int64_t lookups_low = 0;
  std::int64_t lookups_high = 0;
  std::int64_t in_file_duplicates = 0;     // sightings beyond the first of an act within a file
  std::int64_t cross_file_duplicates = 0;  // files beyond the first in which an act stands
  std::int64_t linked_by_vendor_id = 0;    // sightings that are not their act's representative
  std::int64_t linked_by_exact_fields = 0;
};

Result<LinkSummary> link(store::Database& db);

}  // namespace onus::ingest

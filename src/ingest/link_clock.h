// SPDX-License-Identifier: Apache-2.0
// By how much the clocks of two logs differ: whole hours, as an export in local time does beside
// one in UTC, and seconds (ingest/link_skew.h). The hours are told from anchors, which are the
// vendor's id, and the same minute, second and reach with the same window, agency or search type:
// each file votes for the hours between its sighting of an anchor and the others'. A file moves
// only where at least kLeastVotes anchors say so and three times as many as say anything else.
// Which clock is right nobody can tell from logs: the clock of the most rows is kept, the others
// are moved, for linking alone; `sightings.when` stays as it was read.
#pragma once

#include "base/result.h"
#include "ingest/link_rows.h"
#include "store/database.h"

namespace onus::ingest {

inline constexpr std::int64_t kLeastVotes = 8;
inline constexpr std::int64_t kMostHours = 14;  // between two zones' clocks that meet in a case

// Sets shift_s of each file and writes the temporary table link_files.
Result<void> set_clocks(store::Database& db, LinkFiles& files);

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// Seconds by which clocks differ: a server that nobody set stays 37 seconds ahead. What ingest/
// link_clock.h looks for does not see it, as it compares rows of one second within the hour. Here
// rows with the same rare things to say (the vendor's id; agency, reach and reason, with the user
// or the window; the gaps between rows of one reach) are held against each other at any time within
// kMostSkew. From the largest file on, a file joins those whose clocks are known where at least
// kLeastVotes different things say the same number of seconds, mostly 0, and three times as many as
// say any other.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "ingest/link_rows.h"
#include "store/database.h"

namespace onus::ingest {

inline constexpr std::int64_t kGapRows = 3'000'000;         // about, that gaps are taken between
inline constexpr std::int64_t kMostSkew = 14 * 3600 + 900;  // also where zones differ too

// By file: seconds that its clock is ahead of the others', beyond `hours`; where nothing tells, as
// many as most rows are.
Result<std::vector<std::int64_t>> find_skews(store::Database& db, const LinkFiles& files,
                                             const std::vector<std::int64_t>& hours);

}  // namespace onus::ingest

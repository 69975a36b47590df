// SPDX-License-Identifier: Apache-2.0
// Accesses that no rule can tell apart are judged once. What the conditions read of an access
// follows from few things: its file, its kind of row, its owner, what is known of the searcher's
// agency and of papers between the two, how its texts are read, and how it answers what the
// conditions ask of an access itself (rules/asked.h). Of 10 million accesses and 15 rules 228,000
// differ in that: one of each is judged, and its words are given to the others.
//
// Papers between the two are what a register says of them on that day. Where the case has texts
// beside the reason (legal basis, decision, for whom), every access is judged by itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/scan.h"
#include "store/database.h"

namespace onus::rules {

// Makes the tables <name>_rows (access_id, lookup_id, agency_id, kind), in the order of access_id,
// and <name>_kinds (scan.h). Under `least` rows every access is judged by itself.
Result<void> judge(store::Database& db, const std::vector<Slot>& slots,
                   const std::string& name = "outcome", bool temporary = false,
                   std::int64_t least = 100'000);

}  // namespace onus::rules

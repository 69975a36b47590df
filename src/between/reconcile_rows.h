// SPDX-License-Identifier: Apache-2.0
// The SQL of a reconciliation: which rows are about the agency, and which of them are one search.
#pragma once

#include <cstdint>
#include <span>

#include "between/reconcile.h"

namespace onus::between {

// Makes b_own_names(agency_id) (spellings of the agency whose own log it is), b_owners(owner_ix,
// owner), b_covers(owner_ix, first, last; -1 is the own log) and b_open as module match has it,
// with side 0 the own searches and side 1 what the network logs show of the agency.
Result<void> take_rows(store::Database& db, Reconciliation& out);

// b_pairs(old_id, new_id, tier): own sighting, network sighting; tier 'vendor_id', 'cells' or
// 'offset'.
Result<void> match_searches(store::Database& db, Reconciliation& out);

// b_verdicts(kind, because, owner_ix, old_id, new_id, month): one per row of either side.
Result<void> judge_rows(store::Database& db);

// b_off_list(sighting_id, agency_id, status).
Result<void> check_list(store::Database& db, std::span<const ListedName> list);

}  // namespace onus::between

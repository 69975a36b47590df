// SPDX-License-Identifier: Apache-2.0
// Which row of the old release is which row of the new one. Each row is in one pair at most, so a
// row that stands twice is matched twice or is gone once: multiplicities count.
//
//   identical     equal in every cell that is compared (and in the vendor's id)
//   vendor_id     the same unique id
//   exact_fields  equal in every field that both releases export
//   compatible    the same time, two or more equal cells, and no cell that contradicts: one that
//                 is masked on one side contradicts nothing. Or one contradiction (never the
//                 agency, the actor or the query) where three cells agree, the actor or the query
//                 among them.
//
// Rows that both have a vendor's id are never matched by their fields, unless the two releases have
// no id and no row in common: then the ids were made anew, and count for nothing.
//
// What no pass matches is gone or added, or was changed beyond recognition: the rows cannot say.
// Linear in the rows but for rows of one moment that are alike in all that was never masked: at
// most kMostAlike pairs of those are looked at, and what exceeds that is counted.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace onus::between {

inline constexpr std::int64_t kMostAlike = 4096;

struct Matched {
  std::int64_t identical = 0;
  std::int64_t vendor_id = 0;
  std::int64_t exact_fields = 0;
  std::int64_t compatible = 0;
  std::int64_t too_alike = 0;  // rows of groups too large to compare; among gone and added
  bool new_ids = false;        // the vendor's ids were made anew
};

// Reads b_side_files(side, file_id, has_*). Leaves
//   b_rest   every row without an identical partner, with its values and states
//   b_pairs  (old_id, new_id, tier) of those that have a partner nonetheless
//   b_open   those that have none
Result<Matched> match_rows(store::Database& db);

// From b_candidates(old_id, new_id, agreeing, contradicting) to b_pairs, with tier 'compatible':
// each takes the candidate that agrees most; where both take each other they are a pair. Again for
// those that lost theirs to another, until none is left.
Result<void> pair_candidates(store::Database& db);

// SQL for how many of the named fields (none named: all but `when`) of rows o and n agree, or
// contradict each other.
std::string agreeing_sql(std::initializer_list<std::string_view> names = {});
std::string contradicting_sql(std::initializer_list<std::string_view> names = {});

}  // namespace onus::between

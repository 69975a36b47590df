// SPDX-License-Identifier: Apache-2.0
// Of which accesses a pack is the law. The accesses of a case know few parties and systems, so
// every pack is asked of their combinations (the view party_facts) before anything is judged, and
// those that govern nothing cost no more.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/pack.h"
#include "store/database.h"

namespace onus::rules {

struct Reach {
  std::int64_t governed = 0;  // accesses for which the pack's `governs` is TRUE, or there is none
  std::int64_t unknown = 0;   // for which it is NULL
  std::string unknown_fact;   // of these, the first fact that was not known, where most were
};

// One for each pack, in their order.
Result<std::vector<Reach>> reach_of(store::Database& db, std::span<const Pack> packs);

// The table `packs`, anew.
Result<void> write_packs(store::Database& db, std::span<const Pack> packs,
                         const std::vector<Reach>& reach);

}  // namespace onus::rules

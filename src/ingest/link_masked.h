// SPDX-License-Identifier: Apache-2.0
// Links sightings that one log masks, cuts or dates otherwise than another: the third tier, after
// the vendor's id and equal fields. docs/linking.md is its manual.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "ingest/link_model.h"
#include "store/database.h"

namespace onus::ingest {

struct MaskedLinks {
  std::int64_t joined = 0;         // keys that became one act with another key
  std::int64_t joined_maybe = 0;   // further ones that may be one with another
  std::int64_t rows_left_out = 0;  // in a second with too many rows to be told apart
  Model model;
};

// Makes the temporary table link_joined(act_key, joined_key, probability in 1/1,000,000).
Result<MaskedLinks> link_masked(store::Database& db, int threads);

}  // namespace onus::ingest

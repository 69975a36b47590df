// SPDX-License-Identifier: Apache-2.0
// Detectors: rules that are SQL over all lookups. Their text may come from a user's pack, so it is
// held to one SELECT over the views detect_* and its own WITH tables named step_*: no other table,
// no table function, no clock and no dice. DuckDB's own parser says what the text refers to.
#pragma once

#include "base/result.h"
#include "rules/pack.h"
#include "store/database.h"

namespace onus::rules {

// Code::bad_input, naming the rule, if its SQL goes beyond that.
Result<void> check_detector(store::Database& db, const Rule& rule);

// Appends what it finds to `detections`: at most 10,000, ordered by `about`. Its SQL must give the
// columns about, n, "of" and lookups.
Result<std::int64_t> run_detector(store::Database& db, const Rule& rule, std::size_t rule_ix);

}  // namespace onus::rules

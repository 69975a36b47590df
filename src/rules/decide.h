// SPDX-License-Identifier: Apache-2.0
// From what a pack says to what is decided: the order of questions of docs/rule-packs.md, written
// once, then asked natively of a row or printed as one SQL expression.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "rules/pack.h"

namespace onus::rules {

// The decision of a rule that is not a detector. Over 255 reasons is Code::over_budget.
Result<Decision> compile(const Rule& rule);

// The code (an index in reasons) for a row as evaluate() takes it.
std::uint8_t decide(const Decision& decision, std::span<const Value> row);

// The same as a DuckDB expression of type UTINYINT.
std::string decision_sql(const Decision& decision);

}  // namespace onus::rules

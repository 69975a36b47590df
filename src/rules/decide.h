// SPDX-License-Identifier: Apache-2.0
// From what a pack says to what is decided: the order of questions of docs/rule-packs.md, written
// once, then asked natively of a row or printed as one SQL expression.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/pack.h"

namespace onus::rules {

// The decision of a rule that is not a detector, for the accesses of which its pack is the law
// (none: all). Over 255 reasons is Code::over_budget.
Result<Decision> compile(const Rule& rule, const std::optional<Tree>& governs = {});

// The code (an index in reasons) for a row as evaluate() takes it.
std::uint8_t decide(const Decision& decision, std::span<const Value> row);

// How a row came by its code: every tree that was asked, once, in order, with its answer; and the
// branch that decided (branches.size(): none held).
struct Trace {
  struct Step {
    std::size_t tree;
    Truth truth;
  };
  std::vector<Step> asked;
  std::size_t branch = 0;
  std::uint8_t code = 0;
};
Trace trace(const Decision& decision, std::span<const Value> row);

// Conditions as DuckDB SQL that were computed before, each with the column that holds it.
using Shared = std::map<std::string, std::string>;
std::vector<std::string> conditions_of(const Decision& decision);

// The same decision as a DuckDB expression: the code, shifted left, as UBIGINT.
std::string decision_sql(const Decision& decision, unsigned shift = 0, const Shared& shared = {});

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// What the examples of a pack show of its rules: whether each comes out as it says, and of every
// condition which of its answers (true, false, unknown) some example got, where it was asked. Only
// answers that the condition can give there are counted (possible.h).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/pack.h"
#include "rules/possible.h"

namespace onus::rules {

struct ClauseCoverage {
  std::string clause;  // "applies", "evidence.declaration"
  Answers seen = 0;    // of those that are possible
  Answers possible = 0;
};

struct RuleTest {
  std::string rule;
  std::size_t examples = 0;
  std::vector<std::string>
      wrong;  // "packs/x.toml:12:1: example 'y' of r gives allowed, not breach"
  std::vector<ClauseCoverage> clauses;
  std::size_t seen() const;
  std::size_t possible() const;
};

struct PackTest {
  std::string pack;
  std::vector<RuleTest> rules;  // those that are no detectors
};

// Does not stop at an example that fails; any other defect of the pack is an error.
Result<PackTest> test_pack(const NamedText& file);

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// What is not wrong enough to refuse a pack, and most likely not meant:
//
//   date-gap        of two rules for one section, the first ends before the other begins, and for
//                   the days between there is none
//   date-overlap    the first ends after the other began
//   unreachable     a clause whose answer TRUE no access can give where it is asked (possible.h)
//   no-column       a fact that no shipped profile of the systems that the pack governs can fill
//   unknown-system  a kind of system that no shipped profile has
//   unused-list     a list that no condition names
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/pack.h"

namespace onus::rules {

struct LintFinding {
  std::string code;  // as above
  std::string rule;  // "" of the pack
  std::string text;
};

// Which facts the shipped profiles of each kind of system can fill.
using ShippedFacts = std::map<std::string, std::set<std::string>>;

Result<std::vector<LintFinding>> lint_pack(const NamedText& file, const ShippedFacts& shipped);

}  // namespace onus::rules

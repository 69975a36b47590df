// SPDX-License-Identifier: Apache-2.0
// Other law over the same lookups: what would have been judged otherwise. Both sides are judged
// anew from the facts of the case, by the scan that an audit uses; nothing that the case holds is
// changed. Rules are the same if their ids are. A rule that one side does not have, or whose pack
// is the law of no access, does not apply there ("no_rule").
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/pack.h"
#include "store/database.h"

namespace onus::rules {

// Kinds of change, from the old outcome to the new one; the first that fits:
//   allow_to_deny         allowed or not applicable -> breach
//   now_deny              anything else             -> breach
//   deny_to_allow         breach                    -> allowed or not applicable
//   now_missing           anything                  -> missing
//   no_longer_decidable   allowed, missing, breach  -> cannot tell
//   other                 any other change of outcome
struct ReplayCount {
  std::string name;  // of the kind, or "<kind>" within a rule, agency, actor or month: see Replay
  std::string kind;
  std::int64_t accesses = 0;
  std::int64_t lookups = 0;
};

struct Replay {
  std::int64_t accesses = 0;  // judged
  std::size_t old_rules = 0, new_rules = 0;
  std::vector<std::string> not_recorded;  // old packs by which the case was not judged
  std::vector<ReplayCount> kinds;
  std::vector<ReplayCount> rules, agencies, actors, months;  // name: the rule's id, "2025-07", ...
};

// The packs as the law of one day: rules that are in force on it, for lookups of any day. What a
// condition or a paper says of days stays as it is.
Result<std::vector<Pack>> as_of(std::span<const Pack> packs, const std::string& day);

// What of a text of the log may be shown, as SQL over its column: the report's business.
using Shown = std::function<std::string(std::string_view column)>;

// Fills the temporary table replay_changes, one row for each access and rule with another outcome.
Result<Replay> replay(store::Database& db, std::span<const Pack> old_packs,
                      std::span<const Pack> new_packs, const Shown& shown);

// The rows of replay_changes with agency, actor and the place of the row in its file: what
// evidence needs, and no subject. In the order of rule and place.
std::string replay_evidence_sql(const Shown& shown);

}  // namespace onus::rules

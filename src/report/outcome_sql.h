// SPDX-License-Identifier: Apache-2.0
// How the report asks what was judged: outcome_rows has a kind for each access, in the order of
// their ids, and outcome_kinds says what the kind means: for the rule of index 3, r3 is the outcome
// and b3 a code of outcome_reasons. Kinds are few, so conditions are put on these.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/model.h"
#include "store/database.h"

namespace onus::report {

// "b3 IN (4, 5)": the rule's code stands for one of these outcomes. "false" if none does.
std::string is_outcome_sql(const RuleUse& rule, std::initializer_list<std::string_view> outcomes);

// The first `limit` breaches and missing elements of each rule that has any, breaches first, as
// rows (rule_ix, access_id, lookup_id, code, breach). "" if no rule has any.
Result<std::string> hits_sql(store::Database& database, const std::vector<RuleUse>& rules,
                             std::int64_t limit);

// The page p that a sighting s of a print stands on.
inline constexpr std::string_view kPageJoin =
    "ASOF LEFT JOIN parts p ON p.file_id = s.file_id AND p.first_row <= s.\"row\"";

// What a hit h is joined to: q what the code means, s the sighting, g agency, o owner, a actor,
// x reason, d drop-down, r the reading of the reason.
inline constexpr std::string_view kHitJoins =
    "LEFT JOIN outcome_reasons q ON q.rule_ix = h.rule_ix AND q.code = h.code "
    "JOIN sightings s ON s.sighting_id = h.access_id "
    "LEFT JOIN agencies_raw g ON g.agency_id = s.agency_id "
    "LEFT JOIN agencies_raw o ON o.agency_id = s.owner_id "
    "LEFT JOIN actors a ON a.actor_id = s.actor_id "
    "LEFT JOIN texts x ON x.text_id = s.reason_id "
    "LEFT JOIN texts d ON d.text_id = s.offence_id "
    "LEFT JOIN readings r ON r.text_id = s.reason_id";

}  // namespace onus::report

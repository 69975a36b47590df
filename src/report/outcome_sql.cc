// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_sql.h"

#include <fmt/format.h>

#include <algorithm>

namespace onus::report {

std::string is_outcome_sql(const RuleUse& rule, std::initializer_list<std::string_view> outcomes) {
  std::string codes;
  for (const RuleReason& reason : rule.reasons) {
    if (std::ranges::find(outcomes, reason.outcome) == outcomes.end()) continue;
    codes += fmt::format("{}{}", codes.empty() ? "" : ", ", reason.code);
  }
  return codes.empty() ? "false" : fmt::format("b{} IN ({})", rule.ix, codes);
}

std::string hits_sql(const std::vector<RuleUse>& rules, std::int64_t limit) {
  std::string sql;
  // By outcome, so that each part is in the order of the ids, where the engine can stop early.
  const auto add = [&](const RuleUse& rule, std::string_view outcome, std::int64_t at_most) {
    if (at_most <= 0 || rule.accesses(outcome) == 0) return;
    sql += fmt::format(
        "{}SELECT * FROM (SELECT {} AS rule_ix, access_id, lookup_id, b{} AS code, {} AS breach "
        "FROM outcomes WHERE {} ORDER BY access_id LIMIT {})",
        sql.empty() ? "" : " UNION ALL ", rule.ix, rule.ix, outcome == "breach",
        is_outcome_sql(rule, {outcome}), at_most);
  };
  for (const RuleUse& rule : rules) {
    add(rule, "breach", limit);
    add(rule, "missing", limit - rule.accesses("breach"));
  }
  return sql;
}

}  // namespace onus::report

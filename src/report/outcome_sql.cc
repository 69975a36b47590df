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

namespace {

// "kind IN (7, 12)": those of which the rule says so.
Result<std::string> is_kind_sql(store::Database& database, const std::string& condition) {
  ONUS_TRY(const store::Rows rows,
           database.query(
               fmt::format("SELECT kind FROM outcome_kinds WHERE {} ORDER BY kind", condition)));
  std::string kinds;
  for (std::size_t i = 0; i < rows.size(); ++i)
    kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", rows.integer(i, 0));
  return kinds.empty() ? "false" : "kind IN (" + kinds + ")";
}

// By outcome, so that each part is in the order of the ids, where the engine can stop early.
Result<void> add_hits(store::Database& database, const RuleUse& rule, std::string_view outcome,
                      std::int64_t at_most, std::string& sql) {
  if (at_most <= 0 || rule.accesses(outcome) == 0) return {};
  ONUS_TRY(const std::string is_kind, is_kind_sql(database, is_outcome_sql(rule, {outcome})));
  sql += fmt::format(
      "{}SELECT {} AS rule_ix, access_id, lookup_id, b{} AS code, {} AS breach FROM "
      "(SELECT access_id, lookup_id, kind FROM outcome_rows WHERE {} ORDER BY access_id LIMIT {}) "
      "JOIN outcome_kinds USING (kind)",
      sql.empty() ? "" : " UNION ALL ", rule.ix, rule.ix, outcome == "breach", is_kind, at_most);
  return {};
}

}  // namespace

Result<std::string> hits_sql(store::Database& database, const std::vector<RuleUse>& rules,
                             std::int64_t limit) {
  std::string sql;
  for (const RuleUse& rule : rules) {
    ONUS_TRY_VOID(add_hits(database, rule, "breach", limit, sql));
    ONUS_TRY_VOID(add_hits(database, rule, "missing", limit - rule.accesses("breach"), sql));
  }
  return sql;
}

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_sql.h"

#include <fmt/format.h>

namespace onus::report {

std::string hits_sql(const std::vector<RuleUse>& rules, std::int64_t limit) {
  std::string sql;
  for (const RuleUse& rule : rules) {
    if (rule.hits() == 0) continue;
    sql += fmt::format(
        "{0}SELECT * FROM (SELECT {1} AS rule_ix, access_id, lookup_id, r{1}::VARCHAR AS outcome, "
        "b{1} AS code, r{1} = 'breach' AS breach FROM outcomes WHERE r{1} IN ('breach', "
        "'missing') ORDER BY breach DESC, access_id LIMIT {2})",
        sql.empty() ? "" : " UNION ALL ", rule.ix, limit);
  }
  return sql;
}

}  // namespace onus::report

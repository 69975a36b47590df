// SPDX-License-Identifier: Apache-2.0
#include "rules/print.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rules/parse.h"
#include "store/database.h"

namespace onus::rules {
namespace {

// Around where 64 bits no longer hold the difference, and at the ends of what the engine can store.
TEST(Print, TimesOfAnyDistanceAreSubtractedWithoutLossAsSql) {
  store::Database db = store::Database::open({}).value();
  const std::string moments =
      "(SELECT make_timestamp(unnest([-9223372022400000000, -2305843009213693953, "
      "-2305843009213693952, -86400000001, -1, 0, 59999999, 60000000, 86400000000, "
      "2305843009213693952, 2305843009213693953, 9223372036854775806])) AS t)";
  for (const auto& [function, unit] :
       {std::pair("days_between", "86400000000"), std::pair("minutes_between", "60000000")}) {
    for (const std::int64_t most : {-1, 0, 1, 30}) {
      const Tree tree =
          parse(fmt::format("{}(window_from, when) > {}", function, most), {}).value();
      const std::string exact = fmt::format(
          "((epoch_us(b.t)::HUGEINT - epoch_us(a.t)::HUGEINT) // {})::BIGINT > {}", unit, most);
      EXPECT_EQ(
          db.query_integer(fmt::format("SELECT count(*) FROM (SELECT {} AS printed, exact FROM "
                                       "(SELECT a.t AS window_from, b.t AS \"when\", {} AS exact "
                                       "FROM {} a, {} b)) WHERE printed IS DISTINCT FROM exact",
                                       print(tree, Dialect::duckdb), exact, moments, moments))
              .value(),
          0)
          << function << " > " << most;
    }
  }
}

}  // namespace
}  // namespace onus::rules

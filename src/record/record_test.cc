// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "record/facts.h"
#include "record/record.h"
#include "record/tables.h"

namespace onus::record {
namespace {

TEST(Record, EnumeratorsAreSpelledInTheSchemaInTheSameOrder) {
  const auto listed = [](auto names) {
    std::string out;
    for (const std::string_view name : names)
      out += (out.empty() ? "'" : ", '") + std::string(name) + "'";
    return out;
  };
  std::string sql;
  for (const char c : schema_sql()) {
    if (c == '\n') continue;
    if (c == ' ' && !sql.empty() && sql.back() == ' ') continue;
    sql += c;
  }
  EXPECT_NE(sql.find("(" + listed(Names<CellState>::all) + ")"), std::string::npos);
  EXPECT_NE(sql.find("(" + listed(Names<ActKind>::all) + ")"), std::string::npos);
  EXPECT_NE(sql.find("(" + listed(Names<LinkTier>::all) + ")"), std::string::npos);
}

TEST(Record, NoFactTellsWhoWasLookedUp) {
  for (const Fact& fact : facts()) {
    EXPECT_NE(fact.name, "subject");
    EXPECT_NE(fact.name, "case_number");
  }
}

TEST(Record, ParseIsTheInverseOfName) {
  for (const std::string_view name : Names<Outcome>::all) {
    EXPECT_EQ(record::name(*parse<Outcome>(name)), name);
  }
  EXPECT_FALSE(parse<Outcome>("perhaps"));
}

}  // namespace
}  // namespace onus::record

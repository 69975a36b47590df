// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "record/purpose_tree.h"

#include <filesystem>
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

TEST(PurposeTree, HoldsEveryPurposeOnceAndOnlyGathersTheOthers) {
  std::set<std::string_view> ids;
  for (const PurposeNode& node : purpose_tree()) {
    EXPECT_TRUE(node.parent.empty() || ids.contains(node.parent)) << node.id;
    EXPECT_TRUE(ids.insert(node.id).second) << node.id;
    EXPECT_FALSE(purposes_below(node.id).empty()) << node.id;
  }
  for (const std::string_view purpose : purposes()) {
    EXPECT_EQ(purposes_below(purpose), std::vector<std::string_view>{purpose});
  }
  EXPECT_EQ(purposes_below("public_safety"), std::vector<std::string_view>{"missing_person"});
  EXPECT_TRUE(purposes_below("law").empty());
}

TEST(PurposeTree, StandsInTheManualAsItIs) {
  const std::string manual =
      read_file(std::filesystem::path(ONUS_ROOT) / "docs/vocabulary.md", 1 << 20).value();
  for (const PurposeNode& node : purpose_tree()) {
    const bool read = purposes_below(node.id) == std::vector<std::string_view>{node.id};
    const std::string id = read ? "**" + std::string(node.id) + "**" : std::string(node.id);
    const std::string cell = node.dpv.empty() ? "" : std::string(node.dpv) + " ";
    const std::string row = (node.parent.empty() ? "| " : "| \u2013 ") + id + " | " + cell + "|";
    EXPECT_NE(manual.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace onus::record

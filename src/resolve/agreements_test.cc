// SPDX-License-Identifier: Apache-2.0
#include "resolve/agreements.h"

#include <gtest/gtest.h>

#include <array>

#include "base/file.h"
#include "record/tables.h"
#include "resolve/resolve.h"
#include "support/store_rows.h"

namespace onus::resolve {
namespace {

const char kOne[] = R"toml([[agreement]]
kind = "declaration"
owner = "Fairhollow PD, IL"
searcher = "Cedar Bluff SO, TX"
state = "active"
from = 2025-01-01
to = 2025-06-30
purposes = ["law_enforcement"]
)toml";

Result<std::vector<Agreement>> read(const std::string& text) {
  const Result<TomlValue> root = parse_toml(text, "a.toml");
  if (!root) return tl::unexpected(root.error());
  return read_agreements(root->find("agreement")->items, "a.toml");
}

std::string with(std::string_view what, std::string_view by) {
  std::string text = kOne;
  return text.replace(text.find(what), what.size(), by);
}

TEST(Agreements, NameWhatIsWrongAndWhere) {
  ASSERT_TRUE(read(kOne));
  const std::vector<std::array<std::string, 3>> kWrong = {
      {"\"declaration\"", "\"declaratoin\"", "a.toml:2:8: 'kind' is one of declaration,"},
      {"\"active\"", "\"aktive\"", "a.toml:5:9: 'state' is one of"},
      {"2025-06-30", "2024-12-31", "a.toml:7:6: 'to' lies before 'from'"},
      {"2025-06-30", "\"2025-06-31\"", "a.toml:7:6: 'to' is a day"},
      {"from = 2025-01-01\n", "", "a.toml:1:1: 'from' is missing"},
      {"law_enforcement", "law", "'law' is no purpose of the hierarchy"},
      {"searcher =", "seracher =", "unknown key 'seracher'"},
  };
  for (const auto& [what, by, message] : kWrong) {
    const auto got = read(with(what, by));
    ASSERT_FALSE(got) << by;
    EXPECT_NE(got.error().message.find(message), std::string::npos) << got.error().message;
  }
}

TEST(Agreements, AreFactsOfTheDayAndThePurpose) {
  const Result<TempDir> dir = TempDir::make();
  ASSERT_TRUE(dir);
  store::Database db =
      store::Database::open({.file = dir->path() / "s", .spill_dir = dir->path(), .export_dir = {}})
          .value();
  ASSERT_TRUE(db.run(record::schema_sql()));
  ASSERT_TRUE(db.run(record::views_sql()));
  ASSERT_TRUE(db.run(
      "INSERT INTO files (file_id, role, system) VALUES (1, 'owner', 'plate_reader');"
      "INSERT INTO agencies_raw VALUES (1, 'Fairhollow IL PD'), (2, 'Cedar Bluff TX SO'), (3, 'X "
      "PD OH');"
      "INSERT INTO readings (text_id, purpose) VALUES (1, 'crime'), (2, 'protest');"));
  ASSERT_TRUE(db.run(onus::test::put_sightings(
      "(sighting_id, file_id, act, owner_id, agency_id, \"when\", reason_id) "
      "SELECT * FROM (VALUES (0, 1, 'search'::act_kind, 1, 2, TIMESTAMP '2024-12-31 23:59:59', 1),"
      " (1, 1, 'search', 1, 2, TIMESTAMP '2025-01-01', 1), (2, 1, 'search', 1, 2, TIMESTAMP "
      "'2025-06-30 23:59:59', 1), (3, 1, 'search', 1, 2, TIMESTAMP '2025-07-01', 1),"
      " (4, 1, 'search', 1, 2, TIMESTAMP '2025-02-01', 2), (5, 1, 'search', 1, 2, TIMESTAMP "
      "'2025-02-01', NULL), (6, 1, 'search', 1, 3, TIMESTAMP '2025-02-01', 1),"
      " (7, 1, 'search', 1, 2, TIMESTAMP '2025-03-05', 1), (8, 1, 'search', NULL, 2, TIMESTAMP "
      "'2025-03-05', 1))")));
  ASSERT_TRUE(run(db));
  const auto facts = [&] {
    return db
        .query_text(
            "SELECT string_agg(coalesce(declaration, '-'), ' ' ORDER BY access_id) FROM facts")
        .value();
  };
  EXPECT_EQ(facts(), "- - - - - - - - -") << "no register: nothing is known";
  const std::string text = std::string(kOne) +
                           "[[agreement]]\nkind = \"declaration\"\nowner = \"Fairhollow PD, IL\"\n"
                           "searcher = \"Cedar Bluff SO, TX\"\nstate = \"revoked\"\n"
                           "from = 2025-03-01\nto = 2025-03-31\n";
  const auto agreements = read(text);
  ASSERT_TRUE(agreements) << agreements.error().text();
  ASSERT_TRUE(store_agreements(db, *agreements, "a.toml", "00", false));
  EXPECT_EQ(facts(), "- active active - other_purpose - - revoked -")
      << "what is not in a register may exist, unless it says that it is complete";
  ASSERT_TRUE(store_agreements(db, *agreements, "a.toml", "00", true));
  EXPECT_EQ(facts(), "none active active none other_purpose - none revoked -");
  ASSERT_TRUE(forget_agreements(db));
  EXPECT_EQ(facts(), "- - - - - - - - -");
}

}  // namespace
}  // namespace onus::resolve

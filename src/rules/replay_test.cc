// SPDX-License-Identifier: Apache-2.0
#include "rules/replay.h"

#include <gtest/gtest.h>

#include <optional>

#include "base/file.h"
#include "record/tables.h"
#include "rules/rules.h"
#include "support/store_rows.h"

namespace onus::rules {
namespace {

// Four searches of Illinois data from 2023 and 2025, from Illinois and from Texas, two for
// immigration.
class ReplayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<TempDir> dir = TempDir::make();
    ASSERT_TRUE(dir);
    dir_.emplace(std::move(*dir));
    store::Options options;
    options.file = dir_->path() / "case.duckdb";
    Result<store::Database> db = store::Database::open(options);
    ASSERT_TRUE(db) << db.error().text();
    db_.emplace(std::move(*db));
    sql(record::schema_sql());
    sql(record::views_sql());
    sql("INSERT INTO files (file_id, path, status, role, system) "
        "VALUES (1, 'a.csv', 'done', 'owner', 'plate_reader');"
        "INSERT INTO agencies_raw VALUES (1, 'Danville PD IL'), (2, 'Somewhere SO TX');"
        "INSERT INTO parties (agency_id, party_key, state, level) VALUES "
        "(1, 'il:danville', 'IL', 'local'), (2, 'tx:somewhere', 'TX', 'county');"
        "INSERT INTO actors VALUES (1, 't', 'A. Smith');"
        "INSERT INTO texts VALUES (1, 'ice case'), (2, 'x');"
        "INSERT INTO readings (text_id, purpose, topic, certainty, specificity) VALUES "
        "(1, 'immigration', 'immigration', 'explicit', 'generic'), "
        "(2, 'placeholder', NULL, NULL, 'none');");
    sql(onus::test::put_sightings(
        "(sighting_id, file_id, \"row\", \"when\", act, owner_id, agency_id, "
        "actor_id, reason_id, reason_state) SELECT i, 1, i, CASE WHEN i <= 2 THEN TIMESTAMP "
        "'2023-05-01' ELSE TIMESTAMP '2025-05-01' END, 'search', 1, 1 + i % 2, 1, 2 - i % 2, "
        "'value' FROM range(1, 5) t(i)"));
  }
  void sql(std::string_view text) {
    const Result<void> done = db_->run(text);
    ASSERT_TRUE(done) << done.error().text() << "\n" << text;
  }
  std::int64_t number(std::string_view query) {
    const Result<std::int64_t> out = db_->query_integer(query);
    EXPECT_TRUE(out) << out.error().text();
    return out ? *out : -1;
  }
  static std::vector<Pack> pack(const std::string& rules) {
    const NamedText file{"t.toml", "id = \"t\"\ntitle = {en = \"t\", de = \"t\"}\n" + rules};
    Result<std::vector<Pack>> out = load_packs({&file, 1});
    EXPECT_TRUE(out) << out.error().text();
    return out ? *out : std::vector<Pack>();
  }
  static std::string rule(const std::string& forbids, const std::string& from = "2024-01-01") {
    return "[[rule]]\nin_force = {from = " + from + "}\nforbids = \"" + forbids + "\"\n" + R"(
id = "t-1"
kind = "purpose"
title = {en = "t", de = "t"}
severity = "note"
status = "checked"
duty_bearer = "owner"
cites = [{law = "L", section = "1", basis = "O", sentence = {en = "s", de = "s"}}]
example = [
  {name = "a", facts = {when = "2026-06-01", topic = "immigration", relation = "out_of_state"}, outcome = "breach"},
  {name = "b", facts = {when = "2026-06-01", topic = "protest", relation = "in_state"}, outcome = "allowed"},
  {name = "c", facts = {topic = "immigration"}, outcome = "cannot_tell"},
]
)";
  }
  Replay replayed(const std::vector<Pack>& before, const std::vector<Pack>& after) {
    Result<Replay> out =
        replay(*db_, before, after, [](std::string_view c) { return std::string(c); });
    EXPECT_TRUE(out) << out.error().text();
    return out ? *out : Replay{};
  }

  std::optional<TempDir> dir_;
  std::optional<store::Database> db_;
};

TEST_F(ReplayTest, OfTheSamePacksGivesTheRecordedOutcomesExactly) {
  Result<std::vector<Pack>> packs = load_packs(builtin_packs());
  ASSERT_TRUE(packs);
  ASSERT_TRUE(run(*db_, *packs));
  const Replay same = replayed(*packs, *packs);
  EXPECT_EQ(same.accesses, 4);
  EXPECT_GT(same.old_rules, 3U);
  EXPECT_TRUE(same.kinds.empty());
  EXPECT_TRUE(same.not_recorded.empty());
  for (const char* side : {"replay_old", "replay_new"}) {
    for (const char* table : {"_rows", "_kinds"}) {
      const std::string was = std::string("outcome") + table, is = std::string(side) + table;
      EXPECT_EQ(number("SELECT count(*) FROM (FROM " + was + " EXCEPT ALL FROM " + is + ")"), 0);
      EXPECT_EQ(number("SELECT count(*) FROM (FROM " + is + " EXCEPT ALL FROM " + was + ")"), 0);
    }
  }
}

TEST_F(ReplayTest, NamesPacksByWhichTheCaseWasNotJudged) {
  std::vector<Pack> packs = load_packs(builtin_packs()).value();
  const std::vector<Pack> judged(packs.begin(), packs.begin() + 2);
  ASSERT_TRUE(run(*db_, judged));
  EXPECT_EQ(replayed(packs, judged).not_recorded.size(), packs.size() - 2);
  packs.resize(1);
  EXPECT_TRUE(replayed(packs, judged).not_recorded.empty()) << "some of those that judged";
  packs[0].sha256 = "of other bytes";
  EXPECT_EQ(replayed(packs, judged).not_recorded, std::vector<std::string>{packs[0].id});
}

TEST_F(ReplayTest, TellsAllowedFromForbiddenByRuleAgencyActorAndMonth) {
  const auto before = pack(rule("topic = 'immigration' AND relation = 'out_of_state'"));
  const auto after =
      pack(rule("topic = 'immigration' AND relation = 'out_of_state'", "2023-01-01"));
  const Replay changed = replayed(before, after);
  ASSERT_EQ(changed.kinds.size(), 2U);
  EXPECT_EQ(changed.kinds[0].kind, "allow_to_deny");  // the search of 2023 from Texas
  EXPECT_EQ(changed.kinds[0].accesses, 1);
  EXPECT_EQ(changed.kinds[1].kind, "other");  // the other of 2023: not applicable -> allowed
  EXPECT_EQ(changed.rules[0].name, "t-1");
  EXPECT_EQ(changed.agencies.size(), 2U);
  EXPECT_EQ(changed.actors[0].name, "A. Smith");
  EXPECT_EQ(changed.months[0].name, "2023-05");
  EXPECT_EQ(replayed(after, before).kinds[0].kind, "deny_to_allow");
}

TEST_F(ReplayTest, ARuleThatIsGoneDoesNotApply) {
  const auto before = pack(rule("topic = 'immigration' AND relation = 'out_of_state'"));
  const Replay gone = replayed(before, {});
  EXPECT_EQ(gone.kinds[0].kind, "deny_to_allow");
  EXPECT_EQ(number("SELECT count(*) FROM replay_changes WHERE new_because = 'no_rule'"), 2);
}

TEST_F(ReplayTest, LawAsOfADayHoldsForEveryLookupOrNone) {
  const auto packs = pack(rule("topic = 'immigration' AND relation = 'out_of_state'"));
  const auto early = as_of(packs, "2023-12-31").value();
  const auto late = as_of(packs, "2024-01-01").value();
  EXPECT_TRUE(early[0].rules.empty());
  EXPECT_EQ(replayed(early, late).kinds[0].kind, "allow_to_deny");
  EXPECT_EQ(number("SELECT count(*) FROM replay_changes WHERE kind = 'allow_to_deny'"), 2);
}

}  // namespace
}  // namespace onus::rules

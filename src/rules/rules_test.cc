// SPDX-License-Identifier: Apache-2.0
#include "rules/rules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "base/file.h"
#include "record/facts.h"
#include "record/tables.h"
#include "rules/decide.h"
#include "rules/detectors.h"
#include "rules/jurisdiction.h"
#include "rules/local_time.h"
#include "rules/vocabulary.h"
#include "support/store_rows.h"

namespace onus::rules {
namespace {

class Rules : public ::testing::Test {
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
    static const Result<std::vector<Pack>> kPacks = load_packs(builtin_packs());
    ASSERT_TRUE(kPacks) << kPacks.error().text();
    packs_ = *kPacks;
  }

  void sql(std::string_view text) {
    const Result<void> done = db_->run(text);
    ASSERT_TRUE(done) << done.error().text() << "\n" << text;
  }
  std::string text(std::string_view query) {
    const Result<std::string> out = db_->query_text(query);
    return out ? *out : out.error().text();
  }
  void judge() {
    const Result<Summary> done = run(*db_, packs_);
    ASSERT_TRUE(done) << done.error().text();
    summary_ = *done;
  }

  // An owner's log of Illinois: three searches from Texas with reasons 1, 2 and none.
  void store_three_searches() {
    sql("INSERT INTO files (file_id, path, status, role, system) "
        "VALUES (1, 'a.csv', 'done', 'owner', 'plate_reader')");
    sql("INSERT INTO agencies_raw VALUES (1, 'Danville PD IL'), (2, 'Somewhere SO TX');"
        "INSERT INTO parties (agency_id, party_key, state, level) VALUES "
        "(1, 'il:danville', 'IL', 'local'), (2, 'tx:somewhere', 'TX', 'county');"
        "INSERT INTO texts VALUES (1, 'ice case'), (2, 'x');"
        "INSERT INTO readings (text_id, purpose, specificity, topic, certainty) VALUES "
        "(1, 'immigration', 'specific', 'immigration', 'explicit'), (2, 'placeholder', 'none', "
        "NULL, NULL)");
    sql(onus::test::put_sightings(
        "(sighting_id, file_id, \"when\", act, owner_id, agency_id, "
        "agency_state, "
        "reason_id, reason_state, case_state, actor_state, subject_state, offence_state) "
        "SELECT i, 1, TIMESTAMP '2025-05-01 10:00:00', 'search', 1, 2, 'value', "
        "CASE i WHEN 2 THEN NULL ELSE i + 1 END, CASE i WHEN 2 THEN 'masked_agency' ELSE 'value' "
        "END::cell_state, "
        "'not_exported', 'value', 'value', 'absent_by_design' FROM range(3) t(i)"));
  }

  std::optional<TempDir> dir_;
  std::optional<store::Database> db_;
  std::vector<Pack> packs_;
  Summary summary_;
};

TEST_F(Rules, JudgeAnEmptyCaseWithoutAnError) {
  judge();
  EXPECT_EQ(summary_.accesses, 0);
  EXPECT_EQ(text("SELECT count(*)::VARCHAR FROM outcome_counts"), "0");
}

TEST_F(Rules, CountAccessesAndSayWhy) {
  store_three_searches();
  judge();
  EXPECT_EQ(summary_.accesses, 3);
  EXPECT_EQ(summary_.breaches, 1);
  EXPECT_EQ(
      text("SELECT string_agg(outcome || ' ' || because || ' ' || accesses || ' ' || lookups, ', ' "
           "ORDER BY outcome) FROM outcome_counts JOIN rules USING (rule_ix) "
           "WHERE rule_id = 'us-il-2-130-b'"),
      "breach forbidden 1 1, cannot_tell case-file 2 2");
  EXPECT_EQ(text("SELECT cannot_run FROM rules WHERE rule_id = 'lq-no-case-number'"),
            "withheld:case_state");
}

TEST_F(Rules, JudgedTwiceGiveTheSameTables) {
  store_three_searches();
  judge();
  const std::string digest =
      "SELECT md5(string_agg(o::VARCHAR, '|' ORDER BY o::VARCHAR)) FROM outcome_counts o";
  const std::string first = text(digest);
  judge();
  EXPECT_EQ(text(digest), first);
  EXPECT_EQ(text("SELECT count(*)::VARCHAR FROM rules"), std::to_string(summary_.rules));
}

TEST_F(Rules, ALookupThatReachedTwoOwnersIsCountedOnce) {
  store_three_searches();
  sql("UPDATE sighting_rows SET owner_id = NULL WHERE sighting_id = 1;"
      "INSERT INTO links VALUES (0, 0, 0, 'vendor_id', 1000000), (1, 0, 1, 'vendor_id', 1000000)");
  judge();
  EXPECT_EQ(text("SELECT sum(accesses) || ' ' || sum(lookups) FROM outcome_counts JOIN rules USING "
                 "(rule_ix) WHERE rule_id = 'lq-no-case-number'"),
            "3 2");
}

TEST_F(Rules, DetectorFindsTheHabitOfAnAgencyWithEvidence) {
  store_three_searches();
  sql(onus::test::put_sightings(
      "(sighting_id, file_id, act, agency_id, agency_state, reason_id, "
      "reason_state) "
      "SELECT 100 + i, 1, 'search', 2, 'value', 2, 'value' FROM range(60) t(i)"));
  judge();
  EXPECT_EQ(
      text("SELECT about || ' ' || n || '/' || \"of\" || ' ' || len(lookups) FROM detections JOIN "
           "rules USING (rule_ix) WHERE rule_id = 'lq-one-reason-habit'"),
      "Somewhere SO TX: x 61/62 20");
  EXPECT_EQ(text("SELECT about || ' ' || n FROM detections JOIN rules USING (rule_ix) "
                 "WHERE rule_id = 'lq-single-character'"),
            "x 61");
}

// Half of the searches under either spelling: neither has fifty of its own.
TEST_F(Rules, AHabitIsOneOfTheAgencyUnderAllItsSpellings) {
  store_three_searches();
  sql("INSERT INTO agencies_raw VALUES (3, 'Quiet TX PD'), (4, 'QUIET POLICE, TX');"
      "INSERT INTO parties (agency_id, party_key) VALUES (3, 'tx:quiet'), (4, 'tx:quiet')");
  sql(onus::test::put_sightings(
      "(sighting_id, file_id, act, agency_id, agency_state, reason_id, reason_state) "
      "SELECT 100 + i, 1, 'search', 3 + i % 2, 'value', 2, 'value' FROM range(60) t(i)"));
  judge();
  EXPECT_EQ(text("SELECT about || ' ' || n || '/' || \"of\" FROM detections JOIN rules "
                 "USING (rule_ix) WHERE rule_id = 'lq-one-reason-habit'"),
            "QUIET POLICE, TX: x 60/60");
}

struct Refusal {
  const char* sql;
  const char* why;
};

TEST_F(Rules, APackRunsOnlyWhereItIsTheLawOfSomeAccess) {
  store_three_searches();
  sql("UPDATE sighting_rows SET owner_id = NULL WHERE sighting_id = 2");
  judge();
  EXPECT_EQ(text("SELECT governed || ' ' || governs_unknown || ' ' || unknown_fact FROM packs "
                 "WHERE pack_id = 'us-il-5-2-130'"),
            "2 1 owner_state");
  EXPECT_EQ(text("SELECT governed || ' ' || governs_unknown FROM packs WHERE pack_id = "
                 "'us-va-2.2-5517'"),
            "0 1");
  EXPECT_EQ(text("SELECT string_agg(DISTINCT pack_id, ' ' ORDER BY pack_id) FROM rules"),
            "log-quality us-il-5-2-130");
  EXPECT_EQ(text("SELECT accesses || ' ' || because FROM outcome_counts JOIN rules USING (rule_ix) "
                 "WHERE rule_id = 'us-il-2-130-b' AND outcome = 'not_applicable'"),
            "1 governs_unknown");
}

TEST_F(Rules, ShippedPacksOfLawSayWhereTheyGovern) {
  for (const Pack& pack : packs_) {
    if (pack.id == "log-quality") continue;
    EXPECT_TRUE(pack.governs) << pack.id;
    EXPECT_FALSE(pack.place.en.empty()) << pack.id;
  }
}

TEST_F(Rules, PartyFactsAreTheFactsThatJurisdictionAsksOf) {
  store_three_searches();
  const std::string columns =
      "system, log_role, owner_state, owner_level, owner_kind, owner_country, searcher_state, "
      "searcher_level, searcher_kind, searcher_country";
  EXPECT_EQ(text("SELECT count(*)::VARCHAR FROM (SELECT " + columns +
                 ", accesses FROM party_facts EXCEPT SELECT " + columns +
                 ", count(*) FROM facts GROUP BY ALL)"),
            "0");
}

constexpr std::string_view kForIce = R"(id = "for-ice"
title = {en = "t", de = "t"}
governs = "on_behalf_of IS NOT NULL AND on_behalf_of = 'ice'"
[[rule]]
id = "for-ice-1"
kind = "quality"
title = {en = "t", de = "t"}
severity = "note"
forbids = "legal_basis_state = 'empty' OR legal_basis = '8'"
needs = ["legal_basis_state"]
example = [
  {name = "a", facts = {on_behalf_of = "ice", legal_basis = "8"}, outcome = "missing"},
  {name = "b", facts = {on_behalf_of = "ice", legal_basis = "1", legal_basis_state = "value"}, outcome = "allowed"},
  {name = "c", facts = {on_behalf_of = "ice"}, outcome = "cannot_tell"},
]
)";

// The column for whom it was done, and the reason, both say so; a basis and a decision stand
// beside.
TEST_F(Rules, ReadWhatALogSaysBesideItsReason) {
  store_three_searches();
  const std::int64_t text_id = 900;
  sql(fmt::format(
      "INSERT INTO texts VALUES ({0}, 'ICE ERO'), ({0} + 1, '8'), ({0} + 2, 'denied'), ({0} + 3, "
      "'lost');"
      "INSERT INTO readings (text_id, on_behalf_of) VALUES ({0}, 'ice');"
      "INSERT INTO extras SELECT min(sighting_id), 'on_behalf', 'value', {0} FROM sightings;"
      "INSERT INTO extras SELECT min(sighting_id), 'legal_basis', 'value', {0} + 1 FROM sightings;"
      "INSERT INTO extras SELECT min(sighting_id), 'decision', 'value', {0} + 2 FROM sightings;"
      "INSERT INTO extras SELECT max(sighting_id), 'decision', 'value', {0} + 3 FROM sightings;"
      "INSERT INTO extras SELECT max(sighting_id), 'legal_basis', 'empty', NULL FROM sightings;",
      text_id));
  EXPECT_EQ(text("SELECT string_agg(concat_ws(' ', on_behalf_of, on_behalf_state, legal_basis, "
                 "legal_basis_state, decision), ', ' ORDER BY access_id) FROM facts"),
            "ice value 8 value denied, not_exported not_exported, not_exported empty");
  const NamedText file{"for-ice.toml", std::string(kForIce)};
  const Result<std::vector<Pack>> packs = load_packs({&file, 1});
  ASSERT_TRUE(packs) << packs.error().text();
  const Result<std::vector<Reach>> reach = reach_of(*db_, *packs);
  ASSERT_TRUE(reach) << reach.error().text();
  EXPECT_EQ(reach->at(0).governed, 1);
  EXPECT_EQ(reach->at(0).unknown, 0);
  ASSERT_TRUE(run(*db_, *packs));
  EXPECT_EQ(text("SELECT accesses || ' ' || because FROM outcome_counts WHERE outcome = 'missing'"),
            "1 forbidden");
}

TEST_F(Rules, RefuseADetectorThatReachesBeyondItsViews) {
  const Refusal kRefusals[] = {
      {"SELECT subject AS about FROM sightings", "not 'sightings'"},
      {"SELECT subject AS about FROM detect_lookups", "subject"},
      {"SELECT * FROM detect_lookups WHERE EXISTS (SELECT * FROM links)", "not 'links'"},
      {"WITH lookups AS (SELECT * FROM lookups) SELECT * FROM lookups", "not 'lookups'"},
      {"SELECT * FROM main.detect_lookups", "schema main"},
      {"SELECT * FROM query('SELECT 1')", "TABLE_FUNCTION"},
      {"SELECT * FROM read_csv('a.csv')", "TABLE_FUNCTION"},
      {"SELECT * FROM 'a.csv'", "not 'a.csv'"},
      {"SELECT * FROM duckdb_tables()", "TABLE_FUNCTION"},
      {"SELECT * FROM (DESCRIBE sightings)", "SHOW_REF"},
      {"DROP TABLE rules", "one SELECT"},
      {"SELECT 1; SELECT 2", "one SELECT"},
      {"SELECT 1; DROP TABLE rules", "one SELECT"},
      {"SELECT 1) UNION (SELECT 2", "one SELECT"},
      {"SELECT random() AS about FROM detect_texts", "random"},
      {"SELECT now() AS about FROM detect_texts", "now"},
      {"SELECT text AS about FROM detect_texts", "n\""},
      {"SELECT ? AS about FROM detect_texts", ""},
  };
  for (const Refusal& refusal : kRefusals) {
    Rule rule;
    rule.id = "d";
    rule.kind = Kind::detector;
    rule.sql = refusal.sql;
    const Result<void> checked = check_detector(*db_, rule);
    ASSERT_FALSE(checked) << refusal.sql;
    EXPECT_NE(checked.error().message.find(refusal.why), std::string::npos)
        << checked.error().message;
  }
}

// Random facts in place of the view: what DuckDB stores is what the native decision says.
class RandomFacts {
 public:
  std::string values() {
    std::string out;
    row.clear();
    for (const record::Fact& fact : record::facts()) {
      if (!out.empty()) out += ", ";
      row.push_back(value(fact));
      out += literal_of(fact, row.back());
    }
    return out;
  }
  std::vector<Value> row;

 private:
  Value value(const record::Fact& fact) {
    static constexpr std::string_view kStates[] = {"IL", "CA", "VA", "TX"};
    if (random_() % 5 == 0) return {};
    if (fact.type == record::FactType::integer)
      return Value::of(static_cast<std::int64_t>(random_() % 9));
    if (fact.type == record::FactType::timestamp)
      return Value::of(*parse_timestamp("2023-12-31 23:59:59.999999") +
                       static_cast<std::int64_t>(random_() % 600) * 86'400'000'000 +
                       static_cast<std::int64_t>(random_() % 2));
    if (fact.name == "act") return Value::of(std::string_view("search"));
    if (fact.name == "system") return Value::of(std::string_view("plate_reader"));
    if (fact.name == "owner_state" || fact.name == "searcher_state")
      return Value::of(kStates[random_() % 4]);
    const auto words = words_of(fact.name);
    return Value::of(words.empty() ? "x" : words[random_() % words.size()]);
  }
  static std::string literal_of(const record::Fact& fact, const Value& value) {
    const bool says_unknown = fact.name == "relation" || fact.name.ends_with("_level");
    if (!value.known) return says_unknown ? "'unknown'" : "NULL";
    if (fact.type == record::FactType::text) return store::literal(value.text);
    if (fact.type == record::FactType::integer) return fmt::format("{}", value.number);
    return fmt::format("TIMESTAMP '{}'", print_timestamp(value.number));
  }
  std::mt19937_64 random_{11};
};

TEST_F(Rules, StoreWhatTheNativeDecisionSays) {
  sql("CREATE TABLE random_facts AS SELECT * FROM facts LIMIT 0");
  std::string names;
  for (const record::Fact& fact : record::facts()) names += fmt::format(", \"{}\"", fact.name);
  RandomFacts random;
  std::vector<std::vector<Value>> rows;
  std::string values;
  for (int i = 0; i < 500; ++i) {
    values += fmt::format("{}({}, {}, {})", i == 0 ? "" : ", ", i, i, random.values());
    rows.push_back(random.row);
  }
  sql(fmt::format("INSERT INTO random_facts (access_id, lookup_id{}) VALUES {}", names, values));
  sql("CREATE OR REPLACE VIEW facts AS SELECT * FROM random_facts;"
      "CREATE OR REPLACE VIEW party_facts AS SELECT system, log_role, owner_state, owner_level, "
      "owner_kind, owner_country, searcher_state, searcher_level, searcher_kind, searcher_country, "
      "count(*) AS accesses FROM facts GROUP BY ALL");
  judge();
  std::size_t ix = 0;
  std::array<int, 5> seen{};
  for (const Pack& pack : packs_) {
    if (text("SELECT count(*)::VARCHAR FROM rules WHERE pack_id = '" + pack.id + "'") == "0")
      continue;  // governs none of these
    for (const Rule& rule : pack.rules) {
      const std::size_t here = ix++;
      if (rule.kind == Kind::detector) continue;
      const Result<store::Rows> stored =
          db_->query(fmt::format("SELECT o.r{0}::VARCHAR, b.outcome::VARCHAR, b.because FROM "
                                 "outcomes o JOIN outcome_reasons b "
                                 "ON b.rule_ix = {0} AND b.code = o.b{0} ORDER BY access_id",
                                 here));
      ASSERT_TRUE(stored) << stored.error().text();
      ASSERT_EQ(stored->size(), rows.size());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const Reason& reason = rule.decision.reasons[decide(rule.decision, rows[i])];
        ASSERT_EQ(stored->text(i, 0), record::name(reason.outcome)) << rule.id << " row " << i;
        ASSERT_EQ(stored->text(i, 1), record::name(reason.outcome)) << rule.id << " row " << i;
        ASSERT_EQ(stored->text(i, 2), reason.because) << rule.id << " row " << i;
        ++seen[static_cast<std::size_t>(reason.outcome)];
      }
    }
  }
  for (const int count : seen) EXPECT_GT(count, 5) << "the test must see each outcome";
}

}  // namespace
}  // namespace onus::rules

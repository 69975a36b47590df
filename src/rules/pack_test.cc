// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "record/facts.h"
#include "rules/decide.h"
#include "rules/local_time.h"
#include "rules/rules.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {

using record::Outcome;

std::vector<Pack> shipped_packs() {
  const std::vector<NamedText> files = builtin_packs();
  Result<std::vector<Pack>> packs = load_packs(files);
  EXPECT_TRUE(packs) << packs.error().text();
  return packs ? std::move(*packs) : std::vector<Pack>();
}

std::string error_of(const std::string& text) {
  const NamedText file{"p.toml", text};
  const Result<std::vector<Pack>> packs = load_packs({&file, 1});
  return packs ? "no error" : packs.error().message;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

const char kPack[] = R"toml(id = "p"
title = {en = "a", de = "b"}
[[rule]]
id = "r"
kind = "sharing"
title = {en = "a", de = "b"}
severity = "note"
status = "checked"
duty_bearer = "owner"
in_force = {from = 2025-07-01, to = 2025-12-31}
applies = "is_state(owner_state, 'IL')"
forbids = "relation = 'out_of_state'"
cites = [{law = "L", section = "1", basis = "Q", sentence = {en = "a", de = "b"}}]
[[rule.example]]
name = "fires"
facts = {when = "2025-07-01", owner_state = "IL", relation = "out_of_state"}
outcome = "breach"
[[rule.example]]
name = "does not"
facts = {when = "2025-07-01", owner_state = "IL", relation = "in_state"}
outcome = "allowed"
[[rule.example]]
name = "unknown"
facts = {when = "2025-07-01", owner_state = "IL"}
outcome = "cannot_tell"
because = "unknown:relation"
)toml";

TEST(Pack, ShippedPacksLoadAndEachRuleOfLawSpeaksBothLanguages) {
  const std::vector<Pack> packs = shipped_packs();
  ASSERT_GE(packs.size(), 4U);
  for (const Pack& pack : packs)
    for (const Rule& rule : pack.rules)
      for (const Cite& cite : rule.cites) EXPECT_NE(cite.sentence.en, cite.sentence.de) << rule.id;
}

struct Mutation {
  const char* what;
  const char* by;
  const char* message;
};

TEST(Pack, NamesWhatIsWrongAndWhere) {
  ASSERT_EQ(error_of(kPack), "no error");
  const Mutation kMutations[] = {
      {"forbids =", "forbid =", "p.toml:12:10: unknown key 'forbid'"},
      {"\"sharing\"", "\"shring\"",
       "p.toml:5:8: 'kind' is one of purpose, sharing, record, retention, log_retention, audit, "
       "quality, detector, not 'shring' (did you mean 'sharing'?)"},
      {"relation = 'out_of_state'\"", "relation = 'out_of_stat'\"",
       "p.toml:12:23: expected a word of relation, found 'out_of_stat' (did you mean "
       "'out_of_state'?)"},
      {"basis = \"Q\"", "basis = \"S+\"",
       "p.toml:13:45: a text read neither officially (O) nor in a quoted copy (Q): the rule's "
       "status "
       "must be 'draft'"},
      {"to = 2025-12-31", "to = 2025-06-30", "p.toml:10:37: 'to' lies before 'from'"},
      {"de = \"b\"}\n[[rule]]", "de = \"\"}\n[[rule]]", "p.toml:2:9: 'title' is empty"},
      {"outcome = \"breach\"", "outcome = \"allowed\"",
       "p.toml:14:1: example 'fires' of r gives breach (forbidden), not allowed"},
      {"because = \"unknown:relation\"", "because = \"unknown:purpose\"",
       "p.toml:22:1: example 'unknown' of r gives cannot_tell (unknown:relation), not cannot_tell "
       "(unknown:purpose)"},
      {"owner_state = \"IL\"}", "owner_stat = \"IL\"}",
       "p.toml:24:44: no fact 'owner_stat' (did you mean 'owner_state'?)"},
      {"relation = \"in_state\"", "relation = \"unknown\"",
       "p.toml:20:62: 'unknown' is no word of relation"},
      {"id = \"r\"", "id = \"R\"", "p.toml:4:6: an id has lower-case letters, digits, '-' and '.'"},
      {"from = 2025-07-01, ", "", "p.toml:3:1: a rule of law needs in_force.from"},
      {"from = 2025-07-01", "from = \"not_read\"",
       "p.toml:10:20: without the day of entry into force the rule's status must be 'draft'"},
      {"[[rule]]", "governs = \"relation = 'federal'\"\n[[rule]]",
       "p.toml:3:11: 'governs' asks for owner, searcher, on_behalf_of, system and "
       "log_role, not for 'relation'"},
      {"[[rule]]", "governs = \"owner_stat = 'IL'\"\n[[rule]]",
       "p.toml:3:12: expected a column, a value or '(', found 'owner_stat' (did you mean "
       "'owner_state'?)"},
  };
  for (const Mutation& m : kMutations)
    EXPECT_EQ(error_of(replaced(kPack, m.what, m.by)), m.message) << m.what;
}

TEST(Pack, ReadsObligationsAndNamesWhatIsWrongInOne) {
  const auto with = [](const std::string& obligations) {
    return replaced(kPack, "cites =", "obligations = [" + obligations + "]\ncites =");
  };
  const NamedText file{"p.toml",
                       with("{duty = \"review\", within_days = 7}, {duty = \"record_user\"}")};
  const Result<std::vector<Pack>> packs = load_packs({&file, 1});
  ASSERT_TRUE(packs) << packs.error().text();
  const std::vector<Obligation>& read = (*packs)[0].rules[0].obligations;
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(spelled(read[0]), "review|7");
  EXPECT_EQ(spelled(read[1]), "record_user");
  const std::pair<const char*, const char*> kWrong[] = {
      {"{duty = \"record_reson\"}",
       "p.toml:13:24: 'duty' is one of record_user, record_agency, record_query, record_reason, "
       "record_case_number, account_disclosure, review, notify_supervisor, not 'record_reson' "
       "(did you mean 'record_reason'?)"},
      {"{duty = \"review\"}", "p.toml:13:16: 'review' needs within_days = 1 to 3660"},
      {"{duty = \"review\", within_days = 0}",
       "p.toml:13:48: 'review' needs within_days = 1 to 3660"},
      {"{duty = \"record_user\", within_days = 7}",
       "p.toml:13:53: only the duty 'review' has 'within_days'"},
      {"{duty = \"record_user\"}, {duty = \"record_user\"}",
       "p.toml:13:48: this duty is given twice in the rule"},
      {"{dutie = \"review\"}", "p.toml:13:25: unknown key 'dutie'"},
      {"{within_days = 7}", "p.toml:13:16: 'duty' is missing"},
  };
  for (const auto& [text, message] : kWrong) EXPECT_EQ(error_of(with(text)), message) << text;
}

TEST(Pack, ShippedLawAsksForEveryDutyButWordToASupervisor) {
  std::set<std::string_view> asked;
  for (const Pack& pack : shipped_packs())
    for (const Rule& rule : pack.rules)
      for (const Obligation& obligation : rule.obligations) asked.insert(name(obligation.duty));
  EXPECT_EQ(asked.size(), record::Names<record::Duty>::all.size() - 1);
  EXPECT_FALSE(asked.contains("notify_supervisor"));
}

TEST(Pack, ARuleThatRestsOnNoLawObligesNobody) {
  std::string text = kPack;
  for (const char* line : {"status = \"checked\"\n", "duty_bearer = \"owner\"\n"})
    text = replaced(text, line, "");
  const std::size_t cites = text.find("cites =");
  text.erase(cites, text.find('\n', cites) - cites + 1);
  text = replaced(text, "\"sharing\"", "\"quality\"");
  text = replaced(text, "outcome = \"breach\"", "outcome = \"missing\"");
  ASSERT_EQ(error_of(text), "no error");
  EXPECT_EQ(
      error_of(replaced(text, "applies =", "obligations = [{duty = \"record_user\"}]\napplies =")),
      "p.toml:9:15: a rule of this kind rests on no law: no 'obligations'");
}

TEST(Pack, WhereItIsNotTheLawNoRuleApplies) {
  const std::string text =
      replaced(kPack, "[[rule]]", "governs = \"system = 'plate_reader'\"\n[[rule]]");
  EXPECT_NE(error_of(text).find("gives not_applicable (governs_unknown), not breach"),
            std::string::npos);
}

TEST(Pack, ADraftMayLeaveTheDayOfEntryIntoForceOpen) {
  std::string text = replaced(kPack, "from = 2025-07-01, to = 2025-12-31", "from = \"not_read\"");
  text = replaced(text, "\"checked\"", "\"draft\"");
  text = replaced(text, "outcome = \"breach\"", "outcome = \"cannot_tell\"\nbecause = \"draft\"");
  EXPECT_EQ(error_of(text), "no error");
}

TEST(Pack, NeedsAnExampleOfEachKind) {
  const std::string text = kPack;
  const std::string two = text.substr(0, text.rfind("[[rule.example]]"));
  EXPECT_NE(error_of(two).find("needs at least three [[rule.example]]"), std::string::npos);
}

TEST(Pack, RefusesTheSameRuleTwice) {
  const std::vector<NamedText> files = {{"a", kPack},
                                        {"b", replaced(kPack, "id = \"p\"", "id = \"q\"")}};
  EXPECT_EQ(load_packs(files).error().message, "b: a rule 'r' is loaded already");
}

// Each example is a claim: changing what it expects must make the pack fail to load.
TEST(Pack, EveryFlippedExampleOfAShippedPackStopsIt) {
  int flipped = 0;
  for (const NamedText& file : builtin_packs()) {
    for (std::size_t at = file.text.find("\noutcome = \""); at != std::string::npos;
         at = file.text.find("\noutcome = \"", at + 1)) {
      const std::size_t begin = at + 12;
      const std::size_t end = file.text.find('"', begin);
      const bool allowed = file.text.substr(begin, end - begin) == "allowed";
      const NamedText mutant{
          file.name,
          file.text.substr(0, begin) + (allowed ? "missing" : "allowed") + file.text.substr(end)};
      const Result<std::vector<Pack>> packs = load_packs({&mutant, 1});
      ASSERT_FALSE(packs) << file.name;
      EXPECT_NE(packs.error().message.find("example"), std::string::npos) << packs.error().message;
      ++flipped;
    }
  }
  EXPECT_GT(flipped, 40);
}

// A row with random words of each fact, where some are unknown.
class RandomRows {
 public:
  explicit RandomRows(std::uint64_t seed) : random_(seed) {}

  std::vector<Value> next() {
    std::vector<Value> out;
    for (const record::Fact& fact : record::facts()) {
      const auto words = words_of(fact.name);
      if (below(6) == 0) {
        out.emplace_back();
      } else if (fact.type == record::FactType::timestamp) {
        out.push_back(Value::of(*parse_timestamp("2023-06-01") +
                                static_cast<std::int64_t>(below(1500)) * 86'400'000'000));
      } else if (fact.type == record::FactType::integer) {
        out.push_back(Value::of(static_cast<std::int64_t>(below(100))));
      } else {
        out.push_back(Value::of(words.empty() ? "x" : words[below(words.size())]));
      }
    }
    return out;
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::mt19937_64 random_;
};

std::size_t fact(std::string_view name) {
  const auto facts = record::facts();
  return static_cast<std::size_t>(
      std::find_if(facts.begin(), facts.end(), [&](const auto& f) { return f.name == name; }) -
      facts.begin());
}

TEST(Pack, DraftsNeverSayBreachOrMissing) {
  RandomRows rows(1);
  const std::vector<Pack> packs = shipped_packs();
  int drafts = 0;
  for (int i = 0; i < 5000; ++i) {
    std::vector<Value> row = rows.next();
    if (i % 2 == 0) row[fact("owner_state")] = Value::of(std::string_view("VA"));
    row[fact("system")] = Value::of(std::string_view("plate_reader"));
    for (const Pack& pack : packs)
      for (const Rule& rule : pack.rules) {
        if (rule.status != record::TextStatus::draft) continue;
        const Reason& reason = rule.decision.reasons[decide(rule.decision, row)];
        ASSERT_LE(reason.outcome, Outcome::cannot_tell) << rule.id;
        drafts += reason.because == "draft" ? 1 : 0;
      }
  }
  EXPECT_GT(drafts, 50);
}

TEST(Pack, IllinoisNeverDecidesAboutFederalSearchers) {
  RandomRows rows(2);
  int seen = 0;
  const std::vector<Pack> packs = shipped_packs();
  for (int i = 0; i < 5000; ++i) {
    std::vector<Value> row = rows.next();
    row[fact("owner_state")] = Value::of(std::string_view("IL"));
    row[fact("searcher_level")] = row[fact("relation")] = Value::of(std::string_view("federal"));
    row[fact("act")] = Value::of(std::string_view("search"));
    row[fact("system")] = Value::of(std::string_view("plate_reader"));
    row[fact("when")] = Value::of(*parse_timestamp("2024-01-01") + i * 3'600'000'000LL);
    for (const Pack& pack : packs)
      for (const Rule& rule : pack.rules) {
        if (pack.id != "us-il-5-2-130") continue;
        EXPECT_EQ(rule.decision.reasons[decide(rule.decision, row)].outcome, Outcome::cannot_tell);
        ++seen;
      }
  }
  EXPECT_EQ(seen, 10000);
}

TEST(Pack, InForceFromTheFirstMicrosecondOfADayToTheLast) {
  const NamedText file{"p.toml", kPack};
  const std::vector<Pack> packs = load_packs({&file, 1}).value();
  const Decision& decision = packs[0].rules[0].decision;
  std::vector<Value> row(record::facts().size());
  row[fact("act")] = Value::of(std::string_view("search"));
  row[fact("owner_state")] = Value::of(std::string_view("IL"));
  row[fact("relation")] = Value::of(std::string_view("out_of_state"));
  const auto outcome_at = [&](const char* when) {
    row[fact("when")] = Value::of(*parse_timestamp(when));
    return decision.reasons[decide(decision, row)].outcome;
  };
  EXPECT_EQ(outcome_at("2025-06-30 23:59:59.999999"), Outcome::not_applicable);
  EXPECT_EQ(outcome_at("2025-07-01 00:00:00"), Outcome::breach);
  EXPECT_EQ(outcome_at("2025-12-31 23:59:59.999999"), Outcome::breach);
  EXPECT_EQ(outcome_at("2026-01-01 00:00:00"), Outcome::not_applicable);
  row[fact("when")] = {};
  EXPECT_EQ(decision.reasons[decide(decision, row)].because, "unknown:when");
}

TEST(Pack, AnOpenExceptionIsNotABreach) {
  const std::string text =
      replaced(kPack, "cites =", "except = \"purpose = 'training_test'\"\ncites =");
  const NamedText file{"p.toml", replaced(text, "relation = \"out_of_state\"}",
                                          "relation = \"out_of_state\", purpose = \"crime\"}")};
  const Result<std::vector<Pack>> packs = load_packs({&file, 1});
  ASSERT_TRUE(packs) << packs.error().text();
  const Decision& decision = (*packs)[0].rules[0].decision;
  std::vector<Value> row(record::facts().size());
  row[fact("act")] = Value::of(std::string_view("search"));
  row[fact("owner_state")] = Value::of(std::string_view("IL"));
  row[fact("relation")] = Value::of(std::string_view("out_of_state"));
  row[fact("when")] = Value::of(*parse_timestamp("2025-08-01"));
  EXPECT_EQ(decision.reasons[decide(decision, row)].because, "unknown:purpose");
  row[fact("purpose")] = Value::of(std::string_view("training_test"));
  EXPECT_EQ(decision.reasons[decide(decision, row)].because, "exception");
}

}  // namespace
}  // namespace onus::rules

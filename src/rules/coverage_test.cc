// SPDX-License-Identifier: Apache-2.0
#include "rules/coverage.h"

#include <gtest/gtest.h>

#include <random>

#include "rules/explain.h"
#include "rules/lint.h"
#include "rules/parse.h"
#include "rules/read_pack.h"
#include "rules/rules.h"
#include "support/random_conditions.h"

namespace onus::rules {
namespace {

std::string pack(const std::string& rule, const std::string& lists = "") {
  return "id = \"t\"\ntitle = {en = \"t\", de = \"t\"}\n" + lists +
         R"(
[[rule]]
id = "t-1"
kind = "quality"
title = {en = "t", de = "t"}
severity = "note"
)" + rule +
         R"(
example = [
  {name = "a", facts = {relation = "federal", topic = "protest"}, outcome = "missing"},
  {name = "b", facts = {relation = "in_state", topic = "protest"}, outcome = "allowed"},
  {name = "c", facts = {topic = "protest"}, outcome = "cannot_tell"},
]
)";
}

std::vector<std::string> codes(const std::string& text, const ShippedFacts& shipped) {
  const Result<std::vector<LintFinding>> found = lint_pack({"t.toml", text}, shipped);
  if (!found) return {found.error().text()};
  std::vector<std::string> out;
  for (const LintFinding& one : *found) out.push_back(one.code + ":" + one.text);
  return out;
}

const ShippedFacts kAll = {{"plate_reader", {"relation", "topic", "act", "system"}}};

TEST(Coverage, CountsTheAnswersThatExamplesMakeWhereTheyAreAsked) {
  const Result<PackTest> test = test_pack(
      {"t.toml", pack("forbids = \"relation = 'federal'\"\napplies = \"topic = 'protest'\"")});
  ASSERT_TRUE(test) << test.error().text();
  const RuleTest& rule = test->rules.at(0);
  EXPECT_TRUE(rule.wrong.empty());
  ASSERT_EQ(rule.clauses.size(), 2U);
  EXPECT_EQ(rule.clauses[0].clause, "applies");
  EXPECT_EQ(rule.clauses[0].seen, only(Truth::is_true));  // topic is never another or unknown
  EXPECT_EQ(rule.clauses[0].possible, kAllAnswers);
  EXPECT_EQ(rule.clauses[1].seen, kAllAnswers);
  EXPECT_EQ(rule.seen(), 4U);
  EXPECT_EQ(rule.possible(), 6U);
}

TEST(Coverage, NamesEachExampleThatFailsAndGoesOn) {
  std::string text = pack("forbids = \"relation = 'out_of_state'\"");
  const Result<PackTest> test = test_pack({"t.toml", text});
  ASSERT_TRUE(test);
  ASSERT_EQ(test->rules[0].wrong.size(), 1U);
  EXPECT_NE(test->rules[0].wrong[0].find("example 'a' of t-1 gives allowed, not missing"),
            std::string::npos);
}

// Of every shipped pack, in hundredths: what examples show of the answers that are possible.
constexpr std::size_t kShippedThreshold = 80;

TEST(Coverage, ShippedPacksPassAndTheirFilesAreNamedByTheirIds) {
  for (const NamedText& file : builtin_packs()) {
    const Result<PackTest> test = test_pack(file);
    ASSERT_TRUE(test) << test.error().text();
    EXPECT_TRUE(file.name.ends_with("/" + test->pack + ".toml")) << file.name;
    std::size_t seen = 0;
    std::size_t possible = 0;
    for (const RuleTest& rule : test->rules) {
      EXPECT_TRUE(rule.wrong.empty()) << rule.rule;
      EXPECT_LE(rule.seen(), rule.possible());
      seen += rule.seen();
      possible += rule.possible();
    }
    EXPECT_GE(seen * 100, possible * kShippedThreshold)
        << test->pack << ": " << seen << " of " << possible;
  }
}

// The pack's jurisdiction is one clause, whichever rule's example shows what it answers.
TEST(Coverage, GovernsCountsOncePerPack) {
  std::string text = pack("forbids = \"relation = 'federal'\"");
  const std::string second = text.substr(text.find("[[rule]]"));
  text += second;
  text.replace(text.rfind("t-1"), 3, "t-2");
  text.insert(text.find("[[rule]]"), "governs = \"system = 'x'\"\n");
  const std::string given = "facts = {";
  for (std::size_t at = text.find(given); at != std::string::npos; at = text.find(given, at + 1))
    text.insert(at + given.size(), "system = \"x\", ");
  text.insert(text.rfind("]"), "  {name = \"d\", facts = {}, outcome = \"not_applicable\"},\n");
  const Result<PackTest> test = test_pack({"t.toml", text});
  ASSERT_TRUE(test) << test.error().text();
  ASSERT_EQ(test->rules.size(), 2U);
  EXPECT_EQ(test->rules[0].clauses[0].clause, "governs");
  EXPECT_EQ(test->rules[0].clauses[0].seen, only(Truth::is_true) | only(Truth::is_null));
  EXPECT_NE(test->rules[1].clauses[0].clause, "governs");
}

// No walk over a random row may give an answer that possible() excludes.
TEST(Possible, HoldsEveryAnswerThatARandomRowGives) {
  test_support::Generator generator(11);
  for (int i = 0; i < 300; ++i) {
    Decision decision;
    for (int t = 0; t < 3; ++t) {
      Result<Tree> tree = parse(generator.condition(2).text, {"random"});
      ASSERT_TRUE(tree);
      decision.trees.push_back(std::move(*tree));
      decision.clauses.emplace_back("x");
      decision.branches.push_back({static_cast<std::size_t>(t), Truth::is_true, 0, {}});
    }
    decision.reasons.push_back({});
    const Possible can = possible(decision);
    for (int r = 0; r < 50; ++r) {
      const std::vector<Value> row = generator.row();
      for (const Trace::Step& step : trace(decision, row).asked)
        ASSERT_TRUE(can.answers[step.tree] & only(step.truth)) << i;
      for (const Tree& tree : decision.trees)
        ASSERT_TRUE(answers_of(tree) & only(evaluate(tree, row))) << i;
    }
  }
}

TEST(Lint, FindsWhatIsMostLikelyNotMeant) {
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes(pack("forbids = \"relation = 'federal'\""), kAll), Codes{});
  EXPECT_EQ(codes(pack("forbids = \"relation = 'federal'\"", "[lists]\nplain = [\"crime\"]"), kAll),
            Codes{"unused-list:no condition names the list 'plain'"});
  EXPECT_EQ(codes(pack("forbids = \"relation = 'federal'\""), {{"plate_reader", {"act"}}}),
            Codes{"no-column:no shipped profile fills 'relation'"});
  EXPECT_EQ(
      codes(pack("forbids = \"relation = 'federal'\"", "governs = \"system = 'vis'\""), kAll).at(0),
      "unknown-system:no shipped profile is of a 'vis'");
}

TEST(Lint, FindsAClauseThatNoAccessMakesTrue) {
  const std::string dead =
      "forbids = \"relation = 'federal'\"\n"
      "except = \"relation = 'federal' AND relation = 'in_state'\"";
  EXPECT_EQ(codes(pack(dead), kAll),
            std::vector<std::string>{"unreachable:'except' can never be TRUE where it is asked"});
}

TEST(Lint, FindsDaysThatNoRuleOrTwoRulesOfASectionHold) {
  const auto two = [](const std::string& second) {
    std::string out = "id = \"t\"\ntitle = {en = \"t\", de = \"t\"}\n";
    for (const auto& [id, dates] :
         {std::pair<std::string, std::string>{"t-1", "from = 2024-01-01, to = 2024-12-31"},
          {"t-2", "from = " + second}})
      out += "[[rule]]\nid = \"" + id + "\"\nin_force = {" + dates + "}\n" + R"(
kind = "purpose"
title = {en = "t", de = "t"}
severity = "note"
status = "checked"
duty_bearer = "owner"
cites = [{law = "L", section = "1", basis = "O", sentence = {en = "s", de = "s"}}]
forbids = "relation = 'federal'"
example = [
  {name = "a", facts = {when = "2024-06-01", relation = "federal"}, outcome = "breach"},
  {name = "b", facts = {when = "2024-06-01", relation = "in_state"}, outcome = "allowed"},
  {name = "c", facts = {when = "2024-06-01"}, outcome = "cannot_tell"},
]
)";
    return out;
  };
  const auto shipped = ShippedFacts{{"x", {"when", "relation", "act"}}};
  EXPECT_TRUE(codes(two("2025-01-01"), shipped).empty());
  EXPECT_TRUE(codes(two("2025-01-02"), shipped).at(0).starts_with("date-gap:"));
  EXPECT_TRUE(codes(two("2024-12-31"), shipped).at(0).starts_with("date-overlap:"));
}

TEST(Explain, NamesTheClauseThatDecidedAndWhatItRead) {
  const NamedText file{"t.toml", pack("forbids = \"relation = 'federal'\"")};
  const Result<std::vector<Pack>> packs = load_packs({&file, 1});
  ASSERT_TRUE(packs) << packs.error().text();
  const std::vector<std::string> given{"relation=federal"};
  const Result<FactRows> facts = facts_given(given);
  ASSERT_TRUE(facts);
  const Explanation why = explain(packs->at(0).rules[0], facts->accesses[0].row);
  EXPECT_EQ(why.reason.outcome, record::Outcome::missing);
  ASSERT_FALSE(why.steps.empty());
  EXPECT_EQ(why.steps.back().clause, "forbids");
  EXPECT_TRUE(why.steps.back().decided);
  EXPECT_EQ(why.read.back().fact, "relation");
  EXPECT_EQ(why.read.back().value, "federal");
}

TEST(Explain, ObligationsAttachWhereTheRuleAppliesAndDoesNotForbid) {
  const NamedText file{"t.toml", R"(id = "t"
title = {en = "t", de = "t"}
[[rule]]
id = "t-1"
kind = "purpose"
title = {en = "t", de = "t"}
severity = "note"
status = "checked"
duty_bearer = "owner"
obligations = [{duty = "notify_supervisor"}]
in_force.from = 2024-01-01
cites = [{law = "L", section = "1", basis = "O", sentence = {en = "s", de = "s"}}]
applies = "system = 'plate_reader'"
forbids = "relation = 'federal'"
example = [
  {name = "a", facts = {when = "2024-06-01", system = "plate_reader", relation = "federal"}, outcome = "breach"},
  {name = "b", facts = {when = "2024-06-01", system = "plate_reader", relation = "in_state"}, outcome = "allowed"},
  {name = "c", facts = {when = "2024-06-01"}, outcome = "cannot_tell"},
]
)"};
  const Result<std::vector<Pack>> packs = load_packs({&file, 1});
  ASSERT_TRUE(packs) << packs.error().text();
  const auto obliges = [&](const std::vector<std::string>& given) {
    const FactRows facts = facts_given(given).value();
    return explain(packs->at(0).rules[0], facts.accesses[0].row).obliges;
  };
  const std::string day = "when=2024-06-01", system = "system=plate_reader";
  EXPECT_EQ(obliges({day, system, "relation=in_state"}), Truth::is_true);
  EXPECT_EQ(obliges({day, system}), Truth::is_true) << "what is forbidden is unknown, not the duty";
  EXPECT_EQ(obliges({day, system, "relation=federal"}), Truth::is_false) << "forbidden";
  EXPECT_EQ(obliges({day, "system=data_broker"}), Truth::is_false) << "does not apply";
  EXPECT_EQ(obliges({day}), Truth::is_null) << "whether it applies is unknown";
  EXPECT_EQ(obliges({system}), Truth::is_null) << "whether it was in force is unknown";
  EXPECT_EQ(obliges({day, system, "act=hotlist_hit"}), Truth::is_false) << "another act";
}

TEST(Explain, NamesTheClauseThatDecidedThoughOthersWereAskedAfterIt) {
  const NamedText file{"t.toml",
                       pack("in_force.from = 2024-01-01\napplies = \"topic = 'protest'\"\n"
                            "forbids = \"relation = 'federal'\"")};
  const PackText read = read_pack(file).value();
  const FactRows facts = facts_given(std::vector<std::string>{"when=2024-06-01"}).value();
  const Explanation why = explain(read.pack.rules[0], facts.accesses[0].row);
  EXPECT_EQ(why.reason.because, "unknown:topic");
  ASSERT_NE(why.decisive(), nullptr);
  EXPECT_EQ(why.decisive()->clause, "applies");
  EXPECT_NE(why.steps.back().clause, "applies") << "the moment is asked before it is known";
}

TEST(Explain, RefusesAFactOrAWordThatDoesNotExist) {
  for (const char* given :
       {"plate=ABC", "relation=fedral", "relation", "networks=x", "when=noon"}) {
    const std::vector<std::string> one{given};
    const Result<FactRows> facts = facts_given(one);
    ASSERT_FALSE(facts) << given;
    EXPECT_EQ(facts.error().code, Code::usage);
  }
}

}  // namespace
}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
#include "rules/coverage.h"

#include <fmt/format.h>

#include <bit>

#include "rules/decide.h"
#include "rules/examples.h"
#include "rules/read_pack.h"

namespace onus::rules {
namespace {

// What the compiler adds of its own needs no example.
bool is_written(const std::string& clause) {
  return clause != "always" && clause != "acts" && clause != "the moment" &&
         clause != "forbids, with except unknown" && !clause.ends_with(", before in_force.read");
}

// That a moment may be unknown is the compiler's business, and the same for every rule with dates.
Answers of_dates(const std::string& clause, Answers possible) {
  if (clause != "before in_force.from" && clause != "after in_force.to") return possible;
  return static_cast<Answers>(possible & ~only(Truth::is_null));
}

std::vector<ClauseCoverage> coverage(const Rule& rule, const std::vector<Example>& examples) {
  const Decision& decision = rule.decision;
  const Possible can = possible(decision);
  std::vector<Answers> seen(decision.trees.size());
  for (const Example& example : examples) {
    for (const Trace::Step& step : trace(decision, example.row).asked)
      seen[step.tree] = static_cast<Answers>(seen[step.tree] | only(step.truth));
  }
  std::vector<ClauseCoverage> out;
  for (std::size_t i = 0; i < decision.trees.size(); ++i) {
    if (!is_written(decision.clauses[i])) continue;
    const Answers asked = of_dates(decision.clauses[i], can.answers[i]);
    out.push_back({decision.clauses[i], static_cast<Answers>(seen[i] & asked), asked});
  }
  return out;
}

RuleTest test_rule(const Rule& rule, const std::vector<Example>& examples, std::string_view file,
                   const TomlValue& table) {
  RuleTest out{rule.id, examples.size(), {}, coverage(rule, examples)};
  for (const Example& example : examples) {
    const std::string wrong = wrong_example(rule, example);
    if (!wrong.empty())
      out.wrong.push_back(fmt::format("{}:{}:{}: {}", file, example.line, example.column, wrong));
  }
  if (!out.wrong.empty()) return out;
  if (const Result<void> enough = run_examples(rule, examples, file, table); !enough)
    out.wrong.push_back(enough.error().message);
  return out;
}

// `governs` is the pack's: what any example shows of it counts, once, with the first rule.
void join_governs(std::vector<RuleTest>& rules) {
  Answers seen = 0;
  for (const RuleTest& rule : rules) {
    for (const ClauseCoverage& clause : rule.clauses)
      if (clause.clause == "governs") seen = static_cast<Answers>(seen | clause.seen);
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    std::vector<ClauseCoverage>& clauses = rules[i].clauses;
    if (i > 0) std::erase_if(clauses, [](const auto& c) { return c.clause == "governs"; });
    if (i == 0 && !clauses.empty() && clauses[0].clause == "governs") clauses[0].seen = seen;
  }
}

}  // namespace

std::size_t RuleTest::seen() const {
  std::size_t out = 0;
  for (const ClauseCoverage& clause : clauses)
    out += static_cast<std::size_t>(std::popcount(clause.seen));
  return out;
}

std::size_t RuleTest::possible() const {
  std::size_t out = 0;
  for (const ClauseCoverage& clause : clauses)
    out += static_cast<std::size_t>(std::popcount(clause.possible));
  return out;
}

Result<PackTest> test_pack(const NamedText& file) {
  ONUS_TRY(const PackText read, read_pack(file));
  ONUS_TRY(const auto tables, read.root.tables_at(file.name, "rule"));
  PackTest out{read.pack.id, {}};
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Rule& rule = read.pack.rules[i];
    if (rule.kind != Kind::detector)
      out.rules.push_back(test_rule(rule, read.examples[i], file.name, *tables[i]));
  }
  join_governs(out.rules);
  return out;
}

}  // namespace onus::rules

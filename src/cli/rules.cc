// SPDX-License-Identifier: Apache-2.0
// onus rules: for those who write packs. test and lint here, explain in rules_explain.cc, sql
// and facts in rules_sql.cc.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/pack_choice.h"
#include "cli/stages.h"
#include "ingest/profile.h"
#include "record/facts.h"
#include "rules/coverage.h"
#include "rules/lint.h"

namespace onus::cli {
namespace {

using Json = nlohmann::ordered_json;

struct TestRequest {
  std::vector<std::string> packs;
  int threshold = 0;
  bool all = false;
  bool json = false;
};

struct Totals {
  std::size_t rules = 0, examples = 0, wrong = 0, seen = 0, possible = 0;
  std::size_t percent() const { return possible == 0 ? 100 : seen * 100 / possible; }
};

Totals totals(std::span<const rules::RuleTest> tests) {
  Totals out{.rules = tests.size()};
  for (const rules::RuleTest& rule : tests) {
    out.examples += rule.examples;
    out.wrong += rule.wrong.size();
    out.seen += rule.seen();
    out.possible += rule.possible();
  }
  return out;
}

// "true, unknown" of a set of answers.
std::vector<std::string> words(rules::Answers answers) {
  std::vector<std::string> out;
  if (answers & rules::only(rules::Truth::is_true)) out.emplace_back("true");
  if (answers & rules::only(rules::Truth::is_false)) out.emplace_back("false");
  if (answers & rules::only(rules::Truth::is_null)) out.emplace_back("unknown");
  return out;
}

rules::Answers unseen(const rules::ClauseCoverage& clause) {
  return static_cast<rules::Answers>(clause.possible & ~clause.seen);
}

std::string rule_lines(const rules::RuleTest& rule) {
  std::string out;
  for (const std::string& wrong : rule.wrong) out += fmt::format("  FAILED {}\n", wrong);
  for (const rules::ClauseCoverage& clause : rule.clauses) {
    if (unseen(clause) != 0)
      out += fmt::format("  {:<34} {:<32} no example: {}\n", rule.rule, clause.clause,
                         fmt::join(words(unseen(clause)), ", "));
  }
  return out;
}

std::string pack_lines(const rules::PackTest& pack, bool all) {
  const Totals t = totals(pack.rules);
  std::string out =
      fmt::format("{}: {} rules, {} examples, {} failed; {} of {} answers seen ({} %)\n", pack.pack,
                  t.rules, t.examples, t.wrong, t.seen, t.possible, t.percent());
  for (const rules::RuleTest& rule : pack.rules) {
    if (all || !rule.wrong.empty()) out += rule_lines(rule);
  }
  return out;
}

Json rule_json(const rules::RuleTest& rule) {
  Json clauses = Json::array();
  for (const rules::ClauseCoverage& clause : rule.clauses)
    clauses.push_back({{"clause", clause.clause},
                       {"seen", words(clause.seen)},
                       {"not_seen", words(unseen(clause))}});
  return {{"rule", rule.rule},   {"examples", rule.examples},   {"failed", rule.wrong},
          {"seen", rule.seen()}, {"possible", rule.possible()}, {"clauses", clauses}};
}

std::string tests_json(const std::vector<rules::PackTest>& packs, const Totals& all) {
  Json out{{"examples", all.examples}, {"failed", all.wrong},      {"seen", all.seen},
           {"possible", all.possible}, {"percent", all.percent()}, {"packs", Json::array()}};
  for (const rules::PackTest& pack : packs) {
    Json rules = Json::array();
    for (const rules::RuleTest& rule : pack.rules) rules.push_back(rule_json(rule));
    out["packs"].push_back({{"pack", pack.pack}, {"rules", rules}});
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Exit> test(const TestRequest& request) {
  ONUS_TRY(const std::vector<rules::NamedText> files, choose_pack_files(request.packs));
  std::vector<rules::PackTest> packs;
  std::vector<rules::RuleTest> every;
  for (const rules::NamedText& file : files) {
    ONUS_TRY(rules::PackTest pack, rules::test_pack(file));
    every.insert(every.end(), pack.rules.begin(), pack.rules.end());
    packs.push_back(std::move(pack));
  }
  const Totals all = totals(every);
  std::string out;
  for (const rules::PackTest& pack : packs)
    out += pack_lines(pack, request.all || packs.size() == 1);
  if (packs.size() > 1)
    out +=
        fmt::format("{} packs: {} examples, {} failed; {} of {} answers seen ({} %)\n",
                    packs.size(), all.examples, all.wrong, all.seen, all.possible, all.percent());
  ONUS_TRY_VOID(print_result(request.json ? tests_json(packs, all) : out));
  const bool enough = all.percent() >= static_cast<std::size_t>(request.threshold);
  return all.wrong == 0 && enough ? Exit::done : Exit::findings;
}

// Which facts a log of this profile can fill. A state says for every log why a cell is not there;
// what counts here is whether the profile knows such a column.
class FilledFacts {
 public:
  explicit FilledFacts(const ingest::Profile& profile) : profile_(profile) {}

  bool fills(std::string_view fact) const {
    using enum ingest::Field;
    if (fact == "when") return any({when, when_date});
    if (fact.starts_with("searcher_")) return any({agency});
    if (fact == "relation") return any({agency});
    if (fact == "purpose" || fact == "specificity" || fact == "topic" || fact == "offence" ||
        fact == "topic_certainty" || fact == "reason_state")
      return any({reason, offence});
    if (fact == "on_behalf_of") return any({reason, offence, on_behalf});
    if (fact == "case_state") return any({case_number});
    if (fact == "window_from" || fact == "window_to") return any({window});
    return of_same_name(fact.ends_with("_state") ? fact.substr(0, fact.size() - 6) : fact);
  }

 private:
  // A fact that no column is named like comes from the profile, --owner or a register.
  bool of_same_name(std::string_view name) const {
    for (std::size_t i = 0; i < ingest::kFieldCount; ++i) {
      if (ingest::kFieldNames[i] == name && name != "owner")
        return any({static_cast<ingest::Field>(i)});
    }
    return true;
  }

  bool any(std::initializer_list<ingest::Field> fields) const {
    return std::any_of(fields.begin(), fields.end(), [&](ingest::Field field) {
      const ingest::ProfileColumn* column = profile_.column(field);
      const bool in_details =
          std::any_of(profile_.details.begin(), profile_.details.end(),
                      [&](const ingest::Detail& detail) { return detail.field == field; });
      return in_details || (column && !column->headers.empty());
    });
  }

  const ingest::Profile& profile_;
};

Result<rules::ShippedFacts> shipped_facts() {
  ONUS_TRY(const std::vector<ingest::Profile> profiles, ingest::load_profiles({}));
  rules::ShippedFacts out;
  for (const ingest::Profile& profile : profiles) {
    std::set<std::string>& facts = out[profile.system];
    for (const record::Fact& fact : record::facts()) {
      if (FilledFacts(profile).fills(fact.name)) facts.emplace(fact.name);
    }
  }
  return out;
}

struct LintRequest {
  std::vector<std::string> packs;
  bool json = false;
};

Result<Exit> lint(const LintRequest& request) {
  ONUS_TRY(const std::vector<rules::NamedText> files, choose_pack_files(request.packs));
  ONUS_TRY(const rules::ShippedFacts shipped, shipped_facts());
  std::string out;
  Json list = Json::array();
  for (const rules::NamedText& file : files) {
    ONUS_TRY(const std::vector<rules::LintFinding> found, rules::lint_pack(file, shipped));
    for (const rules::LintFinding& one : found) {
      out += fmt::format("{}: {}{}: {}\n", file.name, one.code,
                         one.rule.empty() ? "" : ": " + one.rule, one.text);
      list.push_back(
          {{"file", file.name}, {"code", one.code}, {"rule", one.rule}, {"text", one.text}});
    }
  }
  out += fmt::format("{} packs, {} findings\n", files.size(), list.size());
  ONUS_TRY_VOID(print_result(request.json ? list.dump(2) + "\n" : out));
  return list.empty() ? Exit::done : Exit::findings;
}

void add_test(CLI::App& rules, Program& program) {
  auto request = std::make_shared<TestRequest>();
  CLI::App* test_app =
      rules.add_subcommand("test", "Run the examples of packs, and say what they do not show");
  test_app->add_option("packs", request->packs, "Ids or TOML files; default: all built in")
      ->type_name("PACK");
  test_app
      ->add_option("--threshold", request->threshold,
                   "Exit with 1 if fewer than this share of answers was seen")
      ->type_name("PERCENT")
      ->check(CLI::Range(0, 100));
  test_app->add_flag("--all", request->all, "Name what is not seen for several packs too");
  test_app->add_flag("--json", request->json, "As JSON, with every condition");
  test_app->footer(
      "Each condition of a rule can answer true, false or unknown. An answer is seen if some\n"
      "example makes the condition give it where the rule asks for it; answers that it cannot\n"
      "give there do not count.\n\n"
      "  onus rules test my-pack.toml --threshold 80\n\n"
      "Exit codes: 0 every example comes out as it says, 1 one does not or the threshold is not\n"
      "met, 3 the pack cannot be read.");
  test_app->callback(
      [request, &program] { program.chosen = [request] { return test(*request); }; });
}

void add_lint(CLI::App& rules, Program& program) {
  auto request = std::make_shared<LintRequest>();
  CLI::App* lint_app = rules.add_subcommand("lint", "Find what is most likely not meant in packs");
  lint_app->add_option("packs", request->packs, "Ids or TOML files; default: all built in")
      ->type_name("PACK");
  lint_app->add_flag("--json", request->json, "As JSON");
  lint_app->footer(
      "  date-gap, date-overlap  two rules for one section leave days out, or both hold\n"
      "  unreachable             a clause that can never be TRUE where it is asked\n"
      "  no-column               a fact that no profile of the pack's systems fills\n"
      "  unknown-system          a kind of system that no profile is of\n"
      "  unused-list             a list that no condition names\n\n"
      "Exit codes: 0 nothing found, 1 findings, 3 a pack cannot be read.");
  lint_app->callback(
      [request, &program] { program.chosen = [request] { return lint(*request); }; });
}

}  // namespace

void add_rules(CLI::App& app, Program& program) {
  CLI::App* rules = app.add_subcommand("rules", "Test, check, explain and print rules");
  rules->require_subcommand(1);
  add_test(*rules, program);
  add_lint(*rules, program);
  add_explain(*rules, program);
  add_rules_sql(*rules, program);
  add_rules_facts(*rules, program);
}

}  // namespace onus::cli

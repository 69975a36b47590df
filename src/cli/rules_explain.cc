// SPDX-License-Identifier: Apache-2.0
// onus rules explain: which clause decided, what it read, and on which words of law it rests.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/case_folder.h"
#include "cli/commands.h"
#include "cli/pack_choice.h"
#include "cli/stages.h"
#include "report/words.h"
#include "rules/explain.h"

namespace onus::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ExplainRequest {
  std::string rule;
  std::filesystem::path case_dir;
  std::optional<std::int64_t> lookup;
  std::vector<std::string> facts;
  std::vector<std::string> packs;
  bool json = false;
};

struct Found {
  const rules::Rule* rule = nullptr;
  const rules::Pack* pack = nullptr;
};

Result<Found> find_rule(const std::vector<rules::Pack>& packs, const std::string& id) {
  for (const rules::Pack& pack : packs) {
    for (const rules::Rule& rule : pack.rules) {
      if (rule.id != id) continue;
      if (rule.kind == rules::Kind::detector)
        return fail(Code::usage, fmt::format("{} is a detector: it looks at all lookups together, "
                                             "and has no clauses",
                                             id));
      return Found{&rule, &pack};
    }
  }
  return fail(Code::not_found,
              fmt::format("no rule '{}'; `onus packs PACK` lists the rules of a pack", id));
}

std::string_view word(rules::Truth truth) {
  return truth == rules::Truth::is_true    ? "TRUE"
         : truth == rules::Truth::is_false ? "FALSE"
                                           : "unknown";
}

std::string law_lines(const rules::Rule& rule) {
  std::string out;
  for (const rules::Cite& cite : rule.cites)
    out += fmt::format("  {} {} (text read: {})\n    {}\n", cite.law, cite.section, cite.basis,
                       cite.sentence.en);
  if (rule.cites.empty()) out += "  none: a rule about the log itself\n";
  const std::string from = rule.from.empty() ? "a day that was not read" : rule.from;
  if (!rule.cites.empty())
    out += fmt::format(
        "  in force from {}{}{}; {}\n", from, rule.to.empty() ? "" : " to " + rule.to,
        rule.read.empty() ? "" : ", text read as of " + rule.read, record::name(rule.status));
  return out;
}

// What whoever permits the access must also do.
std::string obligation_lines(const rules::Rule& rule, rules::Truth obliges,
                             const report::Messages& say) {
  if (rule.obligations.empty() || obliges == rules::Truth::is_false) return "";
  std::string out = obliges == rules::Truth::is_true
                        ? "\nwhoever permits this must also:\n"
                        : "\nwhoever permits this must also, if the rule applies:\n";
  for (const rules::Obligation& o : rule.obligations)
    out += fmt::format("  {}\n", report::duty_words(say, o.duty, o.within_days));
  return out;
}

Json obligations_json(const rules::Rule& rule, rules::Truth obliges, const report::Messages& say) {
  Json out = Json::array();
  for (const rules::Obligation& o : rule.obligations) {
    out.push_back({{"duty", record::name(o.duty)}});
    if (o.within_days > 0) out.back()["within_days"] = o.within_days;
    out.back()["attaches"] = word(obliges);
    out.back()["text"] = report::duty_words(say, o.duty, o.within_days);
  }
  return out;
}

std::string lines(const rules::Explanation& why) {
  std::string out = "\nasked, in this order:\n";
  for (const rules::Explanation::Step& step : why.steps)
    out += fmt::format("  {:<32} {}{}\n", step.clause, word(step.answer),
                       step.decided ? "   this decided" : "");
  if (const rules::Explanation::Step* step = why.decisive())
    out += fmt::format("\nthe clause that decided:\n  {}\n", step->condition);
  out += "\nfacts that were read:\n";
  for (const rules::Explanation::Read& read : why.read)
    out += fmt::format("  {:<18} {}\n", read.fact, read.known ? read.value : "(unknown)");
  return out;
}

std::string text_of(const Found& found, const rules::FactRows::Access& access, bool stored,
                    const report::Messages& say) {
  const rules::Explanation why = rules::explain(*found.rule, access.row);
  const std::string whose =
      stored ? fmt::format(" of lookup {}, access {}", access.lookup_id, access.access_id) : "";
  std::string out = fmt::format("{} ({}){}\n  {}\n\nsays: {}", found.rule->id, found.pack->id,
                                whose, found.rule->title.en, record::name(why.reason.outcome));
  if (!why.reason.because.empty()) out += fmt::format(", because {}", why.reason.because);
  if (!why.reason.text.en.empty()) out += fmt::format("\n  {}", why.reason.text.en);
  return out + "\n" + lines(why) + obligation_lines(*found.rule, why.obliges, say) +
         "\nthe law:\n" + law_lines(*found.rule);
}

Json json_of(const Found& found, const rules::FactRows::Access& access, bool stored,
             const report::Messages& say) {
  const rules::Explanation why = rules::explain(*found.rule, access.row);
  Json steps = Json::array();
  for (const rules::Explanation::Step& step : why.steps)
    steps.push_back({{"clause", step.clause},
                     {"condition", step.condition},
                     {"answer", word(step.answer)},
                     {"decided", step.decided}});
  Json facts = Json::object();
  for (const rules::Explanation::Read& read : why.read)
    facts[read.fact] = read.known ? Json(read.value) : Json();
  Json law = Json::array();
  for (const rules::Cite& cite : found.rule->cites)
    law.push_back({{"law", cite.law},
                   {"section", cite.section},
                   {"basis", cite.basis},
                   {"sentence", cite.sentence.en}});
  Json out{{"rule", found.rule->id}, {"pack", found.pack->id}};
  if (stored) out.update({{"lookup", access.lookup_id}, {"access", access.access_id}});
  out.update({{"outcome", record::name(why.reason.outcome)},
              {"because", why.reason.because},
              {"asked", steps},
              {"facts", facts},
              {"obligations", obligations_json(*found.rule, why.obliges, say)},
              {"law", law}});
  return out;
}

Result<std::string> explained(const ExplainRequest& request, const Found& found,
                              const rules::FactRows& facts) {
  ONUS_TRY(const report::Messages say, report::Messages::load("en"));
  std::string out;
  Json list = Json::array();
  const bool stored = request.lookup.has_value();
  for (const rules::FactRows::Access& access : facts.accesses) {
    if (!out.empty()) out += "\n";
    out += text_of(found, access, stored, say);
    list.push_back(json_of(found, access, stored, say));
  }
  if (!request.json) return out;
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Exit> explain_command(const ExplainRequest& request) {
  const bool of_case = request.lookup && !request.case_dir.empty();
  if (of_case == !request.facts.empty() || request.lookup.has_value() == request.case_dir.empty())
    return fail(Code::usage, "give either --case DIR and --lookup ID, or --facts");
  ONUS_TRY(const std::vector<rules::Pack> packs, choose_packs(request.packs));
  ONUS_TRY(const Found found, find_rule(packs, request.rule));
  std::string out;
  if (of_case) {
    ONUS_TRY(CaseFolder folder, CaseFolder::open_existing(request.case_dir));
    ONUS_TRY(const rules::FactRows facts, rules::facts_of_lookup(folder.db(), *request.lookup));
    ONUS_TRY(out, explained(request, found, facts));
  } else {
    ONUS_TRY(const rules::FactRows facts, rules::facts_given(request.facts));
    ONUS_TRY(out, explained(request, found, facts));
  }
  ONUS_TRY_VOID(print_result(out));
  return Exit::done;
}

}  // namespace

void add_explain(CLI::App& rules, Program& program) {
  auto request = std::make_shared<ExplainRequest>();
  CLI::App* app = rules.add_subcommand("explain", "Why a rule says what it says of a lookup");
  app->add_option("rule", request->rule, "The rule's id")->required()->type_name("RULE");
  app->add_option("--case", request->case_dir, "A case that was audited")->type_name("DIR");
  app->add_option("--lookup", request->lookup, "The lookup_id, as exports of the report have it")
      ->type_name("ID");
  app->add_option("--facts", request->facts,
                  "A lookup made up for the question: fact=value, as often as needed")
      ->type_name("FACT=VALUE");
  app->add_option("--pack", request->packs, "Packs to look for the rule in; default: all built in")
      ->type_name("PACK");
  app->add_flag("--json", request->json, "As JSON");
  app->footer(
      "Every clause that was asked stands with its answer, and which one decided. Who was looked\n"
      "up is no fact, and is never shown.\n\n"
      "  onus rules explain us-il-2-130-b --case case-2026 --lookup 4711\n"
      "  onus rules explain us-il-2-130-b --facts owner_state=IL system=plate_reader \\\n"
      "      relation=out_of_state log_role=owner \"when=2025-05-01 15:00\" topic=immigration \\\n"
      "      topic_certainty=explicit\n\n"
      "Facts: docs/rule-language.md. Exit codes: 0 explained, 2 usage, 3 no such rule, case or\n"
      "lookup.");
  app->callback(
      [request, &program] { program.chosen = [request] { return explain_command(*request); }; });
}

}  // namespace onus::cli

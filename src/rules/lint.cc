// SPDX-License-Identifier: Apache-2.0
#include "rules/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/facts.h"
#include "rules/lexer.h"
#include "rules/local_time.h"
#include "rules/possible.h"
#include "rules/read_pack.h"

namespace onus::rules {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

// What a rule is about, so that two with the same are versions of one: kind, law and section.
std::string section_of(const Rule& rule) {
  if (rule.cites.empty()) return "";
  const Cite& cite = rule.cites.front();
  return fmt::format("{} {} {}", kKinds[static_cast<std::size_t>(rule.kind)], cite.law,
                     cite.section);
}

std::string day_after(const std::string& day) {
  return print_timestamp(*parse_timestamp(day) + kDay).substr(0, 10);
}

// The rules that may follow: of the same section, and beginning later.
void lint_dates(const Pack& pack, std::vector<LintFinding>& out) {
  for (const Rule& rule : pack.rules) {
    if (rule.to.empty() || rule.cites.empty()) continue;
    const Rule* next = nullptr;
    for (const Rule& other : pack.rules) {
      const bool later = &other != &rule && section_of(other) == section_of(rule) &&
                         !other.from.empty() && other.from > rule.from;
      if (later && (!next || other.from < next->from)) next = &other;
    }
    if (!next || next->from == day_after(rule.to)) continue;
    const bool overlap = next->from <= rule.to;
    out.push_back({overlap ? "date-overlap" : "date-gap", rule.id,
                   fmt::format("ends with {}, and {} of the same section begins with {}", rule.to,
                               next->id, next->from)});
  }
}

void lint_reach(const Rule& rule, std::vector<LintFinding>& out) {
  const Possible can = possible(rule.decision);
  for (std::size_t i = 0; i < rule.decision.trees.size(); ++i) {
    const std::string& clause = rule.decision.clauses[i];
    const bool asks_true = !clause.ends_with(".present") && clause != "the moment" &&
                           clause != "forbids, with except unknown";
    if (clause == "always" && can.answers[i] == 0)
      out.push_back({"unreachable", rule.id, "the last evidence is never asked for"});
    if (!asks_true || clause == "always" || (can.answers[i] & only(Truth::is_true)) != 0) continue;
    out.push_back({"unreachable", rule.id,
                   fmt::format("'{}' {} where it is asked", clause,
                               can.answers[i] == 0 ? "is never asked: no access comes to be"
                                                   : "can never be TRUE")});
  }
}

// The words that `governs` or `applies` compares `system` with.
std::set<std::string> systems_in(const Tree& tree) {
  std::set<std::string> out;
  const auto is_system = [&](std::size_t i) {
    const Node& node = tree.nodes[i];
    return node.op == Op::column &&
           record::facts()[static_cast<std::size_t>(node.number)].name == "system";
  };
  for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
    const Node& node = tree.nodes[i];
    const auto first = static_cast<std::size_t>(node.number);
    if (node.op == Op::in_texts && is_system(i - 1))
      out.insert(tree.texts.begin() + node.number, tree.texts.begin() + node.number + node.count);
    if (node.op == Op::text && is_system(i - 1)) out.insert(tree.texts[first]);
  }
  return out;
}

std::set<std::string> systems_of(const Pack& pack) {
  return pack.governs ? systems_in(*pack.governs) : std::set<std::string>();
}

void lint_systems(const Pack& pack, const ShippedFacts& shipped, std::vector<LintFinding>& out) {
  for (const std::string& system : systems_of(pack)) {
    if (!shipped.contains(system))
      out.push_back({"unknown-system", "", fmt::format("no shipped profile is of a '{}'", system)});
  }
}

bool fills(const ShippedFacts& shipped, const std::set<std::string>& systems,
           const std::string& fact) {
  const auto one = [&](const auto& entry) {
    return (systems.empty() || systems.contains(entry.first)) && entry.second.contains(fact);
  };
  return std::any_of(shipped.begin(), shipped.end(), one);
}

void lint_columns(const Pack& pack, const Rule& rule, const ShippedFacts& shipped,
                  std::vector<LintFinding>& out) {
  const std::set<std::string> systems = systems_of(pack);
  const bool has_profile =
      systems.empty() || std::any_of(systems.begin(), systems.end(),
                                     [&](const auto& s) { return shipped.contains(s); });
  if (!has_profile) return;  // said once, of the pack
  std::set<std::string> said;
  for (const Tree& tree : rule.decision.trees) {
    for (const std::size_t column : tree.columns()) {
      const std::string fact(record::facts()[column].name);
      if (!fills(shipped, systems, fact) && said.insert(fact).second)
        out.push_back({"no-column", rule.id, fmt::format("no shipped profile fills '{}'", fact)});
    }
  }
}

bool holds_condition(std::string_view key) {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"governs", "applies", "forbids", "allows", "except", "present", "absent", "when"});
  return std::find(kAll.begin(), kAll.end(), key) != kAll.end();
}

// The lists that conditions name. A table of facts holds texts, `when` among them, which name none.
Result<std::set<std::string>> lists_named(const TomlValue& root, std::string_view file) {
  std::set<std::string> out;
  std::vector<const TomlValue*> open{&root};
  while (!open.empty()) {
    const TomlValue& value = *open.back();
    open.pop_back();
    for (const TomlValue& item : value.items) open.push_back(&item);
    for (const auto& [key, member] : value.members) {
      if (key != "facts" && key != "lists") open.push_back(&member);
      if (!holds_condition(key) || !member.is(TomlValue::Kind::text)) continue;
      ONUS_TRY(const auto tokens, tokens_of(member.text, {file, member.line, member.column}));
      for (const Token& token : tokens) {
        if (token.kind == Token::Kind::list) out.insert(token.text);
      }
    }
  }
  return out;
}

Result<void> lint_lists(const TomlValue& root, std::string_view file,
                        std::vector<LintFinding>& out) {
  const TomlValue* lists = root.find("lists");
  if (!lists) return {};
  ONUS_TRY(const std::set<std::string> named, lists_named(root, file));
  for (const auto& [name, value] : lists->members) {
    if (!named.contains(name))
      out.push_back({"unused-list", "", fmt::format("no condition names the list '{}'", name)});
  }
  return {};
}

}  // namespace

Result<std::vector<LintFinding>> lint_pack(const NamedText& file, const ShippedFacts& shipped) {
  ONUS_TRY(const PackText read, read_pack(file));
  std::vector<LintFinding> out;
  ONUS_TRY_VOID(lint_lists(read.root, file.name, out));
  lint_systems(read.pack, shipped, out);
  lint_dates(read.pack, out);
  for (const Rule& rule : read.pack.rules) {
    if (rule.kind == Kind::detector) continue;
    lint_reach(rule, out);
    lint_columns(read.pack, rule, shipped, out);
  }
  return out;
}

}  // namespace onus::rules

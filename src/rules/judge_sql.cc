// SPDX-License-Identifier: Apache-2.0
#include "rules/judge_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "record/facts.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {

class JudgingPrinter {
 public:
  explicit JudgingPrinter(Dialect dialect) : dialect_(dialect) {}

  std::string run(std::span<const Pack> packs, std::string_view relation) const {
    std::string out = fmt::format("SELECT {}, {}", name("access_id"), name("lookup_id"));
    for (const Pack& pack : packs) {
      for (const Rule& rule : pack.rules) {
        if (rule.kind != Kind::detector)
          out += fmt::format(",\n{} AS {}", decision(rule.decision), name(rule.id));
      }
    }
    return fmt::format("{}\nFROM (SELECT {}\n      FROM {}) known_facts", out, facts(), relation);
  }

 private:
  std::string name(std::string_view text) const { return print_name(text, dialect_); }

  // Where the store says "unknown", conditions see NULL.
  std::string facts() const {
    const auto unknowns = unknown_columns();
    std::string out = fmt::format("{}, {}", name("access_id"), name("lookup_id"));
    for (const record::Fact& fact : record::facts()) {
      const bool hides = std::ranges::find(unknowns, fact.name) != unknowns.end();
      out += hides ? fmt::format(", nullif({0}, 'unknown') AS {0}", name(fact.name))
                   : ", " + name(fact.name);
    }
    return out;
  }

  std::string answer(const Decision& decision, std::uint8_t code) const {
    const Reason& reason = decision.reasons[code];
    std::string text(record::name(reason.outcome));
    if (!reason.because.empty()) text += ":" + reason.because;
    return print_text(text, dialect_);
  }

  std::string consequence(const Decision& decision, const Branch& branch) const {
    if (branch.unknown.empty()) return answer(decision, branch.code);
    std::string out = "(CASE";
    for (const Branch::Unknown& unknown : branch.unknown)
      out += fmt::format(" WHEN ({} IS NULL) THEN {}", name(record::facts()[unknown.column].name),
                         answer(decision, unknown.code));
    return out + fmt::format(" ELSE {} END)", answer(decision, branch.code));
  }

  std::string condition(const Decision& decision, const Branch& branch) const {
    std::string text = print(decision.trees[branch.tree], dialect_);
    if (branch.truth == Truth::is_true) return text;
    if (branch.truth == Truth::is_false) return fmt::format("(NOT {})", text);
    return fmt::format("({} IS NULL)", text);
  }

  std::string decision(const Decision& decision) const {
    std::string out = "(CASE";
    for (const Branch& branch : decision.branches)
      out += fmt::format("\n  WHEN {} THEN {}", condition(decision, branch),
                         consequence(decision, branch));
    return out + fmt::format("\n  ELSE {} END)", answer(decision, decision.otherwise));
  }

  Dialect dialect_;
};

}  // namespace

std::string judging_sql(std::span<const Pack> packs, Dialect dialect, std::string_view relation) {
  return JudgingPrinter(dialect).run(packs, relation);
}

std::string facts_export_sql() {
  std::string out = "SELECT access_id, lookup_id";
  for (const record::Fact& fact : record::facts())
    out += ", " + print_name(fact.name, Dialect::duckdb);
  return out + " FROM facts ORDER BY access_id";
}

}  // namespace onus::rules

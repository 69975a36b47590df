// SPDX-License-Identifier: Apache-2.0
#include "rules/scan.h"

#include <fmt/format.h>

#include <bit>
#include <map>

#include "rules/decide.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {

constexpr unsigned kWordBits = 64;

// Conditions that several rules ask (the day, the act, the owner's state) are computed once.
Shared shared_conditions(const std::vector<Slot>& slots) {
  std::map<std::string, int> uses;
  for (const Slot& slot : slots) {
    for (const std::string& condition : conditions_of(*slot.decision)) ++uses[condition];
  }
  Shared out;
  for (const auto& [condition, count] : uses) {
    if (count > 1) out.emplace(condition, fmt::format("shared{}", out.size()));
  }
  return out;
}

std::string code_sql(const Slot& slot) {
  return fmt::format("((w{} >> {}) & {})", slot.word, slot.shift, (1U << slot.bits) - 1);
}

// Reasons are sorted by outcome, so an outcome is a range of codes.
std::string outcome_sql(const Slot& slot) {
  const auto& reasons = slot.decision->reasons;
  std::string out = "CASE";
  for (std::size_t code = 1; code < reasons.size(); ++code) {
    if (reasons[code].outcome == reasons[code - 1].outcome) continue;
    out += fmt::format(" WHEN {} < {} THEN '{}'::outcome", code_sql(slot), code,
                       record::name(reasons[code - 1].outcome));
  }
  return out + fmt::format(" ELSE '{}'::outcome END", record::name(reasons.back().outcome));
}

}  // namespace

std::string facts_sql(std::string_view facts) {
  std::string out = "SELECT * REPLACE (";
  for (const std::string_view column : unknown_columns())
    out += fmt::format("{}nullif({}, 'unknown') AS {}", out.ends_with("(") ? "" : ", ", column,
                       column);
  return fmt::format("{}) FROM {}", out, facts);
}

std::vector<Numbered> numbered(std::span<const Pack> packs, const std::vector<Reach>& reach) {
  std::vector<Numbered> out;
  for (std::size_t i = 0; i < packs.size(); ++i) {
    if (packs[i].governs && reach[i].governed == 0) continue;
    for (const Rule& rule : packs[i].rules) out.push_back({out.size(), &rule, &packs[i]});
  }
  return out;
}

std::vector<Slot> slots_of(const std::vector<Numbered>& rules) {
  std::vector<Slot> out;
  std::size_t word = 0;
  unsigned shift = 0;
  for (const Numbered& rule : rules) {
    if (rule.rule->kind == Kind::detector) continue;
    const Decision& decision = rule.rule->decision;
    const auto bits = static_cast<unsigned>(std::bit_width(decision.reasons.size() - 1));
    if (shift + bits > kWordBits) {
      ++word;
      shift = 0;
    }
    out.push_back({rule.ix, &decision, word, shift, bits});
    shift += bits;
  }
  return out;
}

std::string words_sql(const std::vector<Slot>& slots, std::string_view table,
                      std::string_view relation) {
  const Shared shared = shared_conditions(slots);
  std::string facts = facts_sql(relation);
  if (!shared.empty()) {
    std::string columns = "SELECT *";
    for (const auto& [condition, name] : shared)
      columns += fmt::format(",\n  {} AS {}", condition, name);
    facts = fmt::format("{}\nFROM ({})", columns, facts);
  }
  std::string out = fmt::format(
      "CREATE OR REPLACE TEMP TABLE {} AS SELECT access_id, lookup_id, agency_id", table);
  if (slots.empty()) out += ", 0::UBIGINT AS w0";
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const bool first = i == 0 || slots[i].word != slots[i - 1].word;
    const bool last = i + 1 == slots.size() || slots[i].word != slots[i + 1].word;
    out += first ? ",\n  " : "\n  | ";
    out += decision_sql(*slots[i].decision, slots[i].shift, shared);
    if (last) out += fmt::format(" AS w{}", slots[i].word);
  }
  return fmt::format("{}\nFROM ({})", out, facts);
}

std::string word_columns(const std::vector<Slot>& slots) {
  std::string out = "w0";
  for (std::size_t word = 1; !slots.empty() && word <= slots.back().word; ++word)
    out += fmt::format(", w{}", word);
  return out;
}

std::string kinds_sql(const std::vector<Slot>& slots, std::string_view words) {
  const std::string columns = word_columns(slots);
  std::string out =
      fmt::format("SELECT row_number() OVER (ORDER BY {0})::INTEGER - 1 AS kind, {0}", columns);
  for (const Slot& slot : slots)
    out += fmt::format(",\n  {} AS r{}, {}::UTINYINT AS b{}", outcome_sql(slot), slot.ix,
                       code_sql(slot), slot.ix);
  return fmt::format("{}\nFROM (SELECT DISTINCT {} FROM {}) ORDER BY kind", out, columns, words);
}

}  // namespace onus::rules

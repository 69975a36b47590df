// SPDX-License-Identifier: Apache-2.0
#include "rules/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "record/facts.h"
#include "rules/local_time.h"
#include "rules/print.h"
#include "rules/scan.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {

std::string select_facts() {
  std::string out = "SELECT access_id, lookup_id";
  for (const record::Fact& fact : record::facts())
    out += fact.type == record::FactType::timestamp ? fmt::format(", epoch_us(\"{}\")", fact.name)
                                                    : fmt::format(", \"{}\"", fact.name);
  return fmt::format("{} FROM ({}) WHERE lookup_id = ?::BIGINT ORDER BY access_id", out,
                     facts_sql());
}

Result<Value> value_of(const record::Fact& fact, const std::string& text) {
  if (fact.type == record::FactType::timestamp) {
    const auto us = parse_timestamp(text);
    if (us) return Value::of(*us);
    return fail(Code::usage,
                fmt::format("'{}' is a time such as 2025-07-01 12:00, not '{}'", fact.name, text));
  }
  if (fact.type == record::FactType::integer) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return Value::of(number);
    return fail(Code::usage, fmt::format("'{}' is a whole number, not '{}'", fact.name, text));
  }
  const auto words = words_of(fact.name);
  if (words.empty() || std::find(words.begin(), words.end(), text) != words.end())
    return Value::of(std::string_view(text));
  return fail(Code::usage,
              fmt::format("'{}' is no word of {}{}", text, fact.name, did_you_mean(text, words)));
}

std::vector<std::string_view> fact_names() {
  std::vector<std::string_view> out;
  for (const record::Fact& fact : record::facts()) out.push_back(fact.name);
  return out;
}

std::string text_of(const Value& value, record::FactType type) {
  if (!value.known) return "";
  if (type == record::FactType::timestamp) return print_timestamp(value.number);
  if (type == record::FactType::integer) return fmt::format("{}", value.number);
  return std::string(value.text);
}

// A rule obliges where it applies and does not forbid. That it may apply is told by the clause.
Truth obliges(const Explanation& why) {
  using record::Outcome;
  const Outcome outcome = why.reason.outcome;
  if (outcome == Outcome::not_applicable || outcome == Outcome::breach) return Truth::is_false;
  const std::string clause = why.decisive() ? why.decisive()->clause : "";
  const bool open = clause == "acts" || clause == "applies" || clause == "the moment";
  return outcome == Outcome::cannot_tell && open ? Truth::is_null : Truth::is_true;
}

}  // namespace

Result<FactRows> facts_of_lookup(store::Database& db, std::int64_t lookup_id) {
  const std::vector<std::string> values{std::to_string(lookup_id)};
  ONUS_TRY(store::Rows rows, db.query(select_facts(), values));
  if (rows.size() == 0)
    return fail(Code::not_found, fmt::format("the case holds no lookup {}", lookup_id));
  FactRows out;
  out.stored = std::make_unique<store::Rows>(std::move(rows));
  const auto facts = record::facts();
  for (std::size_t r = 0; r < out.stored->size(); ++r) {
    FactRows::Access access{out.stored->integer(r, 0), out.stored->integer(r, 1), {}};
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const bool text = facts[i].type == record::FactType::text;
      access.row.push_back(out.stored->is_null(r, i + 2) ? Value()
                           : text                        ? Value::of(out.stored->text(r, i + 2))
                                  : Value::of(out.stored->integer(r, i + 2)));
    }
    out.accesses.push_back(std::move(access));
  }
  return out;
}

Result<FactRows> facts_given(std::span<const std::string> assignments) {
  const std::vector<std::string_view> names = fact_names();
  FactRows out;
  FactRows::Access access;
  access.row.resize(names.size());
  const auto index = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  access.row[index("act")] = Value::of(std::string_view("search"));
  for (const std::string& assignment : assignments) {
    const std::size_t equals = assignment.find('=');
    const std::string name = assignment.substr(0, equals);
    const std::size_t i = index(name);
    if (equals == std::string::npos || i == names.size())
      return fail(Code::usage, fmt::format("--facts takes fact=value, and '{}' is no fact{}", name,
                                           did_you_mean(name, names)));
    out.given.push_back(std::make_unique<std::string>(assignment.substr(equals + 1)));
    ONUS_TRY(access.row[i], value_of(record::facts()[i], *out.given.back()));
  }
  out.accesses.push_back(std::move(access));
  return out;
}

const Explanation::Step* Explanation::decisive() const {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [](const Step& s) { return s.decided; });
  return found == steps.end() ? nullptr : &*found;
}

Explanation explain(const Rule& rule, std::span<const Value> row) {
  const Decision& decision = rule.decision;
  const Trace traced = trace(decision, row);
  Explanation out;
  out.reason = decision.reasons[traced.code];
  std::set<std::size_t> columns;
  const bool held = traced.branch < decision.branches.size();
  for (const Trace::Step& step : traced.asked) {
    const Tree& tree = decision.trees[step.tree];
    const bool decided = held && decision.branches[traced.branch].tree == step.tree;
    out.steps.push_back(
        {decision.clauses[step.tree], print(tree, Dialect::own), step.truth, decided});
    for (const std::size_t column : tree.columns()) columns.insert(column);
  }
  for (const std::size_t column : columns) {
    const record::Fact& fact = record::facts()[column];
    out.read.push_back(
        {std::string(fact.name), text_of(row[column], fact.type), row[column].known});
  }
  out.obliges = obliges(out);
  return out;
}

}  // namespace onus::rules

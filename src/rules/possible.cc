// SPDX-License-Identifier: Apache-2.0
#include "rules/possible.h"

#include <algorithm>
#include <map>
#include <set>

#include "record/facts.h"
#include "rules/evaluate.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {

constexpr std::size_t kMaxRows = 1U << 16;
constexpr Answers kFalse = only(Truth::is_false);
constexpr Answers kTrue = only(Truth::is_true);
constexpr Answers kNull = only(Truth::is_null);

bool has(Answers all, Answers one) { return (all & one) != 0; }
Answers when(bool condition, Answers one) { return condition ? one : Answers{0}; }
Answers join(Answers a, Answers b) { return static_cast<Answers>(a | b); }

Answers both(Answers a, Answers b) {
  Answers out = join(when(has(a, kFalse) || has(b, kFalse), kFalse),
                     when(has(a, kTrue) && has(b, kTrue), kTrue));
  const bool null = (has(a, kNull) && b != kFalse) || (has(b, kNull) && a != kFalse);
  return join(out, when(null, kNull));
}

Answers negation(Answers a) {
  return join(join(when(has(a, kTrue), kFalse), when(has(a, kFalse), kTrue)),
              when(has(a, kNull), kNull));
}

Answers null_test(Answers a) {
  return join(when(has(a, kNull), kTrue), when(has(a, join(kTrue, kFalse)), kFalse));
}

Answers coalesce(std::span<const Answers> children) {
  Answers out = 0;
  for (const Answers child : children) {
    out = join(out, child & join(kTrue, kFalse));
    if (!has(child, kNull)) return out;
  }
  return join(out, kNull);
}

Answers choose(std::span<const Answers> children) {
  Answers out = 0;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    if (has(children[i], kTrue)) out = join(out, children[i + 1]);
    if (children[i] == kTrue) return out;
  }
  return join(out, children.size() % 2 == 1 ? children.back() : kNull);
}

// What is no condition counts as known (TRUE) or unknown.
Answers apply(const Node& node, std::span<const Answers> children) {
  switch (node.op) {
    case Op::boolean:
      return node.number != 0 ? kTrue : kFalse;
    case Op::text:
    case Op::integer:
    case Op::timestamp:
      return kTrue;
    case Op::column:
    case Op::hour_local:
    case Op::weekday_local:
    case Op::minutes_between:
    case Op::days_between:
      return join(kTrue, kNull);
    case Op::both:
      return both(children[0], children[1]);
    case Op::either:
      return negation(both(negation(children[0]), negation(children[1])));
    case Op::negation:
      return negation(children[0]);
    case Op::is_null:
      return null_test(children[0]);
    case Op::coalesce:
      return coalesce(children);
    case Op::choose:
      return choose(children);
    default: {  // comparisons and tests of texts: any answer, NULL where a side may be unknown
      Answers out = join(kTrue, kFalse);
      for (const Answers child : children) out = join(out, child & kNull);
      return out;
    }
  }
}

// The values that a fact is compared with; false for a tree that does more with a fact.
class Domains {
 public:
  bool add(const Tree& tree) {
    std::vector<std::size_t> stack;
    std::set<std::size_t> plain;  // columns that stand where a list of values decides them
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      const Node& node = tree.nodes[i];
      const std::span<const std::size_t> children(stack.end() - node.arity, stack.end());
      for (const std::size_t child : children) {
        if (tree.nodes[child].op == Op::column && !decides(tree, node, children, child))
          return false;
      }
      stack.resize(stack.size() - node.arity);
      stack.push_back(i);
    }
    for (const std::size_t column : tree.columns()) values_[column];
    return true;
  }

  // Of each column: what is named, its neighbours where it is ordered, another word, unknown.
  std::map<std::size_t, std::vector<Value>> all() {
    std::map<std::size_t, std::vector<Value>> out;
    for (auto& [column, named] : values_) {
      std::vector<Value>& values = out[column];
      values.emplace_back();
      for (const std::string& text : named.texts) values.push_back(Value::of(text_of(text)));
      for (const std::int64_t number : named.numbers) values.push_back(Value::of(number));
      if (const Value other = unnamed(column, named); other.known) values.push_back(other);
    }
    return out;
  }

 private:
  struct Named {
    std::set<std::string> texts;
    std::set<std::int64_t> numbers;
  };

  static std::string_view text_of(const std::string& text) { return text; }

  bool decides(const Tree& tree, const Node& parent, std::span<const std::size_t> children,
               std::size_t child) {
    Named& named = values_[static_cast<std::size_t>(tree.nodes[child].number)];
    const auto first = static_cast<std::size_t>(parent.number);
    if (parent.op == Op::is_null) return true;
    if (parent.op == Op::in_texts || parent.op == Op::in_integers) {
      for (std::size_t i = 0; i < parent.count; ++i) {
        if (parent.op == Op::in_texts) named.texts.insert(tree.texts[first + i]);
        if (parent.op == Op::in_integers) add_number(named, tree.integers[first + i]);
      }
      return true;
    }
    if (parent.op < Op::equal || parent.op > Op::greater_equal) return false;
    const Node& other = tree.nodes[children[0] == child ? children[1] : children[0]];
    if (other.op == Op::text)
      named.texts.insert(tree.texts[static_cast<std::size_t>(other.number)]);
    if (other.op == Op::integer || other.op == Op::timestamp) add_number(named, other.number);
    return other.op == Op::text || other.op == Op::integer || other.op == Op::timestamp;
  }

  static void add_number(Named& named, std::int64_t number) {
    named.numbers.insert(number);
    if (number != INT64_MIN) named.numbers.insert(number - 1);
    if (number != INT64_MAX) named.numbers.insert(number + 1);
  }

  static Value unnamed(std::size_t column, const Named& named) {
    const record::Fact& fact = record::facts()[column];
    if (fact.type != record::FactType::text)
      return named.numbers.empty() ? Value::of(std::int64_t{0}) : Value();
    const auto words = words_of(fact.name);
    if (words.empty()) return Value::of(std::string_view("\x01"));
    for (const std::string_view word : words) {
      if (!named.texts.contains(std::string(word))) return Value::of(word);
    }
    return {};
  }

  std::map<std::size_t, Named> values_;
};

// One walk over the branches: what each condition answers where it is asked. A condition that is
// not to be tried may answer anything that its shape allows, so the walk goes on behind it.
void walk(const Decision& decision, const std::vector<bool>& tried, std::span<const Value> row,
          std::vector<Answers>& out) {
  for (const Branch& branch : decision.branches) {
    const Tree& tree = decision.trees[branch.tree];
    const Answers now = tried[branch.tree] ? only(evaluate(tree, row)) : answers_of(tree);
    out[branch.tree] = join(out[branch.tree], now);
    if (now == only(branch.truth)) return;
  }
}

}  // namespace

Answers answers_of(const Tree& tree) {
  std::vector<Answers> stack;
  for (const Node& node : tree.nodes) {
    const std::size_t first = stack.size() - node.arity;
    const Answers answer = apply(node, std::span<const Answers>(stack).subspan(first));
    stack.resize(first);
    stack.push_back(answer);
  }
  return stack.back();
}

Possible possible(const Decision& decision) {
  Domains domains;
  std::vector<bool> tried;
  tried.reserve(decision.trees.size());
  for (const Tree& tree : decision.trees) tried.push_back(domains.add(tree));
  const auto values = domains.all();
  std::size_t rows = 1;
  for (const auto& [column, list] : values) rows = std::min(rows * list.size(), kMaxRows + 1);

  Possible out{std::vector<Answers>(decision.trees.size()), true};
  if (rows > kMaxRows) {
    out.tried = false;
    rows = 1;
    std::fill(tried.begin(), tried.end(), false);
  }
  out.tried = out.tried && std::find(tried.begin(), tried.end(), false) == tried.end();
  std::vector<Value> row(record::facts().size());
  for (std::size_t number = 0; number < rows; ++number) {
    std::size_t rest = number;
    for (const auto& [column, list] : values) {
      row[column] = list[rest % list.size()];
      rest /= list.size();
    }
    walk(decision, tried, row, out.answers);
  }
  return out;
}

}  // namespace onus::rules

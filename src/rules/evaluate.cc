// SPDX-License-Identifier: Apache-2.0
#include "rules/evaluate.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "rules/local_time.h"

namespace onus::rules {
namespace {

constexpr std::int64_t kMinute = 60'000'000;
constexpr std::int64_t kDay = 1440 * kMinute;

Value truth(bool value) { return Value::of(std::int64_t{value}); }

Value both(const Value& a, const Value& b) {
  if ((a.known && a.number == 0) || (b.known && b.number == 0)) return truth(false);
  return a.known && b.known ? truth(true) : Value();
}

Value either(const Value& a, const Value& b) {
  if ((a.known && a.number != 0) || (b.known && b.number != 0)) return truth(true);
  return a.known && b.known ? truth(false) : Value();
}

bool same(const Value& a, const Value& b) { return a.number == b.number && a.text == b.text; }

Value compare(Op op, const Value& a, const Value& b) {
  if (!a.known || !b.known) return {};
  switch (op) {
    case Op::equal:
      return truth(same(a, b));
    case Op::not_equal:
      return truth(!same(a, b));
    case Op::less:
      return truth(a.number < b.number);
    case Op::less_equal:
      return truth(a.number <= b.number);
    case Op::greater:
      return truth(a.number > b.number);
    default:
      return truth(a.number >= b.number);
  }
}

Value in_list(const Tree& tree, const Node& node, const Value& value) {
  if (!value.known) return {};
  const auto first = static_cast<std::ptrdiff_t>(node.number);
  if (node.op == Op::in_integers) {
    const auto begin = tree.integers.begin() + first;
    return truth(std::find(begin, begin + node.count, value.number) != begin + node.count);
  }
  const auto begin = tree.texts.begin() + first;
  return truth(std::find(begin, begin + node.count, value.text) != begin + node.count);
}

Value coalesce(std::span<const Value> values) {
  for (const Value& value : values) {
    if (value.known) return value;
  }
  return {};
}

Value choose(std::span<const Value> values) {
  for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
    if (values[i].known && values[i].number != 0) return values[i + 1];
  }
  return values.size() % 2 == 1 ? values.back() : Value();
}

Value text_test(const Tree& tree, const Node& node, const Value& value) {
  if (!value.known) return {};
  const std::string_view wanted = tree.texts[static_cast<std::size_t>(node.number)];
  if (node.op == Op::starts_with) return truth(value.text.starts_with(wanted));
  return truth(value.text.find(wanted) != std::string_view::npos);
}

Value local(const Node& node, const Value& value) {
  if (!value.known) return {};
  const auto time = local_time(value.number, zones()[static_cast<std::size_t>(node.number)]);
  if (!time) return {};
  return Value::of(std::int64_t{node.op == Op::hour_local ? time->hour : time->weekday});
}

Value difference(Op op, const Value& from, const Value& to) {
  if (!from.known || !to.known) return {};
  const __int128 elapsed = static_cast<__int128>(to.number) - from.number;
  return Value::of(static_cast<std::int64_t>(elapsed / (op == Op::days_between ? kDay : kMinute)));
}

Value apply(const Tree& tree, const Node& node, std::span<const Value> children,
            std::span<const Value> row) {
  switch (node.op) {
    case Op::column:
      return row[static_cast<std::size_t>(node.number)];
    case Op::text:
      return Value::of(std::string_view(tree.texts[static_cast<std::size_t>(node.number)]));
    case Op::integer:
    case Op::timestamp:
    case Op::boolean:
      return Value::of(node.number);
    case Op::both:
      return both(children[0], children[1]);
    case Op::either:
      return either(children[0], children[1]);
    case Op::negation:
      return children[0].known ? truth(children[0].number == 0) : Value();
    case Op::is_null:
      return truth(!children[0].known);
    case Op::in_texts:
    case Op::in_integers:
      return in_list(tree, node, children[0]);
    case Op::coalesce:
      return coalesce(children);
    case Op::choose:
      return choose(children);
    case Op::starts_with:
    case Op::contains_text:
      return text_test(tree, node, children[0]);
    case Op::hour_local:
    case Op::weekday_local:
      return local(node, children[0]);
    case Op::minutes_between:
    case Op::days_between:
      return difference(node.op, children[0], children[1]);
    default:
      return compare(node.op, children[0], children[1]);
  }
}

}  // namespace

Truth evaluate(const Tree& tree, std::span<const Value> row) {
  std::array<Value, kMaxStack> stack;
  std::size_t top = 0;
  for (const Node& node : tree.nodes) {
    ONUS_CHECK(top >= node.arity && top - node.arity < kMaxStack);
    top -= node.arity;
    stack[top] = apply(tree, node, std::span(stack).subspan(top, node.arity), row);
    ++top;
  }
  ONUS_CHECK(top == 1);
  if (!stack[0].known) return Truth::is_null;
  return stack[0].number != 0 ? Truth::is_true : Truth::is_false;
}

}  // namespace onus::rules

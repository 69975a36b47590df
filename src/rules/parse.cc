// SPDX-License-Identifier: Apache-2.0
#include "rules/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/facts.h"
#include "record/purpose_tree.h"
#include "rules/draft.h"
#include "rules/local_time.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {
constexpr auto kComparisons =
    std::to_array<std::pair<std::string_view, Op>>({{"=", Op::equal},
                                                    {"<>", Op::not_equal},
                                                    {"<", Op::less},
                                                    {"<=", Op::less_equal},
                                                    {">", Op::greater},
                                                    {">=", Op::greater_equal}});

// Descends by the grammar and appends nodes in post-order. Its recursion goes through expression()
// alone, which refuses more than kMaxNesting levels.
class Parser {  // NOLINTBEGIN(misc-no-recursion)
 public:
  Parser(std::string_view condition, const Origin& origin, const Lists& lists)
      : d_(condition, origin), lists_(lists) {}

  Result<Tree> run() {
    ONUS_TRY_VOID(d_.read());
    ONUS_TRY(const Type type, expression());
    if (d_.here().kind != Token::Kind::end) return d_.wrong("the end, AND, OR or an operator");
    ONUS_TRY_VOID(d_.want(type, Type::boolean, 0));
    return d_.finish();
  }

 private:
  // a OR b OR c
  Result<Type> expression() {
    if (depth_ == kMaxNesting)
      return d_.wrong_at(d_.here().offset, "expected fewer parentheses: over 192 levels");
    ++depth_;
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const Type type, conjunction());
    while (d_.here().is("OR")) {
      ONUS_TRY_VOID(d_.want(type, Type::boolean, offset));
      d_.step();
      const std::size_t right = d_.here().offset;
      ONUS_TRY(const Type other, conjunction());
      ONUS_TRY_VOID(d_.want(other, Type::boolean, right));
      ONUS_TRY_VOID(d_.add({Op::either, Type::boolean, 2}));
    }
    --depth_;
    return type;
  }

  Result<Type> conjunction() {
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const Type type, negation());
    while (d_.here().is("AND")) {
      ONUS_TRY_VOID(d_.want(type, Type::boolean, offset));
      d_.step();
      const std::size_t right = d_.here().offset;
      ONUS_TRY(const Type other, negation());
      ONUS_TRY_VOID(d_.want(other, Type::boolean, right));
      ONUS_TRY_VOID(d_.add({Op::both, Type::boolean, 2}));
    }
    return type;
  }

  Result<Type> negation() {
    std::size_t count = 0;
    while (d_.take("NOT")) ++count;
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const Type type, comparison());
    if (count > 0) ONUS_TRY_VOID(d_.want(type, Type::boolean, offset));
    for (; count > 0; --count) ONUS_TRY_VOID(d_.add({Op::negation, Type::boolean, 1}));
    return type;
  }

  Result<Type> comparison() {
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const Type left, operand());
    for (const auto& [symbol, op] : kComparisons) {
      if (d_.take(symbol)) return compare(op, left, offset);
    }
    if (d_.take("IS")) return null_test();
    const bool negated = d_.here().is("NOT");
    if (negated) d_.step();
    if (d_.take("IN")) {
      ONUS_TRY_VOID(list_test(left, offset));
    } else if (d_.take("BETWEEN")) {
      ONUS_TRY_VOID(range_test(left, offset));
    } else if (negated) {
      return d_.wrong("IN or BETWEEN");
    } else {
      return left;
    }
    if (negated) ONUS_TRY_VOID(d_.add({Op::negation, Type::boolean, 1}));
    return Type::boolean;
  }

  Result<Type> compare(Op op, Type left, std::size_t offset) {
    if (left == Type::boolean)
      return d_.wrong_at(offset,
                         "expected a column or a value: conditions are not compared, write the "
                         "condition itself or NOT");
    const bool ordered = op != Op::equal && op != Op::not_equal;
    if (ordered && left == Type::text)
      return d_.wrong_at(
          offset, "expected a whole number or a time: text has no order here, only = and <>");
    const std::size_t right = d_.here().offset;
    ONUS_TRY(const Type other, operand());
    ONUS_TRY_VOID(d_.want(other, left, right));
    ONUS_TRY_VOID(d_.check_words(right));
    ONUS_TRY_VOID(d_.add({op, Type::boolean, 2}));
    return Type::boolean;
  }

  Result<Type> null_test() {
    const bool negated = d_.take("NOT");
    if (!d_.take("NULL")) return d_.wrong(negated ? "NULL" : "NULL or NOT NULL");
    ONUS_TRY_VOID(d_.add({Op::is_null, Type::boolean, 1}));
    if (negated) ONUS_TRY_VOID(d_.add({Op::negation, Type::boolean, 1}));
    return Type::boolean;
  }

  Result<void> list_test(Type type, std::size_t offset) {
    if (type != Type::text && type != Type::integer)
      return d_.wrong_at(
          offset, fmt::format("expected a text or a whole number before IN, found {}", name(type)));
    const std::size_t operand_node = d_.tree().nodes.size() - 1;
    if (d_.here().kind == Token::Kind::list) return named_list(type, operand_node);
    ONUS_TRY_VOID(d_.need("("));
    Node node{type == Type::text ? Op::in_texts : Op::in_integers, Type::boolean, 1};
    node.number = static_cast<std::int64_t>(type == Type::text ? d_.tree().texts.size()
                                                               : d_.tree().integers.size());
    do {
      ONUS_TRY_VOID(list_item(type, operand_node));
      ++node.count;
    } while (d_.take(","));
    ONUS_TRY_VOID(d_.need(")"));
    return d_.add(node);
  }

  Result<void> list_item(Type type, std::size_t operand_node) {
    if (d_.here().is("NULL"))
      return d_.wrong("a value", ": NULL in a list makes every answer unknown");
    const auto wanted = type == Type::text ? Token::Kind::text : Token::Kind::integer;
    if (d_.here().kind != wanted)
      return d_.wrong(type == Type::text ? "a 'text'" : "a whole number");
    if (type == Type::text) {
      ONUS_TRY_VOID(d_.check_word(d_.tree().nodes[operand_node], d_.here().text, d_.here().offset));
      d_.add_text(d_.here().text);
    } else {
      d_.add_integer(d_.here().integer);
    }
    d_.step();
    return {};
  }

  Result<void> named_list(Type type, std::size_t operand_node) {
    const auto found_list = lists_.find(d_.here().text);
    if (found_list == lists_.end()) {
      std::vector<std::string_view> names;
      for (const auto& [list, items] : lists_) names.push_back(list);
      return d_.wrong("the name of a list of this pack", did_you_mean(d_.here().text, names));
    }
    if (type != Type::text) return d_.wrong("whole numbers: a named list holds texts");
    const std::vector<std::string_view> words(found_list->second.begin(), found_list->second.end());
    for (const std::string_view word : words)
      ONUS_TRY_VOID(d_.check_word(d_.tree().nodes[operand_node], word, d_.here().offset));
    if (words.empty()) return d_.wrong("a list that is not empty");
    d_.step();
    return d_.add_words(words);
  }

  // x BETWEEN a AND b: x >= a, then x once more, <= b.
  Result<void> range_test(Type type, std::size_t offset) {
    if (type != Type::integer && type != Type::timestamp)
      return d_.wrong_at(
          offset,
          fmt::format("expected a whole number or a time before BETWEEN, found {}", name(type)));
    const std::size_t end = d_.tree().nodes.size();
    const std::size_t low = d_.here().offset;
    ONUS_TRY(const Type low_type, operand());
    ONUS_TRY_VOID(d_.want(low_type, type, low));
    ONUS_TRY_VOID(d_.add({Op::greater_equal, Type::boolean, 2}));
    ONUS_TRY_VOID(d_.need("AND"));
    ONUS_TRY_VOID(d_.add_copy(end));
    const std::size_t high = d_.here().offset;
    ONUS_TRY(const Type high_type, operand());
    ONUS_TRY_VOID(d_.want(high_type, type, high));
    ONUS_TRY_VOID(d_.add({Op::less_equal, Type::boolean, 2}));
    return d_.add({Op::both, Type::boolean, 2});
  }

  Result<Type> operand() {
    const Token& token = d_.here();
    if (token.kind == Token::Kind::text) return text_literal();
    if (token.kind == Token::Kind::integer) {
      d_.step();
      ONUS_TRY_VOID(d_.add({Op::integer, Type::integer, 0, 0, token.integer}));
      return Type::integer;
    }
    if (d_.take("(")) {
      ONUS_TRY(const Type type, expression());
      ONUS_TRY_VOID(d_.need(")"));
      return type;
    }
    if (token.is("TRUE") || token.is("FALSE")) {
      d_.step();
      ONUS_TRY_VOID(d_.add({Op::boolean, Type::boolean, 0, 0, token.is("TRUE") ? 1 : 0}));
      return Type::boolean;
    }
    if (token.is("TIMESTAMP") || token.is("DATE")) return time_literal();
    if (d_.take("COALESCE")) return coalesce();
    if (d_.take("CASE")) return choose();
    if (token.kind == Token::Kind::word && is_function(token.text)) return function();
    return d_.column();
  }

  Result<Type> text_literal() {
    ONUS_TRY_VOID(d_.add({Op::text, Type::text, 0, 0, d_.add_text(d_.here().text)}));
    d_.step();
    return Type::text;
  }

  Result<Type> time_literal() {
    const bool date = d_.here().is("DATE");
    d_.step();
    if (d_.here().kind != Token::Kind::text) return d_.wrong("a text such as '2025-07-01'");
    const auto us = parse_timestamp(d_.here().text);
    if (!us || (date && d_.here().text.size() != 10))
      return d_.wrong(date ? "a day such as '2025-07-01'" : "a time such as '2025-07-01 12:00:00'");
    d_.step();
    ONUS_TRY_VOID(d_.add({Op::timestamp, Type::timestamp, 0, 0, *us}));
    return Type::timestamp;
  }

  Result<Type> coalesce() {
    ONUS_TRY_VOID(d_.need("("));
    ONUS_TRY(const Type type, expression());
    std::uint16_t arity = 1;
    while (d_.take(",")) {
      ONUS_TRY_VOID(expression_of(type));
      ++arity;
    }
    if (arity == 1) return d_.wrong("',': COALESCE chooses among two or more");
    ONUS_TRY_VOID(d_.need(")"));
    ONUS_TRY_VOID(d_.add({Op::coalesce, type, arity}));
    return type;
  }

  // An expression of a type that is known before; it is left on the tree.
  Result<void> expression_of(Type wanted) {
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const Type type, expression());
    return d_.want(type, wanted, offset);
  }

  // WHEN condition THEN; the value follows.
  Result<void> when() {
    ONUS_TRY_VOID(d_.need("WHEN"));
    ONUS_TRY_VOID(expression_of(Type::boolean));
    return d_.need("THEN");
  }

  Result<Type> choose() {
    ONUS_TRY_VOID(when());
    ONUS_TRY(const Type type, expression());
    std::uint16_t arity = 2;
    for (; d_.here().is("WHEN"); arity = static_cast<std::uint16_t>(arity + 2)) {
      ONUS_TRY_VOID(when());
      ONUS_TRY_VOID(expression_of(type));
    }
    if (d_.take("ELSE")) {
      ONUS_TRY_VOID(expression_of(type));
      ++arity;
    }
    if (!d_.take("END")) return d_.wrong("WHEN, ELSE or END");
    ONUS_TRY_VOID(d_.add({Op::choose, type, arity}));
    return type;
  }

  Result<Type> function() {
    const std::string called = d_.here().text;
    d_.step();
    ONUS_TRY_VOID(d_.need("("));
    Result<Type> type = called == "minutes_between" ? time_difference(Op::minutes_between)
                        : called == "days_between"  ? time_difference(Op::days_between)
                        : called == "hour_local"    ? local(Op::hour_local)
                        : called == "weekday_local" ? local(Op::weekday_local)
                        : called == "is_state"      ? state_test()
                        : called == "is_purpose"    ? purpose_test()
                        : called == "starts_with"   ? text_test(Op::starts_with)
                                                    : text_test(Op::contains_text);
    if (!type) return type;
    ONUS_TRY_VOID(d_.need(")"));
    return type;
  }

  Result<void> column_of(Type wanted) {
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const Type type, d_.column());
    return d_.want(type, wanted, offset);
  }

  // A column of texts; its name.
  Result<std::string_view> text_column() {
    ONUS_TRY_VOID(column_of(Type::text));
    return record::facts()[static_cast<std::size_t>(d_.tree().nodes.back().number)].name;
  }

  Result<void> time() {
    if (!d_.here().is("TIMESTAMP") && !d_.here().is("DATE")) return column_of(Type::timestamp);
    ONUS_TRY([[maybe_unused]] const Type type, time_literal());
    return {};
  }

  Result<Type> time_difference(Op op) {
    ONUS_TRY_VOID(time());
    ONUS_TRY_VOID(d_.need(","));
    ONUS_TRY_VOID(time());
    ONUS_TRY_VOID(d_.add({op, Type::integer, 2}));
    return Type::integer;
  }

  Result<Type> local(Op op) {
    ONUS_TRY_VOID(column_of(Type::timestamp));
    ONUS_TRY_VOID(d_.need(","));
    std::vector<std::string_view> names;
    for (const Zone& zone : zones()) names.push_back(zone.name);
    const auto found_zone = std::find(names.begin(), names.end(), d_.here().text);
    if (d_.here().kind != Token::Kind::text || found_zone == names.end())
      return d_.wrong("the 'name' of a zone", did_you_mean(d_.here().text, names));
    d_.step();
    ONUS_TRY_VOID(d_.add({op, Type::integer, 1, 0, found_zone - names.begin()}));
    return Type::integer;
  }

  Result<Type> state_test() {
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const std::string_view fact, text_column());
    if (fact != "owner_state" && fact != "searcher_state")
      return d_.wrong_at(offset, "expected owner_state or searcher_state");
    ONUS_TRY_VOID(d_.need(","));
    const std::size_t code = d_.here().offset;
    if (d_.here().kind != Token::Kind::text) return d_.wrong("the 'code' of a state");
    ONUS_TRY([[maybe_unused]] const Type type, text_literal());
    ONUS_TRY_VOID(d_.check_words(code));
    ONUS_TRY_VOID(d_.add({Op::equal, Type::boolean, 2}));
    return Type::boolean;
  }

  // Short for IN with every purpose at or below that one.
  Result<Type> purpose_test() {
    const std::size_t offset = d_.here().offset;
    ONUS_TRY(const std::string_view fact, text_column());
    if (fact != "purpose") return d_.wrong_at(offset, "expected purpose");
    ONUS_TRY_VOID(d_.need(","));
    const auto below = record::purposes_below(d_.here().text);
    if (d_.here().kind != Token::Kind::text || below.empty())
      return d_.wrong("a purpose of the hierarchy", did_you_mean(d_.here().text, purpose_ids()));
    d_.step();
    ONUS_TRY_VOID(d_.add_words(below));
    return Type::boolean;
  }

  Result<Type> text_test(Op op) {
    ONUS_TRY_VOID(column_of(Type::text));
    ONUS_TRY_VOID(d_.need(","));
    if (d_.here().kind != Token::Kind::text || d_.here().text.empty())
      return d_.wrong("a 'text' that is not empty");
    ONUS_TRY_VOID(d_.add({op, Type::boolean, 1, 0, d_.add_text(d_.here().text)}));
    d_.step();
    return Type::boolean;
  }

  Draft d_;
  const Lists& lists_;
  int depth_ = 0;
};  // NOLINTEND(misc-no-recursion)

}  // namespace

Result<Tree> parse(std::string_view condition, const Origin& origin, const Lists& lists) {
  return Parser(condition, origin, lists).run();
}

}  // namespace onus::rules

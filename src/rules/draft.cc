// SPDX-License-Identifier: Apache-2.0
#include "rules/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "record/facts.h"
#include "rules/vocabulary.h"

namespace onus::rules {

Type type_of(record::FactType type) {
  switch (type) {
    case record::FactType::text:
      return Type::text;
    case record::FactType::integer:
      return Type::integer;
    case record::FactType::timestamp:
      return Type::timestamp;
  }
  return Type::text;
}

Result<void> Draft::read() {
  ONUS_TRY(tokens_, tokens_of(in_, origin_));
  return {};
}

bool Draft::take(std::string_view word_or_symbol) {
  if (!here().is(word_or_symbol)) return false;
  ++at_;
  return true;
}

Result<void> Draft::need(std::string_view word_or_symbol) {
  if (take(word_or_symbol)) return {};
  return wrong(fmt::format("'{}'", word_or_symbol));
}

std::string Draft::found() const {
  switch (here().kind) {
    case Token::Kind::end:
      return "the end";
    case Token::Kind::text:
      return fmt::format("the text '{}'", here().text.substr(0, 40));
    case Token::Kind::integer:
      return fmt::format("{}", here().integer);
    case Token::Kind::list:
      return "@" + here().text;
    default:
      return fmt::format("'{}'", here().text.substr(0, 40));
  }
}

std::string Draft::habit_hint() const {
  const bool after_equals = at_ > 0 && tokens_[at_ - 1].is("=");
  if (after_equals && here().is("=")) return ": one '=' is equal";
  if (here().kind != Token::Kind::word) return "";
  if (after_equals && at_ > 1) {
    const auto words = words_of(tokens_[at_ - 2].text);
    if (std::find(words.begin(), words.end(), here().text) != words.end())
      return fmt::format(": texts stand in quotes, '{}'", here().text);
  }
  std::string upper = here().text;
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (upper == "LIKE" || upper == "ILIKE") return ": ask with starts_with or contains_text";
  if (upper == here().text || !is_reserved(upper)) return "";
  return fmt::format(": words of the language are upper case, '{}'", upper);
}

tl::unexpected<Error> Draft::wrong(const std::string& expected, const std::string& hint) const {
  const std::string habit = habit_hint();
  return wrong_at(here().offset, fmt::format("expected {}, found {}{}", expected, found(),
                                             habit.empty() ? hint : habit));
}

tl::unexpected<Error> Draft::wrong_at(std::size_t offset, std::string what) const {
  return error_at(origin_, in_, offset, std::move(what));
}

Result<void> Draft::want(Type type, Type wanted, std::size_t offset) const {
  if (type == wanted) return {};
  return wrong_at(offset, fmt::format("expected {}, found {}", name(wanted), name(type)));
}

Result<Tree> Draft::finish() {
  if (stack_needed(tree_) + kSpareStack > kMaxStack)
    return wrong_at(0, "expected a simpler condition: too many values at once");
  if (height(tree_) > kMaxHeight)
    return wrong_at(0, fmt::format("expected fewer levels: over {}", kMaxHeight));
  return std::move(tree_);
}

Result<void> Draft::add(Node node) {
  if (tree_.nodes.size() >= kMaxNodes)
    return wrong_at(here().offset,
                    fmt::format("expected a smaller condition: over {} parts", kMaxNodes));
  if (tree_.texts.size() + tree_.integers.size() > kMaxPayloads)
    return wrong_at(here().offset,
                    fmt::format("expected a smaller condition: over {} list items", kMaxPayloads));
  tree_.nodes.push_back(node);
  return {};
}

std::int64_t Draft::add_text(std::string text) {
  tree_.texts.push_back(std::move(text));
  return static_cast<std::int64_t>(tree_.texts.size()) - 1;
}

std::int64_t Draft::add_integer(std::int64_t integer) {
  tree_.integers.push_back(integer);
  return static_cast<std::int64_t>(tree_.integers.size()) - 1;
}

Result<void> Draft::add_words(std::span<const std::string_view> words) {
  Node node{Op::in_texts, Type::boolean, 1, static_cast<std::uint16_t>(words.size())};
  node.number = static_cast<std::int64_t>(tree_.texts.size());
  for (const std::string_view word : words) add_text(std::string(word));
  return add(node);
}

Result<Type> Draft::column() {
  if (here().kind != Token::Kind::word || is_reserved(here().text)) {
    const bool null = here().is("NULL");
    return wrong("a column, a value or '('", null ? ": ask with IS NULL" : "");
  }
  const auto facts = record::facts();
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].name != here().text) continue;
    step();
    const Type type = type_of(facts[i].type);
    ONUS_TRY_VOID(add({Op::column, type, 0, 0, static_cast<std::int64_t>(i)}));
    return type;
  }
  std::vector<std::string_view> known(functions().begin(), functions().end());
  known.insert(known.end(), reserved_words().begin(), reserved_words().end());
  for (const record::Fact& fact : facts) known.push_back(fact.name);
  return wrong("a column, a value or '('", did_you_mean(here().text, known));
}

// Where the subtree that ends before `end` begins.
std::size_t Draft::begin_of(std::size_t end) const {
  std::size_t wanted = 1;
  while (wanted > 0) {
    --end;
    wanted = wanted - 1 + tree_.nodes[end].arity;
  }
  return end;
}

Result<void> Draft::add_copy(std::size_t end) {
  for (std::size_t i = begin_of(end); i < end; ++i)
    ONUS_TRY_VOID(add(copy_payload(tree_.nodes[i])));
  return {};
}

// Each node owns its payload, so that a tree is the same however it came about.
Node Draft::copy_payload(Node node) {
  const auto first = static_cast<std::size_t>(node.number);
  if (node.op == Op::text || node.op == Op::starts_with || node.op == Op::contains_text) {
    node.number = add_text(std::string(tree_.texts[first]));
  } else if (node.op == Op::in_texts) {
    node.number = static_cast<std::int64_t>(tree_.texts.size());
    for (std::size_t i = 0; i < node.count; ++i) add_text(std::string(tree_.texts[first + i]));
  } else if (node.op == Op::in_integers) {
    node.number = static_cast<std::int64_t>(tree_.integers.size());
    for (std::size_t i = 0; i < node.count; ++i)
      add_integer(std::int64_t{tree_.integers[first + i]});
  }
  return node;
}

Result<void> Draft::check_words(std::size_t offset) const {
  const Node& right = tree_.nodes.back();
  const Node& left = tree_.nodes[begin_of(tree_.nodes.size()) - 1];
  if (right.op == Op::text)
    return check_word(left, tree_.texts[static_cast<std::size_t>(right.number)], offset);
  if (left.op == Op::text)
    return check_word(right, tree_.texts[static_cast<std::size_t>(left.number)], offset);
  return {};
}

Result<void> Draft::check_word(const Node& node, std::string_view word, std::size_t offset) const {
  if (node.op != Op::column) return {};
  const auto& fact = record::facts()[static_cast<std::size_t>(node.number)];
  const auto words = words_of(fact.name);
  if (words.empty() || std::find(words.begin(), words.end(), word) != words.end()) return {};
  const std::string hint =
      word == "unknown" ? ": unknown is NULL here, ask with IS NULL" : did_you_mean(word, words);
  return wrong_at(offset, fmt::format("expected a word of {}, found '{}'{}", fact.name,
                                      word.substr(0, 40), hint));
}

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// What the parser works on: the words of a condition with the present place, and the tree that
// grows from them. Knows the limits, the types and the closed vocabularies, but no grammar.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/facts.h"
#include "rules/condition.h"
#include "rules/lexer.h"

namespace onus::rules {

Type type_of(record::FactType type);

class Draft {
 public:
  Draft(std::string_view condition, const Origin& origin) : in_(condition), origin_(origin) {}
  Result<void> read();  // once, before all else

  const Token& here() const { return tokens_[at_]; }
  void step() { ++at_; }
  bool take(std::string_view word_or_symbol);
  Result<void> need(std::string_view word_or_symbol);

  // "expected <expected>, found <what is here><hint>"
  tl::unexpected<Error> wrong(const std::string& expected, const std::string& hint = "") const;
  tl::unexpected<Error> wrong_at(std::size_t offset, std::string what) const;
  Result<void> want(Type type, Type wanted, std::size_t offset) const;

  const Tree& tree() const { return tree_; }
  Result<Tree> finish();
  Result<void> add(Node node);
  // Payloads; the index of the first. Budgets are checked by the add() that follows.
  std::int64_t add_text(std::string text);
  std::int64_t add_integer(std::int64_t integer);
  // The column before it is one of these words.
  Result<void> add_words(std::span<const std::string_view> words);
  // Repeats the subtree that ends before `end`.
  Result<void> add_copy(std::size_t end);

  // The column that stands here.
  Result<Type> column();

  // Where the last two subtrees are a column with a closed list of words and a text, the text must
  // be of that list.
  Result<void> check_words(std::size_t offset) const;
  Result<void> check_word(const Node& node, std::string_view word, std::size_t offset) const;

 private:
  std::string found() const;
  // For those who write as in SQL or in a programming language; "" for others.
  std::string habit_hint() const;
  std::size_t begin_of(std::size_t end) const;
  Node copy_payload(Node node);

  std::string_view in_;
  const Origin& origin_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Tree tree_;
};

}  // namespace onus::rules

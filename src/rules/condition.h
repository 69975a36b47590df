// SPDX-License-Identifier: Apache-2.0
// A condition as one typed tree, shared by every back end (docs/rule-language.md). The tree lies in
// post-order in one vector: children stand before their parent, so that walking, printing and
// checking are loops over the vector with a stack, never recursion.
//
// Invariant of a tree made by parse(): every node has the children and payload that its op names,
// the types fit, nodes() <= kMaxNodes, and a walk needs at most kMaxStack values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onus::rules {

inline constexpr std::size_t kMaxConditionBytes = 16U << 10;
inline constexpr std::size_t kMaxNodes = 2048;
inline constexpr std::size_t kMaxPayloads = 8192;  // texts and list items
inline constexpr std::size_t kMaxStack = 96;
inline constexpr std::size_t kSpareStack = 8;  // for what decide.h wraps around a condition
inline constexpr std::size_t kMaxHeight = 64;  // of the tree; a AND b AND c is one level
// Of parentheses, CASE and COALESCE in the text: a printed tree needs two for each level, and one.
inline constexpr int kMaxNesting = 192;

enum class Type : std::uint8_t { boolean, text, integer, timestamp };

enum class Op : std::uint8_t {
  column,           // number: index in record::facts()
  text,             // number: index in texts
  integer,          // number: the value
  timestamp,        // number: microseconds since 1970, UTC
  boolean,          // number: 0 or 1
  equal,            // two children of one type
  not_equal,        //
  less,             // integers or timestamps
  less_equal,       //
  greater,          //
  greater_equal,    //
  both,             // AND
  either,           // OR
  negation,         // NOT
  is_null,          //
  in_texts,         // one child; texts[number, number + count)
  in_integers,      // one child; integers[number, number + count)
  coalesce,         // two children or more
  choose,           // CASE: condition, value, ..., and a last value if the arity is odd
  starts_with,      // one column; number: index in texts
  contains_text,    //
  hour_local,       // one column; number: index in zones()
  weekday_local,    //
  minutes_between,  // two timestamps
  days_between,
};

struct Node {
  Op op = Op::boolean;
  Type type = Type::boolean;
  std::uint16_t arity = 0;
  std::uint16_t count = 0;
  std::int64_t number = 0;
  bool operator==(const Node&) const = default;
};

struct Tree {
  std::vector<Node> nodes;
  std::vector<std::string> texts;      // payloads, in the order of their nodes
  std::vector<std::int64_t> integers;  //
  bool operator==(const Tree&) const = default;

  // The columns it reads, each once, in the order of their first mention.
  std::vector<std::size_t> columns() const;
};

// a AND b AND c, which is read from the left, is printed without inner parentheses.
constexpr bool is_chain(Op op) { return op == Op::both || op == Op::either; }

std::string_view name(Type type);  // "a text", "a whole number", ...

// The levels of a tree. A chain of AND, or of OR, is one level, as print() writes it.
std::size_t height(const Tree& tree);

// The most values that lie on the stack during a walk.
std::size_t stack_needed(const Tree& tree);

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
#include "rules/condition.h"

#include <algorithm>

namespace onus::rules {

std::vector<std::size_t> Tree::columns() const {
  std::vector<std::size_t> out;
  for (const Node& node : nodes) {
    if (node.op != Op::column) continue;
    const auto column = static_cast<std::size_t>(node.number);
    if (std::find(out.begin(), out.end(), column) == out.end()) out.push_back(column);
  }
  return out;
}

std::string_view name(Type type) {
  switch (type) {
    case Type::boolean:
      return "a condition";
    case Type::text:
      return "a text";
    case Type::integer:
      return "a whole number";
    case Type::timestamp:
      return "a time";
  }
  return "";
}

std::size_t height(const Tree& tree) {
  struct Level {
    std::size_t height;
    Op op;
  };
  std::vector<Level> stack;
  for (const Node& node : tree.nodes) {
    const std::size_t first = stack.size() - node.arity;
    std::size_t most = 0;
    for (std::size_t i = first; i < stack.size(); ++i) {
      const bool chained = i == first && is_chain(node.op) && stack[i].op == node.op;
      most = std::max(most, stack[i].height - (chained ? 1 : 0));
    }
    stack.resize(first);
    stack.push_back({most + 1, node.op});
  }
  return stack.empty() ? 0 : stack.back().height;
}

std::size_t stack_needed(const Tree& tree) {
  std::size_t now = 0;
  std::size_t most = 0;
  for (const Node& node : tree.nodes) {
    now = now - node.arity + 1;
    most = std::max(most, now);
  }
  return most;
}

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
#include "rules/asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "record/facts.h"
#include "rules/print.h"

namespace onus::rules {
namespace {

constexpr std::string_view kMoment = "when";

bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

std::string_view fact_name(std::size_t column) { return record::facts()[column].name; }

bool is_own(std::size_t column) {
  constexpr auto kOwn =
      std::to_array<std::string_view>({kMoment, "networks", "devices", "window_from", "window_to"});
  return std::ranges::find(kOwn, fact_name(column)) != kOwn.end();
}

// Where in the tree's vector the part that ends with each node begins.
std::vector<std::size_t> begins_of(const Tree& tree) {
  std::vector<std::size_t> out, stack;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const std::size_t arity = tree.nodes[i].arity;
    out.push_back(arity == 0 ? i : stack[stack.size() - arity]);
    stack.resize(stack.size() - arity);
    stack.push_back(out.back());
  }
  return out;
}

// The payloads stay where they are, as nodes name them by number.
Tree part_of(const Tree& tree, std::size_t begin, std::size_t end) {
  Tree out = tree;
  out.nodes.assign(tree.nodes.begin() + static_cast<std::ptrdiff_t>(begin),
                   tree.nodes.begin() + static_cast<std::ptrdiff_t>(end));
  return out;
}

class Collector {
 public:
  bool add(const Decision& decision) {
    for (const Branch& branch : decision.branches) {
      for (const Branch::Unknown& unknown : branch.unknown) add_unknown(unknown.column);
    }
    return std::ranges::all_of(decision.trees, [&](const Tree& tree) { return add(tree); });
  }
  Asked finish() {
    return {{dates_.begin(), dates_.end()}, {conditions_.begin(), conditions_.end()}};
  }

 private:
  // That the moment is not known is a side of the dates.
  void add_unknown(std::size_t column) {
    if (!is_own(column) || fact_name(column) == kMoment) return;
    conditions_.insert(fmt::format("({} IS NULL)", print_name(fact_name(column), Dialect::duckdb)));
  }

  // The smallest condition around each column of the access.
  bool add(const Tree& tree) {
    const std::vector<std::size_t> begins = begins_of(tree);
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      const Node& node = tree.nodes[i];
      if (node.op != Op::column || !is_own(static_cast<std::size_t>(node.number))) continue;
      std::size_t end = i + 1;
      while (tree.nodes[end].type != Type::boolean || begins[end] > i) ++end;
      if (!add_part(part_of(tree, begins[end], end + 1))) return false;
    }
    return true;
  }

  bool add_part(const Tree& part) {
    if (!std::ranges::all_of(part.columns(), is_own)) return false;
    if (!add_date(part.nodes)) conditions_.insert(print(part, Dialect::duckdb));
    return true;
  }

  // Of `when IS NULL`, and of `when` beside a date on either side.
  bool add_date(const std::vector<Node>& nodes) {
    const auto is_moment = [](const Node& node) {
      return node.op == Op::column && fact_name(static_cast<std::size_t>(node.number)) == kMoment;
    };
    if (nodes.size() == 2 && nodes[1].op == Op::is_null && is_moment(nodes[0])) return true;
    if (nodes.size() != 3 || !is_comparison(nodes[2].op)) return false;
    const std::size_t date = is_moment(nodes[0]) ? 1 : 0;
    if (!is_moment(nodes[1 - date]) || nodes[date].op != Op::timestamp) return false;
    dates_.insert(nodes[date].number);
    dates_.insert(nodes[date].number + 1);
    return true;
  }

  std::set<std::int64_t> dates_;
  std::set<std::string> conditions_;
};

}  // namespace

std::optional<Asked> asked_of(const std::vector<Slot>& slots) {
  Collector collector;
  for (const Slot& slot : slots) {
    if (!collector.add(*slot.decision)) return std::nullopt;
  }
  return collector.finish();
}

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
#include "rules/program.h"

#include <algorithm>
#include <map>

#include "base/check.h"

namespace onus::rules {
namespace {

// The jumps of a condition double with each level in the worst case.
constexpr std::size_t kMaxSteps = 1024;

constexpr Truth of(bool value) { return value ? Truth::is_true : Truth::is_false; }

bool is_constant(Op op) { return op == Op::integer || op == Op::timestamp; }

}  // namespace

// One condition. Parents stand behind their children in a tree, so its nodes are met from the last
// to the first: each says of its children where to go on after them. What is asked for is a mark;
// where the steps of a mark begin is known when all nodes were met.
class Flattener {
 public:
  using Code = Program::Code;
  using Step = Program::Step;
  using Target = Program::Target;
  // After TRUE, FALSE, unknown.
  struct Ways {
    Target yes, no, unknown;
    auto operator<=>(const Ways&) const = default;
  };

  Flattener(Program& out, const Tree& tree) : out_(out), tree_(tree) { find_starts(); }

  // The first step for the tree, if it goes on as `ways` say.
  Target run(const Ways& ways) {
    const std::size_t steps = out_.steps_.size();
    const std::size_t texts = out_.texts_.size();
    const std::size_t trees = out_.trees_.size();
    const Target start = mark(tree_.nodes.size() - 1, ways);
    for (std::size_t i = tree_.nodes.size(); i-- > 0 && !too_many_;) {
      for (const auto& [wanted, number] : asked_[i]) marks_[number] = place(i, wanted);
    }
    if (too_many_) {
      out_.steps_.resize(steps);
      out_.texts_.resize(texts);
      out_.trees_.resize(trees);
      return whole(ways);
    }
    resolve(steps);
    return resolved(start);
  }

 private:
  static constexpr Target kMark = 1U << 30;  // a target that is a number in marks_

  void find_starts() {
    std::vector<std::size_t> stack;
    for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
      const std::size_t arity = tree_.nodes[i].arity;
      const std::size_t start = arity == 0 ? i : stack[stack.size() - arity];
      stack.resize(stack.size() - arity);
      stack.push_back(start);
      starts_.push_back(start);
    }
    asked_.resize(tree_.nodes.size());
  }

  Target mark(std::size_t node, const Ways& ways) {
    if (ways.yes == ways.no && ways.no == ways.unknown) return ways.yes;
    const auto [at, is_new] = asked_[node].emplace(ways, marks_.size());
    if (is_new) marks_.push_back(0);
    too_many_ = too_many_ || marks_.size() > kMaxSteps;
    return kMark + static_cast<Target>(at->second);
  }

  // Where the steps of a node begin: its own, or those of the child that is asked first.
  Target place(std::size_t i, const Ways& ways) {
    const Node& node = tree_.nodes[i];
    if (node.type != Type::boolean) return leaf(i, ways);
    switch (node.op) {
      case Op::boolean:
        return node.number != 0 ? ways.yes : ways.no;
      case Op::negation:
        return mark(i - 1, {ways.no, ways.yes, ways.unknown});
      case Op::both:
        return mark(left(i), {mark(i - 1, ways), ways.no,
                              mark(i - 1, {ways.unknown, ways.no, ways.unknown})});
      case Op::either:
        return mark(left(i), {ways.yes, mark(i - 1, ways),
                              mark(i - 1, {ways.yes, ways.unknown, ways.unknown})});
      case Op::coalesce:
        return coalesce(i, ways);
      case Op::choose:
        return choose(i, ways);
      case Op::is_null:
        if (tree_.nodes[i - 1].type == Type::boolean)
          return mark(i - 1, {ways.no, ways.no, ways.yes});
        return leaf(i, ways);
      default:
        return leaf(i, ways);
    }
  }

  std::size_t left(std::size_t i) const { return starts_[i - 1] - 1; }

  // From the last child to the first.
  std::vector<std::size_t> children(std::size_t i) const {
    std::vector<std::size_t> out;
    std::size_t child = i - 1;
    for (std::size_t n = 0; n < tree_.nodes[i].arity; ++n) {
      out.push_back(child);
      child = starts_[child] - 1;
    }
    return out;
  }

  Target coalesce(std::size_t i, const Ways& ways) {
    Target next = ways.unknown;
    for (const std::size_t child : children(i)) next = mark(child, {ways.yes, ways.no, next});
    return next;
  }

  Target choose(std::size_t i, const Ways& ways) {
    const std::vector<std::size_t> all = children(i);
    std::size_t at = all.size() % 2;
    Target next = at == 1 ? mark(all[0], ways) : ways.unknown;
    for (; at < all.size(); at += 2) next = mark(all[at + 1], {mark(all[at], ways), next, next});
    return next;
  }

  Target leaf(std::size_t i, const Ways& ways) {
    Step step = test_of(i);
    step.next[static_cast<std::size_t>(Truth::is_true)] = ways.yes;
    step.next[static_cast<std::size_t>(Truth::is_false)] = ways.no;
    step.next[static_cast<std::size_t>(Truth::is_null)] = ways.unknown;
    if (step.code != Code::walk && is_turned(tree_.nodes[i].op))
      std::swap(step.next[static_cast<std::size_t>(Truth::is_true)],
                step.next[static_cast<std::size_t>(Truth::is_false)]);
    out_.steps_.push_back(step);
    return static_cast<Target>(out_.steps_.size() - 1);
  }

  // Asked the other way round: <> as =, < as >=, <= as >.
  static bool is_turned(Op op) {
    return op == Op::not_equal || op == Op::less || op == Op::less_equal;
  }

  Step test_of(std::size_t i) {
    const Node& node = tree_.nodes[i];
    const Node& first = tree_.nodes[starts_[i]];
    const std::size_t size = i - starts_[i] + 1;
    if (first.op != Op::column || size > 3 || size != node.arity + 1U) return walk(i);
    Step out{.column = static_cast<std::uint16_t>(first.number)};
    if (node.op == Op::is_null) {
      out.code = Code::is_null;
    } else if (node.op == Op::in_texts) {
      out.code = Code::is_in;
      out.count = node.count;
      out.first = texts({tree_.texts.data() + node.number, node.count});
    } else if (size != 3 || !against_constant(node.op, tree_.nodes[i - 1], out)) {
      return walk(i);
    }
    return out;
  }

  bool against_constant(Op op, const Node& constant, Step& out) {
    const bool text = constant.op == Op::text;
    if (!text && !is_constant(constant.op)) return false;
    out.code = op == Op::equal || op == Op::not_equal ? Code::is : Code::at_least;
    const std::string none;
    const std::string& wanted =
        text ? tree_.texts[static_cast<std::size_t>(constant.number)] : none;
    out.number = text ? Value::first_bytes(wanted) : constant.number;
    if (out.code == Code::is) out.first = texts({&wanted, 1});
    if (op != Op::greater && op != Op::less_equal) return true;
    if (out.number == INT64_MAX) return false;
    ++out.number;
    return true;
  }

  std::uint32_t texts(std::span<const std::string> wanted) {
    const auto at = static_cast<std::uint32_t>(out_.texts_.size());
    for (const std::string& text : wanted) out_.texts_.push_back({Value::first_bytes(text), text});
    return at;
  }

  Step walk(std::size_t i) {
    Tree part;
    const auto begin = tree_.nodes.begin();
    part.nodes.assign(begin + static_cast<std::ptrdiff_t>(starts_[i]),
                      begin + static_cast<std::ptrdiff_t>(i) + 1);
    part.texts = tree_.texts;
    part.integers = tree_.integers;
    out_.trees_.push_back(std::move(part));
    return {.first = static_cast<std::uint32_t>(out_.trees_.size() - 1)};
  }

  Target whole(const Ways& ways) {
    out_.trees_.push_back(tree_);
    Step step{.first = static_cast<std::uint32_t>(out_.trees_.size() - 1)};
    step.next = {ways.no, ways.yes, ways.unknown};
    out_.steps_.push_back(step);
    return static_cast<Target>(out_.steps_.size() - 1);
  }

  Target resolved(Target target) const {
    while (target >= kMark && target < Program::kDone) target = marks_[target - kMark];
    return target;
  }

  void resolve(std::size_t from) {
    for (std::size_t i = from; i < out_.steps_.size(); ++i) {
      for (Target& target : out_.steps_[i].next) target = resolved(target);
    }
  }

  Program& out_;
  const Tree& tree_;
  std::vector<std::size_t> starts_;                 // of each node, the first of those below it
  std::vector<std::map<Ways, std::size_t>> asked_;  // of each node, the marks of its ways
  std::vector<Target> marks_;
  bool too_many_ = false;
};

Program::Program(std::span<const Tree> trees, std::span<const Question> questions)
    : start_(kDone + static_cast<Target>(questions.size())) {
  // From the last on, so that what comes after a question is known.
  for (std::size_t end = questions.size(); end > 0;) {
    const std::size_t tree = questions[end - 1].tree;
    std::array<Target, 3> next{start_, start_, start_};
    std::size_t first = end;
    for (; first > 0 && questions[first - 1].tree == tree; --first)
      next[static_cast<std::size_t>(questions[first - 1].truth)] =
          kDone + static_cast<Target>(first - 1);
    start_ = Flattener(*this, trees[tree]).run({next[1], next[0], next[2]});
    end = first;
  }
}

inline Truth Program::test(const Step& step, std::span<const Value> row) const {
  if (step.code == Code::walk) return evaluate(trees_[step.first], row);
  const Value& value = row[step.column];
  if (step.code == Code::is_null) return of(!value.known);
  if (!value.known) return Truth::is_null;
  if (step.code == Code::is)
    return of(step.number == value.number && texts_[step.first].text == value.text);
  if (step.code == Code::at_least) return of(value.number >= step.number);
  const std::span list = std::span(texts_).subspan(step.first, step.count);
  return of(std::ranges::any_of(list, [&](const Text& text) { return same(text, value); }));
}

std::size_t Program::run(std::span<const Value> row) const {
  Target at = start_;
  while (at < kDone) {
    const Step& step = steps_[at];
    at = step.next[static_cast<std::size_t>(test(step, row))];
  }
  return at - kDone;
}

}  // namespace onus::rules

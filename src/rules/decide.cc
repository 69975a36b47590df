// SPDX-License-Identifier: Apache-2.0
#include "rules/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "record/facts.h"
#include "rules/local_time.h"
#include "rules/print.h"

namespace onus::rules {
namespace {

using record::Outcome;

constexpr std::size_t kMaxReasons = 255;
constexpr const char* kAlways = "always";  // a clause that the rule does not have
constexpr std::int64_t kDay = 86'400'000'000;

std::int64_t fact(std::string_view name) {
  const auto facts = record::facts();
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].name == name) return static_cast<std::int64_t>(i);
  }
  ONUS_CHECK(false);
}

Tree compare_when(Op op, std::int64_t us) {
  Tree out;
  out.nodes = {{Op::column, Type::timestamp, 0, 0, fact("when")},
               {Op::timestamp, Type::timestamp, 0, 0, us},
               {op, Type::boolean, 2, 0, 0}};
  return out;
}

Tree always() {
  Tree out;
  out.nodes = {{Op::boolean, Type::boolean, 0, 0, 1}};
  return out;
}

class Compiler {
 public:
  Compiler(const Rule& rule, const std::optional<Tree>& governs) : rule_(rule), governs_(governs) {}

  Result<Decision> run() {
    not_applicable();
    if (rule_.except)
      branch(*rule_.except, "except", Truth::is_true, reason(Outcome::allowed, "exception"));
    if (!rule_.requirements.empty()) elements();
    if (rule_.forbids) prohibition();
    if (rule_.requirements.empty()) papers();
    if (out_.reasons.size() > kMaxReasons)
      return fail(Code::over_budget, "a rule can give at most 255 reasons");
    sort_reasons();
    flatten();
    return std::move(out_);
  }

 private:
  // So that an outcome can be told from a code by comparing (rules.cc).
  void sort_reasons() {
    std::vector<std::uint8_t> order(out_.reasons.size());
    std::iota(order.begin(), order.end(), std::uint8_t{0});
    std::sort(order.begin(), order.end(), [&](std::uint8_t a, std::uint8_t b) {
      return std::pair(out_.reasons[a].outcome, a) < std::pair(out_.reasons[b].outcome, b);
    });
    std::vector<Reason> sorted;
    std::vector<std::uint8_t> place(order.size());
    for (const std::uint8_t old : order) {
      place[old] = static_cast<std::uint8_t>(sorted.size());
      sorted.push_back(std::move(out_.reasons[old]));
    }
    out_.reasons = std::move(sorted);
    out_.otherwise = place[out_.otherwise];
    for (Branch& branch : out_.branches) {
      branch.code = place[branch.code];
      for (Branch::Unknown& unknown : branch.unknown) unknown.code = place[unknown.code];
    }
  }

  void flatten() {
    std::vector<Question> questions;
    questions.reserve(out_.branches.size());
    for (const Branch& branch : out_.branches) questions.push_back({branch.tree, branch.truth});
    out_.program = Program(out_.trees, questions);
  }

  void not_applicable() {
    out_.otherwise = reason(Outcome::allowed, "");
    jurisdiction();
    in_force();
    acts();
    const std::size_t applies =
        add(rule_.applies ? *rule_.applies : always(), rule_.applies ? "applies" : kAlways);
    push(applies, Truth::is_false, reason(Outcome::not_applicable, ""));
    if (!rule_.from.empty() || !rule_.to.empty()) unknown_when();
    push_unknown(applies);
  }

  void jurisdiction() {
    if (!governs_) return;
    const std::size_t governs = add(*governs_, "governs");
    push(governs, Truth::is_false, reason(Outcome::not_applicable, "not_governed"));
    push(governs, Truth::is_null, reason(Outcome::not_applicable, "governs_unknown"));
  }

  void in_force() {
    const std::uint8_t code = reason(Outcome::not_applicable, "not_in_force");
    if (!rule_.from.empty())
      branch(compare_when(Op::less, *parse_timestamp(rule_.from)), "before in_force.from",
             Truth::is_true, code);
    if (!rule_.to.empty())
      branch(compare_when(Op::greater_equal, *parse_timestamp(rule_.to) + kDay),
             "after in_force.to", Truth::is_true, code);
  }

  void unknown_when() {
    Tree tree = compare_when(Op::less, 0);
    tree.nodes = {tree.nodes[0], {Op::is_null, Type::boolean, 1, 0, 0}};
    branch(std::move(tree), "the moment", Truth::is_true,
           reason(Outcome::cannot_tell, "unknown:when"));
  }

  void acts() {
    Tree tree;
    tree.nodes = {
        {Op::column, Type::text, 0, 0, fact("act")},
        {Op::in_texts, Type::boolean, 1, static_cast<std::uint16_t>(rule_.acts.size()), 0}};
    tree.texts = rule_.acts;
    const std::size_t index = add(std::move(tree), "acts");
    push(index, Truth::is_false, reason(Outcome::not_applicable, ""));
    push_unknown(index);
  }

  // What forbids is TRUE and no exception can be ruled out is not told; what it says of a draft
  // neither.
  void prohibition() {
    const std::size_t forbids = add(*rule_.forbids, "forbids");
    if (rule_.except) {
      Tree open = conjunction(*rule_.forbids, null_of(*rule_.except));
      const std::size_t index = add(std::move(open), "forbids, with except unknown");
      push_unknown(index, Truth::is_true, *rule_.except);
    }
    before_read(*rule_.forbids, "forbids");
    const bool quality = rule_.kind == Kind::quality;
    push(forbids, Truth::is_true,
         fired(quality ? Outcome::missing : Outcome::breach, "forbidden", {}));
    push_unknown(forbids);
  }

  // On days between `from` and the first for which the text was read, what fires is not told.
  void before_read(const Tree& fires, const std::string& clause) {
    if (rule_.read.empty() || rule_.status == record::TextStatus::draft) return;
    branch(conjunction(fires, compare_when(Op::less, *parse_timestamp(rule_.read))),
           clause + ", before in_force.read", Truth::is_true,
           reason(Outcome::cannot_tell, "day_not_read"));
  }

  void papers() {
    if (rule_.allows) branch(*rule_.allows, "allows", Truth::is_true, out_.otherwise);
    for (const Evidence& evidence : rule_.evidence) {
      const std::uint8_t code = reason(Outcome::cannot_tell, evidence.id, evidence.text);
      branch(evidence.when ? *evidence.when : always(),
             evidence.when ? "evidence." + evidence.id : kAlways, Truth::is_true, code);
    }
  }

  void elements() {
    std::vector<std::size_t> present;
    for (const Element& element : rule_.requirements) {
      present.push_back(add(element.present, "requires." + element.id + ".present"));
      Tree gone = conjunction(negation_of_true(element.present), element.absent);
      before_read(gone, "requires." + element.id + ".absent");
      branch(std::move(gone), "requires." + element.id + ".absent", Truth::is_true,
             fired(Outcome::missing, element.id, element.label));
    }
    for (std::size_t i = 0; i < present.size(); ++i) {
      const Element& element = rule_.requirements[i];
      const std::uint8_t code =
          reason(Outcome::cannot_tell, "withheld:" + element.id, element.label);
      push(present[i], Truth::is_false, code);
      push(present[i], Truth::is_null, code);
    }
  }

  std::uint8_t fired(Outcome outcome, const std::string& because, const LocalText& text) {
    const bool draft = rule_.status == record::TextStatus::draft;
    return draft ? reason(Outcome::cannot_tell, "draft") : reason(outcome, because, text);
  }

  std::uint8_t reason(Outcome outcome, const std::string& because, const LocalText& text = {}) {
    auto& all = out_.reasons;
    const auto same = std::find_if(all.begin(), all.end(), [&](const Reason& r) {
      return r.outcome == outcome && r.because == because;
    });
    if (same != all.end()) return static_cast<std::uint8_t>(same - all.begin());
    all.push_back({outcome, because, text});
    return static_cast<std::uint8_t>(all.size() - 1);
  }

  std::size_t add(Tree tree, std::string clause) {
    out_.trees.push_back(std::move(tree));
    out_.clauses.push_back(std::move(clause));
    return out_.trees.size() - 1;
  }
  void push(std::size_t tree, Truth truth, std::uint8_t code) {
    out_.branches.push_back({tree, truth, code, {}});
  }
  void branch(Tree tree, std::string clause, Truth truth, std::uint8_t code) {
    push(add(std::move(tree), std::move(clause)), truth, code);
  }

  void push_unknown(std::size_t tree) { push_unknown(tree, Truth::is_null, out_.trees[tree]); }
  void push_unknown(std::size_t tree, Truth truth, const Tree& blamed) {
    Branch out{tree, truth, 0, {}};
    const auto facts = record::facts();
    for (const std::size_t column : blamed.columns()) {
      const std::string because = fmt::format("unknown:{}", facts[column].name);
      out.unknown.push_back({column, reason(Outcome::cannot_tell, because)});
    }
    out.code = reason(Outcome::cannot_tell, "unknown");
    out_.branches.push_back(std::move(out));
  }

  // Trees in post-order with payloads of their own: appending one to the other and an operation.
  static Tree conjunction(Tree left, const Tree& right) {
    for (Node node : right.nodes) {
      const bool text = node.op == Op::text || node.op == Op::starts_with ||
                        node.op == Op::contains_text || node.op == Op::in_texts;
      if (text) node.number += static_cast<std::int64_t>(left.texts.size());
      if (node.op == Op::in_integers)
        node.number += static_cast<std::int64_t>(left.integers.size());
      left.nodes.push_back(node);
    }
    left.texts.insert(left.texts.end(), right.texts.begin(), right.texts.end());
    left.integers.insert(left.integers.end(), right.integers.begin(), right.integers.end());
    left.nodes.push_back({Op::both, Type::boolean, 2, 0, 0});
    return left;
  }
  static Tree null_of(Tree tree) {
    tree.nodes.push_back({Op::is_null, Type::boolean, 1, 0, 0});
    return tree;
  }
  // TRUE where the tree is FALSE or NULL: NOT COALESCE(tree, FALSE).
  static Tree negation_of_true(Tree tree) {
    tree.nodes.push_back({Op::boolean, Type::boolean, 0, 0, 0});
    tree.nodes.push_back({Op::coalesce, Type::boolean, 2, 0, 0});
    tree.nodes.push_back({Op::negation, Type::boolean, 1, 0, 0});
    return tree;
  }

  const Rule& rule_;
  const std::optional<Tree>& governs_;
  Decision out_;
};

// WHEN takes a branch on TRUE alone, so neither TRUE nor FALSE needs an IS, which DuckDB computes
// by a slower path.
std::string asked(const std::string& condition, Truth truth) {
  switch (truth) {
    case Truth::is_true:
      return condition;
    case Truth::is_false:
      return "NOT " + condition;
    case Truth::is_null:
      return condition + " IS NULL";
  }
  return condition;
}

std::string code_sql(std::uint8_t code, unsigned shift) {
  return fmt::format("{}::UBIGINT", std::uint64_t{code} << shift);
}

std::string branch_sql(const Branch& branch, unsigned shift) {
  if (branch.unknown.empty()) return code_sql(branch.code, shift);
  std::string out = "(CASE";
  for (const Branch::Unknown& unknown : branch.unknown)
    out += fmt::format(" WHEN \"{}\" IS NULL THEN {}", record::facts()[unknown.column].name,
                       code_sql(unknown.code, shift));
  return out + fmt::format(" ELSE {} END)", code_sql(branch.code, shift));
}

}  // namespace

Result<Decision> compile(const Rule& rule, const std::optional<Tree>& governs) {
  return Compiler(rule, governs).run();
}

std::uint8_t decide(const Decision& decision, std::span<const Value> row) {
  const std::size_t found = decision.program.run(row);
  if (found == decision.branches.size()) return decision.otherwise;
  const Branch& branch = decision.branches[found];
  for (const Branch::Unknown& unknown : branch.unknown) {
    if (!row[unknown.column].known) return unknown.code;
  }
  return branch.code;
}

Trace trace(const Decision& decision, std::span<const Value> row) {
  Trace out;
  const auto answer = [&](std::size_t tree) {
    for (const Trace::Step& step : out.asked) {
      if (step.tree == tree) return step.truth;
    }
    out.asked.push_back({tree, evaluate(decision.trees[tree], row)});
    return out.asked.back().truth;
  };
  while (out.branch < decision.branches.size() &&
         answer(decision.branches[out.branch].tree) != decision.branches[out.branch].truth)
    ++out.branch;
  out.code = decide(decision, row);
  return out;
}

std::vector<std::string> conditions_of(const Decision& decision) {
  std::vector<std::string> out;
  out.reserve(decision.trees.size());
  for (const Tree& tree : decision.trees) out.push_back(print(tree, Dialect::duckdb));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string decision_sql(const Decision& decision, unsigned shift, const Shared& shared) {
  std::string out = "(CASE";
  for (const Branch& branch : decision.branches) {
    std::string condition = print(decision.trees[branch.tree], Dialect::duckdb);
    const auto found = shared.find(condition);
    if (found != shared.end()) condition = found->second;
    out +=
        fmt::format(" WHEN {} THEN {}", asked(condition, branch.truth), branch_sql(branch, shift));
  }
  return out + fmt::format(" ELSE {} END)", code_sql(decision.otherwise, shift));
}

}  // namespace onus::rules

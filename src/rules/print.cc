// SPDX-License-Identifier: Apache-2.0
#include "rules/print.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "record/facts.h"
#include "rules/local_time.h"

namespace onus::rules {
namespace {

constexpr std::size_t kShortList = 4;
constexpr std::int64_t kHalf = std::int64_t{1} << 61;

// `text` between two of `mark`, with every `mark` in it twice.
std::string quoted(std::string_view text, char mark) {
  ONUS_CHECK(text.find('\0') == std::string_view::npos);
  std::string out(1, mark);
  for (const char c : text) {
    if (c == mark) out += mark;
    out += c;
  }
  return out + mark;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
         c == '_' || c == '-' || c == '.' || c == ':';
}

// Spark reads backslashes and ${...} in quoted texts, or does not, as it is set; bytes it reads one
// way.
std::string spark_text(std::string_view text) {
  if (std::ranges::all_of(text, is_plain)) return quoted(text, '\'');
  std::string out = "CAST(X'";
  for (const char c : text) out += fmt::format("{:02X}", static_cast<unsigned char>(c));
  return out + "' AS STRING)";
}

std::string_view symbol(Op op) {
  switch (op) {
    case Op::equal:
      return "=";
    case Op::not_equal:
      return "<>";
    case Op::less:
      return "<";
    case Op::less_equal:
      return "<=";
    case Op::greater:
      return ">";
    case Op::greater_equal:
      return ">=";
    case Op::both:
      return "AND";
    default:
      ONUS_CHECK(op == Op::either);
      return "OR";
  }
}

class Printer {
 public:
  Printer(const Tree& tree, Dialect dialect) : tree_(tree), dialect_(dialect) {}

  std::string run() {
    for (const Node& node : tree_.nodes) {
      ONUS_CHECK(stack_.size() >= node.arity);
      const std::size_t first = stack_.size() - node.arity;
      std::string text = print(node, first);
      stack_.resize(first);
      ops_.resize(first);
      stack_.push_back(std::move(text));
      ops_.push_back(node.op);
    }
    ONUS_CHECK(stack_.size() == 1);
    return std::move(stack_[0]);
  }

 private:
  std::string print(const Node& node, std::size_t first) const {
    switch (node.op) {
      case Op::column:
        return column(node);
      case Op::text:
        return text(node);
      case Op::integer:
        return integer(node.number);
      case Op::timestamp:
        return fmt::format("{} '{}'", dialect_ == Dialect::spark ? "TIMESTAMP_NTZ" : "TIMESTAMP",
                           print_timestamp(node.number));
      case Op::boolean:
        return node.number != 0 ? "TRUE" : "FALSE";
      case Op::negation:
        return fmt::format("(NOT {})", stack_[first]);
      case Op::is_null:
        return fmt::format("({} IS NULL)", stack_[first]);
      case Op::in_texts:
      case Op::in_integers:
        return list_test(node, first);
      case Op::coalesce:
        return fmt::format("COALESCE({})",
                           fmt::join(stack_.begin() + offset(first), stack_.end(), ", "));
      case Op::choose:
        return choose(node, first);
      case Op::starts_with:
      case Op::contains_text:
        return text_test(node, first);
      case Op::hour_local:
      case Op::weekday_local:
        return local(node, first);
      case Op::minutes_between:
      case Op::days_between:
        return difference(node, first);
      default:
        return pair(node, first);
    }
  }

  static std::ptrdiff_t offset(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

  // The left side of a chain loses its parentheses: (a AND b AND c).
  std::string pair(const Node& node, std::size_t first) const {
    std::string_view left = stack_[first];
    if (is_chain(node.op) && ops_[first] == node.op) left = left.substr(1, left.size() - 2);
    return fmt::format("({} {} {})", left, symbol(node.op), stack_[first + 1]);
  }

  std::string column(const Node& node) const {
    const std::string_view column = record::facts()[static_cast<std::size_t>(node.number)].name;
    return print_name(column, dialect_);
  }

  std::string text(const Node& node) const {
    return print_text(tree_.texts[static_cast<std::size_t>(node.number)], dialect_);
  }

  std::string integer(std::int64_t number) const {
    return fmt::format("{}{}", number, dialect_ == Dialect::spark ? "L" : "");
  }

  // DuckDB turns a long list into a join that every row pays for, whether its CASE gets there or
  // not (measured: 0.5 s in 10 million rows for six words). Short lists joined by OR stay lists.
  std::string list_test(const Node& node, std::size_t first) const {
    const std::size_t most = dialect_ == Dialect::duckdb ? kShortList : node.count;
    std::string out = "(";
    for (std::size_t at = 0; at < node.count; at += most) {
      const std::size_t size = std::min<std::size_t>(most, node.count - at);
      out +=
          fmt::format("{}{} IN ({})", at == 0 ? "" : " OR ", stack_[first], items(node, at, size));
    }
    return out + ")";
  }

  std::string items(const Node& node, std::size_t at, std::size_t size) const {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t item = static_cast<std::size_t>(node.number) + at + i;
      if (i > 0) out += ", ";
      out += node.op == Op::in_texts ? print_text(tree_.texts[item], dialect_)
                                     : integer(tree_.integers[item]);
    }
    return out;
  }

  std::string choose(const Node& node, std::size_t first) const {
    std::string out = "(CASE";
    for (std::size_t i = 0; i + 1 < node.arity; i += 2)
      out += fmt::format(" WHEN {} THEN {}", stack_[first + i], stack_[first + i + 1]);
    if (node.arity % 2 == 1) out += fmt::format(" ELSE {}", stack_.back());
    return out + " END)";
  }

  std::string text_test(const Node& node, std::size_t first) const {
    const bool starts = node.op == Op::starts_with;
    const bool own = dialect_ == Dialect::own;
    std::string_view function = own ? "contains_text" : "contains";
    if (starts) function = dialect_ == Dialect::spark ? "startswith" : "starts_with";
    return fmt::format("{}({}, {})", function, stack_[first], text(node));
  }

  // An engine knows more years than we do; the CASE keeps all to the same ones.
  std::string local(const Node& node, std::size_t first) const {
    const std::string_view zone = zones()[static_cast<std::size_t>(node.number)].name;
    const bool hour = node.op == Op::hour_local;
    const std::string& time = stack_[first];
    switch (dialect_) {
      case Dialect::own:
        return fmt::format("{}({}, '{}')", hour ? "hour_local" : "weekday_local", time, zone);
      case Dialect::duckdb:
        return fmt::format(
            "(CASE WHEN {0} >= TIMESTAMP '{1}' AND {0} < TIMESTAMP '{2}' THEN "
            "{3}(timezone('{4}', timezone('UTC', {0}))) END)",
            time, kLocalFrom, kLocalBefore, hour ? "hour" : "isodow", zone);
      case Dialect::spark:
        return fmt::format(
            "(CASE WHEN ({0} >= TIMESTAMP_NTZ '{1}') AND ({0} < TIMESTAMP_NTZ '{2}') THEN "
            "({3}(convert_timezone('UTC', '{4}', {0})){5}) END)",
            time, kLocalFrom, kLocalBefore, hour ? "hour" : "weekday", zone, hour ? "" : " + 1");
    }
    ONUS_CHECK(false);
  }

  // Of columns and moments, which may be too far apart for 64 bits; 128 take seven times as long.
  static std::string duckdb_difference(std::string_view from, std::string_view to,
                                       std::string_view unit) {
    return fmt::format(
        "(CASE WHEN epoch_us({0}) BETWEEN {3} AND {4} AND epoch_us({1}) BETWEEN {3} AND {4} "
        "THEN (epoch_us({1}) - epoch_us({0})) // {2} "
        "ELSE ((epoch_us({1})::HUGEINT - epoch_us({0})::HUGEINT) // {2})::BIGINT END)",
        from, to, unit, -kHalf, kHalf);
  }

  std::string difference(const Node& node, std::size_t first) const {
    const bool minutes = node.op == Op::minutes_between;
    const std::string& from = stack_[first];
    const std::string& to = stack_[first + 1];
    switch (dialect_) {
      case Dialect::own:
        return fmt::format("{}({}, {})", minutes ? "minutes_between" : "days_between", from, to);
      case Dialect::duckdb:
        return duckdb_difference(from, to, minutes ? "60000000" : "86400000000");
      case Dialect::spark:  // an interval over an interval, towards zero; no session's zone is in
                            // it
        return fmt::format("(({} - {}) DIV INTERVAL '1' {})", to, from, minutes ? "MINUTE" : "DAY");
    }
    ONUS_CHECK(false);
  }

  const Tree& tree_;
  Dialect dialect_;
  std::vector<std::string> stack_;
  std::vector<Op> ops_;  // which operation each text on the stack is
};

}  // namespace

std::string print(const Tree& tree, Dialect dialect) { return Printer(tree, dialect).run(); }

std::string print_text(std::string_view text, Dialect dialect) {
  return dialect == Dialect::spark ? spark_text(text) : quoted(text, '\'');
}

std::string print_name(std::string_view name, Dialect dialect) {
  if (dialect == Dialect::own) return std::string(name);
  return quoted(name, dialect == Dialect::spark ? '`' : '"');
}

}  // namespace onus::rules

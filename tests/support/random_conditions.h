// SPDX-License-Identifier: Apache-2.0
// Random conditions with what they mean, and hostile random rows: a slow, separately written
// reading of docs/rule-language.md that the real ones are held against.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "record/facts.h"
#include "record/purpose_tree.h"
#include "rules/evaluate.h"
#include "rules/local_time.h"
#include "rules/vocabulary.h"

namespace onus::test_support {

using rules::Value;
using rules::Zone;

// A condition as the generator thinks of it: how it is written, and what it means for a row.
using Meaning = std::function<Value(std::span<const Value>)>;
struct Wanted {
  std::string text;
  Meaning meaning;
};

inline Value yes_or_no(bool value) { return Value::of(std::int64_t{value}); }
inline bool is_true(const Value& v) { return v.known && v.number == 1; }
inline bool is_false(const Value& v) { return v.known && v.number == 0; }

inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> kAll = {"",
                                                "a",
                                                "it's",
                                                "%",
                                                "_",
                                                "\\",
                                                "a_b",
                                                "\"",
                                                "ÀÉİ",
                                                "é",
                                                "e\xcc\x81",
                                                "A",
                                                "a ",
                                                " a",
                                                "--",
                                                ";",
                                                "$1",
                                                "?",
                                                "NULL",
                                                "a%",
                                                "\\'",
                                                "\\n",
                                                "\n",
                                                "\t",
                                                "\xf0\x9f\x98\x80",
                                                "\xe2\x80\xae",
                                                "ss",
                                                "\xc3\x9f",
                                                "''",
                                                "/*",
                                                "${x}"};
  return kAll;
}

inline std::string quote(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

inline std::string sql_value(const Value& value, record::FactType type) {
  const char* name = type == record::FactType::text      ? "VARCHAR"
                     : type == record::FactType::integer ? "BIGINT"
                                                         : "TIMESTAMP";
  if (!value.known) return fmt::format("NULL::{}", name);
  if (type == record::FactType::text) return quote(value.text) + "::VARCHAR";
  if (type == record::FactType::integer) return fmt::format("({})::BIGINT", value.number);
  return fmt::format("TIMESTAMP '{}'", rules::print_timestamp(value.number));
}

// Rows as DuckDB reads them: a number under `name`, and every fact.
inline std::string rows_sql(const std::vector<std::vector<Value>>& rows, std::string_view name) {
  std::string sql;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    sql += fmt::format("{}SELECT {} AS {}", r == 0 ? "" : " UNION ALL ", r, name);
    for (std::size_t i = 0; i < rows[r].size(); ++i)
      sql += fmt::format(", {} AS \"{}\"", sql_value(rows[r][i], record::facts()[i].type),
                         record::facts()[i].name);
  }
  return sql;
}

inline const std::vector<std::int64_t>& hostile_times() {
  static const std::vector<std::int64_t> kAll = [] {
    std::vector<std::int64_t> out;
    for (const char* text : {"2024-01-01",
                             "2024-02-29 23:59:59.999999",
                             "2024-03-01",
                             "2025-06-30 23:59:59.999999",
                             "2025-07-01",
                             "2025-03-09 07:59:59",
                             "2025-03-09 08:00:00",
                             "2025-11-02 06:59:59.999999",
                             "2025-11-02 07:00:00",
                             "2025-03-30 00:59:59",
                             "2025-03-30 01:00:00",
                             "2026-10-25 00:59:59",
                             "2026-10-25 01:00",
                             "1999-12-31 23:59:59",
                             "2006-12-31 23:59:59.999999",
                             "2007-01-01",
                             "2099-12-31 23:59:59.999999",
                             "2100-01-01",
                             "1900-02-28 23:59:59.999999",
                             "1900-03-01",
                             "2000-02-29 12:00",
                             "2100-02-28 23:59:59.999999",
                             "2100-03-01",
                             "9999-12-31 23:59:59.999999",
                             "2025-10-26 00:59:59.999999",
                             "2025-10-26 01:00",
                             "2025-11-02 05:59:59.999999",
                             "2025-11-02 10:00",
                             "1969-12-31 23:59:59.999999",
                             "2038-01-19"})
      out.push_back(*rules::parse_timestamp(text));
    return out;
  }();
  return kAll;
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
  }

  std::string text_for(std::size_t column) {
    const auto words = rules::words_of(record::facts()[column].name);
    if (words.empty()) return hostile_texts()[below(hostile_texts().size())];
    return std::string(words[below(std::min<std::size_t>(words.size(), 5))]);
  }

  std::int64_t integer() {
    static constexpr std::int64_t kAll[] = {0, 1, -1, 7, 23, 1000, INT64_MAX, INT64_MIN};
    return kAll[below(8)];
  }
  std::int64_t time() { return hostile_times()[below(hostile_times().size())]; }

  std::size_t column(record::FactType type) {
    while (true) {
      const std::size_t i = below(record::facts().size());
      if (record::facts()[i].type == type) return i;
    }
  }

  Wanted condition(int depth) {
    if (depth == 0) return leaf();
    switch (below(8)) {
      case 0:
        return both(condition(depth - 1), condition(depth - 1));
      case 1:
        return either(condition(depth - 1), condition(depth - 1));
      case 2:
        return negation(condition(depth - 1));
      case 3:
        return null_test(condition(depth - 1));
      case 4:
        return choose(condition(depth - 1), condition(depth - 1), condition(depth - 1),
                      below(2) == 0);
      case 5:
        return coalesce(condition(depth - 1), condition(depth - 1));
      default:
        return leaf();
    }
  }

  // Rows look into texts of the generator: after this, none may be used.
  void forget_rows() { texts_.clear(); }

  std::vector<Value> row() {
    std::vector<Value> out;
    for (std::size_t i = 0; i < record::facts().size(); ++i) {
      if (below(3) == 0) {
        out.emplace_back();
        continue;
      }
      switch (record::facts()[i].type) {
        case record::FactType::text:
          texts_.push_back(std::make_unique<std::string>(text_for(i)));
          out.push_back(Value::of(std::string_view(*texts_.back())));
          break;
        case record::FactType::integer:
          out.push_back(Value::of(integer()));
          break;
        case record::FactType::timestamp:
          out.push_back(Value::of(time()));
          break;
      }
    }
    return out;
  }

 private:
  static Wanted both(Wanted a, Wanted b) {
    return {fmt::format("({} AND {})", a.text, b.text), [a, b](std::span<const Value> row) {
              const Value x = a.meaning(row);
              const Value y = b.meaning(row);
              if (is_false(x) || is_false(y)) return yes_or_no(false);
              return is_true(x) && is_true(y) ? yes_or_no(true) : Value();
            }};
  }
  static Wanted either(Wanted a, Wanted b) {
    return {fmt::format("({} OR {})", a.text, b.text), [a, b](std::span<const Value> row) {
              const Value x = a.meaning(row);
              const Value y = b.meaning(row);
              if (is_true(x) || is_true(y)) return yes_or_no(true);
              return is_false(x) && is_false(y) ? yes_or_no(false) : Value();
            }};
  }
  static Wanted negation(Wanted a) {
    return {fmt::format("NOT ({})", a.text), [a](std::span<const Value> row) {
              const Value x = a.meaning(row);
              return x.known ? yes_or_no(is_false(x)) : Value();
            }};
  }
  Wanted null_test(Wanted a) {
    const bool negated = below(2) == 0;
    return {fmt::format("({}) IS {}NULL", a.text, negated ? "NOT " : ""),
            [a, negated](std::span<const Value> row) {
              return yes_or_no(a.meaning(row).known == negated);
            }};
  }
  static Wanted choose(Wanted when, Wanted then, Wanted other, bool has_else) {
    return {fmt::format("CASE WHEN {} THEN {}{} END", when.text, then.text,
                        has_else ? " ELSE " + other.text : std::string()),
            [=](std::span<const Value> row) {
              if (is_true(when.meaning(row))) return then.meaning(row);
              return has_else ? other.meaning(row) : Value();
            }};
  }
  static Wanted coalesce(Wanted a, Wanted b) {
    return {fmt::format("COALESCE({}, {})", a.text, b.text), [a, b](std::span<const Value> row) {
              const Value x = a.meaning(row);
              return x.known ? x : b.meaning(row);
            }};
  }

  Wanted leaf() {
    switch (below(10)) {
      case 0:
        return text_comparison();
      case 1:
        return text_list();
      case 2:
        return text_function();
      case 3:
        return number_comparison(number());
      case 4:
        return number_range(number());
      case 5:
        return null_test(number());
      case 6:
        return purpose();
      case 7:
        return state();
      case 8:
        return time_range();
      default:
        return time_comparison();
    }
  }

  // By climbing from the row's word to the top, where the parser lists what is below.
  Wanted purpose() {
    const auto tree = record::purpose_tree();
    const std::string_view id = tree[below(tree.size())].id;
    const std::size_t i = column_named("purpose");
    return {fmt::format("is_purpose(purpose, '{}')", id), [=](std::span<const Value> row) {
              if (!row[i].known) return Value();
              std::string_view at = row[i].text;
              while (!at.empty() && at != id) {
                const auto node = std::ranges::find(tree, at, &record::PurposeNode::id);
                at = node == tree.end() ? std::string_view() : node->parent;
              }
              return yes_or_no(at == id);
            }};
  }

  Wanted state() {
    const char* name = below(2) == 0 ? "owner_state" : "searcher_state";
    const std::size_t i = column_named(name);
    const std::string code = text_for(i);
    return {fmt::format("is_state({}, '{}')", name, code), [=](std::span<const Value> row) {
              return row[i].known ? yes_or_no(row[i].text == code) : Value();
            }};
  }

  // A day, or a span between two columns: FALSE where one bound fails and the other is unknown.
  Wanted time_range() {
    const std::size_t i = column(record::FactType::timestamp);
    const std::size_t high = column(record::FactType::timestamp);
    const std::int64_t day = 86'400'000'000;
    const std::int64_t t = time();
    const std::int64_t low = t - ((t % day) + day) % day;
    return {fmt::format("{} BETWEEN DATE '{}' AND {}", record::facts()[i].name,
                        rules::print_timestamp(low).substr(0, 10), record::facts()[high].name),
            [=](std::span<const Value> row) {
              const Value x = row[i];
              if (!x.known) return Value();
              if (x.number < low) return yes_or_no(false);
              return row[high].known ? yes_or_no(x.number <= row[high].number) : Value();
            }};
  }

  static std::size_t column_named(std::string_view name) {
    const auto facts = record::facts();
    return static_cast<std::size_t>(std::ranges::find(facts, name, &record::Fact::name) -
                                    facts.begin());
  }

  Wanted text_comparison() {
    const std::size_t i = column(record::FactType::text);
    const std::string word = text_for(i);
    const bool equal = below(2) == 0;
    return {fmt::format("{} {} {}", record::facts()[i].name, equal ? "=" : "<>", quote(word)),
            [=](std::span<const Value> row) {
              return row[i].known ? yes_or_no((row[i].text == word) == equal) : Value();
            }};
  }

  Wanted text_list() {
    const std::size_t i = column(record::FactType::text);
    const std::string a = text_for(i);
    const std::string b = text_for(i);
    const bool negated = below(2) == 0;
    return {fmt::format("{} {}IN ({}, {})", record::facts()[i].name, negated ? "NOT " : "",
                        quote(a), quote(b)),
            [=](std::span<const Value> row) {
              if (!row[i].known) return Value();
              return yes_or_no((row[i].text == a || row[i].text == b) != negated);
            }};
  }

  Wanted text_function() {
    const std::size_t i = column(record::FactType::text);
    std::string word = text_for(i);
    if (word.empty()) word = "a";
    if (word.size() > 4 && std::ranges::all_of(word, [](char c) { return c > 0; }))
      word = word.substr(0, 3);
    const bool start = below(2) == 0;
    return {fmt::format("{}({}, {})", start ? "starts_with" : "contains_text",
                        record::facts()[i].name, quote(word)),
            [=](std::span<const Value> row) {
              if (!row[i].known) return Value();
              const std::size_t at = row[i].text.find(word);
              return yes_or_no(start ? at == 0 : at != std::string_view::npos);
            }};
  }

  Wanted number() {
    switch (below(5)) {
      case 0:
        return local("hour_local", true);
      case 1:
        return local("weekday_local", false);
      case 2:
        return elapsed("minutes_between", 60'000'000);
      case 3:
        return elapsed("days_between", 86'400'000'000);
      default: {
        const std::size_t i = column(record::FactType::integer);
        return {std::string(record::facts()[i].name),
                [i](std::span<const Value> row) { return row[i]; }};
      }
    }
  }

  Wanted local(const char* function, bool hour) {
    const std::size_t i = column(record::FactType::timestamp);
    const Zone& zone = rules::zones()[below(rules::zones().size())];
    return {fmt::format("{}({}, '{}')", function, record::facts()[i].name, zone.name),
            [=, &zone](std::span<const Value> row) {
              if (!row[i].known) return Value();
              const auto time = rules::local_time(row[i].number, zone);
              if (!time) return Value();
              return Value::of(std::int64_t{hour ? time->hour : time->weekday});
            }};
  }

  Wanted elapsed(const char* function, std::int64_t unit) {
    const std::size_t i = column(record::FactType::timestamp);
    const std::int64_t from = time();
    return {fmt::format("{}(TIMESTAMP '{}', {})", function, rules::print_timestamp(from),
                        record::facts()[i].name),
            [=](std::span<const Value> row) {
              return row[i].known ? Value::of((row[i].number - from) / unit) : Value();
            }};
  }

  Wanted number_comparison(Wanted a) {
    const std::int64_t n = below(3) == 0 ? integer() : static_cast<std::int64_t>(below(25));
    static constexpr const char* kSymbols[] = {"=", "<>", "<", "<=", ">", ">="};
    const std::size_t s = below(6);
    return {fmt::format("{} {} {}", a.text, kSymbols[s], n), [=](std::span<const Value> row) {
              const Value x = a.meaning(row);
              if (!x.known) return Value();
              const bool answers[] = {x.number == n, x.number != n,
                                      x.number<n, x.number <= n, x.number> n, x.number >= n};
              return yes_or_no(answers[s]);
            }};
  }

  // The upper bound may be unknown: 5 BETWEEN 7 AND NULL is FALSE.
  Wanted number_range(Wanted a) {
    const auto low = static_cast<std::int64_t>(below(25));
    const std::size_t high = column(record::FactType::integer);
    return {fmt::format("{} BETWEEN {} AND {}", a.text, low, record::facts()[high].name),
            [=](std::span<const Value> row) {
              const Value x = a.meaning(row);
              if (!x.known) return Value();
              if (x.number < low) return yes_or_no(false);
              return row[high].known ? yes_or_no(x.number <= row[high].number) : Value();
            }};
  }

  Wanted time_comparison() {
    const std::size_t i = column(record::FactType::timestamp);
    const std::int64_t t = time();
    const bool less = below(2) == 0;
    return {fmt::format("{} {} TIMESTAMP '{}'", record::facts()[i].name,
                        less ? "<" : ">=", rules::print_timestamp(t)),
            [=](std::span<const Value> row) {
              return row[i].known ? yes_or_no((row[i].number < t) == less) : Value();
            }};
  }

  std::mt19937_64 random_;
  std::vector<std::unique_ptr<std::string>> texts_;
};

}  // namespace onus::test_support

// SPDX-License-Identifier: Apache-2.0
#include "resolve/agreements.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

#include "record/purpose_tree.h"
#include "resolve/resolve.h"

namespace onus::resolve {
namespace {

constexpr std::size_t kMaxAgreements = 100'000;
constexpr std::string_view kStates[] = {"requested", "granted", "active", "revoked"};
constexpr std::string_view kEver = "9999-12-31";

using Kinds = TomlValue::Kind;

// Member `key` as one of `words`.
Result<std::size_t> word_at(const TomlValue& item, std::string_view file, std::string_view key,
                            std::span<const std::string_view> words) {
  ONUS_TRY(const std::string text, item.text_at(file, key));
  const auto found = std::ranges::find(words, text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  return toml_error(file, *item.find(key),
                    fmt::format("'{}' is one of {}, not '{}'", key, fmt::join(words, ", "), text));
}

Result<std::string> party_at(const TomlValue& item, std::string_view file, std::string_view key) {
  ONUS_TRY(const std::string name, item.text_at(file, key));
  if (name.empty()) return toml_error(file, *item.find(key), fmt::format("'{}' is empty", key));
  return parse_agency(name).key;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t size) {
    int out = 0;
    for (const char c : text.substr(at, size)) {
      if (c < '0' || c > '9') return -1;
      out = out * 10 + (c - '0');
    }
    return out;
  };
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 1900 || month < 1 || month > 12 || day < 1) return false;
  const int last = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year));
  return day <= last;
}

Result<std::string> day_at(const TomlValue& item, std::string_view file, std::string_view key) {
  const TomlValue* value = item.find(key);
  if (!value || (value->is(Kinds::text) && value->text.empty())) return std::string();
  if ((value->is(Kinds::date) || value->is(Kinds::text)) && is_day(value->text)) return value->text;
  return toml_error(file, *value, fmt::format("'{}' is a day from 1900 on: 2025-07-01", key));
}

Result<std::vector<std::string>> purposes_at(const TomlValue& item, std::string_view file) {
  ONUS_TRY(const std::vector<std::string> ids, item.texts_at(file, "purposes"));
  std::set<std::string> out;
  for (const std::string& id : ids) {
    const auto below = record::purposes_below(id);
    if (below.empty())
      return toml_error(file, *item.find("purposes"),
                        fmt::format("'{}' is no purpose of the hierarchy", id));
    out.insert(below.begin(), below.end());
  }
  return std::vector<std::string>(out.begin(), out.end());
}

Result<Agreement> read_agreement(const TomlValue& item, std::string_view file) {
  ONUS_TRY_VOID(item.only(file, {"kind", "owner", "searcher", "state", "from", "to", "purposes"}));
  Agreement out;
  ONUS_TRY(out.kind, word_at(item, file, "kind", kAgreementKinds));
  ONUS_TRY(const std::size_t state, word_at(item, file, "state", kStates));
  out.state = kStates[state];
  ONUS_TRY(out.owner_key, party_at(item, file, "owner"));
  ONUS_TRY(out.searcher_key, party_at(item, file, "searcher"));
  ONUS_TRY(out.from, day_at(item, file, "from"));
  if (out.from.empty()) return toml_error(file, item, "'from' is missing: its first day");
  ONUS_TRY(out.to, day_at(item, file, "to"));
  if (!out.to.empty() && out.to < out.from)
    return toml_error(file, *item.find("to"), "'to' lies before 'from'");
  ONUS_TRY(out.purposes, purposes_at(item, file));
  return out;
}

using Pair = std::pair<std::string, std::string>;
using Papers = std::vector<const Agreement*>;  // in the file's order

// Days on which what holds between two parties may change. `ends` stand behind the last day and are
// told apart by a sign that sorts behind every digit.
std::set<std::string> turning_days(const Papers& papers) {
  std::set<std::string> out;
  for (const Agreement* paper : papers) {
    out.insert(paper->from);
    if (!paper->to.empty()) out.insert(paper->to + "+");
  }
  return out;
}

bool holds_from(const Agreement& paper, const std::string& turn) {
  return paper.from <= turn && (paper.to.empty() || turn < paper.to + "+");
}

const Agreement* latest(const Papers& papers, std::size_t kind, const std::string& turn) {
  const Agreement* out = nullptr;
  for (const Agreement* paper : papers) {
    if (paper->kind != kind || !holds_from(*paper, turn)) continue;
    if (!out || paper->from >= out->from) out = paper;
  }
  return out;
}

// "2025-07-01" or, behind that day, "2025-07-01+".
std::string moment_sql(const std::string& turn) {
  const std::string day = store::literal(turn.substr(0, 10));
  return turn.size() > 10 ? fmt::format("({}::DATE + INTERVAL 1 DAY)::TIMESTAMP", day)
                          : fmt::format("{}::TIMESTAMP", day);
}

std::string paper_sql(const Agreement* paper) {
  if (!paper) return "NULL, NULL";
  if (paper->purposes.empty()) return store::literal(paper->state) + ", NULL";
  std::string list;
  for (const std::string& purpose : paper->purposes)
    list += (list.empty() ? "" : ", ") + store::literal(purpose);
  return fmt::format("{}, [{}]", store::literal(paper->state), list);
}

Result<void> write_spans(store::Database& db, const Pair& pair, const Papers& papers) {
  const std::set<std::string> turns = turning_days(papers);
  for (auto turn = turns.begin(); turn != turns.end(); ++turn) {
    const auto next = std::next(turn);
    std::string values;
    for (std::size_t kind = 0; kind < std::size(kAgreementKinds); ++kind)
      values += ", " + paper_sql(latest(papers, kind, *turn));
    ONUS_TRY_VOID(db.run(
        fmt::format("INSERT INTO agreement_spans VALUES ({}, {}, {}, {}{})",
                    store::literal(pair.first), store::literal(pair.second), moment_sql(*turn),
                    moment_sql(next == turns.end() ? std::string(kEver) : *next), values)));
  }
  return {};
}

Result<void> write_all(store::Database& db, const std::vector<Agreement>& agreements,
                       const std::string& path, const std::string& sha256, bool complete) {
  ONUS_TRY_VOID(forget_agreements(db));
  std::map<Pair, Papers> by_pair;
  for (const Agreement& one : agreements)
    by_pair[{one.owner_key, one.searcher_key}].push_back(&one);
  for (const auto& [pair, papers] : by_pair) ONUS_TRY_VOID(write_spans(db, pair, papers));
  return db.run(fmt::format("INSERT INTO agreement_registers VALUES ({}, {}, {}, {})",
                            store::literal(path), store::literal(sha256), agreements.size(),
                            complete));
}

}  // namespace

Result<std::vector<Agreement>> read_agreements(const std::vector<TomlValue>& items,
                                               std::string_view file) {
  if (items.size() > kMaxAgreements)
    return fail(Code::over_budget, fmt::format("{}: over {} agreements", file, kMaxAgreements));
  std::vector<Agreement> out;
  for (const TomlValue& item : items) {
    if (!item.is(Kinds::table)) return toml_error(file, item, "an agreement is a table");
    ONUS_TRY(Agreement one, read_agreement(item, file));
    out.push_back(std::move(one));
  }
  return out;
}

Result<void> store_agreements(store::Database& db, const std::vector<Agreement>& agreements,
                              const std::string& path, const std::string& sha256, bool complete) {
  ONUS_TRY_VOID(db.run("BEGIN"));
  if (Result<void> written = write_all(db, agreements, path, sha256, complete); !written) {
    static_cast<void>(db.run("ROLLBACK"));
    return written;
  }
  return db.run("COMMIT");
}

Result<void> forget_agreements(store::Database& db) {
  return db.run("DELETE FROM agreement_registers; DELETE FROM agreement_spans");
}

}  // namespace onus::resolve

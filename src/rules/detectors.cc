// SPDX-License-Identifier: Apache-2.0
//
// The check reads DuckDB's JSON of the parsed statement. A quote inside a JSON string stands as \",
// so `"table_name":"` found in it is always a key of the tree, never part of someone's text.
#include "rules/detectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace onus::rules {
namespace {

constexpr std::array<std::string_view, 4> kViews = {"detect_lookups", "detect_texts",
                                                    "detect_agencies", "detect_columns"};
constexpr std::array<std::string_view, 6> kRefusedReferences = {
    "TABLE_FUNCTION", "SHOW_REF", "PIVOT", "COLUMN_DATA", "DELIM_GET", "BOUND_TABLE_REF"};
// Whatever gives another answer at the next run, or tells of the machine.
constexpr auto kRefusedFunctions = std::to_array<std::string_view>({"random",
                                                                    "setseed",
                                                                    "uuid",
                                                                    "gen_random_uuid",
                                                                    "uuidv4",
                                                                    "uuidv7",
                                                                    "now",
                                                                    "today",
                                                                    "current_date",
                                                                    "current_time",
                                                                    "current_timestamp",
                                                                    "get_current_timestamp",
                                                                    "get_current_time",
                                                                    "transaction_timestamp",
                                                                    "current_localtime",
                                                                    "current_localtimestamp",
                                                                    "current_setting",
                                                                    "getenv",
                                                                    "getvariable",
                                                                    "txid_current",
                                                                    "pg_backend_pid",
                                                                    "nextval",
                                                                    "currval",
                                                                    "version",
                                                                    "current_database",
                                                                    "current_schemas",
                                                                    "current_user",
                                                                    "user"});

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The texts that stand under a key, as JSON writes them.
std::vector<std::string_view> values_of(std::string_view json, std::string_view key) {
  std::vector<std::string_view> out;
  const std::string wanted = fmt::format("\"{}\":\"", key);
  for (std::size_t at = json.find(wanted); at != std::string_view::npos;
       at = json.find(wanted, at)) {
    at += wanted.size();
    std::size_t end = at;
    while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
    out.push_back(json.substr(at, end - at));
  }
  return out;
}

std::string objection(std::string_view json) {
  if (!json.starts_with("{\"error\":false")) return "it must be one SELECT";
  for (const std::string_view type : values_of(json, "type")) {
    if (contains(kRefusedReferences, type)) return fmt::format("it may not use {}", type);
  }
  for (const std::string_view function : values_of(json, "function_name")) {
    if (contains(kRefusedFunctions, function))
      return fmt::format("it may not call {}: the same log must give the same findings", function);
  }
  for (const char* key : {"schema_name", "catalog_name"}) {
    for (const std::string_view name : values_of(json, key)) {
      if (!name.empty()) return fmt::format("it may not name the schema {}", name);
    }
  }
  for (const std::string_view table : values_of(json, "table_name")) {
    if (!contains(kViews, table) && !table.starts_with("step_"))
      return fmt::format("it may read {} and its own WITH tables named step_..., not '{}'",
                         fmt::join(kViews, ", "), table);
  }
  return "";
}

tl::unexpected<Error> refused(const Rule& rule, std::string_view why) {
  return fail(Code::bad_input,
              fmt::format("the SQL of detector '{}' is refused: {}", rule.id, why));
}

// A line of its own, so that a comment at its end stays its own.
std::string wrapped(const Rule& rule) {
  return fmt::format(
      "SELECT about::VARCHAR AS about, n::BIGINT AS n, \"of\"::BIGINT AS \"of\", "
      "lookups::BIGINT[] AS lookups FROM (\n{}\n)",
      rule.sql);
}

}  // namespace

Result<void> check_detector(store::Database& db, const Rule& rule) {
  const std::array<std::string, 1> sql = {rule.sql};
  ONUS_TRY(const std::string json,
           db.query_text("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", sql));
  const std::string why = objection(json);
  if (!why.empty()) return refused(rule, why);
  const std::array<std::string, 1> whole = {wrapped(rule)};
  ONUS_TRY(const std::string once,
           db.query_text("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", whole));
  if (!once.starts_with("{\"error\":false"))
    return refused(rule, "it must be one SELECT without ';'");
  const Result<void> planned = db.run("EXPLAIN " + whole[0]);
  if (!planned) return refused(rule, planned.error().message);
  return {};
}

Result<std::int64_t> run_detector(store::Database& db, const Rule& rule, std::size_t rule_ix) {
  const std::string sql = fmt::format(
      "INSERT INTO detections SELECT {}, row_number() OVER (ORDER BY about, n, \"of\") - 1, about, "
      "n, "
      "\"of\", lookups[1:20] FROM ({}) ORDER BY 2 LIMIT 10000",
      rule_ix, wrapped(rule));
  ONUS_TRY_VOID(db.run(sql));
  return db.query_integer(
      fmt::format("SELECT count(*) FROM detections WHERE rule_ix = {}", rule_ix));
}

}  // namespace onus::rules

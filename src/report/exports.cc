// SPDX-License-Identifier: Apache-2.0
// Measured on 10 million lookups with 15 rules, two cores: the second version of Parquet's page
// format (delta encoding of ids and positions) takes half the time and 30 % less room than the
// first for findings.parquet; one column per rule takes a quarter of the time of one row per
// answer.
#include "report/exports.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "record/hide.h"
#include "report/csv.h"
#include "report/outcome_sql.h"
#include "report/stated.h"

namespace onus::report {
namespace {

// A text of the model as an SQL literal; a NUL cannot stand in one.
std::string literal(std::string text) {
  std::erase(text, '\0');
  return store::literal(text);
}

// Of columns with more values in a part than this, the writer soon gives up looking for a
// dictionary.
constexpr std::string_view kParquet =
    "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 5000)";

// (file_id, file, sha256) as a list of values: names as the report shows them.
std::string files_sql(const Model& model) {
  std::string rows;
  for (const FileUse& file : model.files) {
    rows += fmt::format("{}({}, {}, {})", rows.empty() ? "" : ", ", file.id, literal(file.name),
                        literal(file.sha256.substr(0, 16)));
  }
  if (rows.empty()) rows = "(NULL::INTEGER, NULL::VARCHAR, NULL::VARCHAR)";
  return fmt::format("(VALUES {}) f(file_id, file, sha256_prefix)", rows);
}

std::string rules_sql(const Model& model) {
  std::string rows;
  for (const RuleUse& rule : model.rules) {
    rows += fmt::format("{}({}, {}, {}, {})", rows.empty() ? "" : ", ", rule.ix, literal(rule.id),
                        literal(rule.law), literal(rule.section));
  }
  return fmt::format("(VALUES {}) u(rule_ix, rule, law, section)", rows);
}

std::string shown(std::string_view column) {
  return fmt::format("{}", safe_cell_sql(fmt::format("({})", record::without_tokens_sql(column))));
}

// The words that decided. Where a token stands in the text, its place has moved: none then.
std::string span_sql() {
  return safe_cell_sql(
      "(CASE WHEN r.span_end > r.span_begin AND NOT contains(x.text, '[subject:') THEN "
      "try(decode(array_slice(encode(x.text), r.span_begin + 1, r.span_end))) END)");
}

constexpr std::string_view kFindingColumns =
    "rule, law, section, outcome, because, \"when\", agency, \"owner\", actor, reason, span, "
    "file, sha256_prefix, page, \"row\", line, byte_offset, byte_length";

// What findings.csv has where there are no findings.
constexpr std::string_view kNoFindings =
    "SELECT '' AS rule, '' AS law, '' AS section, '' AS outcome, '' AS because, '' AS \"when\", "
    "'' AS agency, '' AS \"owner\", '' AS actor, '' AS reason, '' AS span, '' AS file, "
    "'' AS sha256_prefix, 0 AS page, 0 AS \"row\", 0 AS line, 0 AS byte_offset, 0 AS byte_length "
    "WHERE false";

// Findings in their order, by numbers: to sort them with their words took twice as long.
Result<void> make_hits(store::Database& database, const std::string& hits) {
  ONUS_TRY(const std::int64_t parts, database.query_integer("SELECT count(*) FROM parts"));
  return database.run(fmt::format(
      "CREATE OR REPLACE TEMP TABLE report_hits AS SELECT h.rule_ix, h.rule_ix * 256 + h.code AS "
      "reason_ix, s.\"when\", s.agency_id, s.owner_id, s.actor_id, s.reason_id, s.file_id, "
      "{} AS page, s.\"row\", s.line, s.byte_offset, s.byte_length FROM ({}) h "
      "JOIN sighting_rows s ON s.sighting_id = h.access_id {} "
      "ORDER BY h.rule_ix, h.breach DESC, h.access_id",
      parts == 0 ? "NULL::INTEGER" : "p.part", hits, parts == 0 ? "" : kPageJoin));
}

// A column of words: `f(number)`, with f made of `values`, a query of numbers and words.
struct Worded {
  std::string_view name;
  std::string_view number;
  std::string values;
};

std::vector<Worded> finding_words(const Model& model) {
  const auto rule = [&](std::string_view name) {
    return Worded{name, "rule_ix",
                  fmt::format("SELECT rule_ix, {} FROM {}", safe_cell_sql(name), rules_sql(model))};
  };
  const auto reason = [](std::string_view name, const std::string& column) {
    return Worded{name, "reason_ix",
                  fmt::format("SELECT rule_ix * 256 + code, {} FROM outcome_reasons", column)};
  };
  const auto file = [&](std::string_view name, const std::string& column) {
    return Worded{name, "file_id",
                  fmt::format("SELECT file_id, {} FROM {}", column, files_sql(model))};
  };
  const std::string agencies = fmt::format("SELECT agency_id, {} FROM agencies_raw", shown("text"));
  const std::string texts = "FROM texts x SEMI JOIN report_hits h ON h.reason_id = x.text_id";
  return {rule("rule"),
          rule("law"),
          rule("section"),
          reason("outcome", "outcome"),
          reason("because", safe_cell_sql("because")),
          {"agency", "agency_id", agencies},
          {"owner", "owner_id", agencies},
          {"actor", "actor_id", fmt::format("SELECT actor_id, {} FROM actors", shown("label"))},
          {"reason", "reason_id", fmt::format("SELECT x.text_id, {} {}", shown("x.text"), texts)},
          {"span", "reason_id",
           fmt::format("SELECT x.text_id, {} {} JOIN readings r ON r.text_id = x.text_id",
                       span_sql(), texts)},
          file("file", safe_cell_sql("file")),
          file("sha256_prefix", "sha256_prefix")};
}

}  // namespace

Result<void> export_findings_csv(store::Database& database, const Model& model,
                                 const std::filesystem::path& file) {
  ONUS_TRY(const std::string hits, hits_sql(database, model.rules, model.findings_csv_limit));
  if (hits.empty()) return write_select(database, kNoFindings, file);
  ONUS_TRY_VOID(make_hits(database, hits));
  std::string words;
  for (const Worded& column : finding_words(model)) {
    ONUS_TRY(const std::string function, database.function_of(column.values));
    words += fmt::format(", {}({}) AS {}", function, column.number, store::quoted(column.name));
  }
  return write_select(
      database, fmt::format("SELECT {} FROM (SELECT *{} FROM report_hits)", kFindingColumns, words),
      file);
}

Result<void> export_findings_parquet(store::Database& database, const Model& model,
                                     const std::filesystem::path& file) {
  std::string columns, kept;
  const auto add = [&](std::string_view of_kind, const std::string& name) -> Result<void> {
    ONUS_TRY(const std::string function,
             database.function_of(fmt::format("SELECT kind, {} FROM outcome_kinds", of_kind)));
    columns += fmt::format(", {}(kind) AS {}", function, store::quoted(name));
    return {};
  };
  for (const RuleUse& rule : model.rules) {
    if (rule.because.empty()) continue;  // it did not run
    // The page's name is unique where two packs share a rule's id.
    const std::string name = rule.page.substr(5, rule.page.size() - 10);
    ONUS_TRY_VOID(add(fmt::format("r{}", rule.ix), name));
    ONUS_TRY_VOID(add(fmt::format("b{}", rule.ix), name + " code"));
    kept += kept.empty() ? "" : " OR ";
    kept += is_outcome_sql(rule, {"breach", "missing", "cannot_tell"});
  }
  if (columns.empty()) {
    return write_select(database,
                        "SELECT 0::BIGINT AS access_id, 0::BIGINT AS lookup_id WHERE false", file,
                        kParquet);
  }
  ONUS_TRY(const std::string is_kept,
           database.function_of(fmt::format("SELECT kind, {} FROM outcome_kinds", kept)));
  return write_select(database,
                      fmt::format("SELECT access_id, lookup_id{} FROM outcome_rows WHERE {}(kind)",
                                  columns, is_kept),
                      file, kParquet);
}

namespace {

// The few words of a column as an enumeration: Parquet's writer need not look each up again. Of
// lookups.parquet this takes a third of the time. Where there are many, they stay texts, as each
// part of the file repeats them.
Result<std::string> function_of_words(store::Database& database, const std::string& values) {
  constexpr std::int64_t kFew = 65'536;
  const std::string words =
      fmt::format("SELECT DISTINCT w FROM ({}) t(id, w) WHERE w IS NOT NULL ORDER BY 1", values);
  ONUS_TRY(const std::int64_t count,
           database.query_integer(fmt::format("SELECT count(*) FROM ({})", words)));
  const std::string type = count > kFew || count == 0 ? "VARCHAR" : "report_words";
  if (type != "VARCHAR") {
    ONUS_TRY_VOID(database.run(fmt::format(
        "DROP TYPE IF EXISTS report_words; CREATE TEMP TYPE report_words AS ENUM ({})", words)));
  }
  return database.function_of(fmt::format("SELECT id, w::{} FROM ({}) t(id, w)", type, values));
}

// What a text says, of the reason and of the drop-down: the fields of r and d in stated.h.
Result<std::pair<std::string, std::string>> readings_sql(store::Database& database) {
  std::string reason, chosen;
  for (const auto field : {"purpose", "offence", "specificity", "topic", "on_behalf_of"}) {
    ONUS_TRY(const std::string function,
             function_of_words(database, fmt::format("SELECT text_id, {} FROM readings", field)));
    const std::string_view comma = reason.empty() ? "" : ", ";
    reason += fmt::format("{}{}: {}(reason_id)", comma, field, function);
    chosen += fmt::format("{}{}: {}(offence_id)", comma, field, function);
  }
  return std::pair("{" + reason + "}", "{" + chosen + "}");
}

std::vector<Worded> worded(const Model& model) {
  const auto kind = [](std::string_view name, std::string_view column) {
    return Worded{name, "kind_id", fmt::format("SELECT kind_id, {} FROM row_kinds", column)};
  };
  const auto party = [](std::string_view name, std::string_view number, std::string_view column) {
    return Worded{name, number, fmt::format("SELECT agency_id, {} FROM parties", column)};
  };
  const auto shown = [](std::string_view id, std::string_view text, std::string_view table) {
    return fmt::format("SELECT {}, {} FROM {}", id, record::without_tokens_sql(text), table);
  };
  const std::string agencies = shown("agency_id", "text", "agencies_raw");
  return {kind("act", "act"),
          {"file", "file_id", "SELECT file_id, file FROM " + files_sql(model)},
          {"agency", "agency_id", agencies},
          party("agency_state", "agency_id", "state"),
          party("agency_level", "agency_id", "level"),
          kind("agency_cell", "agency_state"),
          {"owner", "owner_id", agencies},
          party("owner_state", "owner_id", "state"),
          {"actor", "actor_id", shown("actor_id", "label", "actors")},
          kind("actor_cell", "actor_state"),
          kind("reason_cell", "reason_state"),
          kind("case_number_cell", "case_state")};
}

// The columns of words, as "f(number) AS name, ...".
Result<std::string> words_sql(store::Database& database, const Model& model) {
  std::string out;
  for (const Worded& column : worded(model)) {
    ONUS_TRY(const std::string function, function_of_words(database, column.values));
    out += fmt::format("{}({}) AS {}, ", function, column.number, store::quoted(column.name));
  }
  ONUS_TRY(const std::string text,
           database.function_of(
               fmt::format("SELECT text_id, {} FROM texts", record::without_tokens_sql("text"))));
  return out + fmt::format("{0}(reason_id) AS reason, {0}(offence_id) AS offence_chosen", text);
}

// The sightings that stand for their lookup, with the page p, in the order of their ids. Most cases
// have no sightings of one lookup and no pages: rows keep their order then without being sorted.
Result<std::string> lookup_rows_sql(store::Database& database) {
  ONUS_TRY(const std::int64_t others,
           database.query_integer("SELECT (SELECT count(*) FROM links WHERE sighting_id <> "
                                  "lookup_id) + (SELECT count(*) FROM parts)"));
  if (others == 0) return "(SELECT *, NULL::INTEGER AS page FROM sighting_rows)";
  return fmt::format(
      "(SELECT s.*, p.part AS page FROM (FROM sighting_rows ANTI JOIN (FROM links WHERE "
      "sighting_id <> lookup_id) USING (sighting_id)) s {} ORDER BY sighting_id)",
      kPageJoin);
}

}  // namespace

Result<void> export_lookups(store::Database& database, const Model& model,
                            const std::filesystem::path& file) {
  ONUS_TRY(const std::string words, words_sql(database, model));
  ONUS_TRY(const auto said, readings_sql(database));
  ONUS_TRY(const std::string rows, lookup_rows_sql(database));
  const std::string columns = fmt::format(
      "sighting_id AS lookup_id, \"when\", act, file, page, \"row\", line, byte_offset, "
      "byte_length, agency, agency_state, agency_level, agency_cell, \"owner\", owner_state, "
      "actor, actor_cell, reason, reason_cell, offence_chosen, {} AS purpose, {} AS offence, "
      "{} AS specificity, {} AS topic, r.on_behalf_of, case_number_cell, networks, devices",
      kStatedPurpose, kStatedOffence, kStatedSpecificity, kStatedTopic);
  return write_select(database,
                      fmt::format("SELECT {} FROM (SELECT *, {}, {} AS r, {} AS d FROM {})",
                                  columns, words, said.first, said.second, rows),
                      file, kParquet);
}

Result<void> export_rejects(store::Database& database, const Model& model,
                            const std::filesystem::path& file) {
  return write_select(
      database,
      fmt::format(
          "SELECT {} AS file, f.sha256_prefix, p.part AS page, s.\"row\", s.line, "
          "s.byte_offset, s.byte_length, s.column_position, {} AS column_name, {} AS expected, "
          "s.found_length FROM rejects s {} JOIN {} ON f.file_id = s.file_id "
          "ORDER BY s.file_id, s.\"row\", s.column_position",
          safe_cell_sql("f.file"), shown("s.column_name"), safe_cell_sql("s.expected"), kPageJoin,
          files_sql(model)),
      file);
}

}  // namespace onus::report

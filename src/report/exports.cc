// SPDX-License-Identifier: Apache-2.0
// Measured on 10 million lookups with 15 rules, two cores: the second version of Parquet's page
// format (delta encoding of ids and positions) takes half the time and 30 % less room than the
// first for findings.parquet; one column per rule takes a quarter of the time of one row per
// answer.
#include "report/exports.h"

#include <fmt/format.h>

#include <string>
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

std::string findings_select(const Model& model) {
  const std::string hits = hits_sql(model.rules, model.findings_csv_limit);
  if (hits.empty()) {
    return "SELECT '' AS rule, '' AS law, '' AS section, '' AS outcome, '' AS because, "
           "'' AS \"when\", '' AS agency, '' AS \"owner\", '' AS actor, '' AS reason, '' AS span, "
           "'' AS file, '' AS sha256_prefix, 0 AS page, 0 AS \"row\", 0 AS line, "
           "0 AS byte_offset, 0 AS byte_length WHERE false";
  }
  return fmt::format(
      "SELECT {} FROM (SELECT h.rule_ix, h.breach, h.access_id, {} AS rule, {} AS law, "
      "{} AS section, q.outcome, {} AS because, s.\"when\", {} AS agency, {} AS \"owner\", "
      "{} AS actor, {} AS reason, {} AS span, {} AS file, f.sha256_prefix, p.part AS page, "
      "s.\"row\", s.line, s.byte_offset, s.byte_length FROM ({}) h {} {} JOIN {} ON "
      "u.rule_ix = h.rule_ix JOIN {} ON f.file_id = s.file_id)"
      " ORDER BY rule_ix, breach DESC, access_id",
      kFindingColumns, safe_cell_sql("u.rule"), safe_cell_sql("u.law"), safe_cell_sql("u.section"),
      safe_cell_sql("q.because"), shown("g.text"), shown("o.text"), shown("a.label"),
      shown("x.text"), span_sql(), safe_cell_sql("f.file"), hits, kHitJoins, kPageJoin,
      rules_sql(model), files_sql(model));
}

}  // namespace

Result<void> export_findings_csv(store::Database& database, const Model& model,
                                 const std::filesystem::path& file) {
  return write_select(database, findings_select(model), file);
}

Result<void> export_findings_parquet(store::Database& database, const Model& model,
                                     const std::filesystem::path& file) {
  std::string columns, kept;
  for (const RuleUse& rule : model.rules) {
    if (rule.because.empty()) continue;  // it did not run
    // The page's name is unique where two packs share a rule's id.
    const std::string name = rule.page.substr(5, rule.page.size() - 10);
    columns += fmt::format(", r{0} AS {1}, b{0} AS {2}", rule.ix, store::quoted(name),
                           store::quoted(name + " code"));
    kept += kept.empty() ? "" : " OR ";
    kept += is_outcome_sql(rule, {"breach", "missing", "cannot_tell"});
  }
  if (columns.empty()) {
    return write_select(database,
                        "SELECT 0::BIGINT AS access_id, 0::BIGINT AS lookup_id WHERE false", file,
                        kParquet);
  }
  return write_select(
      database, fmt::format("SELECT access_id, lookup_id{} FROM outcomes WHERE {}", columns, kept),
      file, kParquet);
}

// The few words of a column as an enumeration: Parquet's writer need not look each up again. Of
// lookups.parquet this takes a third of the time. Where there are many, they stay texts, as each
// part of the file repeats them.
Result<void> make_word_types(store::Database& database) {
  constexpr std::int64_t kFew = 65'536;
  const auto make = [&](std::string_view name, std::string_view table,
                        std::string_view column) -> Result<void> {
    const std::string words = fmt::format(
        "SELECT DISTINCT {} AS w FROM {} WHERE w IS NOT NULL ORDER BY 1", column, table);
    ONUS_TRY(const std::int64_t count,
             database.query_integer(fmt::format("SELECT count(*) FROM ({})", words)));
    return database.run(
        fmt::format("DROP TYPE IF EXISTS report_{0}; CREATE TEMP TYPE report_{0} AS {1}", name,
                    count > kFew ? "VARCHAR" : "ENUM (" + words + ")"));
  };
  for (const auto column : {"purpose", "offence", "specificity", "topic", "on_behalf_of"}) {
    ONUS_TRY_VOID(make(column, "readings", column));
  }
  ONUS_TRY_VOID(make("agency", "agencies_raw", record::without_tokens_sql("text")));
  ONUS_TRY_VOID(make("actor", "actors", record::without_tokens_sql("label")));
  ONUS_TRY_VOID(make("state", "parties", "state"));
  return make("level", "parties", "level");
}

Result<void> export_lookups(store::Database& database, const Model& model,
                            const std::filesystem::path& file) {
  ONUS_TRY_VOID(make_word_types(database));
  // `chosen` holds the few texts of drop-downs, so that a log without one pays nothing for them.
  const std::string dictionaries = fmt::format(
      "WITH word AS MATERIALIZED (SELECT t.text_id, {} AS text, r.purpose::report_purpose AS "
      "purpose, r.offence::report_offence AS offence, r.specificity::report_specificity AS "
      "specificity, r.topic::report_topic AS topic, r.on_behalf_of::report_on_behalf_of AS "
      "on_behalf_of FROM texts t LEFT JOIN readings r USING (text_id)), "
      "chosen AS MATERIALIZED (SELECT * FROM word WHERE text_id IN (SELECT DISTINCT offence_id "
      "FROM "
      "sightings WHERE offence_id IS NOT NULL)), "
      "body AS MATERIALIZED (SELECT a.agency_id, ({})::report_agency AS text, "
      "p.state::report_state AS "
      "state, p.level::report_level AS level FROM agencies_raw a "
      "LEFT JOIN parties p USING (agency_id)), "
      "person AS MATERIALIZED (SELECT a.actor_id, ({})::report_actor AS text FROM actors a)",
      record::without_tokens_sql("t.text"), record::without_tokens_sql("a.text"),
      record::without_tokens_sql("a.label"));
  const std::string columns = fmt::format(
      "l.lookup_id, l.\"when\", l.act, f.file, l.\"row\", l.line, l.byte_offset, l.byte_length, "
      "g.text AS agency, g.state AS agency_state, g.level AS agency_level, "
      "l.agency_state AS agency_cell, o.text AS \"owner\", o.state AS owner_state, a.text AS "
      "actor, "
      "l.actor_state AS actor_cell, r.text AS reason, l.reason_state AS reason_cell, "
      "d.text AS offence_chosen, {} AS purpose, {} AS offence, {} AS specificity, {} AS topic, "
      "r.on_behalf_of, l.case_state AS case_number_cell, l.networks, l.devices",
      kStatedPurpose, kStatedOffence, kStatedSpecificity, kStatedTopic);
  return write_select(database,
                      fmt::format("{} SELECT {} FROM lookups l JOIN {} USING (file_id) "
                                  "LEFT JOIN body g ON g.agency_id = l.agency_id "
                                  "LEFT JOIN body o ON o.agency_id = l.owner_id "
                                  "LEFT JOIN person a ON a.actor_id = l.actor_id "
                                  "LEFT JOIN word r ON r.text_id = l.reason_id "
                                  "LEFT JOIN chosen d ON d.text_id = l.offence_id",
                                  dictionaries, columns, files_sql(model)),
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

// SPDX-License-Identifier: Apache-2.0
#include "between/differences.h"

#include <fmt/format.h>

#include "between/fields.h"
#include "record/hide.h"
#include "report/csv.h"

namespace onus::between {
namespace {

// A cell of a column that one release does not have is counted with its column.
constexpr std::string_view kKind =
    "CASE WHEN o.v_{0} IS NOT NULL AND n.v_{0} IS NOT NULL THEN "
    "  CASE WHEN o.v_{0} = n.v_{0} THEN NULL "
    "       WHEN o.s_{0} <> 'partial' AND n.s_{0} = 'partial' THEN 'masked' "
    "       WHEN o.s_{0} = 'partial' AND n.s_{0} <> 'partial' THEN 'revealed' "
    "       ELSE 'changed' END "
    "WHEN o.v_{0} IS NOT NULL THEN "
    "  CASE WHEN n.s_{0} IN ('not_exported', 'absent_by_design') THEN 'column_gone' ELSE 'masked' "
    "END "
    "WHEN n.v_{0} IS NOT NULL THEN "
    "  CASE WHEN o.s_{0} IN ('not_exported', 'absent_by_design') THEN 'column_new' ELSE 'revealed' "
    "END "
    "WHEN o.s_{0} <> n.s_{0} AND o.s_{0} NOT IN ('not_exported', 'absent_by_design') "
    "  AND n.s_{0} NOT IN ('not_exported', 'absent_by_design') THEN 'restated' END";

Result<void> find_cells(store::Database& db) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_cells (field_ix UTINYINT, field VARCHAR, kind VARCHAR, "
             "tier VARCHAR, old_id BIGINT, new_id BIGINT, before_state cell_state, after_state "
             "cell_state, month VARCHAR);"
             "CREATE OR REPLACE TABLE b_columns_lost (field VARCHAR, kind VARCHAR, before_state "
             "cell_state, after_state cell_state, n BIGINT)"));
  int index = 0;
  for (const Field& field : fields()) {
    const std::string kind = fmt::format(fmt::runtime(kKind), field.name);
    const std::string pairs = fmt::format(
        "(SELECT p.old_id, p.new_id, p.tier, o.v_when, o.s_{0} AS before_state, n.s_{0} AS "
        "after_state, {1} AS kind FROM b_pairs p JOIN b_rest o ON o.id = p.old_id "
        "JOIN b_rest n ON n.id = p.new_id)",
        field.name, kind);
    ONUS_TRY_VOID(db.run(fmt::format(
        "INSERT INTO b_cells SELECT {0}, '{1}', kind, tier, old_id, new_id, before_state, "
        "after_state, strftime(v_when, '%Y-%m') FROM {2} "
        "WHERE kind IN ('changed', 'masked', 'revealed', 'restated');"
        "INSERT INTO b_columns_lost SELECT '{1}', kind, before_state, after_state, count(*) FROM "
        "{2} WHERE kind IN ('column_gone', 'column_new') GROUP BY ALL",
        index++, field.name, pairs)));
  }
  return {};
}

// A text that holds the row's plate was scrubbed where the plate's own cell is there, and may not
// have been where that cell is masked. Then the two texts differ though the cells do not: what one
// has around its marks is what the other has around the plate.
std::string same_but_for_marks(std::string_view marked, std::string_view other) {
  return fmt::format(
      "(contains({0}, '[subject:') AND lower({1}) LIKE lower(regexp_replace(replace(replace("
      "replace({0}, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '\\[subject:[0-9a-f]*\\]', '%', "
      "'g')) ESCAPE '\\')",
      marked, other);
}

Result<void> forget_scrubbing(store::Database& db) {
  struct Text {
    std::string_view field, column, join;
  };
  constexpr Text kTexts[] = {
      {"reason", "t.text", "JOIN texts {0} ON {0}.text_id = {1}.reason_id"},
      {"offence", "t.text", "JOIN texts {0} ON {0}.text_id = {1}.offence_id"}};
  for (const Text& text : kTexts) {
    const std::string before = fmt::format("o_{}", text.column);
    const std::string after = fmt::format("n_{}", text.column);
    ONUS_TRY_VOID(db.run(fmt::format(
        "DELETE FROM b_cells WHERE kind = 'changed' AND field = '{0}' AND old_id IN (SELECT "
        "c.old_id FROM b_cells c JOIN sightings o_s ON o_s.sighting_id = c.old_id JOIN sightings "
        "n_s ON n_s.sighting_id = c.new_id {1} {2} WHERE c.kind = 'changed' AND c.field = '{0}' "
        "AND o_s.subject IS DISTINCT FROM n_s.subject AND ({3} OR {4}))",
        text.field, fmt::format(fmt::runtime(text.join), "o_t", "o_s"),
        fmt::format(fmt::runtime(text.join), "n_t", "n_s"), same_but_for_marks(before, after),
        same_but_for_marks(after, before))));
  }
  return {};
}

// Texts of a pair are not shown where one row knows of a plate in it that the other may not.
constexpr std::string_view kMayTell =
    "(o_s.subject IS DISTINCT FROM n_s.subject AND (coalesce(o_s.subject_in_text, false) OR "
    "coalesce(n_s.subject_in_text, false)) AND x.old_id IS NOT NULL AND x.new_id IS NOT NULL)";

}  // namespace

Result<void> make_differences(store::Database& db, const Covers& covers) {
  ONUS_TRY_VOID(find_cells(db));
  ONUS_TRY_VOID(forget_scrubbing(db));
  return db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_differences AS "
      "SELECT 0::UTINYINT AS kind_ix, 'gone' AS kind, 0::UTINYINT AS field_ix, NULL AS field, "
      "NULL AS tier, id AS old_id, NULL::BIGINT AS new_id, NULL::cell_state AS before_state, "
      "NULL::cell_state AS after_state, strftime(v_when, '%Y-%m') AS month, "
      "coalesce(v_when < {2} OR v_when > {3}, true) AS outside FROM b_open WHERE side = 0 "
      "UNION ALL SELECT 1, 'added', 0, NULL, NULL, NULL, id, NULL, NULL, strftime(v_when, "
      "'%Y-%m'), "
      "coalesce(v_when < {0} OR v_when > {1}, true) FROM b_open WHERE side = 1 "
      "UNION ALL SELECT CASE kind WHEN 'masked' THEN 2 WHEN 'changed' THEN 3 WHEN 'revealed' THEN "
      "4 ELSE 5 END, kind, field_ix, field, tier, old_id, new_id, before_state, after_state, "
      "month, "
      "false FROM b_cells",
      covers.old_first, covers.old_last, covers.new_first, covers.new_last));
}

std::string differences_select(std::string_view table, bool safe) {
  const auto as_text = [&](const std::string& sql) {
    return safe ? report::safe_cell_sql("(" + sql + ")") : sql;
  };
  const auto cell = [&](const std::string& sql) {
    return as_text(fmt::format("CASE WHEN {} THEN NULL ELSE {} END", kMayTell, sql));
  };
  const auto either = [&](std::string_view column) {
    return cell(record::without_tokens_sql(fmt::format("coalesce(o_{0}, n_{0})", column)));
  };
  return fmt::format(
      "SELECT x.kind, x.field, x.tier AS matched_by, coalesce(o_s.\"when\", n_s.\"when\") AS "
      "\"when\", {0} AS agency, {1} AS actor, {2} AS reason, x.before_state, {3} AS before, "
      "x.after_state, {4} AS after, x.outside AS outside_of_other, {5} AS old_file, "
      "o_s.\"row\" AS old_row, o_s.line AS old_line, o_s.byte_offset AS old_byte_offset, "
      "o_s.byte_length AS old_byte_length, {6} AS new_file, n_s.\"row\" AS new_row, "
      "n_s.line AS new_line, n_s.byte_offset AS new_byte_offset, n_s.byte_length AS "
      "new_byte_length "
      "FROM {9} x {7} {8} "
      "ORDER BY x.kind_ix, x.field_ix, x.old_id, x.new_id",
      either("g.text"), either("a.label"), either("r.text"), cell(shown_cell_sql("o_")),
      cell(shown_cell_sql("n_")), as_text("o_f.name"), as_text("n_f.name"),
      shown_joins_sql("o_", "x.old_id"), shown_joins_sql("n_", "x.new_id"), table);
}

}  // namespace onus::between

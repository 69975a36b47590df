// SPDX-License-Identifier: Apache-2.0
#include "between/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "between/differences.h"
#include "between/fields.h"
#include "record/hide.h"

namespace onus::between {
namespace {

using record::CellState;
using store::Rows;

std::string moment_sql(const std::string& when) {
  return when.empty() ? "NULL::TIMESTAMP" : "TIMESTAMP " + store::literal(when);
}

std::size_t state_at(const Rows& rows, std::size_t row, std::size_t column) {
  const auto state = record::parse<CellState>(rows.text(row, column));
  ONUS_CHECK(state);
  return static_cast<std::size_t>(*state);
}

FieldDiff& field_of(Diff& out, std::string_view name) {
  const auto found = std::ranges::find(out.fields, name, &FieldDiff::field);
  if (found != out.fields.end()) return *found;
  FieldDiff& field = out.fields.emplace_back();
  field.field = name;
  return field;
}

Result<void> count_fields(store::Database& db, Diff& out) {
  ONUS_TRY(const Rows rows,
           db.query("SELECT field, kind, before_state, after_state, n FROM (SELECT field_ix, "
                    "field, kind, before_state, after_state, count(*) AS n FROM b_cells "
                    "GROUP BY ALL UNION ALL SELECT 99, * FROM b_columns_lost) "
                    "ORDER BY field_ix, field, kind, before_state, after_state"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    FieldDiff& field = field_of(out, rows.text(i, 0));
    const std::string_view kind = rows.text(i, 1);
    const std::int64_t n = rows.integer(i, 4);
    if (kind == "changed") field.changed += n;
    if (kind == "restated") field.restated += n;
    if (kind == "masked" || kind == "column_gone") field.masked[state_at(rows, i, 3)] += n;
    if (kind == "revealed" || kind == "column_new") field.revealed[state_at(rows, i, 2)] += n;
  }
  return {};
}

// A word that stands in every row of the new release and not of the old one may be a mask.
Result<void> find_constants(store::Database& db, Diff& out) {
  ONUS_TRY(const Rows rows,
           db.query("SELECT n.field, min(n.constant_value) FROM columns n JOIN b_side_files f ON "
                    "f.file_id = n.file_id AND f.side = 1 WHERE n.field IN ('reason', 'actor', "
                    "'offence', 'agency', 'search_type') AND n.field NOT IN (SELECT o.field FROM "
                    "columns o JOIN b_side_files g ON g.file_id = o.file_id AND g.side = 0 "
                    "WHERE o.constant_value IS NOT NULL) GROUP BY n.field "
                    "HAVING count(*) = count(n.constant_value) AND "
                    "count(DISTINCT n.constant_value) = 1 ORDER BY n.field"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (FieldDiff& field : out.fields) {
      if (field.field != rows.text(i, 0) || field.changed == 0) continue;
      field.constant_since = record::without_tokens(rows.text(i, 1));
    }
  }
  return {};
}

// What the names of columns say, for files that stand on one side only. A known field is one
// column whatever it is called; where only its name differs it is listed with both.
Result<void> compare_columns(store::Database& db, Diff& out) {
  ONUS_TRY(const Rows rows,
           db.query("WITH c AS (SELECT f.side, coalesce(c.field, '') AS field, "
                    "CASE WHEN coalesce(c.field, '') IN ('', 'dropped') THEN "
                    "lower(trim(c.header)) ELSE '' END AS unknown, c.header, "
                    "c.value + c.partial AS n FROM columns c JOIN b_side_files f USING (file_id) "
                    "WHERE c.header IS NOT NULL AND c.header <> ''), "
                    "o AS (SELECT field, unknown, min(header) AS header, sum(n) AS n FROM c WHERE "
                    "side = 0 GROUP BY ALL), "
                    "w AS (SELECT field, unknown, min(header) AS header, sum(n) AS n FROM c WHERE "
                    "side = 1 GROUP BY ALL) "
                    "SELECT field, o.header, w.header, o.n::BIGINT, w.n::BIGINT FROM o FULL JOIN w "
                    "USING (field, unknown) WHERE o.header IS NULL OR w.header IS NULL OR "
                    "lower(trim(o.header)) <> lower(trim(w.header)) "
                    "ORDER BY w.header IS NOT NULL, o.header IS NOT NULL, field, unknown"));
  ONUS_TRY(const std::int64_t sides,
           db.query_integer("SELECT count(DISTINCT side) FROM b_side_files"));
  for (std::size_t i = 0; sides == 2 && i < rows.size(); ++i) {
    out.columns.push_back({.field = std::string(rows.text(i, 0)),
                           .old_header = record::without_tokens(rows.text(i, 1)),
                           .new_header = record::without_tokens(rows.text(i, 2)),
                           .old_values = rows.integer(i, 3),
                           .new_values = rows.integer(i, 4)});
  }
  return {};
}

Result<void> count_months(store::Database& db, Diff& out) {
  ONUS_TRY(
      const Rows rows,
      db.query("SELECT month, sum(old_rows)::BIGINT, sum(new_rows)::BIGINT, sum(gone)::BIGINT, "
               "sum(added)::BIGINT, sum(changed)::BIGINT, sum(masked)::BIGINT FROM ("
               "SELECT month, CASE side WHEN 0 THEN n ELSE 0 END AS old_rows, "
               "CASE side WHEN 1 THEN n ELSE 0 END AS new_rows, 0 AS gone, 0 AS added, "
               "0 AS changed, 0 AS masked FROM b_months UNION ALL "
               "SELECT month, 0, 0, count(*) FILTER (kind = 'gone'), "
               "count(*) FILTER (kind = 'added'), count(DISTINCT old_id) FILTER (new_id IS NOT "
               "NULL), count(*) FILTER (kind = 'masked') FROM b_differences GROUP BY month) "
               "GROUP BY month ORDER BY month"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.months.push_back({.month = std::string(rows.text(i, 0)),
                          .old_rows = rows.integer(i, 1),
                          .new_rows = rows.integer(i, 2),
                          .gone = rows.integer(i, 3),
                          .added = rows.integer(i, 4),
                          .changed_rows = rows.integer(i, 5),
                          .masked_cells = rows.integer(i, 6)});
  }
  return {};
}

Result<void> count_agencies(store::Database& db, const DiffOptions& options, Diff& out) {
  ONUS_TRY(const Rows rows,
           db.query(fmt::format(
               "SELECT coalesce(g.text, '') AS agency, count(*) FILTER (kind = 'gone') AS gone, "
               "count(*) FILTER (kind = 'added') AS added, count(DISTINCT old_id) FILTER (new_id "
               "IS NOT NULL) AS changed FROM b_differences x JOIN sightings s ON s.sighting_id = "
               "coalesce(x.old_id, x.new_id) LEFT JOIN agencies_raw g ON g.agency_id = "
               "s.agency_id GROUP BY g.text ORDER BY gone + added + changed DESC, agency LIMIT {}",
               options.agencies_shown)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.agencies.push_back({.agency = record::without_tokens(rows.text(i, 0)),
                            .gone = rows.integer(i, 1),
                            .added = rows.integer(i, 2),
                            .changed_rows = rows.integer(i, 3)});
  }
  return {};
}

RowAt row_at(const Rows& rows, std::size_t i, std::size_t column) {
  return {.file = std::string(rows.text(i, column)),
          .row = rows.integer(i, column + 1),
          .line = rows.integer(i, column + 2),
          .byte_offset = rows.integer(i, column + 3),
          .byte_length = rows.integer(i, column + 4)};
}

Result<void> take_evidence(store::Database& db, const DiffOptions& options, Diff& out) {
  ONUS_TRY_VOID(db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_shown AS SELECT * EXCLUDE nth FROM (SELECT *, row_number() OVER "
      "(PARTITION BY kind ORDER BY field_ix, old_id, new_id) AS nth FROM b_differences) "
      "WHERE nth <= {}",
      options.evidence_per_kind)));
  ONUS_TRY(const Rows rows, db.query(differences_select("b_shown", false)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto text = [&](std::size_t column) { return std::string(rows.text(i, column)); };
    out.evidence.push_back({.kind = text(0),
                            .field = text(1),
                            .matched_by = text(2),
                            .when = text(3),
                            .agency = text(4),
                            .actor = text(5),
                            .reason = text(6),
                            .before_state = text(7),
                            .before = text(8),
                            .after_state = text(9),
                            .after = text(10),
                            .outside = rows.integer(i, 11) != 0,
                            .old_at = row_at(rows, i, 12),
                            .new_at = row_at(rows, i, 17)});
  }
  return {};
}

Result<void> count_rows(store::Database& db, Diff& out) {
  ONUS_TRY(const Rows rows,
           db.query("SELECT count(*) FILTER (kind = 'gone'), count(*) FILTER (kind = 'added'), "
                    "count(*) FILTER (kind = 'gone' AND outside), "
                    "count(*) FILTER (kind = 'added' AND outside), "
                    "count(DISTINCT old_id) FILTER (new_id IS NOT NULL) FROM b_differences"));
  out.gone = rows.integer(0, 0);
  out.added = rows.integer(0, 1);
  out.gone_outside = rows.integer(0, 2);
  out.added_outside = rows.integer(0, 3);
  out.changed_rows = rows.integer(0, 4);
  ONUS_CHECK(out.old_side.sightings == out.paired() + out.gone);
  ONUS_CHECK(out.new_side.sightings == out.paired() + out.added);
  return {};
}

// Of the rows that make_differences() left: how many, of which kind, and some of them.
Result<void> tell_differences(store::Database& db, const DiffOptions& options, Diff& out) {
  ONUS_TRY_VOID(count_rows(db, out));
  ONUS_TRY_VOID(count_fields(db, out));
  ONUS_TRY_VOID(find_constants(db, out));
  ONUS_TRY_VOID(compare_columns(db, out));
  ONUS_TRY_VOID(count_months(db, out));
  ONUS_TRY_VOID(count_agencies(db, options, out));
  ONUS_TRY_VOID(take_evidence(db, options, out));
  return {};
}

std::int64_t sum_but_columns(const std::array<std::int64_t, kStates>& counts) {
  const std::int64_t all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  return all - counts[static_cast<std::size_t>(CellState::not_exported)] -
         counts[static_cast<std::size_t>(CellState::absent_by_design)];
}

}  // namespace

std::int64_t FieldDiff::masked_cells() const { return sum_but_columns(masked); }
std::int64_t FieldDiff::revealed_cells() const { return sum_but_columns(revealed); }

std::int64_t Diff::paired() const {
  return matched.identical + matched.vendor_id + matched.exact_fields + matched.compatible;
}

bool Diff::any() const { return gone + added > 0 || !fields.empty() || !columns.empty(); }

Result<Diff> diff(store::Database& db, std::span<const std::int32_t> old_ids,
                  std::span<const std::int32_t> new_ids, const DiffOptions& options) {
  Diff out;
  ONUS_TRY(out.old_side, read_side(db, old_ids));
  ONUS_TRY(out.new_side, read_side(db, new_ids));
  ONUS_TRY_VOID(make_sides(db, out.old_side, out.new_side));
  ONUS_TRY(out.matched, match_rows(db));
  for (const SideFile& file : out.old_side.files) {
    if (file.on_both_sides && !file.repeats) out.identical_in_equal_files += file.sightings;
  }
  out.matched.identical += out.identical_in_equal_files;
  ONUS_TRY_VOID(make_differences(db, {.old_first = moment_sql(out.old_side.first_when),
                                      .old_last = moment_sql(out.old_side.last_when),
                                      .new_first = moment_sql(out.new_side.first_when),
                                      .new_last = moment_sql(out.new_side.last_when)}));
  ONUS_TRY_VOID(tell_differences(db, options, out));
  return out;
}

}  // namespace onus::between

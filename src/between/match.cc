// SPDX-License-Identifier: Apache-2.0
// Two releases of one log are equal in nearly every row. So the first pass keeps one hash a row and
// nothing else, and asks only where the two sides differ in how often a hash stands; all further
// work is on the rows that are left.
#include "between/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "between/fields.h"

namespace onus::between {
namespace {

using store::Database;

constexpr int kMostRounds = 64;

std::string hashed_columns() {
  std::string out;
  for (const Field& field : fields()) {
    out += fmt::format("{}{}, {}", out.empty() ? "" : ", ", field.value, field.state);
  }
  return out;
}

Result<void> keep_rest(Database& db) {
  ONUS_TRY_VOID(db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_keyed AS SELECT f.side, s.sighting_id AS id, s.\"when\", hash({}, "
      "s.act, CASE WHEN s.act_tier = 'vendor_id' THEN s.act_key END) AS k FROM {}",
      hashed_columns(), row_joins_sql())));
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_uneven AS SELECT k, \"when\", least(n_old, n_new) AS n "
             "FROM (SELECT k, \"when\", count(*) FILTER (side = 0) AS n_old, "
             "count(*) FILTER (side = 1) AS n_new FROM b_keyed GROUP BY k, \"when\") "
             "WHERE n_old <> n_new"));
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_rest_ids AS SELECT id FROM (SELECT b.id, u.n, "
             "row_number() OVER (PARTITION BY b.side, b.k, b.\"when\" ORDER BY b.id) AS nth "
             "FROM b_keyed b JOIN b_uneven u ON u.k = b.k AND u.\"when\" = b.\"when\") "
             "WHERE nth > n"));
  ONUS_TRY_VOID(
      db.run(fmt::format("CREATE OR REPLACE TABLE b_rest AS SELECT f.side, s.sighting_id AS id, "
                         "s.act_tier = 'vendor_id' AS by_id, s.act_key, {} FROM {} "
                         "WHERE s.sighting_id IN (SELECT id FROM b_rest_ids)",
                         value_columns_sql(), row_joins_sql())));
  return db.run(
      "DROP TABLE b_keyed; DROP TABLE b_uneven; DROP TABLE b_rest_ids;"
      "CREATE OR REPLACE TABLE b_pairs (old_id BIGINT, new_id BIGINT, tier VARCHAR);"
      "CREATE OR REPLACE TABLE b_open AS SELECT * FROM b_rest");
}

// Forgets the open rows that have a partner; how many pairs this tier has.
Result<std::int64_t> close_pairs(Database& db, std::string_view tier) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_open AS SELECT * FROM b_open "
             "WHERE (side = 0 AND id NOT IN (SELECT old_id FROM b_pairs)) "
             "OR (side = 1 AND id NOT IN (SELECT new_id FROM b_pairs))"));
  const std::vector<std::string> wanted{std::string(tier)};
  return db.query_integer("SELECT count(*) FROM b_pairs WHERE tier = ?", wanted);
}

// Pairs the first with the first, the second with the second of those with equal keys.
Result<void> pair_in_order(Database& db, std::string_view tier, std::string_view key,
                           std::string_view old_only, std::string_view new_only) {
  return db.run(fmt::format(
      "INSERT INTO b_pairs SELECT o.id, n.id, '{0}' FROM "
      "(SELECT id, {1} AS k, \"v_when\", row_number() OVER (PARTITION BY {1}, v_when ORDER BY id) "
      "AS nth FROM b_open WHERE side = 0 AND {2}) o JOIN "
      "(SELECT id, {1} AS k, \"v_when\", row_number() OVER (PARTITION BY {1}, v_when ORDER BY id) "
      "AS nth FROM b_open WHERE side = 1 AND {3}) n ON n.k = o.k AND n.nth = o.nth {4}",
      tier, key, old_only, new_only, "AND n.v_when = o.v_when"));
}

// A time can change too, so only the id counts here.
Result<void> pair_by_id(Database& db) {
  return db.run(
      "INSERT INTO b_pairs SELECT o.id, n.id, 'vendor_id' FROM "
      "(SELECT id, act_key, row_number() OVER (PARTITION BY act_key ORDER BY id) AS nth "
      "FROM b_open WHERE side = 0 AND by_id) o JOIN "
      "(SELECT id, act_key, row_number() OVER (PARTITION BY act_key ORDER BY id) AS nth "
      "FROM b_open WHERE side = 1 AND by_id) n ON n.act_key = o.act_key AND n.nth = o.nth");
}

// The fields of which a predicate over their columns holds on both sides.
Result<std::vector<const Field*>> fields_where(Database& db, std::string_view predicate) {
  std::string columns;
  for (const Field& field : fields()) {
    const std::string holds = fmt::format(fmt::runtime(predicate), field.name);
    columns += fmt::format("{}coalesce({}, false)", columns.empty() ? "" : ", ", holds);
  }
  ONUS_TRY(const store::Rows rows, db.query("SELECT " + columns + " FROM b_open"));
  std::vector<const Field*> out;
  for (std::size_t i = 0; i < fields().size(); ++i) {
    if (rows.integer(0, i) != 0) out.push_back(&fields()[i]);
  }
  return out;
}

constexpr std::string_view kExportedOnBothSides =
    "bool_or(side = 0 AND s_{0} NOT IN ('not_exported', 'absent_by_design')) AND "
    "bool_or(side = 1 AND s_{0} NOT IN ('not_exported', 'absent_by_design'))";
constexpr std::string_view kNeverMasked = "count(v_{0}) = count(*)";

Result<void> pair_by_fields(Database& db) {
  ONUS_TRY(const std::vector<const Field*> shared, fields_where(db, kExportedOnBothSides));
  std::string columns;
  for (const Field* field : shared) {
    columns += fmt::format("{}v_{}, s_{}", columns.empty() ? "" : ", ", field->name, field->name);
  }
  if (columns.empty()) return {};
  const std::string key = "hash(" + columns + ")";
  ONUS_TRY_VOID(pair_in_order(db, "exact_fields", key, "true", "NOT by_id"));
  ONUS_TRY_VOID(close_pairs(db, "exact_fields"));
  return pair_in_order(db, "exact_fields", key, "NOT by_id", "by_id");
}

constexpr std::string_view kAgrees = "o.v_{0} = n.v_{0}";
// A part that is masked can differ from the whole without contradicting it.
constexpr std::string_view kContradicts =
    "o.v_{0} <> n.v_{0} AND o.s_{0} = 'value' AND n.s_{0} = 'value'";

std::string sum_sql(std::string_view term, std::initializer_list<std::string_view> names) {
  std::string out = "0";
  for (const Field& field : fields()) {
    const bool wanted = names.size() == 0 ? field.name != "when"
                                          : std::ranges::find(names, field.name) != names.end();
    if (!wanted) continue;
    out += " + coalesce((" + fmt::format(fmt::runtime(term), field.name) + ")::INTEGER, 0)";
  }
  return out;
}

// Candidates among open rows with equal `block`, in groups small enough.
Result<void> find_candidates(Database& db, const std::string& block, std::string_view accepted) {
  ONUS_TRY_VOID(db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_blocks AS SELECT {} AS block, count(*) FILTER (side = 0) AS "
      "n_old, "
      "count(*) FILTER (side = 1) AS n_new FROM b_open GROUP BY block HAVING n_old > 0 AND n_new > "
      "0",
      block)));
  const std::string rows = fmt::format(
      "(SELECT *, {} AS block FROM b_open WHERE block IN (SELECT block FROM b_blocks WHERE n_old * "
      "n_new <= {}))",
      block, kMostAlike);
  return db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_candidates AS SELECT * FROM (SELECT o.id AS old_id, n.id AS "
      "new_id, {1} AS agreeing, {2} AS contradicting, {3} AS firm, "
      "coalesce(o.v_actor = n.v_actor OR o.v_subject = n.v_subject, false) AS same_person "
      "FROM {0} o JOIN {0} n ON n.block = o.block AND n.v_when = o.v_when "
      "WHERE o.side = 0 AND n.side = 1 AND NOT (o.by_id AND n.by_id)) WHERE {4}",
      rows, agreeing_sql(), contradicting_sql(),
      contradicting_sql({"agency", "owner", "actor", "subject", "filters", "prompt"}), accepted));
}

Result<void> pair_compatible(Database& db, Matched& out) {
  ONUS_TRY(const std::vector<const Field*> never_masked, fields_where(db, kNeverMasked));
  std::string columns = "v_when";
  for (const Field* field : never_masked) {
    if (field->name != "when") columns += fmt::format(", v_{}", field->name);
  }
  ONUS_TRY_VOID(
      find_candidates(db, "hash(" + columns + ")", "contradicting = 0 AND agreeing >= 2"));
  ONUS_TRY_VOID(pair_candidates(db));
  ONUS_TRY_VOID(close_pairs(db, "compatible"));
  ONUS_TRY_VOID(find_candidates(db, "hash(v_when)",
                                "firm = 0 AND (contradicting = 0 AND agreeing >= 2 OR "
                                "contradicting = 1 AND agreeing >= 3 AND same_person)"));
  ONUS_TRY(out.too_alike,
           db.query_integer(fmt::format("SELECT coalesce(sum(n_old + n_new), 0)::BIGINT FROM "
                                        "b_blocks WHERE n_old * n_new > {}",
                                        kMostAlike)));
  ONUS_TRY_VOID(pair_candidates(db));
  return db.run("DROP TABLE b_blocks; DROP TABLE b_candidates; DROP TABLE b_chosen");
}

// Where the two have ids, but neither an id nor a row in common, the ids are of the export only.
Result<bool> forget_new_ids(Database& db, const Matched& so_far) {
  if (so_far.identical > 0 || so_far.vendor_id > 0) return false;
  ONUS_TRY(const std::int64_t both,
           db.query_integer("SELECT coalesce(bool_or(side = 0 AND by_id) AND bool_or(side = 1 AND "
                            "by_id), false)::INTEGER FROM b_open"));
  if (both == 0) return false;
  ONUS_TRY_VOID(db.run("UPDATE b_open SET by_id = false"));
  return true;
}

}  // namespace

Result<void> pair_candidates(Database& db) {
  for (int round = 0; round < kMostRounds; ++round) {
    ONUS_TRY_VOID(db.run(
        "CREATE OR REPLACE TABLE b_chosen AS SELECT old_id, new_id FROM (SELECT old_id, new_id, "
        "row_number() OVER (PARTITION BY old_id ORDER BY agreeing - 2 * contradicting DESC, "
        "new_id) "
        "AS of_old, "
        "row_number() OVER (PARTITION BY new_id ORDER BY agreeing - 2 * contradicting DESC, "
        "old_id) "
        "AS of_new FROM b_candidates) WHERE of_old = 1 AND of_new = 1"));
    ONUS_TRY(const std::int64_t chosen, db.query_integer("SELECT count(*) FROM b_chosen"));
    if (chosen == 0) return {};
    ONUS_TRY_VOID(
        db.run("INSERT INTO b_pairs SELECT old_id, new_id, 'compatible' FROM b_chosen;"
               "CREATE OR REPLACE TABLE b_candidates AS SELECT * FROM b_candidates "
               "WHERE old_id NOT IN (SELECT old_id FROM b_chosen) "
               "AND new_id NOT IN (SELECT new_id FROM b_chosen)"));
  }
  return {};
}

std::string agreeing_sql(std::initializer_list<std::string_view> names) {
  return sum_sql(kAgrees, names);
}
std::string contradicting_sql(std::initializer_list<std::string_view> names) {
  return sum_sql(kContradicts, names);
}

Result<Matched> match_rows(Database& db) {
  Matched out;
  ONUS_TRY_VOID(make_folded_dictionaries(db));
  ONUS_TRY_VOID(keep_rest(db));
  ONUS_TRY(out.identical,
           db.query_integer("SELECT (SELECT count(*) FROM sightings JOIN b_side_files USING "
                            "(file_id) WHERE side = 0) - (SELECT count(*) FROM b_rest WHERE "
                            "side = 0)"));
  ONUS_TRY_VOID(pair_by_id(db));
  ONUS_TRY(out.vendor_id, close_pairs(db, "vendor_id"));
  ONUS_TRY(out.new_ids, forget_new_ids(db, out));
  ONUS_TRY_VOID(pair_by_fields(db));
  ONUS_TRY(out.exact_fields, close_pairs(db, "exact_fields"));
  ONUS_TRY_VOID(pair_compatible(db, out));
  ONUS_TRY(out.compatible, close_pairs(db, "compatible"));
  return out;
}

}  // namespace onus::between

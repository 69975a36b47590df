// SPDX-License-Identifier: Apache-2.0
#include "between/reconcile_rows.h"

#include <fmt/format.h>

#include "between/fields.h"
#include "between/match.h"

namespace onus::between {
namespace {

using store::Database;

constexpr std::int64_t kMostLogs = 4096;  // b_candidates.old_id has room for no more

// A name that leaves the state open is taken for the agency of that place and kind.
constexpr std::string_view kSameParty =
    "(a.party_key = b.party_key OR (a.place = b.place AND a.kind = b.kind AND (a.state IS NULL OR "
    "b.state IS NULL)))";

Result<void> find_agency(Database& db, Reconciliation& out) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_own_parties AS SELECT DISTINCT p.* FROM parties p "
             "WHERE agency_id IN (SELECT coalesce(s.agency_id, s.owner_id) FROM sightings s JOIN "
             "b_side_files f USING (file_id) WHERE f.side = 0)"));
  ONUS_TRY(const store::Rows names,
           db.query("SELECT g.text FROM b_own_parties p JOIN agencies_raw g USING (agency_id) "
                    "ORDER BY p.agency_id LIMIT 1"));
  if (names.size() == 0) {
    return fail(Code::usage,
                "the agency's own log does not say whose it is; give its name with --owner");
  }
  out.agency = names.text(0, 0);
  return db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_own_names AS SELECT DISTINCT b.agency_id FROM parties b JOIN "
      "b_own_parties a ON {}",
      kSameParty));
}

Result<void> find_covers(Database& db) {
  ONUS_TRY_VOID(db.run(
      "CREATE OR REPLACE TABLE b_file_owner AS SELECT f.file_id, f.side, "
      "coalesce(h.owner_label, '') AS owner, h.first_when, h.last_when FROM b_side_files f JOIN "
      "files h USING (file_id);"
      "CREATE OR REPLACE TABLE b_owners AS SELECT (row_number() OVER (ORDER BY owner) - "
      "1)::INTEGER AS owner_ix, owner FROM (SELECT DISTINCT owner FROM b_file_owner WHERE side = "
      "1);"
      "CREATE OR REPLACE TABLE b_covers AS SELECT -1 AS owner_ix, first_when, last_when FROM "
      "b_file_owner WHERE side = 0 UNION ALL SELECT o.owner_ix, f.first_when, f.last_when FROM "
      "b_file_owner f JOIN b_owners o USING (owner) WHERE f.side = 1"));
  ONUS_TRY(const std::int64_t owners, db.query_integer("SELECT count(*) FROM b_owners"));
  if (owners <= kMostLogs) return {};
  return fail(Code::usage,
              fmt::format("the network logs are those of {} owners; at most {} can be held against "
                          "one log at a time",
                          owners, kMostLogs));
}

// Candidates of one second, `hours` apart, not both with an id, in groups small enough.
Result<void> find_candidates(Database& db, std::int64_t hours) {
  const std::string rows = fmt::format(
      "(SELECT *, hash(owner_ix, t) AS block FROM (SELECT b.*, o.owner_ix, date_trunc('second', "
      "v_when) AS t FROM b_open b, b_owners o WHERE b.side = 0 UNION ALL SELECT b.*, b.at_owner, "
      "date_trunc('second', v_when) + to_hours({}) FROM b_open b WHERE b.side = 1))",
      hours);
  ONUS_TRY_VOID(db.run("CREATE OR REPLACE TABLE b_timed AS SELECT * FROM " + rows));
  return db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_blocks AS SELECT block, bool_or(side = 0 AND NOT by_id) AS "
      "old_open, "
      "bool_or(side = 1 AND NOT by_id) AS new_open, "
      "count(*) FILTER (side = 0) * count(*) FILTER (side = 1) - count(*) FILTER (side = 0 AND "
      "by_id) * count(*) FILTER (side = 1 AND by_id) AS pairs FROM b_timed GROUP BY block HAVING "
      "pairs > 0;"
      // An own search may stand in the log of each owner, so its id is one for each.
      "CREATE OR REPLACE TABLE b_candidates AS SELECT * FROM (SELECT o.id * 4096 + n.owner_ix AS "
      "old_id, n.id AS new_id, {1} AS agreeing, {2} AS contradicting FROM b_timed o JOIN b_timed n "
      "ON o.block = n.block AND o.t = n.t AND o.owner_ix = n.owner_ix WHERE o.side = 0 AND n.side "
      "= "
      "1 AND NOT (o.by_id AND n.by_id) AND o.block IN (SELECT block FROM b_blocks WHERE pairs <= "
      "{0}) AND NOT "
      "coalesce(NOT o.machine AND NOT n.machine AND o.v_actor <> n.v_actor, false)) WHERE agreeing "
      ">= 2 AND contradicting = 0",
      kMostAlike,
      agreeing_sql({"actor", "subject", "networks", "devices", "window", "reason", "case_number",
                    "offence"}),
      contradicting_sql({"subject", "networks", "devices", "window", "case_number"})));
}

// Rows of b_timed that were not compared, as too many others stand in their second: of them cannot
// be told whether the other side has them.
Result<void> keep_too_alike(Database& db) {
  return db.run(fmt::format(
      "INSERT INTO b_too_alike SELECT t.side, t.id, t.owner_ix FROM b_timed t JOIN b_blocks b "
      "USING "
      "(block) WHERE b.pairs > {} AND (NOT t.by_id OR CASE t.side WHEN 0 THEN b.new_open ELSE "
      "b.old_open END)",
      kMostAlike));
}

Result<std::int64_t> pair_searches(Database& db, std::string_view tier) {
  ONUS_TRY_VOID(keep_too_alike(db));
  ONUS_TRY_VOID(pair_candidates(db));
  ONUS_TRY_VOID(db.run(fmt::format(
      "UPDATE b_pairs SET old_id = old_id // 4096, tier = '{}' WHERE tier = 'compatible'", tier)));
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_open AS SELECT * FROM b_open WHERE side = 0 OR id NOT IN "
             "(SELECT new_id FROM b_pairs UNION ALL SELECT id FROM b_too_alike WHERE side = 1)"));
  return db.query_integer(fmt::format("SELECT count(*) FROM b_pairs WHERE tier = '{}'", tier));
}

// The one shift by whole hours under which most of the rest finds a partner; 0 where few do.
Result<std::int64_t> best_offset(Database& db) {
  ONUS_TRY(const std::int64_t rest, db.query_integer("SELECT count(*) FROM b_open WHERE side = 1"));
  std::int64_t best = 0, most = std::max<std::int64_t>(3, rest / 2);
  for (std::int64_t hours = -14; rest > 0 && hours <= 14; ++hours) {
    if (hours == 0) continue;
    ONUS_TRY_VOID(find_candidates(db, hours));
    ONUS_TRY(const std::int64_t found,
             db.query_integer("SELECT count(DISTINCT new_id) FROM b_candidates"));
    if (found >= most) best = hours;
    most = std::max(most, found + 1);
  }
  return best;
}

}  // namespace

Result<void> take_rows(Database& db, Reconciliation& out) {
  ONUS_TRY_VOID(make_folded_dictionaries(db));
  ONUS_TRY_VOID(find_agency(db, out));
  ONUS_TRY_VOID(find_covers(db));
  return db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_open AS SELECT f.side, s.sighting_id AS id, s.act_tier = "
      "'vendor_id' AS by_id, s.act_key, coalesce(w2.owner_ix, -1) AS at_owner, "
      "coalesce(regexp_full_match(l.label, 'user-[0-9]+'), false) AS machine, {} FROM {} "
      "JOIN b_file_owner w1 ON w1.file_id = s.file_id LEFT JOIN b_owners w2 ON w2.owner = w1.owner "
      "AND f.side = 1 LEFT JOIN actors l ON l.actor_id = s.actor_id "
      "WHERE s.act = 'search' AND (f.side = 0 OR s.agency_id IN (SELECT agency_id FROM "
      "b_own_names));"
      "CREATE OR REPLACE TABLE b_searches AS SELECT * FROM b_open;"
      "CREATE OR REPLACE TABLE b_pairs (old_id BIGINT, new_id BIGINT, tier VARCHAR);"
      "CREATE OR REPLACE TABLE b_too_alike (side INTEGER, id BIGINT, owner_ix INTEGER)",
      value_columns_sql(), row_joins_sql()));
}

Result<void> match_searches(Database& db, Reconciliation& out) {
  ONUS_TRY_VOID(db.run(
      "INSERT INTO b_pairs SELECT o.id, n.id, 'vendor_id' FROM (SELECT min(id) AS id, act_key "
      "FROM b_open WHERE side = 0 AND by_id GROUP BY act_key) o JOIN b_open n ON n.side = 1 "
      "AND n.by_id AND n.act_key = o.act_key;"
      "CREATE OR REPLACE TABLE b_open AS SELECT * FROM b_open WHERE side = 0 OR id NOT IN "
      "(SELECT new_id FROM b_pairs)"));
  ONUS_TRY(out.matched_by_id, db.query_integer("SELECT count(*) FROM b_pairs"));
  ONUS_TRY_VOID(find_candidates(db, 0));
  ONUS_TRY(out.matched_by_cells, pair_searches(db, "cells"));
  ONUS_TRY(out.offset_hours, best_offset(db));
  if (out.offset_hours == 0) return {};
  ONUS_TRY_VOID(find_candidates(db, out.offset_hours));
  ONUS_TRY(out.matched_with_offset, pair_searches(db, "offset"));
  return {};
}

// An own search counts as matched in a log if any row of its id does: it may stand there twice.
Result<void> judge_rows(Database& db) {
  return db.run(
      "CREATE OR REPLACE TABLE b_matched AS SELECT DISTINCT o.id, n.at_owner AS owner_ix FROM "
      "b_pairs p JOIN b_searches f ON f.id = p.old_id JOIN b_searches n ON n.id = p.new_id "
      "JOIN b_searches o ON o.side = 0 AND (o.id = f.id OR (f.by_id AND o.by_id AND o.act_key = "
      "f.act_key));"
      "CREATE OR REPLACE TABLE b_days AS SELECT v_when::DATE AS day, max(v_networks) AS widest "
      "FROM b_searches WHERE side = 0 GROUP BY day;"
      "CREATE OR REPLACE TABLE b_shared_days AS SELECT DISTINCT m.owner_ix, s.v_when::DATE AS day "
      "FROM b_matched m JOIN b_searches s ON s.id = m.id AND s.side = 0;"
      "CREATE OR REPLACE TABLE b_verdicts AS "
      "SELECT CASE WHEN p.new_id IS NOT NULL THEN 'matched' WHEN n.id IN (SELECT id FROM "
      "b_too_alike WHERE side = 1) THEN 'too_alike' WHEN EXISTS (SELECT 1 FROM b_covers c "
      "WHERE c.owner_ix = -1 AND n.v_when BETWEEN c.first_when AND c.last_when) THEN "
      "'missing_in_own' ELSE 'outside' END AS kind, p.tier AS because, n.at_owner AS owner_ix, "
      "p.old_id, n.id AS new_id, strftime(n.v_when, '%Y-%m') AS month FROM b_searches n "
      "LEFT JOIN b_pairs p ON p.new_id = n.id WHERE n.side = 1 UNION ALL "
      "SELECT CASE WHEN m.id IS NOT NULL THEN 'own_matched' WHEN o.v_networks <= 1 THEN 'own_only' "
      "WHEN y.id IS NOT NULL THEN 'cannot_tell' WHEN o.v_networks >= d.widest AND t.day IS NOT "
      "NULL THEN 'expected' ELSE 'cannot_tell' END, "
      "CASE WHEN m.id IS NOT NULL OR o.v_networks <= 1 THEN NULL WHEN y.id IS NOT NULL THEN "
      "'too_alike' WHEN o.v_networks IS NULL THEN "
      "'reach_not_stated' WHEN t.day IS NULL THEN 'none_that_day' WHEN o.v_networks < d.widest "
      "THEN "
      "'reach_narrower' END, w.owner_ix, o.id, NULL, strftime(o.v_when, '%Y-%m') "
      "FROM b_searches o CROSS JOIN b_owners w LEFT JOIN b_matched m ON m.id = o.id AND m.owner_ix "
      "= "
      "w.owner_ix LEFT JOIN b_days d ON d.day = o.v_when::DATE LEFT JOIN b_shared_days t ON "
      "t.owner_ix = w.owner_ix AND t.day = o.v_when::DATE LEFT JOIN (SELECT DISTINCT id, owner_ix "
      "FROM b_too_alike WHERE side = 0) y ON y.id = o.id AND y.owner_ix = w.owner_ix "
      "WHERE o.side = 0 AND (m.id IS NOT NULL "
      "OR "
      "EXISTS (SELECT 1 FROM b_covers c WHERE c.owner_ix = w.owner_ix AND o.v_when BETWEEN "
      "c.first_when AND c.last_when))");
}

Result<void> check_list(Database& db, std::span<const ListedName> list) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_list (name VARCHAR, party_key VARCHAR, place VARCHAR, "
             "state VARCHAR, kind VARCHAR)"));
  for (const ListedName& name : list) {
    const std::vector<std::string> values{name.name, name.key, name.place, name.state, name.kind};
    ONUS_TRY_VOID(db.query("INSERT INTO b_list VALUES (?, ?, ?, nullif(?, ''), ?)", values));
  }
  return db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_agency_status AS SELECT b.agency_id, CASE WHEN EXISTS (SELECT 1 "
      "FROM b_list a WHERE a.party_key = b.party_key OR lower(a.name) = lower(g.text)) THEN "
      "'listed' "
      "WHEN EXISTS (SELECT 1 FROM b_list a WHERE {}) THEN 'cannot_tell' ELSE 'not_listed' END AS "
      "status FROM parties b JOIN agencies_raw g USING (agency_id);"
      "CREATE OR REPLACE TABLE b_off_list AS SELECT s.sighting_id, s.agency_id, t.status FROM "
      "sightings s JOIN b_side_files f USING (file_id) JOIN files h USING (file_id) JOIN "
      "b_agency_status t ON t.agency_id = s.agency_id LEFT JOIN parties p ON p.agency_id = "
      "s.agency_id LEFT JOIN parties o ON o.agency_id = s.owner_id WHERE h.role = 'owner' AND "
      "s.act "
      "= 'search' AND s.agency_state IN ('value', 'partial') AND p.party_key IS DISTINCT FROM "
      "o.party_key",
      kSameParty));
}

}  // namespace onus::between

// SPDX-License-Identifier: Apache-2.0
#include "between/reconcile.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/file.h"
#include "between/fields.h"
#include "between/reconcile_page.h"
#include "between/reconcile_rows.h"
#include "record/hide.h"
#include "report/csv.h"

namespace onus::between {
namespace {

using store::Rows;

std::string text_at(const Rows& rows, std::size_t row, std::size_t column) {
  return record::without_tokens(rows.text(row, column));
}

NetworkLog log_at(const Rows& rows, std::size_t i) {
  return {.owner = text_at(rows, i, 0),
          .first_when = std::string(rows.text(i, 1)),
          .last_when = std::string(rows.text(i, 2)),
          .rows = rows.integer(i, 3),
          .matched = rows.integer(i, 4),
          .missing_in_own = rows.integer(i, 5),
          .too_alike = rows.integer(i, 14),
          .outside = rows.integer(i, 6),
          .own_in_period = rows.integer(i, 7),
          .own_matched = rows.integer(i, 8),
          .expected = rows.integer(i, 9),
          .own_only = rows.integer(i, 10),
          .reach_not_stated = rows.integer(i, 11),
          .reach_narrower = rows.integer(i, 12),
          .none_that_day = rows.integer(i, 13),
          .own_too_alike = rows.integer(i, 15)};
}

Result<void> count_logs(store::Database& db, Reconciliation& out) {
  ONUS_TRY(
      const Rows rows,
      db.query(
          "SELECT w.owner, (SELECT min(first_when) FROM b_covers c WHERE c.owner_ix = "
          "w.owner_ix), (SELECT max(last_when) FROM b_covers c WHERE c.owner_ix = w.owner_ix), "
          "count(v.new_id) FILTER (kind IN ('matched', 'missing_in_own', 'too_alike', 'outside')), "
          "count(*) FILTER (kind = 'matched'), count(*) FILTER (kind = 'missing_in_own'), "
          "count(*) FILTER (kind = 'outside'), "
          "count(*) FILTER (kind IN ('own_matched', 'own_only', 'expected', 'cannot_tell')), "
          "count(*) FILTER (kind = 'own_matched'), count(*) FILTER (kind = 'expected'), "
          "count(*) FILTER (kind = 'own_only'), "
          "count(*) FILTER (because = 'reach_not_stated'), "
          "count(*) FILTER (because = 'reach_narrower'), "
          "count(*) FILTER (because = 'none_that_day'), "
          "count(*) FILTER (kind = 'too_alike'), count(*) FILTER (because = 'too_alike') "
          "FROM b_owners w LEFT JOIN b_verdicts v USING (owner_ix) "
          "GROUP BY w.owner_ix, w.owner ORDER BY w.owner_ix"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const NetworkLog log = log_at(rows, i);
    ONUS_CHECK(log.rows == log.matched + log.missing_in_own + log.too_alike + log.outside);
    ONUS_CHECK(log.own_in_period ==
               log.own_matched + log.expected + log.own_only + log.cannot_tell());
    out.logs.push_back(log);
  }
  return {};
}

Result<void> count_months(store::Database& db, Reconciliation& out) {
  ONUS_TRY(const Rows rows,
           db.query("SELECT w.owner, month, count(*) FILTER (kind = 'matched'), "
                    "count(*) FILTER (kind = 'missing_in_own'), "
                    "count(*) FILTER (kind = 'expected'), count(*) FILTER (kind = 'cannot_tell') "
                    "FROM b_verdicts JOIN b_owners w USING (owner_ix) "
                    "GROUP BY w.owner_ix, w.owner, month ORDER BY w.owner_ix, month"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.months.push_back({.owner = text_at(rows, i, 0),
                          .month = std::string(rows.text(i, 1)),
                          .matched = rows.integer(i, 2),
                          .missing_in_own = rows.integer(i, 3),
                          .expected = rows.integer(i, 4),
                          .cannot_tell = rows.integer(i, 5)});
  }
  return {};
}

Result<void> list_spellings(store::Database& db, Reconciliation& out) {
  ONUS_TRY(const Rows rows,
           db.query("SELECT g.text, count(*) AS n FROM b_searches b JOIN sightings s ON "
                    "s.sighting_id = b.id JOIN agencies_raw g ON g.agency_id = s.agency_id "
                    "WHERE b.side = 1 GROUP BY g.text ORDER BY n DESC, g.text LIMIT 20"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.spellings.push_back({text_at(rows, i, 0), rows.integer(i, 1)});
  }
  return {};
}

// One list is one agency's: which of two logs it is about, nobody could tell.
Result<void> refuse_several_owners(store::Database& db) {
  ONUS_TRY(const std::int64_t owners,
           db.query_integer("SELECT count(DISTINCT coalesce(owner_label, '')) FROM files JOIN "
                            "b_side_files USING (file_id) WHERE role = 'owner'"));
  if (owners == 1) return {};
  return fail(Code::usage,
              owners == 0 ? "a sharing list is held against the log of the agency that shares its "
                            "data, and there is none among the logs given"
                          : "a sharing list is one agency's, and the network logs are those of "
                            "several; give one agency's logs at a time");
}

Result<void> count_list(store::Database& db, const ReconcileOptions& options, Reconciliation& out) {
  ONUS_TRY_VOID(refuse_several_owners(db));
  ONUS_TRY_VOID(check_list(db, options.shared_with));
  out.has_list = true;
  out.listed_names = static_cast<std::int64_t>(options.shared_with.size());
  ONUS_TRY(out.listed_rows,
           db.query_integer("SELECT count(*) FROM b_off_list WHERE status = 'listed'"));
  ONUS_TRY(
      const Rows rows,
      db.query("SELECT g.text, o.status, count(*) AS n, min(s.\"when\"), max(s.\"when\") FROM "
               "b_off_list o JOIN sightings s USING (sighting_id) JOIN agencies_raw g ON "
               "g.agency_id = o.agency_id WHERE o.status <> 'listed' GROUP BY g.text, o.status "
               "ORDER BY o.status DESC, n DESC, g.text"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.off_list.push_back({.agency = text_at(rows, i, 0),
                            .status = std::string(rows.text(i, 1)),
                            .rows = rows.integer(i, 2),
                            .first_when = std::string(rows.text(i, 3)),
                            .last_when = std::string(rows.text(i, 4))});
  }
  return {};
}

// b_found(kind_ix, kind, because, log, old_id, new_id): what reconcile.csv has a line for.
Result<void> make_found(store::Database& db, const Reconciliation& out) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_found (kind_ix INTEGER, kind VARCHAR, because VARCHAR, log "
             "VARCHAR, old_id BIGINT, new_id BIGINT)"));
  if (!out.logs.empty()) {
    ONUS_TRY_VOID(
        db.run("INSERT INTO b_found SELECT CASE kind WHEN 'missing_in_own' THEN 0 WHEN 'expected' "
               "THEN 1 ELSE 2 END, kind, because, w.owner, old_id, new_id FROM b_verdicts JOIN "
               "b_owners w USING (owner_ix) WHERE kind IN ('missing_in_own', 'expected', "
               "'cannot_tell', 'too_alike')"));
  }
  if (!out.has_list) return {};
  return db.run(
      "INSERT INTO b_found SELECT 3, CASE status WHEN 'cannot_tell' THEN 'list_cannot_tell' ELSE "
      "status END, NULL, g.text, NULL, sighting_id FROM b_off_list JOIN sightings s USING "
      "(sighting_id) LEFT JOIN agencies_raw g ON g.agency_id = s.owner_id WHERE status <> "
      "'listed'");
}

std::string found_select(std::string_view table, bool safe) {
  const auto cell = [&](const std::string& sql) {
    const std::string plain = record::without_tokens_sql("(" + sql + ")");
    return safe ? report::safe_cell_sql("(" + plain + ")") : plain;
  };
  const auto either = [&](std::string_view column) {
    return cell(fmt::format("coalesce(o_{0}, n_{0})", column));
  };
  return fmt::format(
      "SELECT x.kind, x.because, {} AS log, coalesce(o_s.\"when\", n_s.\"when\") AS \"when\", {} "
      "AS "
      "agency, {} AS actor, {} AS reason, coalesce(o_s.networks, n_s.networks) AS networks, {} AS "
      "own_file, o_s.\"row\" AS own_row, o_s.line AS own_line, o_s.byte_offset AS own_byte_offset, "
      "o_s.byte_length AS own_byte_length, {} AS network_file, n_s.\"row\" AS network_row, "
      "n_s.line "
      "AS network_line, n_s.byte_offset AS network_byte_offset, n_s.byte_length AS "
      "network_byte_length FROM {} x {} {} ORDER BY x.kind_ix, x.kind, x.log, x.old_id, x.new_id",
      cell("x.log"), either("g.text"), either("a.label"), either("r.text"), cell("o_f.name"),
      cell("n_f.name"), table, shown_joins_sql("o_", "x.old_id"),
      shown_joins_sql("n_", "x.new_id"));
}

RowAt row_at(const Rows& rows, std::size_t i, std::size_t column) {
  return {.file = std::string(rows.text(i, column)),
          .row = rows.integer(i, column + 1),
          .line = rows.integer(i, column + 2),
          .byte_offset = rows.integer(i, column + 3),
          .byte_length = rows.integer(i, column + 4)};
}

Result<void> take_evidence(store::Database& db, const ReconcileOptions& options,
                           Reconciliation& out) {
  ONUS_TRY_VOID(db.run(fmt::format(
      "CREATE OR REPLACE TABLE b_shown AS SELECT * EXCLUDE nth FROM (SELECT *, row_number() OVER "
      "(PARTITION BY kind ORDER BY log, old_id, new_id) AS nth FROM b_found WHERE kind IN "
      "('missing_in_own', 'expected', 'not_listed')) WHERE nth <= {}",
      options.evidence_per_kind)));
  ONUS_TRY(const Rows rows, db.query(found_select("b_shown", false)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Difference& d = out.evidence.emplace_back();
    d.kind = rows.text(i, 0);
    d.field = rows.text(i, 2);
    d.when = rows.text(i, 3);
    d.agency = rows.text(i, 4);
    d.actor = rows.text(i, 5);
    d.reason = rows.text(i, 6);
    d.old_at = row_at(rows, i, 8);
    d.new_at = row_at(rows, i, 13);
  }
  return {};
}

// The rows of the others' logs beside one's own.
Result<void> compare_logs(store::Database& db, Reconciliation& out) {
  ONUS_TRY_VOID(take_rows(db, out));
  ONUS_TRY(out.own_searches, db.query_integer("SELECT count(*) FROM b_searches WHERE side = 0"));
  ONUS_TRY_VOID(match_searches(db, out));
  ONUS_TRY_VOID(judge_rows(db));
  ONUS_TRY_VOID(count_logs(db, out));
  ONUS_TRY_VOID(count_months(db, out));
  ONUS_TRY_VOID(list_spellings(db, out));
  return {};
}

}  // namespace

std::int64_t Reconciliation::total_of(std::string_view kind) const {
  std::int64_t n = 0;
  for (const NetworkLog& log : logs) {
    n += kind == "missing_in_own" ? log.missing_in_own : kind == "expected" ? log.expected : 0;
  }
  for (const OffList& each : off_list) n += each.status == kind ? each.rows : 0;
  return n;
}

bool Reconciliation::any() const {
  return total_of("missing_in_own") + total_of("expected") + total_of("not_listed") > 0;
}

Result<Reconciliation> reconcile(store::Database& db, const ReconcileOptions& options) {
  Reconciliation out;
  ONUS_TRY(out.own, read_side(db, options.own_ids));
  ONUS_TRY(out.others, read_side(db, options.other_ids));
  ONUS_TRY_VOID(make_sides(db, out.own, out.others));
  if (!out.others.files.empty()) ONUS_TRY_VOID(compare_logs(db, out));
  if (!options.shared_with.empty()) ONUS_TRY_VOID(count_list(db, options, out));
  ONUS_TRY_VOID(make_found(db, out));
  ONUS_TRY_VOID(take_evidence(db, options, out));
  return out;
}

Result<void> write_reconciliation(store::Database& db, const Reconciliation& found,
                                  const report::Messages& messages, std::string_view version,
                                  const std::filesystem::path& dir) {
  const report::Page page = reconciliation_page(found, messages, version);
  ONUS_TRY_VOID(report::write_select(db, found_select("b_found", true), dir / "reconcile.csv"));
  ONUS_TRY_VOID(write_file(dir / "reconcile.json", reconciliation_json(found, version)));
  ONUS_TRY_VOID(write_file(dir / "style.css", report::style_sheet()));
  return write_file(dir / page.file, page.bytes);
}

}  // namespace onus::between

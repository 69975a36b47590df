// SPDX-License-Identifier: Apache-2.0
#include "rules/replay.h"

#include <fmt/format.h>

#include <map>

#include "rules/alike.h"
#include "rules/decide.h"
#include "rules/jurisdiction.h"
#include "rules/scan.h"

namespace onus::rules {
namespace {

struct Side {
  std::string table;
  std::vector<Numbered> rules;
  std::vector<Slot> slots;
};

Result<Side> judge(store::Database& db, std::span<const Pack> packs, const std::string& table) {
  ONUS_TRY(const std::vector<Reach> reach, reach_of(db, packs));
  Side out{table, numbered(packs, reach), {}};
  out.slots = slots_of(out.rules);
  ONUS_TRY_VOID(rules::judge(db, out.slots, table, /*temporary=*/true));
  ONUS_TRY_VOID(db.run(fmt::format(
      "CREATE OR REPLACE TEMP TABLE {}_reasons (ix INTEGER, code BIGINT, outcome VARCHAR, "
      "because VARCHAR)",
      table)));
  for (const Slot& slot : out.slots) {
    for (std::size_t code = 0; code < slot.decision->reasons.size(); ++code) {
      const Reason& reason = slot.decision->reasons[code];
      const std::vector<std::string> values{std::string(record::name(reason.outcome)),
                                            reason.because};
      ONUS_TRY([[maybe_unused]] const store::Rows none,
               db.query(fmt::format("INSERT INTO {}_reasons VALUES ({}, {}, ?, ?)", table, slot.ix,
                                    code),
                        values));
    }
  }
  return out;
}

// access_id, lookup_id, outcome, because of one rule; without a slot, that it does not apply.
std::string outcomes_of(const Side& side, const Slot* slot) {
  if (!slot)
    return fmt::format(
        "SELECT access_id, lookup_id, 'not_applicable' AS outcome, 'no_rule' AS "
        "because FROM {}_rows",
        side.table);
  return fmt::format(
      "SELECT w.access_id, w.lookup_id, r.outcome, r.because FROM {0}_rows w "
      "JOIN {0}_kinds k USING (kind) JOIN {0}_reasons r ON r.ix = {1} AND r.code = k.b{1}",
      side.table, slot->ix);
}

using Pairs = std::map<std::string, std::pair<const Slot*, const Slot*>>;

Pairs pairs_of(const Side& before, const Side& after) {
  Pairs out;
  for (const Slot& slot : before.slots) out[before.rules[slot.ix].rule->id].first = &slot;
  for (const Slot& slot : after.slots) out[after.rules[slot.ix].rule->id].second = &slot;
  return out;
}

constexpr std::string_view kKind = R"(CASE
  WHEN n.outcome = 'breach' AND o.outcome IN ('allowed', 'not_applicable') THEN 'allow_to_deny'
  WHEN n.outcome = 'breach' THEN 'now_deny'
  WHEN o.outcome = 'breach' AND n.outcome IN ('allowed', 'not_applicable') THEN 'deny_to_allow'
  WHEN n.outcome = 'missing' THEN 'now_missing'
  WHEN n.outcome = 'cannot_tell' AND o.outcome <> 'not_applicable' THEN 'no_longer_decidable'
  ELSE 'other' END)";

Result<void> write_changes(store::Database& db, const Side& before, const Side& after) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TEMP TABLE replay_changes (rule_id VARCHAR, access_id BIGINT, "
             "lookup_id BIGINT, kind VARCHAR, old_outcome VARCHAR, old_because VARCHAR, "
             "new_outcome VARCHAR, new_because VARCHAR)"));
  for (const auto& [rule, slots] : pairs_of(before, after)) {
    const std::vector<std::string> values{rule};
    ONUS_TRY([[maybe_unused]] const store::Rows none,
             db.query(fmt::format("INSERT INTO replay_changes SELECT ?, o.access_id, o.lookup_id, "
                                  "{}, o.outcome, o.because, n.outcome, n.because FROM ({}) o "
                                  "JOIN ({}) n USING (access_id) WHERE o.outcome <> n.outcome",
                                  kKind, outcomes_of(before, slots.first),
                                  outcomes_of(after, slots.second)),
                      values));
  }
  return {};
}

Result<std::vector<ReplayCount>> count_by(store::Database& db, std::string_view name,
                                          const Shown& shown) {
  ONUS_TRY(const store::Rows rows,
           db.query(fmt::format("SELECT {} AS name, kind, count(*) AS n, count(DISTINCT lookup_id) "
                                "FROM ({}) GROUP BY ALL ORDER BY n DESC, name, kind",
                                name, replay_evidence_sql(shown))));
  std::vector<ReplayCount> out;
  out.reserve(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r)
    out.push_back({std::string(rows.text(r, 0)), std::string(rows.text(r, 1)), rows.integer(r, 2),
                   rows.integer(r, 3)});
  return out;
}

// Of other bytes under the same id neither.
Result<std::vector<std::string>> not_recorded(store::Database& db, std::span<const Pack> packs) {
  std::vector<std::string> out;
  for (const Pack& pack : packs) {
    const std::vector<std::string> values{pack.id, pack.sha256};
    ONUS_TRY(const store::Rows rows,
             db.query("SELECT 1 FROM packs WHERE pack_id = ? AND pack_sha256 = ?", values));
    if (rows.size() == 0) out.push_back(pack.id);
  }
  return out;
}

}  // namespace

Result<std::vector<Pack>> as_of(std::span<const Pack> packs, const std::string& day) {
  std::vector<Pack> out;
  for (const Pack& pack : packs) {
    Pack then = pack;
    std::erase_if(then.rules, [&](const Rule& rule) {
      return rule.from > day || (!rule.to.empty() && rule.to < day);
    });
    for (Rule& rule : then.rules) {
      if (rule.kind == Kind::detector) continue;
      if (rule.read > day) rule.status = record::TextStatus::draft;
      rule.from.clear();
      rule.to.clear();
      rule.read.clear();
      ONUS_TRY(rule.decision, compile(rule, then.governs));
    }
    out.push_back(std::move(then));
  }
  return out;
}

std::string replay_evidence_sql(const Shown& shown) {
  return fmt::format(
      "SELECT c.rule_id, c.kind, c.old_outcome, c.old_because, c.new_outcome, c.new_because, "
      "c.lookup_id, c.access_id, s.\"when\", strftime(s.\"when\", '%Y-%m') AS month, "
      "{} AS agency, {} AS actor, parse_filename(f.path) AS file, s.\"row\", s.line, "
      "s.byte_offset "
      "FROM replay_changes c JOIN sightings s ON s.sighting_id = c.access_id "
      "JOIN files f USING (file_id) LEFT JOIN agencies_raw a ON a.agency_id = s.agency_id "
      "LEFT JOIN actors p ON p.actor_id = s.actor_id",
      shown("a.text"), shown("p.label"));
}

Result<Replay> replay(store::Database& db, std::span<const Pack> old_packs,
                      std::span<const Pack> new_packs, const Shown& shown) {
  ONUS_TRY(const Side before, judge(db, old_packs, "replay_old"));
  ONUS_TRY(const Side after, judge(db, new_packs, "replay_new"));
  ONUS_TRY_VOID(write_changes(db, before, after));
  Replay out;
  ONUS_TRY(out.accesses, db.query_integer("SELECT count(*) FROM replay_old_rows"));
  ONUS_TRY(out.not_recorded, not_recorded(db, old_packs));
  out.old_rules = before.slots.size();
  out.new_rules = after.slots.size();
  ONUS_TRY(out.kinds, count_by(db, "kind", shown));
  ONUS_TRY(out.rules, count_by(db, "rule_id", shown));
  ONUS_TRY(out.agencies, count_by(db, "coalesce(agency, '')", shown));
  ONUS_TRY(out.actors, count_by(db, "coalesce(actor, '')", shown));
  ONUS_TRY(out.months, count_by(db, "coalesce(month, '')", shown));
  return out;
}

}  // namespace onus::rules

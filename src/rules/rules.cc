// SPDX-License-Identifier: Apache-2.0
//
// One scan of `facts` computes one small code per access and rule; the outcome follows from the
// code by its place, because compile() sorts reasons by outcome. Lookups are counted from accesses:
// all but those acts that reached several owners are one lookup each, so only these need DISTINCT.
#include "rules/rules.h"

#include <fmt/format.h>

#include "base/builtin.h"
#include "rules/alike.h"
#include "rules/detectors.h"
#include "rules/jurisdiction.h"
#include "rules/scan.h"

namespace onus::rules {
namespace {

Result<void> write_reasons(store::Database& db, const Numbered& rule) {
  const auto& reasons = rule.rule->decision.reasons;
  for (std::size_t code = 0; code < reasons.size(); ++code) {
    const Reason& reason = reasons[code];
    const std::vector<std::string> values = {std::string(record::name(reason.outcome)),
                                             reason.because, reason.text.en, reason.text.de};
    ONUS_TRY(
        [[maybe_unused]] const store::Rows none,
        db.query(fmt::format("INSERT INTO outcome_reasons VALUES ({}, {}, ?::VARCHAR::outcome, ?, "
                             "nullif(?, ''), nullif(?, ''))",
                             rule.ix, code),
                 values));
  }
  return {};
}

// A row of `rules` as an INSERT with its parameters in order.
class RuleRow {
 public:
  void text(const std::string& value) { add("nullif(?, '')", value); }
  void date(const std::string& value) { add("nullif(?, '')::DATE", value); }
  void texts(const std::vector<std::string>& values) {
    std::string list = "[";
    for (const std::string& value : values) {
      list += list.size() > 1 ? ", ?" : "?";
      values_.push_back(value);
    }
    expressions_.push_back(list + "]::VARCHAR[]");
  }
  Result<void> insert(store::Database& db, std::size_t ix) const {
    const std::string sql =
        fmt::format("INSERT INTO rules VALUES ({}, {})", ix, fmt::join(expressions_, ", "));
    ONUS_TRY([[maybe_unused]] const store::Rows none, db.query(sql, values_));
    return {};
  }

 private:
  void add(const char* expression, const std::string& value) {
    expressions_.emplace_back(expression);
    values_.push_back(value);
  }
  std::vector<std::string> expressions_;
  std::vector<std::string> values_;
};

template <class Items, class Member>
std::vector<std::string> each(const Items& items, Member member) {
  std::vector<std::string> out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(member(item));
  return out;
}

// In the order of record/tables.cc.
Result<void> write_rule(store::Database& db, const Numbered& numbered) {
  const Rule& rule = *numbered.rule;
  const auto joined = [&](auto member) {
    return fmt::format("{}", fmt::join(each(rule.cites, member), "; "));
  };
  RuleRow row;
  row.text(rule.id);
  row.text(numbered.pack->id);
  row.text(numbered.pack->sha256);
  row.text(std::string(kKinds[static_cast<std::size_t>(rule.kind)]));
  row.text(std::string(record::name(rule.severity)));
  row.text(std::string(record::name(rule.status)));
  row.date(rule.from);
  row.date(rule.to);
  row.text(joined([](const Cite& cite) { return cite.law; }));
  row.text(joined([](const Cite& cite) { return cite.section; }));
  row.text(rule.title.en);
  row.text(rule.title.de);
  row.text(fmt::format(
      "{}", fmt::join(each(rule.cites, [](const Cite& c) { return c.sentence.en; }), " ")));
  row.text(fmt::format(
      "{}", fmt::join(each(rule.cites, [](const Cite& c) { return c.sentence.de; }), " ")));
  row.texts(each(rule.requirements, [](const Element& e) { return e.id; }));
  row.texts(each(rule.evidence, [](const Evidence& e) { return e.text.en; }));
  row.texts(each(rule.evidence, [](const Evidence& e) { return e.text.de; }));
  row.text("");  // cannot_run: known at the end
  row.text(rule.duty_bearer);
  row.texts(each(rule.obligations, spelled));
  return row.insert(db, numbered.ix);
}

Result<void> write_each_rule(store::Database& db, const std::vector<Numbered>& rules) {
  ONUS_TRY_VOID(db.run(
      "DROP VIEW IF EXISTS outcomes; DROP TABLE IF EXISTS outcome_rows; "
      "DROP TABLE IF EXISTS outcome_kinds; DROP TABLE IF EXISTS outcome_words; "  // as it was
      "DELETE FROM rules;"
      "DELETE FROM outcome_reasons; DELETE FROM outcome_counts; DELETE FROM detections;"));
  for (const Numbered& rule : rules) {
    ONUS_TRY_VOID(write_rule(db, rule));
    ONUS_TRY_VOID(write_reasons(db, rule));
  }
  return {};
}

// One transaction: a commit for each of some 150 rows took 0.6 s.
Result<void> write_rules(store::Database& db, const std::vector<Numbered>& rules) {
  ONUS_TRY_VOID(db.run("BEGIN"));
  if (Result<void> written = write_each_rule(db, rules); !written) {
    static_cast<void>(db.run("ROLLBACK"));
    return written;
  }
  return db.run("COMMIT");
}

// Few kinds occur, so that counting them once counts every rule. All accesses but those of acts
// that reached several owners are one lookup each; only these need DISTINCT.
Result<void> write_counts(store::Database& db, const std::vector<Slot>& slots) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TEMP TABLE wide AS SELECT * FROM outcome_rows WHERE lookup_id IN "
             "(SELECT lookup_id FROM outcome_rows WHERE access_id <> lookup_id);"
             "CREATE OR REPLACE TEMP TABLE combined AS SELECT * FROM (SELECT kind, count(*) AS n "
             "FROM outcome_rows GROUP BY kind) JOIN outcome_kinds USING (kind)"));
  for (const Slot& slot : slots) {
    ONUS_TRY_VOID(db.run(fmt::format(
        "INSERT INTO outcome_counts SELECT {0}, r.outcome::VARCHAR, r.because, a.n, "
        "a.n - coalesce(w.n, 0) + coalesce(w.lookups, 0) "
        "FROM (SELECT b{0} AS code, sum(n)::BIGINT AS n FROM combined GROUP BY ALL) a "
        "LEFT JOIN (SELECT b{0} AS code, count(*) AS n, count(DISTINCT lookup_id) AS lookups "
        "FROM wide JOIN outcome_kinds USING (kind) GROUP BY ALL) w USING (code) "
        "JOIN outcome_reasons r ON r.rule_ix = {0} AND r.code = a.code ORDER BY a.code",
        slot.ix)));
  }
  return db.run("DROP TABLE wide");
}

// Whether some row shows the cell, by its state.
std::string shown_sql(const std::string& need) {
  constexpr std::string_view kShown = "('value', 'partial', 'placeholder', 'empty')";
  if (need == "legal_basis_state" || need == "on_behalf_state")
    return fmt::format("FROM extras WHERE field = '{}' AND state IN {}",
                       need.substr(0, need.size() - 6), kShown);
  return fmt::format("FROM sightings WHERE \"{}\" IN {}", need, kShown);
}

// A rule that needs a column which no file shows, or that could judge no access it applies to
// because facts were withheld or unknown, could not run.
Result<void> write_cannot_run(store::Database& db, const std::vector<Numbered>& rules) {
  for (const Numbered& rule : rules) {
    for (const std::string& need : rule.rule->needs) {
      ONUS_TRY_VOID(db.run(
          fmt::format("UPDATE rules SET cannot_run = concat_ws(',', cannot_run, 'withheld:{1}') "
                      "WHERE rule_ix = {0} "
                      "AND EXISTS (FROM sightings) AND NOT EXISTS ({2})",
                      rule.ix, need, shown_sql(need))));
    }
  }
  return db.run(
      "UPDATE rules SET cannot_run = c.why FROM ("
      "  SELECT rule_ix, string_agg(because, ',' ORDER BY because) AS why FROM outcome_counts"
      "  WHERE outcome <> 'not_applicable' GROUP BY rule_ix"
      "  HAVING bool_and(because LIKE 'withheld:%' OR because LIKE 'unknown%')) c "
      "WHERE c.rule_ix = rules.rule_ix AND rules.cannot_run IS NULL");
}

Result<Summary> summary(store::Database& db, const std::vector<Numbered>& rules) {
  std::string breach = "FALSE";
  std::string missing = "FALSE";
  for (const Numbered& rule : rules) {
    if (rule.rule->kind == Kind::detector || rule.rule->kind == Kind::quality) continue;
    breach += fmt::format(" OR r{} = 'breach'", rule.ix);
    missing += fmt::format(" OR r{} = 'missing'", rule.ix);
  }
  ONUS_TRY(const store::Rows rows,
           db.query(fmt::format(
               "SELECT coalesce(sum(n), 0)::BIGINT, coalesce(sum(n) FILTER ({}), 0)::BIGINT, "
               "coalesce(sum(n) FILTER ({}), 0)::BIGINT, (SELECT count(*) FROM detections) "
               "FROM combined",
               breach, missing)));
  ONUS_TRY_VOID(db.run("DROP TABLE combined"));
  return Summary{rows.integer(0, 0), rows.integer(0, 1), rows.integer(0, 2), rows.integer(0, 3),
                 rules.size()};
}

void say(const Progress& progress, std::string_view step) {
  if (progress) progress(step);
}

Result<void> check_detectors(store::Database& db, const std::vector<Numbered>& rules) {
  for (const Numbered& rule : rules) {
    if (rule.rule->kind == Kind::detector) ONUS_TRY_VOID(check_detector(db, *rule.rule));
  }
  return {};
}

Result<void> run_detectors(store::Database& db, const std::vector<Numbered>& rules,
                           const Progress& progress) {
  for (const Numbered& rule : rules) {
    if (rule.rule->kind != Kind::detector) continue;
    say(progress, rule.rule->id);
    ONUS_TRY([[maybe_unused]] const std::int64_t found, run_detector(db, *rule.rule, rule.ix));
  }
  return {};
}

}  // namespace

std::vector<NamedText> builtin_packs() {
  std::vector<NamedText> out;
  for (const BuiltinFile& file : builtin_files()) {
    if (file.path.starts_with("packs/laws/") || file.path == "packs/log-quality.toml")
      out.push_back({std::string(file.path), std::string(file.bytes)});
  }
  return out;
}

Result<Summary> run(store::Database& db, std::span<const Pack> packs, const Progress& progress) {
  ONUS_TRY(const std::vector<Reach> reach, reach_of(db, packs));
  const std::vector<Numbered> rules = numbered(packs, reach);
  ONUS_TRY_VOID(check_detectors(db, rules));
  ONUS_TRY_VOID(write_rules(db, rules));
  ONUS_TRY_VOID(write_packs(db, packs, reach));
  say(progress, "rules");
  const std::vector<Slot> slots = slots_of(rules);
  ONUS_TRY_VOID(judge(db, slots));
  ONUS_TRY_VOID(
      db.run(fmt::format("CREATE VIEW outcomes AS SELECT * EXCLUDE (kind, {}) FROM outcome_rows "
                         "JOIN outcome_kinds USING (kind)",
                         word_columns(slots))));
  say(progress, "counts");
  ONUS_TRY_VOID(write_counts(db, slots));
  ONUS_TRY_VOID(write_cannot_run(db, rules));
  ONUS_TRY_VOID(run_detectors(db, rules, progress));
  return summary(db, rules);
}

}  // namespace onus::rules

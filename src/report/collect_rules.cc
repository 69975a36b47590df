// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "report/collect.h"
#include "report/outcome_sql.h"

namespace onus::report {
namespace {

using store::Rows;

// "record_user", "review|7", as rules/rules.cc writes them; other words are none of ours.
std::vector<Obligation> obligations_of(const std::vector<std::string>& spelled) {
  std::vector<Obligation> out;
  for (const std::string& text : spelled) {
    const std::size_t bar = text.find('|');
    const auto duty = record::parse<record::Duty>(std::string_view(text).substr(0, bar));
    if (!duty) continue;
    out.push_back({.duty = *duty});
    if (bar != std::string::npos)
      std::from_chars(text.data() + bar + 1, text.data() + text.size(), out.back().within_days);
  }
  return out;
}

RuleUse rule_at(const Rows& rows, std::size_t i) {
  const auto text = [&](std::size_t column) { return std::string(rows.text(i, column)); };
  return {.ix = rows.integer(i, 0),
          .id = text(1),
          .page = {},
          .pack_id = text(2),
          .pack_sha256 = text(3),
          .kind = text(4),
          .severity = text(5),
          .status = text(6),
          .in_force_from = text(7),
          .in_force_to = text(8),
          .law = text(9),
          .section = text(10),
          .title_en = text(11),
          .title_de = text(12),
          .sentence_en = text(13),
          .sentence_de = text(14),
          .required = rows.texts(i, 15),
          .evidence_en = rows.texts(i, 16),
          .evidence_de = rows.texts(i, 17),
          .cannot_run = text(18),
          .duty_bearer = text(19),
          .obligations = obligations_of(rows.texts(i, 20)),
          .reasons = {},
          .detections = {},
          .detections_total = 0,
          .because = {},
          .evidence = {},
          .agencies = {}};
}

Result<void> collect_rule_list(store::Database& database, Model& model) {
  ONUS_TRY(const Rows rows,
           database.query(
               "SELECT rule_ix, rule_id, pack_id, pack_sha256, kind, severity, status, "
               "in_force_from, in_force_to, law, section, title_en, title_de, "
               "sentence_en, sentence_de, coalesce(requires, []), "
               "coalesce(evidence_en, []), coalesce(evidence_de, []), cannot_run, duty_bearer, "
               "coalesce(obligations, []) FROM rules ORDER BY rule_ix"));
  std::map<std::string, int> taken;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RuleUse rule = rule_at(rows, i);
    const std::string stem = page_name(rule.id);
    const int before = taken[stem]++;
    rule.page = before == 0 ? fmt::format("rule-{}.html", stem)
                            : fmt::format("rule-{}-{}.html", stem, before + 1);
    model.rules.push_back(std::move(rule));
  }
  return {};
}

Result<void> collect_counts(store::Database& database, Model& model) {
  ONUS_TRY(const Rows rows,
           database.query("SELECT rule_ix, outcome, coalesce(because, ''), sum(accesses)::BIGINT "
                          "AS n, sum(lookups)::BIGINT FROM outcome_counts GROUP BY 1, 2, 3 "
                          "ORDER BY 1, 2, n DESC, 3"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto rule = std::ranges::find(model.rules, rows.integer(i, 0), &RuleUse::ix);
    if (rule == model.rules.end()) continue;
    rule->because.push_back({.outcome = std::string(rows.text(i, 1)),
                             .code = std::string(rows.text(i, 2)),
                             .accesses = rows.integer(i, 3),
                             .lookups = rows.integer(i, 4)});
  }
  return {};
}

Result<void> collect_rule_reasons(store::Database& database, Model& model) {
  ONUS_TRY(const Rows rows,
           database.query("SELECT rule_ix, code, outcome, coalesce(because, ''), text_en, text_de "
                          "FROM outcome_reasons ORDER BY rule_ix, code"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto rule = std::ranges::find(model.rules, rows.integer(i, 0), &RuleUse::ix);
    if (rule == model.rules.end()) continue;
    rule->reasons.push_back({.code = rows.integer(i, 1),
                             .outcome = std::string(rows.text(i, 2)),
                             .because = std::string(rows.text(i, 3)),
                             .text_en = std::string(rows.text(i, 4)),
                             .text_de = std::string(rows.text(i, 5))});
  }
  return {};
}

Evidence evidence_at(const Rows& rows, std::size_t i) {
  const auto text = [&](std::size_t column) { return std::string(rows.text(i, column)); };
  return {.access_id = rows.integer(i, 1),
          .lookup_id = rows.integer(i, 2),
          .outcome = text(3),
          .because = text(4),
          .when = text(5),
          .agency = text(6),
          .owner = text(7),
          .actor = text(8),
          .reason = text(9),
          .offence = text(10),
          .span_begin = rows.integer(i, 11),
          .span_end = rows.integer(i, 12),
          .file = {},
          .sha256 = {},
          .page = rows.integer(i, 18),
          .row = rows.integer(i, 14),
          .line = rows.integer(i, 15),
          .byte_offset = rows.integer(i, 16),
          .byte_length = rows.integer(i, 17)};
}

Result<void> collect_evidence(store::Database& database, const CollectOptions& options,
                              Model& model) {
  ONUS_TRY(const std::string hits, hits_sql(database, model.rules, options.evidence_per_rule));
  if (hits.empty()) return {};
  ONUS_TRY(const Rows rows,
           database.query(fmt::format(
               "SELECT h.rule_ix, h.access_id, h.lookup_id, q.outcome, coalesce(q.because, ''), "
               "s.\"when\", "
               "g.text, o.text, a.label, x.text, d.text, coalesce(r.span_begin, 0), "
               "coalesce(r.span_end, 0), s.file_id, s.\"row\", s.line, s.byte_offset, "
               "s.byte_length, p.part FROM ({}) h {} {} "
               "ORDER BY h.rule_ix, h.breach DESC, h.access_id",
               hits, kHitJoins, kPageJoin)));
  std::map<std::int64_t, const FileUse*> files;
  for (const FileUse& file : model.files) files[file.id] = &file;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto rule = std::ranges::find(model.rules, rows.integer(i, 0), &RuleUse::ix);
    Evidence evidence = evidence_at(rows, i);
    if (const auto file = files.find(rows.integer(i, 13)); file != files.end()) {
      evidence.file = file->second->name;
      evidence.sha256 = file->second->sha256;
    }
    rule->evidence.push_back(std::move(evidence));
  }
  return {};
}

std::string agencies_sql(const std::vector<const RuleUse*>& rules) {
  const auto sum = [](const std::string& condition) {
    return fmt::format("coalesce(sum(n) FILTER ({}), 0)::BIGINT", condition);
  };
  std::string counts, breach = "false", missing = "false";
  for (const RuleUse* rule : rules) {
    counts += fmt::format(", {}, {}", sum(is_outcome_sql(*rule, {"breach", "missing"})),
                          sum("NOT (" + is_outcome_sql(*rule, {"not_applicable"}) + ")"));
    breach += " OR " + is_outcome_sql(*rule, {"breach"});
    if (rule->kind != "quality") missing += " OR " + is_outcome_sql(*rule, {"missing"});
  }
  return fmt::format(
      "SELECT agency_id, sum(n)::BIGINT, {}, {}{} FROM (SELECT agency_id, kind, count(*) AS n FROM "
      "outcome_rows GROUP BY 1, 2) JOIN outcome_kinds USING (kind) GROUP BY 1",
      sum(breach), sum(missing), counts);
}

// Spellings of one agency are added up under the label that the searchers' table chose.
struct AgencyNames {
  std::map<std::int64_t, std::string> key;
  std::map<std::string, std::string> label;
};

Result<AgencyNames> agency_names(store::Database& database) {
  ONUS_TRY(const Rows rows,
           database.query("SELECT a.agency_id, coalesce(p.party_key, 'raw ' || a.agency_id), "
                          "a.text FROM agencies_raw a LEFT JOIN parties p USING (agency_id) "
                          "ORDER BY a.agency_id"));
  AgencyNames names;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string key(rows.text(i, 1));
    names.key[rows.integer(i, 0)] = key;
    names.label.emplace(key, rows.text(i, 2));
  }
  return names;
}

void keep_largest(std::vector<RuleAgency>& agencies) {
  constexpr std::size_t kShown = 15;
  std::ranges::sort(agencies, [](const RuleAgency& a, const RuleAgency& b) {
    return a.hits != b.hits ? a.hits > b.hits : a.label < b.label;
  });
  if (agencies.size() > kShown) agencies.resize(kShown);
}

std::vector<const RuleUse*> rules_with_hits(const Model& model) {
  std::vector<const RuleUse*> rules;
  for (const RuleUse& rule : model.rules) {
    if (rule.hits() > 0) rules.push_back(&rule);
  }
  return rules;
}

// By the agency's key, "" where none is named.
struct UseByAgency {
  std::map<std::string, AgencyUse> all;
  std::vector<std::map<std::string, RuleAgency>> by_rule;  // as rules_with_hits()
};

void add_row(const Rows& rows, std::size_t i, AgencyNames& names, UseByAgency& uses) {
  const std::string key = rows.is_null(i, 0) ? "" : names.key[rows.integer(i, 0)];
  AgencyUse& use = uses.all[key];
  use.accesses += rows.integer(i, 1);
  use.with_breach += rows.integer(i, 2);
  use.with_missing += rows.integer(i, 3);
  for (std::size_t r = 0; r < uses.by_rule.size(); ++r) {
    RuleAgency& agency = uses.by_rule[r][key];
    agency.label = key.empty() ? "" : names.label[key];
    agency.hits += rows.integer(i, 4 + 2 * r);
    agency.judged += rows.integer(i, 5 + 2 * r);
  }
}

void give_searchers(std::map<std::string, AgencyUse>& uses, std::vector<AgencyUse>& agencies) {
  for (AgencyUse& agency : agencies) {
    const AgencyUse& use = uses[agency.key];
    agency.accesses = use.accesses;
    agency.with_breach = use.with_breach;
    agency.with_missing = use.with_missing;
  }
}

std::vector<RuleAgency> largest_with_hits(std::map<std::string, RuleAgency>& of_rule) {
  std::vector<RuleAgency> agencies;
  for (auto& [key, agency] : of_rule) {
    if (agency.hits > 0) agencies.push_back(std::move(agency));
  }
  keep_largest(agencies);
  return agencies;
}

Result<void> collect_by_agency(store::Database& database, Model& model) {
  const std::vector<const RuleUse*> with_hits = rules_with_hits(model);
  if (with_hits.empty()) return {};
  ONUS_TRY(AgencyNames names, agency_names(database));
  for (const AgencyUse& agency : model.searchers.agencies) names.label[agency.key] = agency.label;
  ONUS_TRY(const Rows rows, database.query(agencies_sql(with_hits)));
  UseByAgency uses;
  uses.by_rule.resize(with_hits.size());
  for (std::size_t i = 0; i < rows.size(); ++i) add_row(rows, i, names, uses);
  give_searchers(uses.all, model.searchers.agencies);
  for (std::size_t r = 0; r < with_hits.size(); ++r) {
    const auto rule = static_cast<std::size_t>(with_hits[r] - model.rules.data());
    model.rules[rule].agencies = largest_with_hits(uses.by_rule[r]);
  }
  return {};
}

}  // namespace

Result<void> collect_rules(store::Database& database, const CollectOptions& options, Model& model) {
  ONUS_TRY_VOID(collect_rule_list(database, model));
  ONUS_TRY_VOID(collect_counts(database, model));
  ONUS_TRY_VOID(collect_rule_reasons(database, model));
  ONUS_TRY_VOID(collect_detections(database, model));
  ONUS_TRY_VOID(collect_evidence(database, options, model));
  return collect_by_agency(database, model);
}

}  // namespace onus::report

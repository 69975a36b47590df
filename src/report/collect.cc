// SPDX-License-Identifier: Apache-2.0
#include "report/collect.h"

#include <algorithm>
#include <array>
#include <utility>

#include "record/hide.h"

namespace onus::report {
namespace {

Result<void> collect_totals(store::Database& database, Totals& totals) {
  ONUS_TRY(totals.accesses, database.query_integer("SELECT count(*) FROM accesses"));
  ONUS_TRY(const store::Rows counts,
           database.query("SELECT low, high, left_out, by_vendor_id FROM link_counts"));
  if (counts.size() == 0) return {};
  totals.lookups_low = counts.integer(0, 0);
  totals.lookups_high = counts.integer(0, 1);
  totals.not_compared = counts.integer(0, 2);
  totals.lookups_by_vendor_id = counts.integer(0, 3);
  return {};
}

// Where an offset into the stored text lies once tokens are shortened; inside one, at its end.
std::int64_t moved(std::string_view reason, std::int64_t offset) {
  const auto at = static_cast<std::size_t>(std::max<std::int64_t>(0, offset));
  return static_cast<std::int64_t>(record::without_tokens(reason.substr(0, at)).size());
}

void hide_in_reason(Evidence& evidence) {
  const auto size = static_cast<std::int64_t>(evidence.reason.size());
  if (evidence.span_begin < 0 || evidence.span_end > size) evidence.span_end = 0;
  if (evidence.span_begin >= evidence.span_end) evidence.span_begin = evidence.span_end = 0;
  evidence.span_begin = moved(evidence.reason, evidence.span_begin);
  evidence.span_end = moved(evidence.reason, evidence.span_end);
  evidence.reason = record::without_tokens(evidence.reason);
}

// The digits of a token in a text would let a reader group rows by the person looked up.
void hide_tokens(Model& model) {
  const auto hide = [](std::string& text) {
    if (text.find('[') != std::string::npos) text = record::without_tokens(text);
  };
  for (FileUse& file : model.files) {
    hide(file.name);
    for (ColumnUse& column : file.columns) {
      hide(column.header);
      if (column.constant_value) hide(*column.constant_value);
    }
  }
  for (ReasonCount& reason : model.reasons.frequent) hide(reason.text);
  for (AgencyUse& agency : model.searchers.agencies) hide(agency.label);
  for (CutName& cut : model.searchers.cut_names) {
    hide(cut.label), hide(cut.agency);
    for (std::string& longer : cut.fits) hide(longer);
  }
  for (ActorUse& actor : model.searchers.actors) hide(actor.label), hide(actor.agency);
  for (RuleUse& rule : model.rules) {
    for (RuleAgency& agency : rule.agencies) hide(agency.label);
    for (Detection& detection : rule.detections) hide(detection.about);
    for (Evidence& evidence : rule.evidence) {
      hide_in_reason(evidence);
      hide(evidence.agency);
      hide(evidence.owner);
      hide(evidence.actor);
      hide(evidence.offence);
    }
  }
}

}  // namespace

Result<Model> collect(store::Database& database, const CollectOptions& options) {
  Model model;
  model.run = options.run;
  model.evidence_limit = options.evidence_per_rule;
  model.findings_csv_limit = options.findings_csv_per_rule;
  ONUS_TRY_VOID(collect_files(database, model));
  ONUS_TRY_VOID(collect_totals(database, model.totals));
  ONUS_TRY_VOID(collect_rejects(database, options, model));
  ONUS_TRY_VOID(collect_reasons(database, options, model));
  ONUS_TRY_VOID(collect_searchers(database, options, model));
  ONUS_TRY_VOID(collect_hours(database, model));
  ONUS_TRY_VOID(collect_reach(database, model));
  ONUS_TRY_VOID(collect_packs(database, model));
  ONUS_TRY_VOID(collect_rules(database, options, model));
  hide_tokens(model);
  return model;
}

std::int64_t RuleUse::accesses(std::string_view outcome) const {
  std::int64_t total = 0;
  for (const Because& b : because) total += b.outcome == outcome ? b.accesses : 0;
  return total;
}

std::int64_t RuleUse::lookups(std::string_view outcome) const {
  std::int64_t total = 0;
  for (const Because& b : because) total += b.outcome == outcome ? b.lookups : 0;
  return total;
}

std::string page_name(std::string_view rule_id) {
  std::string out;
  for (const char c : rule_id.substr(0, 80)) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    out += !kept ? '-' : upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out.empty() ? "unnamed" : out;
}

std::string_view zone_of_state(std::string_view state) {
  using Zone = std::pair<std::string_view, std::string_view>;
  static constexpr auto kZones = std::to_array<Zone>(
      {{"America/New_York", " CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV "},
       {"America/Chicago", " AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI "},
       {"America/Denver", " CO ID MT NM UT WY "},
       {"America/Phoenix", " AZ "},
       {"America/Los_Angeles", " CA NV OR WA "},
       {"America/Anchorage", " AK "},
       {"Pacific/Honolulu", " HI "},
       {"America/Puerto_Rico", " PR VI "},
       {"Pacific/Guam", " GU MP "}});
  if (state.size() != 2 || state.find(' ') != std::string_view::npos) return "";
  const auto holds = [&](const Zone& zone) {
    return zone.second.find(state) != Zone::second_type::npos;
  };
  const auto found = std::ranges::find_if(kZones, holds);
  return found == kZones.end() ? "" : found->first;
}

}  // namespace onus::report

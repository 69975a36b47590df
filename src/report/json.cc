// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "report/exports.h"
#include "report/file_names.h"
#include "report/interval.h"

namespace onus::report {
namespace {

using Json = nlohmann::ordered_json;

// Bytes that are not UTF-8 become U+FFFD: nothing of a log can make the writer fail.
std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json evidence_json(const Evidence& e) {
  const auto begin = static_cast<std::size_t>(e.span_begin);
  const auto end = static_cast<std::size_t>(e.span_end);
  return {{"outcome", e.outcome},
          {"because", e.because},
          {"when", e.when},
          {"agency", e.agency},
          {"owner", e.owner},
          {"actor", e.actor},
          {"reason", e.reason},
          {"span", e.reason.substr(begin, end - begin)},
          {"file", e.file},
          {"sha256", e.sha256},
          {"page", e.page},
          {"row", e.row},
          {"line", e.line},
          {"byte_offset", e.byte_offset},
          {"byte_length", e.byte_length}};
}

Json rule_json(const RuleUse& rule) {
  Json answers = Json::array();
  for (const Because& b : rule.because) {
    answers.push_back({{"outcome", b.outcome},
                       {"because", b.code},
                       {"accesses", b.accesses},
                       {"lookups", b.lookups}});
  }
  Json codes = Json::array();
  for (const RuleReason& r : rule.reasons) {
    codes.push_back({{"code", r.code},
                     {"outcome", r.outcome},
                     {"because", r.because},
                     {"text", {{"en", r.text_en}, {"de", r.text_de}}}});
  }
  Json detections = Json::array();
  for (const Detection& d : rule.detections) {
    Json rows = Json::array();
    for (const Evidence& e : d.rows) {
      rows.push_back({{"file", e.file},
                      {"page", e.page},
                      {"row", e.row},
                      {"line", e.line},
                      {"byte_offset", e.byte_offset},
                      {"byte_length", e.byte_length}});
    }
    detections.push_back({{"about", d.about}, {"n", d.n}, {"of", d.of}, {"rows", std::move(rows)}});
  }
  Json evidence = Json::array();
  for (const Evidence& e : rule.evidence) evidence.push_back(evidence_json(e));
  Json obligations = Json::array();
  for (const Obligation& o : rule.obligations) {
    obligations.push_back({{"duty", record::name(o.duty)}});
    if (o.within_days > 0) obligations.back()["within_days"] = o.within_days;
  }
  return {{"rule", rule.id},
          {"pack", rule.pack_id},
          {"kind", rule.kind},
          {"severity", rule.severity},
          {"status", rule.status},
          {"page", rule.page},
          {"criterion",
           {{"law", rule.law},
            {"section", rule.section},
            {"in_force_from", rule.in_force_from},
            {"in_force_to", rule.in_force_to},
            {"title", {{"en", rule.title_en}, {"de", rule.title_de}}},
            {"sentence", {{"en", rule.sentence_en}, {"de", rule.sentence_de}}},
            {"obligations", std::move(obligations)}}},
          {"cannot_run", rule.cannot_run.empty() ? Json() : Json(rule.cannot_run)},
          {"applicable", rule.applicable()},
          {"condition", std::move(answers)},
          {"findings", rule.hits()},
          {"codes", std::move(codes)},
          {"detections_total", rule.detections_total},
          {"detections", std::move(detections)},
          {"evidence_shown", rule.evidence.size()},
          {"evidence", std::move(evidence)}};
}

// The interval is of 95 %, in 1/1000.
Json captures_json(const std::optional<Captures>& captures) {
  if (!captures) return nullptr;
  const Interval range = wilson95(captures->met, captures->said());
  return {{"met", captures->met},
          {"of", captures->said()},
          {"low_per_mille", frequency_on(range.low, 1000).hits},
          {"high_per_mille", frequency_on(range.high, 1000).hits},
          {"unsaid", captures->unsaid}};
}

Json file_json(const FileUse& file) {
  return {{"file", file.name},
          {"sha256", file.sha256},
          {"bytes", file.bytes},
          {"status", file.status},
          {"duplicate_of", file.duplicate_of.empty() ? Json() : Json(file.duplicate_of)},
          {"profile", file.profile},
          {"era", file.era},
          {"rows", file.rows},
          {"sightings", file.sightings},
          {"rejects", file.rejects},
          {"headers", file.headers},
          {"blanks", file.blanks},
          {"adds_up", file.is_duplicate() || file.accounted() == file.rows},
          {"captures", captures_json(file.captures)},
          {"owner_given", file.owner_origin == "given" ? Json(file.owner_label) : Json()},
          {"notes", file.notes}};
}

Json ruler_json(const char* name, const Ruler& ruler) {
  return {{name, ruler.id}, {"sha256", ruler.sha256}};
}

}  // namespace

std::string findings_json(const Model& model) {
  Json rules = Json::array();
  for (const RuleUse& rule : model.rules) rules.push_back(rule_json(rule));
  return dump({{"note", "On the face of the log; no verdicts. See index.html."},
               {"evidence_per_rule_at_most", model.evidence_limit},
               {"rules", std::move(rules)}});
}

std::string run_json(const Model& model) {
  const Totals& t = model.totals;
  Json files = Json::array();
  for (const FileUse& file : model.files) files.push_back(file_json(file));
  Json packs = Json::array();
  for (const PackUse& pack : model.packs) {
    packs.push_back({{"pack", pack.id},
                     {"sha256", pack.sha256},
                     {"accesses_governed", pack.governed},
                     {"accesses_not_known", pack.governs_unknown}});
  }
  Json profiles = Json::array();
  for (const Ruler& profile : model.run.profiles)
    profiles.push_back(ruler_json("profile", profile));
  Json command = Json::array();
  for (const std::string& argument : model.run.command) command.push_back(without_folder(argument));
  Json unread = Json::array();
  for (const UnreadFile& file : model.run.unread) {
    unread.push_back({{"file", without_folder(file.name)}, {"reason", file.reason}});
  }
  Json cut = Json::array();
  for (const RuleUse& rule : model.rules) {
    if (rule.hits() <= model.findings_csv_limit) continue;
    cut.push_back({{"rule", rule.id}, {"findings", rule.hits()}});
  }
  return dump(
      {{"onus", model.run.version},
       {"engine", model.run.engine},
       {"command", std::move(command)},
       {"language", model.run.language},
       {"files", std::move(files)},
       {"not_read", std::move(unread)},
       {"packs", std::move(packs)},
       {"profiles", std::move(profiles)},
       {"lexicon_sha256", model.run.lexicon_sha256},
       {"agreements", model.run.agreements ? ruler_json("file", *model.run.agreements) : Json()},
       {"agencies", model.run.agencies ? ruler_json("file", *model.run.agencies) : Json()},
       {"aliases", model.run.aliases ? ruler_json("file", *model.run.aliases) : Json()},
       {"labels", model.run.labels ? ruler_json("file", *model.run.labels) : Json()},
       {"counts",
        {{"files", t.files},
         {"duplicate_files", t.duplicate_files},
         {"bytes", t.bytes},
         {"rows", t.rows},
         {"sightings", t.sightings},
         {"rejects", t.rejects},
         {"headers", t.headers},
         {"blanks", t.blanks},
         {"lookups", t.lookups},
         {"lookups_low", t.lookups_low},
         {"lookups_high", t.lookups_high},
         {"lookups_by_vendor_id", t.lookups_by_vendor_id},
         {"accesses", t.accesses},
         {"agencies", t.agencies},
         {"actors", t.actors}}},
       {"findings_csv",
        {{"rows_per_rule_at_most", model.findings_csv_limit},
         {"cut", std::move(cut)},
         {"whole", "findings.parquet"}}}});
}

}  // namespace onus::report

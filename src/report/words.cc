// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "report/interval.h"

namespace onus::report {

std::string accounting_sentence(const View& view) {
  const Totals& t = view.model.totals;
  const bool adds_up = t.rows == t.sightings + t.rejects + t.headers + t.blanks &&
                       std::ranges::all_of(view.model.files, [](const FileUse& file) {
                         return file.is_duplicate() || file.accounted() == file.rows;
                       });
  return view.say.text(adds_up ? "accounting.whole" : "accounting.broken",
                       {{"rows", t.rows},
                        {"sightings", t.sightings},
                        {"rejects", t.rejects},
                        {"headers", t.headers},
                        {"blanks", t.blanks}});
}

std::string true_share_sentence(const ByPeople& all, const TrueShare& one, const Messages& say) {
  return say.text("by_people.share", {{"n", all.lookups},
                                      {"share", say.percent(one.share, 2)},
                                      {"low", say.percent(one.low, 2)},
                                      {"high", say.percent(one.high, 2)},
                                      {"purpose", say.word("purpose", one.purpose)},
                                      {"read", all.reasons},
                                      {"program", say.percent(one.program, 2)}});
}

std::string condition_sentence(const View& view, const RuleUse& rule) {
  const Messages& say = view.say;
  const std::int64_t total = rule.applicable();
  if (total == 0) return say.text("condition.not_applicable");
  std::string out;
  for (const std::string_view outcome : {"breach", "missing"}) {
    const std::int64_t hits = rule.accesses(outcome);
    if (hits == 0) continue;
    if (!out.empty()) out += ' ';
    out += say.text(
        rule.kind == "quality" ? "condition.quality" : fmt::format("condition.{}", outcome),
        {{"n", hits}, {"ratio", view.ratio(hits, total)}});
    // Below a hundred the figures say it best.
    if (total >= 100)
      out += ' ' + say.text("condition.in_words", {{"words", view.in_words(hits, total)}});
  }
  return out.empty() ? say.text("condition.clean", {{"n", total}}) : out;
}

std::string range_sentence(const View& view, std::int64_t hits, std::int64_t total) {
  if (!view.model.totals.is_part) return view.say.text("range.census");
  const Interval interval = wilson95(hits, total);
  const Frequency middle =
      frequency(static_cast<double>(hits) / static_cast<double>(std::max<std::int64_t>(1, total)));
  return view.say.text("range.sample", {{"low", frequency_on(interval.low, middle.base).hits},
                                        {"high", frequency_on(interval.high, middle.base).hits},
                                        {"base", middle.base}});
}

std::string certainty_sentence(const View& view) {
  return view.say.text(view.model.totals.is_part ? "certainty.part" : "certainty.census");
}

namespace {

std::vector<std::string_view> parts_of(std::string_view joined) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = joined.find("; ");
    parts.push_back(joined.substr(0, end));
    if (end == std::string_view::npos) return parts;
    joined.remove_prefix(end + 2);
  }
}

}  // namespace

std::string citations(const View& view, const RuleUse& rule) {
  if (rule.section.empty()) return rule.law;
  const std::vector<std::string_view> laws = parts_of(rule.law), sections = parts_of(rule.section);
  if (laws.size() != sections.size()) {
    return view.say.text("law.section", {{"law", rule.law}, {"section", rule.section}});
  }
  std::string out;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const bool again = i > 0 && laws[i] == laws[i - 1];
    if (i > 0) out += again ? ", " : "; ";
    out += again ? std::string(sections[i])
                 : view.say.text("law.section", {{"law", laws[i]}, {"section", sections[i]}});
  }
  return out;
}

std::string law_line(const View& view, const RuleUse& rule) {
  std::string out = citations(view, rule);
  if (!rule.in_force_from.empty()) {
    out += view.say.text("law.since", {{"date", view.say.date(rule.in_force_from)}});
  }
  if (!rule.in_force_to.empty()) {
    out += view.say.text("law.until", {{"date", view.say.date(rule.in_force_to)}});
  }
  return out;
}

std::string duty_words(const Messages& say, record::Duty duty, std::int64_t within_days) {
  return say.text(fmt::format("duty.{}", record::name(duty)), {{"n", within_days}});
}

std::string because_words(const View& view, const RuleUse& rule, std::string_view code) {
  const Messages& say = view.say;
  if (code.empty()) return "";
  const auto reason = std::ranges::find(rule.reasons, code, &RuleReason::because);
  std::string text;
  if (reason != rule.reasons.end()) {
    const bool german = say.language() == "de" && !reason->text_de.empty();
    text = german ? reason->text_de : reason->text_en;
  }
  const std::size_t colon = code.find(':');
  if (colon == std::string_view::npos) {
    if (!text.empty()) return text;
    const bool weak = rule.kind == "quality" && code == "forbidden";
    return say.word("because", weak ? "quality" : code);
  }
  const std::string id = fmt::format("because_of.{}", code.substr(0, colon));
  if (!say.has(id)) return std::string(code);
  if (text.empty()) text = say.word("fact", code.substr(colon + 1));
  return say.text(id, {{"what", text}});
}

std::string main_reason(const View& view, const RuleUse& rule, std::string_view outcome) {
  const Because* most = nullptr;
  for (const Because& because : rule.because) {
    if (because.outcome != outcome || because.code.empty()) continue;
    if (most == nullptr || because.accesses > most->accesses) most = &because;
  }
  if (most == nullptr) return "";
  std::string words = because_words(view, rule, most->code);
  if (words.ends_with('.')) words.pop_back();
  return words;
}

std::string era_words(const Messages& say, std::string_view era) {
  const std::size_t plus = era.find('+');
  if (era.empty()) return say.text("files.no_era");
  if (plus == std::string_view::npos) return say.word("era", era);
  return fmt::format("{} + {}", say.word("era", era.substr(0, plus)),
                     say.word("era", era.substr(plus + 1)));
}

std::string cannot_run_sentence(const View& view, const RuleUse& rule) {
  std::string why;
  std::string_view rest = rule.cannot_run;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (!why.empty()) why += "; ";
    why += because_words(view, rule, rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return view.say.text("rule.cannot_run", {{"why", why}});
}

std::string owner_names(const Model& model) {
  std::set<std::string> names;
  for (const FileUse& file : model.files) {
    if (!file.owner_label.empty()) names.insert(file.owner_label);
  }
  std::string out;
  std::size_t shown = 0;
  for (const std::string& name : names) {
    if (shown++ == 3) return fmt::format("{} (+{})", out, names.size() - 3);
    out += fmt::format("{}{}", out.empty() ? "" : "; ", name);
  }
  return out;
}

}  // namespace onus::report

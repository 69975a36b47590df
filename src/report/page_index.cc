// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/record.h"
#include "report/interval.h"
#include "report/jurisdiction.h"
#include "report/page.h"
#include "report/words.h"

namespace onus::report {
namespace {

int rank(std::string_view severity) {
  return severity == "serious" ? 0 : severity == "warning" ? 1 : 2;
}

bool has_findings(const RuleUse& rule) { return rule.hits() > 0 || rule.detections_total > 0; }

// Breaches before missing elements, the serious first, then by how many.
std::vector<const RuleUse*> in_order(const Model& model) {
  std::vector<const RuleUse*> rules;
  rules.reserve(model.rules.size());
  for (const RuleUse& rule : model.rules) rules.push_back(&rule);
  std::ranges::stable_sort(rules, [](const RuleUse* a, const RuleUse* b) {
    const auto key = [](const RuleUse& r) {
      return std::array<std::int64_t, 4>{!has_findings(r), r.accesses("breach") == 0,
                                         rank(r.severity), -r.hits()};
    };
    return key(*a) < key(*b);
  });
  return rules;
}

void figure(const View& view, std::string_view value, std::string_view name) {
  view.html.open("div").element("dt", name).element("dd", value).close().line();
}

void write_figures(const View& view) {
  const Totals& totals = view.model.totals;
  const Messages& say = view.say;
  view.heading(2, "figures", say.text("index.figures"));
  view.html.open("dl", {{"class", "figures"}}).line();
  figure(view, say.number(totals.lookups), say.text("index.lookups"));
  figure(view, say.number(totals.rows), say.text("index.rows"));
  figure(view, say.number(totals.files), say.text("index.files"));
  figure(view, say.number(totals.agencies), say.text("index.agencies"));
  figure(view, say.number(totals.actors), say.text("index.actors"));
  figure(view, say.number(totals.rejects), say.text("index.rejects"));
  view.html.close().line();
  view.paragraph(accounting_sentence(view));
}

void write_finding(const View& view, const RuleUse& rule) {
  const Messages& say = view.say;
  Html& h = view.html;
  h.open("li", {{"class", rule.severity}}).open("p");
  h.element("strong", say.word("severity", rule.severity), {{"class", "tag"}}).text(" ");
  h.link(rule.page, title_of(rule, say)).close().line();
  view.paragraph(rule.kind == "detector"
                     ? say.text("rule.detections_line", {{"n", rule.detections_total}})
                     : condition_sentence(view, rule));
  if (!rule.law.empty()) {
    view.paragraph(law_line(view, rule), "law");
  }
  h.close().line();
}

void write_findings(const View& view, const std::vector<const RuleUse*>& rules) {
  constexpr std::ptrdiff_t kShown = 8;
  view.heading(2, "findings", view.say.text("index.findings"));
  const auto with_hits =
      std::ranges::count_if(rules, [](const RuleUse* r) { return has_findings(*r); });
  if (with_hits == 0) {
    view.paragraph(
        view.say.text(view.model.rules.empty() ? "index.no_rules" : "index.no_findings"));
    return;
  }
  view.html.open("ol", {{"class", "findings"}}).line();
  for (std::ptrdiff_t i = 0; i < std::min(kShown, with_hits); ++i) {
    write_finding(view, *rules[static_cast<std::size_t>(i)]);
  }
  view.html.close().line();
  if (with_hits > kShown) {
    view.paragraph(view.say.text("index.more_findings", {{"n", with_hits - kShown}}));
  }
}

void write_open_questions(const View& view, const std::vector<const RuleUse*>& rules) {
  const Messages& say = view.say;
  view.heading(2, "cannot-tell", say.text("index.cannot_tell"));
  view.paragraph(say.text("index.cannot_tell_intro"));
  Html& h = view.html;
  std::size_t written = 0;
  h.open("ul").line();
  for (const RuleUse* rule : rules) {
    const std::int64_t open = rule->accesses("cannot_tell");
    if (open == 0 || !rule->cannot_run.empty()) continue;
    ++written;
    h.open("li").link(rule->page, title_of(*rule, say)).text(": ");
    h.text(say.text("index.cannot_tell_line", {{"ratio", view.ratio(open, rule->applicable())}}));
    if (const std::string reason = main_reason(view, *rule, "cannot_tell"); !reason.empty()) {
      h.text(" ").text(say.text("index.would_tell", {{"reason", reason}}));
    }
    h.close().line();
  }
  if (written == 0) h.element("li", say.text("index.all_told")).line();
  for (const RuleUse* rule : rules) {
    if (rule->cannot_run.empty()) continue;
    h.open("li").link(rule->page, title_of(*rule, say)).text(": ");
    h.text(cannot_run_sentence(view, *rule)).close().line();
  }
  h.close().line();
}

// The purposes that laws protect, and the one most frequent.
void write_by_people(const View& view) {
  const ByPeople& by_people = view.model.reasons.by_people;
  if (by_people.shares.empty()) return;
  const auto most = std::ranges::max_element(by_people.shares, {}, &TrueShare::share);
  view.heading(2, "by-people", view.say.text("heading.by_people"));
  for (const TrueShare& one : by_people.shares) {
    if (!record::is_topic(one.purpose) && one.purpose != most->purpose) continue;
    view.paragraph(true_share_sentence(by_people, one, view.say));
  }
  view.html.open("p").link("reasons.html#by-people", view.say.text("by_people.all")).close().line();
}

void write_rules(const View& view) {
  const Messages& say = view.say;
  view.heading(2, "rules", say.text("index.rules"));
  view.paragraph(say.text("index.rules_intro"));
  Table table(view, say.text("index.rules_caption"),
              {{say.text("column.rule")},
               {say.text("column.law")},
               {say.text("outcome.breach"), true},
               {say.text("outcome.missing"), true},
               {say.text("outcome.cannot_tell"), true},
               {say.text("outcome.allowed"), true},
               {say.text("outcome.not_applicable"), true}},
              Table::Shape::stacked);
  for (const RuleUse& rule : view.model.rules) {
    table.begin_row();
    table.begin_cell();
    view.html.link(rule.page, title_of(rule, say));
    if (rule.status == "draft") view.html.text(" (").text(say.text("status.draft_short")).text(")");
    table.end_cell();
    table.cell(rule.law.empty() ? "\u2013" : citations(view, rule));
    for (const std::string_view outcome :
         {"breach", "missing", "cannot_tell", "allowed", "not_applicable"}) {
      table.cell(rule.because.empty() ? "\u2013" : say.number(rule.accesses(outcome)));
    }
    table.end_row();
  }
}

void write_downloads(const View& view) {
  view.heading(2, "data", view.say.text("index.data"));
  view.paragraph(view.say.text("index.data_intro"));
  view.html.open("ul", {{"class", "downloads"}}).line();
  for (const std::string_view file : {"findings.csv", "findings.json", "findings.parquet",
                                      "lookups.parquet", "rejects.csv", "run.json"}) {
    std::string id = fmt::format("data.{}", file);
    id[id.rfind('.')] = '_';
    view.html.open("li").link(file, file).text(": ").text(view.say.text(id)).close().line();
  }
  view.html.close().line();
}

std::string lede(const View& view) {
  const Totals& totals = view.model.totals;
  const Messages& say = view.say;
  std::string out = totals.first_when.empty()
                        ? say.text("index.lede_undated", {{"n", totals.lookups}})
                        : say.text("index.lede", {{"n", totals.lookups},
                                                  {"from", say.date(totals.first_when)},
                                                  {"to", say.date(totals.last_when)}});
  if (totals.lookups_high > totals.lookups_low) {
    out +=
        " " + say.text("index.range", {{"low", totals.lookups_low}, {"high", totals.lookups_high}});
  }
  return out;
}

}  // namespace

Page index_page(const Model& model, const Messages& say) {
  return make_page(model, say, "index.html", say.text("index.title"), [&](const View& view) {
    const std::vector<const RuleUse*> rules = in_order(model);
    view.paragraph(lede(view), "lede");
    if (const std::string owners = owner_names(model); !owners.empty()) {
      view.paragraph(say.text("index.owners", {{"owners", owners}}));
    }
    view.paragraph(say.text("index.caveat"), "callout");
    write_figures(view);
    write_findings(view, rules);
    write_by_people(view);
    write_open_questions(view, rules);
    write_jurisdiction(view);
    write_rules(view);
    view.heading(2, "certainty", say.text("index.certainty"));
    view.paragraph(certainty_sentence(view));
    write_downloads(view);
  });
}

}  // namespace onus::report

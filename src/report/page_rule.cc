// SPDX-License-Identifier: Apache-2.0
// A finding as auditors write it: criterion (what should be), condition (what is), what cannot be
// told, evidence. Cause and effect are the auditor's to find, and stand as open questions.
#include <fmt/format.h>

#include "report/chart.h"
#include "report/interval.h"
#include "report/words.h"

namespace onus::report {
namespace {

// Of all files together: rows, those with something usable in the field, and whether any file has
// a column for it.
struct Cells {
  std::int64_t rows = 0, usable = 0;
  bool has_column = false;
};

Cells cells_of(const Model& model, std::string_view field) {
  Cells out;
  for (const FileUse& file : model.files) {
    if (file.is_duplicate()) continue;
    out.rows += file.sightings;
    for (const ColumnUse& column : file.columns) {
      if (column.field != field) continue;
      out.has_column |= !column.header.empty();
      out.usable += column.states[static_cast<std::size_t>(record::CellState::value)] +
                    column.states[static_cast<std::size_t>(record::CellState::partial)];
    }
  }
  return out;
}

void write_criterion(const View& view, const RuleUse& rule) {
  const Messages& say = view.say;
  view.heading(2, "criterion", say.text("rule.criterion"));
  if (!rule.law.empty()) view.paragraph(law_line(view, rule), "law");
  if (!sentence_of(rule, say).empty()) view.paragraph(sentence_of(rule, say), "quote");
  const std::string duty = fmt::format("rule.duty_{}", rule.duty_bearer);
  if (say.has(duty)) view.paragraph(say.text(duty));
  if (rule.status == "draft" && rule.kind != "detector")
    view.paragraph(say.text("rule.draft"), "callout");
}

// What the files hold of it, field by field; a log that has no column for it shows nothing.
std::string shown_sentence(const View& view, record::Duty duty) {
  const Messages& say = view.say;
  if (record::shown_by(duty).empty()) return say.text("obligations.no_log");
  std::string found;
  for (const std::string_view field : record::shown_by(duty)) {
    const Cells cells = cells_of(view.model, field);
    if (!cells.has_column) continue;
    found += fmt::format("{}{}: {}", found.empty() ? "" : "; ", say.word("field", field),
                         view.ratio(cells.usable, cells.rows));
  }
  return found.empty() ? say.text("obligations.no_column")
                       : say.text("obligations.shown", {{"cells", found}});
}

void write_obligations(const View& view, const RuleUse& rule) {
  if (rule.obligations.empty()) return;
  const Messages& say = view.say;
  view.heading(2, "obligations", say.text("obligations.title"));
  view.paragraph(say.text("obligations.intro"));
  view.html.open("ul").line();
  for (const Obligation& obligation : rule.obligations) {
    const std::string words = duty_words(say, obligation.duty, obligation.within_days);
    view.html.open("li").element("strong", words).text(" ");
    view.html.text(shown_sentence(view, obligation.duty)).close().line();
  }
  view.html.close().line();
}

// As far as the form has places: a sheet and a Parquet file have rows alone, a print has pages.
void write_place(const View& view, const Evidence& at) {
  const std::string_view form = at.page > 0          ? "rule.place_page"
                                : at.byte_length > 0 ? "rule.place"
                                                     : "rule.place_row";
  view.html.text(view.say.text(form, {{"page", at.page},
                                      {"row", at.row},
                                      {"line", at.line},
                                      {"offset", at.byte_offset},
                                      {"length", at.byte_length}}));
}

void write_detections(const View& view, const RuleUse& rule) {
  const Messages& say = view.say;
  if (rule.detections.empty()) {
    if (rule.cannot_run.empty()) view.paragraph(say.text("rule.detections_none"), "strong");
    return;
  }
  view.paragraph(say.text("rule.detections_line", {{"n", rule.detections_total}}), "strong");
  const std::int64_t shown = std::ssize(rule.detections);
  if (shown < rule.detections_total) {
    view.paragraph(
        say.text("rule.detections_some", {{"n", shown}, {"total", rule.detections_total}}));
  }
  Table table(
      view, say.text("rule.detections"),
      {{say.text("column.about")}, {say.text("column.found"), true}, {say.text("column.examples")}},
      Table::Shape::stacked);
  for (const Detection& detection : rule.detections) {
    table.begin_row();
    table.begin_cell();
    view.html.value(shortened(detection.about, 200));
    table.end_cell();
    table.cell(view.ratio(detection.n, detection.of));
    table.begin_cell();
    view.html.open("span");
    for (std::size_t i = 0; i < detection.rows.size(); ++i) {
      if (i > 0) view.html.empty("br");  // NOLINT(bugprone-standalone-empty): it writes <br>
      const Evidence& row = detection.rows[i];
      view.html.value(row.file);
      write_place(view, row);
    }
    view.html.close();
    table.end_cell();
    table.end_row();
  }
}

void write_condition(const View& view, const RuleUse& rule) {
  const Messages& say = view.say;
  view.heading(2, "condition", say.text("rule.condition"));
  if (!rule.cannot_run.empty()) view.paragraph(cannot_run_sentence(view, rule), "callout");
  if (rule.kind == "detector") {
    write_detections(view, rule);
    return;
  }
  const std::string sentence = condition_sentence(view, rule);
  view.paragraph(sentence, "strong");
  if (rule.applicable() == 0) return;
  if (rule.hits() > 0) view.paragraph(range_sentence(view, rule.hits(), rule.applicable()));
  draw_outcomes(view, {"outcomes", say.text("rule.outcomes"), sentence},
                {rule.accesses("breach"), rule.accesses("missing"), rule.accesses("cannot_tell"),
                 rule.accesses("allowed")});
  Table table(view, say.text("rule.outcomes"),
              {{say.text("column.outcome")},
               {say.text("column.because")},
               {say.text("column.accesses"), true},
               {say.text("column.lookups"), true}});
  for (const std::string_view outcome :
       {"breach", "missing", "cannot_tell", "allowed", "not_applicable"}) {
    for (const Because& because : rule.because) {
      if (because.outcome != outcome) continue;
      table.row({say.word("outcome", outcome), because_words(view, rule, because.code),
                 say.number(because.accesses), say.number(because.lookups)});
    }
  }
}

void write_cannot_tell(const View& view, const RuleUse& rule) {
  const Messages& say = view.say;
  view.heading(2, "cannot-tell", say.text("rule.cannot_tell"));
  const std::int64_t open = rule.accesses("cannot_tell");
  if (open == 0) {
    view.paragraph(say.text("rule.all_told"));
    return;
  }
  view.paragraph(say.text("rule.cannot_tell_line",
                          {{"n", open}, {"ratio", view.ratio(open, rule.applicable())}}));
  view.html.open("ul").line();
  for (const Because& because : rule.because) {
    if (because.outcome != "cannot_tell" || because.code.empty()) continue;
    view.html.open("li").text(because_words(view, rule, because.code)).text(" (");
    view.html.text(say.text("rule.accesses", {{"n", because.accesses}})).text(")").close().line();
  }
  view.html.close().line();
  view.paragraph(say.text("rule.would_tell"));
}

void write_agencies(const View& view, const RuleUse& rule) {
  if (rule.agencies.empty()) return;
  const Messages& say = view.say;
  view.heading(2, "agencies", say.text("rule.agencies"));
  view.paragraph(say.text("rule.agencies_intro"));
  Table table(view, say.text("rule.agencies_caption"),
              {{say.text("column.agency")},
               {say.text("column.hits"), true},
               {say.text("column.judged"), true},
               {say.text("column.share"), true},
               {say.text("column.range"), true}});
  for (const RuleAgency& agency : rule.agencies) {
    const Interval range = wilson95(agency.hits, agency.judged);
    table.begin_row();
    table.begin_cell();
    view.html.value(agency.label.empty() ? say.text("searchers.unnamed") : agency.label);
    table.end_cell();
    table.cell(say.number(agency.hits));
    table.cell(say.number(agency.judged));
    table.cell(say.share(agency.hits, agency.judged));
    table.cell(fmt::format("{} \u2013 {}", say.percent(range.low), say.percent(range.high)));
    table.end_row();
  }
}

// The reason as it stands in the log, with the words that decided marked.
void write_reason(const View& view, const Evidence& evidence) {
  constexpr std::size_t kLongest = 400;
  Html& h = view.html;
  if (evidence.reason.empty() && evidence.offence.empty()) {
    h.element("span", view.say.text("rule.no_reason"), {{"class", "quiet"}});
    return;
  }
  const std::string_view reason = evidence.reason;
  const auto begin = static_cast<std::size_t>(evidence.span_begin);
  const auto end = static_cast<std::size_t>(evidence.span_end);
  h.open("bdi").text(shortened(reason.substr(0, begin), kLongest));
  if (end > begin) h.element("mark", shortened(reason.substr(begin, end - begin), kLongest));
  h.text(shortened(reason.substr(end), kLongest)).close();
  if (evidence.offence.empty()) return;
  h.text(reason.empty() ? "" : " \u00b7 ");
  h.value(shortened(evidence.offence, kLongest));
}

void write_source(const View& view, const Evidence& evidence) {
  view.html.value(evidence.file);
  write_place(view, evidence);
}

void write_evidence_row(const View& view, Table& table, const RuleUse& rule,
                        const Evidence& evidence, std::size_t number) {
  const Messages& say = view.say;
  Html& h = view.html;
  table.begin_row();
  table.cell(say.number(static_cast<std::int64_t>(number)));
  table.begin_cell();
  h.element("time", moment(evidence.when));
  table.end_cell();
  table.begin_cell();
  h.value(evidence.agency.empty() ? say.text("searchers.unnamed") : evidence.agency);
  if (!evidence.actor.empty()) h.empty("br").value(evidence.actor);
  table.end_cell();
  table.begin_cell();
  write_reason(view, evidence);
  table.end_cell();
  table.begin_cell();
  h.element("strong", say.word("outcome", evidence.outcome));
  if (!evidence.because.empty()) h.text(": ").text(because_words(view, rule, evidence.because));
  table.end_cell();
  table.begin_cell();
  write_source(view, evidence);
  table.end_cell();
  table.end_row();
}

void write_evidence(const View& view, const RuleUse& rule) {
  const Messages& say = view.say;
  view.heading(2, "evidence", say.text("rule.evidence"));
  if (rule.evidence.empty()) {
    view.paragraph(say.text("rule.no_evidence"));
    return;
  }
  const auto shown = static_cast<std::int64_t>(rule.evidence.size());
  view.paragraph(shown == rule.hits()
                     ? say.text("rule.evidence_all", {{"n", shown}})
                     : say.text("rule.evidence_some", {{"n", shown}, {"total", rule.hits()}}));
  if (rule.hits() > view.model.findings_csv_limit) {
    view.paragraph(say.text("rule.csv_limit", {{"limit", view.model.findings_csv_limit}}));
  }
  view.paragraph(say.text("rule.evidence_note"), "quiet");
  Table table(view, say.text("rule.evidence"),
              {{say.text("column.number"), true},
               {say.text("column.when")},
               {say.text("column.who")},
               {say.text("column.reason")},
               {say.text("column.outcome")},
               {say.text("column.source")}},
              Table::Shape::stacked);
  for (std::size_t i = 0; i < rule.evidence.size(); ++i) {
    write_evidence_row(view, table, rule, rule.evidence[i], i + 1);
  }
}

}  // namespace

Page rule_page(const RuleUse& rule, const Model& model, const Messages& say) {
  return make_page(model, say, rule.page, title_of(rule, say), [&](const View& view) {
    Html& h = view.html;
    h.open("p", {{"class", "tags"}});
    h.element("span", say.word("severity", rule.severity), {{"class", "tag " + rule.severity}});
    h.text(" ").element("span", say.word("status", rule.status), {{"class", "tag"}});
    h.text(" ").element("code", rule.id).close().line();
    write_criterion(view, rule);
    write_obligations(view, rule);
    write_condition(view, rule);
    if (rule.kind != "detector") write_cannot_tell(view, rule);
    write_agencies(view, rule);
    view.heading(2, "cause", say.text("rule.cause"));
    view.paragraph(say.text("rule.cause_text"));
    if (rule.kind != "detector") write_evidence(view, rule);
  });
}

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
#include "between/reconcile_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/html.h"

namespace onus::between {
namespace {

using report::Messages;
using report::Table;
using report::View;

std::string owner_words(const Messages& say, const std::string& owner) {
  return owner.empty() ? say.text("reconcile.unnamed") : owner;
}

void write_lede(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  if (!found.logs.empty()) {
    view.paragraph(
        say.text("reconcile.lede", {{"n", found.own_searches}, {"agency", found.agency}}), "lede");
  } else {
    view.paragraph(say.text("reconcile.lede_list", {{"names", found.listed_names}}), "lede");
  }
  view.paragraph(say.text("reconcile.caveat"), "callout");
}

void write_missing(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  Table table(view, say.text("reconcile.missing_caption"),
              {{say.text("reconcile.log")},
               {say.text("reconcile.covers")},
               {say.text("reconcile.rows"), true},
               {say.text("reconcile.matched"), true},
               {say.text("reconcile.missing_in_own"), true},
               {say.text("reconcile.outside"), true}},
              Table::Shape::stacked);
  for (const NetworkLog& log : found.logs) {
    table.row({owner_words(say, log.owner),
               report::moment(log.first_when) + " \u2013 " + report::moment(log.last_when),
               say.number(log.rows), say.number(log.matched), say.number(log.missing_in_own),
               say.number(log.outside)});
  }
}

void write_expected(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  Table table(view, say.text("reconcile.expected_caption"),
              {{say.text("reconcile.log")},
               {say.text("reconcile.own_in_period"), true},
               {say.text("reconcile.matched"), true},
               {say.text("reconcile.expected"), true},
               {say.text("reconcile.own_only"), true},
               {say.text("reconcile.cannot_tell"), true}},
              Table::Shape::stacked);
  for (const NetworkLog& log : found.logs) {
    table.row({owner_words(say, log.owner), say.number(log.own_in_period),
               say.number(log.own_matched), say.number(log.expected), say.number(log.own_only),
               say.number(log.cannot_tell())});
  }
}

void write_logs(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  if (found.logs.empty()) return;
  view.heading(2, "logs", say.text("reconcile.logs"));
  view.paragraph(say.text("reconcile.logs_intro"));
  write_missing(view, found);
  view.paragraph(say.text("reconcile.missing_means"));
  write_expected(view, found);
  view.paragraph(say.text("reconcile.expected_means"));
  std::int64_t not_stated = 0, narrower = 0, none = 0, alike = 0, own_alike = 0;
  for (const NetworkLog& log : found.logs) {
    not_stated += log.reach_not_stated;
    narrower += log.reach_narrower;
    none += log.none_that_day;
    alike += log.too_alike;
    own_alike += log.own_too_alike;
  }
  if (not_stated + narrower + none > 0) {
    view.paragraph(say.text("reconcile.cannot_means",
                            {{"not_stated", not_stated}, {"narrower", narrower}, {"none", none}}));
  }
  if (alike + own_alike > 0) {
    view.paragraph(say.text("reconcile.too_alike", {{"rows", alike}, {"own", own_alike}}),
                   "callout");
  }
  view.paragraph(say.text("reconcile.matched_how",
                          {{"id", found.matched_by_id}, {"cells", found.matched_by_cells}}));
  if (found.matched_with_offset > 0) {
    view.paragraph(say.text("reconcile.offset",
                            {{"n", found.matched_with_offset}, {"hours", found.offset_hours}}),
                   "callout");
  }
}

void write_months(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  if (found.months.empty()) return;
  view.heading(2, "months", say.text("reconcile.months"));
  Table table(view, say.text("reconcile.months_caption"),
              {{say.text("reconcile.log")},
               {say.text("diff.month")},
               {say.text("reconcile.matched"), true},
               {say.text("reconcile.missing_in_own"), true},
               {say.text("reconcile.expected"), true},
               {say.text("reconcile.cannot_tell"), true}},
              Table::Shape::stacked);
  for (const ReconcileMonth& m : found.months) {
    table.row({owner_words(say, m.owner), m.month, say.number(m.matched),
               say.number(m.missing_in_own), say.number(m.expected), say.number(m.cannot_tell)});
  }
}

void write_spellings(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  if (found.logs.empty()) return;
  view.heading(2, "names", say.text("reconcile.spellings"));
  if (found.spellings.empty()) {
    view.paragraph(say.text("reconcile.spellings_none", {{"agency", found.agency}}), "callout");
    return;
  }
  Table table(view, say.text("reconcile.spellings_caption", {{"agency", found.agency}}),
              {{say.text("column.agency")}, {say.text("reconcile.rows"), true}});
  for (const Spelling& s : found.spellings) table.row({s.agency, say.number(s.rows)});
}

void write_list(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  if (!found.has_list) return;
  view.heading(2, "list", say.text("reconcile.list"));
  view.paragraph(say.text("reconcile.list_intro",
                          {{"names", found.listed_names}, {"rows", found.listed_rows}}));
  if (found.off_list.empty()) {
    view.paragraph(say.text("reconcile.list_clean"), "strong");
    return;
  }
  {
    Table table(view, say.text("reconcile.list_caption"),
                {{say.text("column.agency")},
                 {say.text("reconcile.status")},
                 {say.text("reconcile.rows"), true},
                 {say.text("reconcile.first")},
                 {say.text("reconcile.last")}},
                Table::Shape::stacked);
    for (const OffList& each : found.off_list) {
      table.row({each.agency,
                 say.text(each.status == "not_listed" ? "reconcile.not_listed"
                                                      : "reconcile.list_cannot_tell"),
                 say.number(each.rows), report::moment(each.first_when),
                 report::moment(each.last_when)});
    }
  }
  view.paragraph(say.text("reconcile.list_means"));
}

std::string row_words(const Difference& d) {
  std::string out = report::moment(d.when);
  for (const std::string& part : {d.agency, d.actor, d.reason}) {
    if (!part.empty()) out += ", " + report::shortened(part, 80);
  }
  return out;
}

void write_kind(const View& view, const Reconciliation& found, std::string_view kind) {
  const Messages& say = view.say;
  const auto shown = std::ranges::count(found.evidence, kind, &Difference::kind);
  if (shown == 0) return;
  Table table(view,
              say.text("diff.evidence_caption", {{"kind", say.word("reconciled", kind)},
                                                 {"shown", shown},
                                                 {"total", found.total_of(kind)}}),
              {{say.text("diff.row")}, {say.text("reconcile.log")}, {say.text("column.source")}},
              Table::Shape::stacked);
  for (const Difference& d : found.evidence) {
    if (d.kind != kind) continue;
    const RowAt& at = d.old_at.row > 0 ? d.old_at : d.new_at;
    table.row({row_words(d), owner_words(say, d.field),
               say.text(at.byte_length > 0 ? "diff.place" : "diff.place_row",
                        {{"file", at.file}, {"row", at.row}, {"offset", at.byte_offset}})});
  }
}

void write_evidence(const View& view, const Reconciliation& found) {
  const Messages& say = view.say;
  if (!found.evidence.empty()) {
    view.heading(2, "evidence", say.text("reconcile.evidence"));
    view.paragraph(say.text("reconcile.evidence_intro"));
    for (const char* kind : {"missing_in_own", "expected", "not_listed"}) {
      write_kind(view, found, kind);
    }
  }
  view.heading(2, "data", say.text("diff.data"));
  view.html.open("ul").line();
  view.html.element("li", say.text("reconcile.data_csv")).line();
  view.html.element("li", say.text("reconcile.data_json")).line();
  view.html.close().line();
}

}  // namespace

report::Page reconciliation_page(const Reconciliation& found, const Messages& say,
                                 std::string_view version) {
  return report::make_lone_page(say, "index.html", say.text("reconcile.title"),
                                say.text("reconcile.foot", {{"version", version}}),
                                [&](const View& view) {
                                  write_lede(view, found);
                                  write_logs(view, found);
                                  write_list(view, found);
                                  write_months(view, found);
                                  write_spellings(view, found);
                                  write_evidence(view, found);
                                });
}

std::string reconciliation_screen(const Reconciliation& found, const Messages& say,
                                  const std::string& page) {
  std::string out;
  for (const NetworkLog& log : found.logs) {
    out += say.text("reconcile.screen_log", {{"owner", owner_words(say, log.owner)},
                                             {"rows", log.rows},
                                             {"agency", found.agency},
                                             {"matched", log.matched},
                                             {"missing", log.missing_in_own},
                                             {"outside", log.outside}}) +
           "\n" +
           say.text("reconcile.screen_own", {{"own", log.own_in_period},
                                             {"matched", log.own_matched},
                                             {"expected", log.expected},
                                             {"cannot", log.cannot_tell()}}) +
           "\n";
  }
  if (found.matched_with_offset > 0) {
    out += say.text("reconcile.screen_offset",
                    {{"hours", found.offset_hours}, {"n", found.matched_with_offset}}) +
           "\n";
  }
  std::int64_t alike = 0;
  for (const NetworkLog& log : found.logs) alike += log.too_alike + log.own_too_alike;
  if (alike > 0) out += say.text("reconcile.screen_alike", {{"n", alike}}) + "\n";
  if (found.has_list) {
    out += say.text("reconcile.screen_list", {{"n", found.total_of("not_listed")}}) + "\n";
  }
  return out + "\n" + say.text("reconcile.screen_page", {{"path", page}}) + "\n";
}

}  // namespace onus::between

// SPDX-License-Identifier: Apache-2.0
#include "between/diff_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/html.h"

namespace onus::between {
namespace {

using report::Messages;
using report::Table;
using report::View;

constexpr auto kKinds =
    std::to_array<std::string_view>({"gone", "added", "masked", "changed", "revealed", "restated"});

std::int64_t cells(const Diff& diff, std::string_view kind) {
  std::int64_t n = 0;
  for (const FieldDiff& field : diff.fields) {
    if (kind == "masked") n += field.masked_cells();
    if (kind == "revealed") n += field.revealed_cells();
    if (kind == "changed") n += field.changed;
    if (kind == "restated") n += field.restated;
  }
  return n;
}

std::int64_t total_of(const Diff& diff, std::string_view kind) {
  return kind == "gone" ? diff.gone : kind == "added" ? diff.added : cells(diff, kind);
}

void figure(const View& view, std::int64_t value, std::string_view message) {
  view.html.open("div").element("dt", view.say.text(message));
  view.html.element("dd", view.say.number(value)).close().line();
}

std::string anchor_text(const Anchored& one, const Messages& say) {
  return say.text("diff.anchor", {{"file", one.file},
                                  {"n", one.lines},
                                  {"log", one.log},
                                  {"entry", std::to_string(one.entry)}});
}

void write_lede(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  const Side& a = diff.old_side;
  const Side& b = diff.new_side;
  if (a.first_when.empty() || b.first_when.empty()) {
    view.paragraph(say.text("diff.lede_undated"), "lede");
  } else {
    view.paragraph(say.text("diff.lede", {{"old_first", say.date(a.first_when)},
                                          {"old_last", say.date(a.last_when)},
                                          {"new_first", say.date(b.first_when)},
                                          {"new_last", say.date(b.last_when)}}),
                   "lede");
  }
  if (!diff.any()) view.paragraph(say.text("diff.same"), "strong");
  view.paragraph(say.text("diff.caveat"), "callout");
}

void write_anchors(const View& view, const Diff& diff) {
  if (diff.anchored.empty()) return;
  view.heading(2, "anchored", view.say.text("diff.anchored"));
  view.html.open("ul").line();
  for (const Anchored& one : diff.anchored)
    view.html.element("li", anchor_text(one, view.say)).line();
  view.html.close().line();
  view.paragraph(view.say.text("diff.anchored_text"));
}

void write_figures(const View& view, const Diff& diff) {
  view.heading(2, "figures", view.say.text("diff.figures"));
  view.html.open("dl", {{"class", "figures"}}).line();
  figure(view, diff.gone, "diff.gone");
  figure(view, diff.added, "diff.added");
  figure(view, diff.changed_rows, "diff.changed");
  figure(view, cells(diff, "masked"), "diff.masked");
  figure(view, cells(diff, "revealed"), "diff.revealed");
  figure(
      view,
      std::ranges::count_if(diff.columns, [](const ColumnDiff& c) { return c.new_header.empty(); }),
      "diff.columns_gone");
  view.html.close().line();
}

void write_side(const View& view, Table& table, std::string_view name, const Side& side,
                std::int64_t paired, std::int64_t alone) {
  const Messages& say = view.say;
  const bool adds_up = side.sightings == paired + alone &&
                       side.rows == side.sightings + side.rejects + side.headers + side.blanks;
  table.row({say.text(name), say.number(side.rows), say.number(side.headers + side.blanks),
             say.number(side.rejects), say.number(side.sightings), say.number(paired),
             say.number(alone), say.text(adds_up ? "files.whole" : "files.broken")});
}

void write_accounting(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  view.heading(2, "accounting", say.text("diff.accounting"));
  view.paragraph(say.text("diff.accounting_intro"));
  {
    Table table(view, say.text("diff.accounting_caption"),
                {{say.text("diff.release")},
                 {say.text("column.rows"), true},
                 {say.text("diff.no_data"), true},
                 {say.text("column.rejects"), true},
                 {say.text("diff.readable"), true},
                 {say.text("diff.partner"), true},
                 {say.text("diff.without"), true},
                 {say.text("column.adds_up")}},
                Table::Shape::stacked);
    write_side(view, table, "diff.old", diff.old_side, diff.paired(), diff.gone);
    write_side(view, table, "diff.new", diff.new_side, diff.paired(), diff.added);
  }
  const Matched& m = diff.matched;
  view.paragraph(say.text("diff.how", {{"identical", m.identical},
                                       {"vendor_id", m.vendor_id},
                                       {"exact_fields", m.exact_fields},
                                       {"compatible", m.compatible}}));
}

void write_accounting_notes(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  if (diff.identical_in_equal_files > 0) {
    view.paragraph(say.text("diff.equal_files", {{"n", diff.identical_in_equal_files}}));
  }
  if (diff.gone_outside > 0) {
    view.paragraph(say.text("diff.outside_old", {{"n", diff.gone_outside}}));
  }
  if (diff.added_outside > 0) {
    view.paragraph(say.text("diff.outside_new", {{"n", diff.added_outside}}));
  }
  if (diff.matched.new_ids) view.paragraph(say.text("diff.new_ids"), "callout");
  if (diff.matched.too_alike > 0) {
    view.paragraph(say.text("diff.too_alike", {{"n", diff.matched.too_alike}}), "callout");
  }
  if (diff.gone + diff.added > 0) view.paragraph(say.text("diff.beyond"));
}

// "redacted by the agency 12; column not in the file 400"
std::string states_in_words(const Messages& say, const std::array<std::int64_t, kStates>& counts) {
  std::string out;
  for (std::size_t i = 0; i < kStates; ++i) {
    if (counts[i] == 0) continue;
    out += fmt::format("{}{}: {}", out.empty() ? "" : "; ",
                       say.word("cell_state", record::name(static_cast<record::CellState>(i))),
                       say.number(counts[i]));
  }
  return out;
}

void write_fields(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  if (diff.fields.empty()) return;
  view.heading(2, "fields", say.text("diff.fields"));
  view.paragraph(say.text("diff.fields_intro"));
  {
    Table table(view, say.text("diff.fields_caption"),
                {{say.text("column.field")},
                 {say.text("differences.masked"), true},
                 {say.text("diff.states")},
                 {say.text("differences.changed"), true},
                 {say.text("differences.revealed"), true},
                 {say.text("differences.restated"), true}},
                Table::Shape::stacked);
    for (const FieldDiff& field : diff.fields) {
      table.row({say.word("field", field.field), say.number(field.masked_cells()),
                 states_in_words(say, field.masked), say.number(field.changed),
                 say.number(field.revealed_cells()), say.number(field.restated)});
    }
  }
  for (const FieldDiff& field : diff.fields) {
    if (field.constant_since.empty()) continue;
    view.paragraph(
        say.word("field", field.field) + ": " +
            say.text("diff.constant", {{"value", report::shortened(field.constant_since, 60)}}),
        "callout");
  }
  view.paragraph(say.text("diff.withheld_note"), "quiet");
}

void write_columns(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  if (diff.columns.empty()) return;
  view.heading(2, "columns", say.text("diff.columns"));
  Table table(view, say.text("diff.columns_caption"),
              {{say.text("column.field")},
               {say.text("diff.old_header")},
               {say.text("diff.new_header")},
               {say.text("diff.old_values"), true},
               {say.text("diff.new_values"), true}},
              Table::Shape::stacked);
  for (const ColumnDiff& column : diff.columns) {
    const auto header = [&](const std::string& text) {
      return text.empty() ? say.text("diff.none") : report::shortened(text, 60);
    };
    table.row({column.field.empty() || column.field == "dropped" ? say.text("diff.not_read_field")
                                                                 : say.word("field", column.field),
               header(column.old_header), header(column.new_header), say.number(column.old_values),
               say.number(column.new_values)});
  }
}

void write_months(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  if (diff.months.empty()) return;
  view.heading(2, "months", say.text("diff.months"));
  Table table(view, say.text("diff.months_caption"),
              {{say.text("diff.month")},
               {say.text("diff.rows_old"), true},
               {say.text("diff.rows_new"), true},
               {say.text("differences.gone"), true},
               {say.text("differences.added"), true},
               {say.text("diff.rows_changed"), true},
               {say.text("differences.masked"), true}},
              Table::Shape::stacked);
  for (const MonthDiff& m : diff.months) {
    table.row({m.month, say.number(m.old_rows), say.number(m.new_rows), say.number(m.gone),
               say.number(m.added), say.number(m.changed_rows), say.number(m.masked_cells)});
  }
}

void write_agencies(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  if (diff.agencies.empty()) return;
  view.heading(2, "agencies", say.text("diff.agencies"));
  Table table(view, say.text("diff.agencies_caption"),
              {{say.text("column.agency")},
               {say.text("differences.gone"), true},
               {say.text("differences.added"), true},
               {say.text("diff.rows_changed"), true}},
              Table::Shape::stacked);
  for (const AgencyDiff& a : diff.agencies) {
    table.row({a.agency.empty() ? say.text("diff.no_agency") : a.agency, say.number(a.gone),
               say.number(a.added), say.number(a.changed_rows)});
  }
}

// The cell, or why there is none to be seen.
std::string cell_words(const Messages& say, const Difference& d, const std::string& state,
                       const std::string& text) {
  if (d.field.empty()) return "";
  if (state != "value" && state != "partial") return say.word("cell_state", state);
  if (!text.empty()) return report::shortened(text, 120);
  return say.text("diff.not_shown");
}

std::string place(const Messages& say, const RowAt& at) {
  if (at.row == 0) return say.text("diff.none");
  return say.text(at.byte_length > 0 ? "diff.place" : "diff.place_row",
                  {{"file", at.file}, {"row", at.row}, {"offset", at.byte_offset}});
}

std::string row_words(const Difference& d) {
  std::string out = report::moment(d.when);
  for (const std::string& part : {d.agency, d.actor, d.reason}) {
    if (!part.empty()) out += ", " + report::shortened(part, 80);
  }
  return out;
}

void write_kind(const View& view, const Diff& diff, std::string_view kind) {
  const Messages& say = view.say;
  const auto shown = std::ranges::count(diff.evidence, kind, &Difference::kind);
  if (shown == 0) return;
  const bool of_cells = kind != "gone" && kind != "added";
  const std::string caption = say.text(
      "diff.evidence_caption",
      {{"kind", say.word("differences", kind)}, {"shown", shown}, {"total", total_of(diff, kind)}});
  std::vector<report::Column> columns = {{say.text("diff.row")}};
  if (of_cells) {
    columns.push_back({say.text("column.field")});
    columns.push_back({say.text("diff.before")});
    columns.push_back({say.text("diff.after")});
  }
  columns.push_back({say.text("diff.place_old")});
  columns.push_back({say.text("diff.place_new")});
  Table table(view, caption, columns, Table::Shape::stacked);
  for (const Difference& d : diff.evidence) {
    if (d.kind != kind) continue;
    table.begin_row();
    table.cell(row_words(d));
    if (of_cells) {
      table.cell(say.word("field", d.field));
      table.cell(cell_words(say, d, d.before_state, d.before));
      table.cell(cell_words(say, d, d.after_state, d.after));
    }
    table.cell(place(say, d.old_at));
    table.cell(place(say, d.new_at));
    table.end_row();
  }
}

void write_evidence(const View& view, const Diff& diff) {
  if (diff.evidence.empty()) return;
  view.heading(2, "evidence", view.say.text("diff.evidence"));
  view.paragraph(view.say.text("diff.evidence_intro"));
  for (const std::string_view kind : kKinds) write_kind(view, diff, kind);
}

void write_limits(const View& view, const Diff& diff) {
  const Messages& say = view.say;
  view.heading(2, "limits", say.text("diff.cannot"));
  view.html.open("ul").line();
  const std::int64_t rejects = diff.old_side.rejects + diff.new_side.rejects;
  if (rejects > 0) {
    view.html.element("li", say.text("diff.cannot_rejects", {{"n", rejects}})).line();
  }
  view.html.element("li", say.text("diff.cannot_filters")).line();
  view.html.element("li", say.text("diff.cannot_why")).line();
  view.html.close().line();
  view.heading(2, "data", say.text("diff.data"));
  view.html.open("ul").line();
  view.html.element("li", say.text("diff.data_csv")).line();
  view.html.element("li", say.text("diff.data_json")).line();
  view.html.close().line();
}

}  // namespace

report::Page diff_page(const Diff& diff, const Messages& say, std::string_view version) {
  return report::make_lone_page(say, "index.html", say.text("diff.title"),
                                say.text("diff.foot", {{"version", version}}),
                                [&](const View& view) {
                                  write_lede(view, diff);
                                  write_anchors(view, diff);
                                  write_figures(view, diff);
                                  write_accounting(view, diff);
                                  write_accounting_notes(view, diff);
                                  write_fields(view, diff);
                                  write_columns(view, diff);
                                  write_months(view, diff);
                                  write_agencies(view, diff);
                                  write_evidence(view, diff);
                                  write_limits(view, diff);
                                });
}

std::string diff_screen(const Diff& diff, const Messages& say, const std::string& page) {
  std::string out;
  if (diff.any()) {
    out += say.text("diff.screen_rows", {{"n", diff.gone},
                                         {"added", diff.added},
                                         {"changed", diff.changed_rows},
                                         {"paired", diff.paired()}}) +
           "\n";
    out += say.text("diff.screen_cells", {{"n", cells(diff, "masked")},
                                          {"revealed", cells(diff, "revealed")},
                                          {"changed", cells(diff, "changed")}}) +
           "\n";
  } else {
    out += say.text("diff.same") + "\n";
  }
  if (diff.gone_outside + diff.added_outside > 0) {
    out += say.text("diff.screen_outside",
                    {{"gone", diff.gone_outside}, {"added", diff.added_outside}}) +
           "\n";
  }
  for (const ColumnDiff& c : diff.columns) {
    const std::string_view id = c.new_header.empty()   ? "diff.screen_column_gone"
                                : c.old_header.empty() ? "diff.screen_column_new"
                                                       : "diff.screen_column_renamed";
    const std::string& name = c.new_header.empty() ? c.old_header : c.new_header;
    out += say.text(id, {{"old", c.old_header},
                         {"name", name},
                         {"n", c.new_header.empty() ? c.old_values : c.new_values}}) +
           "\n";
  }
  for (const Anchored& one : diff.anchored) out += anchor_text(one, say) + "\n";
  return out + "\n" + say.text("diff.screen_page", {{"path", page}}) + "\n";
}

}  // namespace onus::between

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "record/record.h"
#include "report/interval.h"
#include "report/page.h"
#include "report/words.h"

namespace onus::report {
namespace {

void write_accounting(const View& view) {
  const Messages& say = view.say;
  view.heading(2, "accounting", say.text("files.accounting"));
  view.paragraph(accounting_sentence(view));
  Table table(view, say.text("files.accounting_caption"),
              {{say.text("column.file")},
               {say.text("column.rows"), true},
               {say.text("column.sightings"), true},
               {say.text("column.rejects"), true},
               {say.text("column.headers"), true},
               {say.text("column.blanks"), true},
               {say.text("column.adds_up")}},
              Table::Shape::stacked);
  for (const FileUse& file : view.model.files) {
    const std::string_view verdict = file.is_duplicate()             ? "files.repeated"
                                     : file.accounted() == file.rows ? "files.whole"
                                                                     : "files.broken";
    table.begin_row();
    table.begin_cell();
    view.html.open("a", {{"href", fmt::format("#file-{}", file.id)}}).value(file.name).close();
    table.end_cell();
    for (const std::int64_t count :
         {file.rows, file.sightings, file.rejects, file.headers, file.blanks}) {
      table.cell(say.number(count));
    }
    table.cell(say.text(verdict));
    table.end_row();
  }
}

// What is remarkable about a column: masks, gaps, one value throughout.
std::string remarks(const View& view, const ColumnUse& column, std::int64_t total) {
  std::string out;
  for (std::size_t i = 1; i < kCellStates; ++i) {
    if (column.states[i] == 0) continue;
    const std::string state =
        view.say.word("cell_state", record::name(static_cast<record::CellState>(i)));
    if (!out.empty()) out += "; ";
    out += column.states[i] == total
               ? state
               : fmt::format("{} {}", state, view.say.share(column.states[i], total));
  }
  if (!column.constant_value) return out;
  return fmt::format(
      "{}{}{}", out, out.empty() ? "" : "; ",
      view.say.text("files.constant", {{"value", shortened(*column.constant_value, 60)}}));
}

void write_columns(const View& view, const FileUse& file) {
  const Messages& say = view.say;
  Table table(view, say.text("files.columns", {{"file", file.name}}),
              {{say.text("column.field")},
               {say.text("column.header")},
               {say.text("column.usable"), true},
               {say.text("column.remarks")}});
  for (const ColumnUse& column : file.columns) {
    std::int64_t total = 0;
    for (const std::int64_t count : column.states) total += count;
    table.begin_row();
    table.cell(say.word("field", column.field));
    table.begin_cell();
    if (column.header.empty()) {
      view.html.element("span", say.text("files.no_column"), {{"class", "quiet"}});
    } else {
      view.html.value(column.header);
    }
    table.end_cell();
    table.cell(say.share(column.states[0], total));
    table.begin_cell();
    view.html.value(remarks(view, column, total));
    table.end_cell();
    table.end_row();
  }
}

// Notes name a field by its id.
std::string note_words(const Messages& say, std::string_view note) {
  constexpr std::string_view kConstant = "constant_column|";
  if (!note.starts_with(kConstant)) return say.coded("note", note);
  return say.coded(
      "note", fmt::format("{}{}", kConstant, say.word("field", note.substr(kConstant.size()))));
}

std::string captures_words(const View& view, const Captures& captures) {
  const Messages& say = view.say;
  std::string out;
  if (captures.said() > 0) {
    const Interval range = wilson95(captures.met, captures.said());
    const std::int64_t base = 1000;
    out = say.text("files.captures_met", {{"ratio", view.ratio(captures.met, captures.said())},
                                          {"low", frequency_on(range.low, base).hits},
                                          {"high", frequency_on(range.high, base).hits},
                                          {"base", base}});
  }
  if (captures.unsaid > 0) {
    out += (out.empty() ? "" : " ") + say.text("files.captures_unsaid", {{"n", captures.unsaid}});
  }
  return out;
}

void write_file(const View& view, const FileUse& file) {
  const Messages& say = view.say;
  Html& h = view.html;
  h.open("section").line();
  h.open("h3", {{"id", fmt::format("file-{}", file.id)}}).value(file.name).close().line();
  if (file.is_duplicate()) {
    view.paragraph(say.text("files.duplicate", {{"file", file.duplicate_of}}), "callout");
  }
  h.open("dl", {{"class", "facts"}}).line();
  view.term(say.text("files.profile"), say.word("profile", file.profile));
  view.term(say.text("files.role"), say.word("role", file.role));
  view.term(say.text("files.era"), era_words(say, file.era));
  if (!file.first_when.empty()) {
    view.term(say.text("files.period"),
              fmt::format("{} \u2013 {}", moment(file.first_when), moment(file.last_when)));
  }
  view.term(say.text("files.zone"), say.coded("zone_origin", file.zone_origin));
  view.term(say.text("files.owner"),
            file.owner_label.empty() ? say.text("files.owner_unknown")
                                     : fmt::format("{} ({})", file.owner_label,
                                                   say.word("owner_origin", file.owner_origin)));
  view.term(say.text("files.bytes"), say.number(file.bytes));
  view.term(say.text("files.encoding"), file.encoding);
  view.term("SHA-256", file.sha256);
  if (file.captures) view.term(say.text("files.captures"), captures_words(view, *file.captures));
  h.close().line();
  if (!file.notes.empty()) {
    h.open("ul").line();
    for (const std::string& note : file.notes) h.element("li", note_words(say, note)).line();
    h.close().line();
  }
  if (!file.columns.empty()) write_columns(view, file);
  h.close().line();
}

void write_unread(const View& view) {
  const Messages& say = view.say;
  if (view.model.run.unread.empty()) return;
  view.heading(2, "unread", say.text("files.unread"));
  view.paragraph(say.text("files.unread_intro"));
  Table table(view, say.text("files.unread"), {{say.text("column.file")}, {say.text("files.why")}});
  for (const UnreadFile& file : view.model.run.unread) {
    table.row({file.name, say.word("unread", file.reason)});
  }
}

}  // namespace

Page files_page(const Model& model, const Messages& say) {
  return make_page(model, say, "files.html", say.text("files.title"), [&](const View& view) {
    view.paragraph(say.text("files.lede", {{"n", model.totals.files}}), "lede");
    write_accounting(view);
    write_unread(view);
    view.heading(2, "each", say.text("files.each"));
    view.paragraph(say.text("files.each_intro"));
    for (const FileUse& file : model.files) write_file(view, file);
  });
}

Page rejects_page(const Model& model, const Messages& say) {
  return make_page(model, say, "rejects.html", say.text("rejects.title"), [&](const View& view) {
    view.paragraph(say.text("rejects.lede", {{"n", model.totals.rejects}}), "lede");
    if (model.rejects.rows.empty()) return;
    view.paragraph(say.text("rejects.intro"));
    view.heading(2, "kinds", say.text("rejects.kinds"));
    {
      Table table(view, say.text("rejects.kinds"),
                  {{say.text("column.file")},
                   {say.text("column.header")},
                   {say.text("column.expected")},
                   {say.text("column.rows"), true}});
      for (const RejectGroup& group : model.rejects.groups) {
        table.row({group.file, group.column, say.coded("expected", group.expected),
                   say.number(group.rows)});
      }
    }
    view.heading(2, "rows", say.text("rejects.rows"));
    view.paragraph(say.text(
        "rejects.shown", {{"n", std::ssize(model.rejects.rows)}, {"total", model.totals.rejects}}));
    Table table(view, say.text("rejects.rows"),
                {{say.text("column.file")},
                 {say.text("column.row"), true},
                 {say.text("column.line"), true},
                 {say.text("column.offset"), true},
                 {say.text("column.length"), true},
                 {say.text("column.header")},
                 {say.text("column.expected")}});
    for (const RejectRow& row : model.rejects.rows) {
      table.row({row.file, say.number(row.row), say.number(row.line), say.number(row.byte_offset),
                 say.number(row.byte_length), row.column, say.coded("expected", row.expected)});
    }
  });
}

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
// What onus does and does not, how sure the figures are, what the words mean.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "report/page.h"
#include "report/words.h"

namespace onus::report {
namespace {

void write_list(const View& view, std::string_view stem, int count) {
  view.html.open("ul").line();
  for (int i = 1; i <= count; ++i) {
    view.html.element("li", view.say.text(fmt::format("{}_{}", stem, i))).line();
  }
  view.html.close().line();
}

void write_linking(const View& view) {
  const Messages& say = view.say;
  const Totals& totals = view.model.totals;
  view.heading(2, "linking", say.text("method.linking"));
  view.paragraph(say.text("method.linking_text"));
  if (totals.not_compared > 0) {
    view.paragraph(say.text("method.link_left_out", {{"n", totals.not_compared}}));
  }
  Table table(view, say.text("method.linking_caption"),
              {{say.text("column.reading")}, {say.text("column.lookups"), true}});
  table.row({say.text("method.link_none"), say.number(totals.sightings)});
  table.row({say.text("method.link_vendor"), say.number(totals.lookups_by_vendor_id)});
  table.row({say.text("method.link_high"), say.number(totals.lookups_high)});
  table.row({say.text("method.link_best"), say.number(totals.lookups)});
  table.row({say.text("method.link_low"), say.number(totals.lookups_low)});
}

void write_false_alarms(const View& view) {
  const Messages& say = view.say;
  const std::int64_t lookups = view.model.totals.lookups;
  view.heading(2, "false-alarms", say.text("method.alarms"));
  view.paragraph(say.text("method.alarms_text"));
  Table table(view, say.text("method.alarms_caption", {{"n", lookups}}),
              {{say.text("column.error_rate")}, {say.text("column.false_alarms"), true}});
  for (const std::int64_t base : {20, 100, 1000, 100'000}) {
    table.row({say.text("method.one_in", {{"base", base}}), say.number(lookups / base)});
  }
}

void write_packs(const View& view) {
  const Messages& say = view.say;
  view.heading(2, "packs", say.text("method.packs"));
  view.paragraph(say.text("method.packs_text"));
  std::set<std::pair<std::string, std::string>> packs;
  for (const RuleUse& rule : view.model.rules) packs.emplace(rule.pack_id, rule.pack_sha256);
  Table table(view, say.text("method.packs"), {{say.text("column.pack")}, {"SHA-256"}});
  for (const auto& [id, sha256] : packs) table.row({id, sha256});
}

void write_row_check(const View& view) {
  view.heading(2, "check", view.say.text("method.check"));
  view.paragraph(view.say.text("method.check_text"));
  view.html.open("pre").element("code", "tail -c +$((OFFSET + 1)) FILE | head -c LENGTH");
  view.html.close().line();
}

}  // namespace

Page method_page(const Model& model, const Messages& say) {
  return make_page(model, say, "method.html", say.text("method.title"), [&](const View& view) {
    view.paragraph(say.text("method.lede"), "lede");
    view.heading(2, "does", say.text("method.does"));
    write_list(view, "method.does", 6);
    view.heading(2, "never", say.text("method.never"));
    write_list(view, "method.never", 4);
    view.heading(2, "face", say.text("method.face"));
    view.paragraph(say.text("method.face_text"));
    view.heading(2, "outcomes", say.text("method.outcomes"));
    write_list(view, "method.outcome", 5);
    view.heading(2, "counts", say.text("method.counts"));
    view.paragraph(certainty_sentence(view));
    view.paragraph(say.text("method.counts_text"));
    write_linking(view);
    view.heading(2, "eras", say.text("method.eras"));
    view.paragraph(say.text("method.eras_text"));
    write_false_alarms(view);
    write_row_check(view);
    write_packs(view);
    view.heading(2, "program", say.text("method.program"));
    view.html.open("dl", {{"class", "facts"}}).line();
    view.term("onus", model.run.version);
    view.term("DuckDB", model.run.engine);
    view.html.close().line();
  });
}

Page glossary_page(const Model& model, const Messages& say) {
  return make_page(model, say, "glossary.html", say.text("glossary.title"), [&](const View& view) {
    view.html.open("dl", {{"class", "glossary"}}).line();
    for (const std::string_view id :
         {"access",      "actor",       "agency",     "breach",      "byte_offset",
          "cannot_tell", "case_number", "cell_state", "criterion",   "drop_down",
          "era",         "interval",    "log",        "lookup",      "mask",
          "missing",     "owner",       "pack",       "profile",     "purpose",
          "reach",       "reject",      "sighting",   "specificity", "token"}) {
      view.html.element("dt", say.text(fmt::format("term.{}", id)), {{"id", id}});
      view.html.element("dd", say.text(fmt::format("meaning.{}", id))).line();
    }
    view.html.close().line();
  });
}

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
#include "report/replay_page.h"

#include <algorithm>

namespace onus::report {
namespace {

constexpr std::size_t kShown = 50;

std::string title_of_rule(const Replayed& replayed, const std::string& id) {
  const auto found =
      std::ranges::find(replayed.titles, id, &std::pair<std::string, std::string>::first);
  return found == replayed.titles.end() ? std::string() : found->second;
}

void write_lede(const View& view, const Replayed& replayed) {
  const Messages& say = view.say;
  view.paragraph(say.text("replay.lede", {{"n", replayed.accesses},
                                          {"old", replayed.old_rules},
                                          {"new", replayed.new_rules}}),
                 "lede");
  if (!replayed.as_of.empty())
    view.paragraph(say.text("replay.as_of", {{"date", say.date(replayed.as_of)}}));
  if (!replayed.not_recorded.empty())
    view.paragraph(not_recorded_sentence(replayed.not_recorded, say), "callout");
  if (replayed.kinds.empty()) view.paragraph(say.text("replay.same"), "strong");
  view.paragraph(say.text("replay.caveat"), "callout");
}

void write_kinds(const View& view, const Replayed& replayed) {
  const Messages& say = view.say;
  view.heading(2, "kinds", say.text("replay.kinds"));
  Table table(view, say.text("replay.kinds_caption"),
              {{say.text("replay.change")},
               {say.text("replay.meaning")},
               {say.text("replay.accesses"), true},
               {say.text("replay.lookups"), true}},
              Table::Shape::stacked);
  for (const ReplayedCount& kind : replayed.kinds)
    table.row({say.word("replay_kind", kind.kind), say.word("replay_means", kind.kind),
               say.number(kind.accesses), say.number(kind.lookups)});
}

void write_rules(const View& view, const Replayed& replayed) {
  const Messages& say = view.say;
  view.heading(2, "rules", say.text("replay.rules"));
  Table table(view, say.text("replay.rules_caption"),
              {{say.text("replay.rule")},
               {say.text("replay.title_column")},
               {say.text("replay.change")},
               {say.text("replay.accesses"), true},
               {say.text("replay.lookups"), true}},
              Table::Shape::stacked);
  for (const ReplayedCount& count : replayed.rules)
    table.row({count.name, title_of_rule(replayed, count.name), say.word("replay_kind", count.kind),
               say.number(count.accesses), say.number(count.lookups)});
}

void write_counts(const View& view, std::string_view id, const std::vector<ReplayedCount>& counts) {
  const Messages& say = view.say;
  const std::string part(id);
  view.heading(2, id, say.text("replay." + part));
  {
    Table table(view, say.text("replay." + part + "_caption"),
                {{say.text("replay." + part + "_column")},
                 {say.text("replay.change")},
                 {say.text("replay.accesses"), true},
                 {say.text("replay.lookups"), true}},
                Table::Shape::stacked);
    for (std::size_t i = 0; i < counts.size() && i < kShown; ++i) {
      const std::string name = counts[i].name.empty() ? say.text("replay.unnamed") : counts[i].name;
      table.row({name, say.word("replay_kind", counts[i].kind), say.number(counts[i].accesses),
                 say.number(counts[i].lookups)});
    }
  }
  if (counts.size() > kShown)
    view.paragraph(say.text("replay.more", {{"n", counts.size() - kShown}}));
}

void write_rows(const View& view, const Replayed& replayed) {
  const Messages& say = view.say;
  view.heading(2, "evidence", say.text("replay.evidence"));
  view.paragraph(say.text("replay.evidence_intro"));
  Table table(view, say.text("replay.evidence_caption"),
              {{say.text("replay.rule")},
               {say.text("replay.before")},
               {say.text("replay.after")},
               {say.text("replay.when")},
               {say.text("replay.agencies_column")},
               {say.text("replay.actors_column")},
               {say.text("replay.file")},
               {say.text("replay.row"), true}},
              Table::Shape::stacked);
  for (const ReplayedRow& row : replayed.rows)
    table.row({row.rule, say.word("outcome", row.old_outcome), say.word("outcome", row.new_outcome),
               moment(row.when), row.agency, row.actor, row.file, say.number(row.row)});
}

}  // namespace

std::string not_recorded_sentence(const std::vector<std::string>& packs, const Messages& say) {
  constexpr std::size_t kNamed = 5;
  std::string named;
  for (std::size_t i = 0; i < packs.size() && i < kNamed; ++i)
    named += (i == 0 ? "" : ", ") + packs[i];
  if (packs.size() > kNamed) named += ", \u2026";
  return say.text("replay.not_recorded", {{"n", packs.size()}, {"packs", named}});
}

Page replay_page(const Replayed& replayed, const Messages& say, std::string_view version) {
  const std::string foot = say.text("replay.foot", {{"version", std::string(version)}});
  return make_lone_page(say, "index.html", say.text("replay.title"), foot, [&](const View& view) {
    write_lede(view, replayed);
    if (replayed.kinds.empty()) return;
    write_kinds(view, replayed);
    write_rules(view, replayed);
    std::vector<ReplayedCount> months = replayed.months;
    std::ranges::stable_sort(months, {}, &ReplayedCount::name);
    write_counts(view, "months", months);
    write_counts(view, "agencies", replayed.agencies);
    write_counts(view, "actors", replayed.actors);
    write_rows(view, replayed);
  });
}

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
// Pages on how the system was used: reasons, searchers, reach.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "report/chart.h"
#include "report/interval.h"
#include "report/page.h"
#include "report/words.h"

namespace onus::report {
namespace {

// "Most often: Crime, 1,204 of 2,000 (60.2 %)."
std::string top_sentence(const View& view, std::string_view group, const std::vector<Count>& counts,
                         std::int64_t total) {
  if (counts.empty()) return view.say.text("chart.nothing");
  return view.say.text("chart.top", {{"name", view.say.word(group, counts[0].name)},
                                     {"ratio", view.ratio(counts[0].lookups, total)}});
}

void write_counts(const View& view, std::string_view id, std::string_view group,
                  const std::vector<Count>& counts) {
  const std::int64_t total = view.model.totals.lookups;
  view.heading(2, id, view.say.text(fmt::format("heading.{}", id)));
  const std::string intro = fmt::format("intro.{}", id);
  if (view.say.has(intro)) view.paragraph(view.say.text(intro));
  const std::string summary = top_sentence(view, group, counts, total);
  view.paragraph(summary);
  if (counts.empty()) return;
  const std::string title = view.say.text(fmt::format("heading.{}", id));
  bars_with_table(view, {id, title, summary}, group, counts, total);
}

void write_wordings(const View& view) {
  const Messages& say = view.say;
  const Reasons& reasons = view.model.reasons;
  view.heading(2, "wordings", say.text("heading.wordings"));
  view.paragraph(say.text("intro.wordings", {{"n", reasons.distinct}}));
  if (reasons.frequent.empty()) return;
  Table table(view, say.text("heading.wordings"),
              {{say.text("column.reason")},
               {say.text("column.purpose")},
               {say.text("column.lookups"), true},
               {say.text("column.share"), true}});
  for (const ReasonCount& reason : reasons.frequent) {
    table.begin_row();
    table.begin_cell();
    view.html.value(shortened(reason.text, 160));
    table.end_cell();
    table.cell(say.word("purpose", reason.purpose));
    table.cell(say.number(reason.lookups));
    table.cell(say.share(reason.lookups, view.model.totals.lookups));
    table.end_row();
  }
}

void write_by_people(const View& view) {
  const Messages& say = view.say;
  const ByPeople& by_people = view.model.reasons.by_people;
  if (by_people.shares.empty()) return;
  view.heading(2, "by-people", say.text("heading.by_people"));
  view.paragraph(
      say.text("by_people.intro", {{"n", by_people.reasons}, {"lookups", by_people.lookups}}));
  Table table(view, say.text("heading.by_people"),
              {{say.text("column.purpose")},
               {say.text("column.share"), true},
               {say.text("term.interval"), true},
               {say.text("column.program_share"), true}});
  for (const TrueShare& one : by_people.shares) {
    table.row({say.word("purpose", one.purpose), say.percent(one.share, 2),
               fmt::format("{} \u2013 {}", say.percent(one.low, 2), say.percent(one.high, 2)),
               say.percent(one.program, 2)});
  }
}

// A reason that an agency always gives tells nothing of one search: said beside the purposes, which
// count it all the same. What was found, and its rows, stand on the detector's page.
void write_habits(const View& view) {
  const Messages& say = view.say;
  const auto& rules = view.model.rules;
  const auto rule = std::ranges::find(rules, "lq-one-reason-habit", &RuleUse::id);
  if (rule == rules.end()) return;
  view.heading(2, "habits", say.text("heading.habits"));
  if (!rule->cannot_run.empty()) return view.paragraph(cannot_run_sentence(view, *rule));
  if (rule->detections.empty()) return view.paragraph(say.text("habits.none"));
  view.paragraph(
      say.text("habits.line", {{"n", rule->detections_total},
                               {"ratio", view.ratio(rule->detected, view.model.totals.lookups)}}));
  constexpr std::ptrdiff_t kShown = 10;
  {
    Table table(view, say.text("heading.habits"),
                {{say.text("column.habit")}, {say.text("column.found"), true}});
    for (const Detection& habit : rule->detections | std::views::take(kShown)) {
      table.begin_row();
      table.begin_cell();
      view.html.value(shortened(habit.about, 200));
      table.end_cell();
      table.cell(view.ratio(habit.n, habit.of));
      table.end_row();
    }
  }
  view.html.open("p").link(rule->page, say.text("habits.rows")).close().line();
}

void write_agencies(const View& view) {
  const Messages& say = view.say;
  const Searchers& searchers = view.model.searchers;
  view.heading(2, "agencies", say.text("heading.agencies"));
  const std::int64_t lookups = view.model.totals.lookups;
  std::int64_t rest = lookups - searchers.unnamed_agency;
  {
    Table table(view, say.text("searchers.agencies_caption"),
                {{say.text("column.agency")},
                 {say.text("column.state")},
                 {say.text("column.level")},
                 {say.text("column.lookups"), true},
                 {say.text("column.share"), true},
                 {say.text("column.with_breach"), true},
                 {say.text("column.with_missing"), true}},
                Table::Shape::stacked);
    for (const AgencyUse& agency : searchers.agencies) {
      rest -= agency.lookups;
      table.begin_row();
      table.begin_cell();
      view.html.value(agency.label);
      table.end_cell();
      table.cell(agency.state.empty() ? "\u2013" : agency.state);
      table.cell(say.word("level", agency.level));
      table.cell(say.number(agency.lookups));
      table.cell(say.share(agency.lookups, lookups));
      table.cell(say.number(agency.with_breach));
      table.cell(say.number(agency.with_missing));
      table.end_row();
    }
  }
  const std::int64_t others = searchers.agencies_total - std::ssize(searchers.agencies);
  if (others > 0) view.paragraph(say.text("searchers.rest", {{"n", others}, {"lookups", rest}}));
  if (searchers.unnamed_agency > 0) {
    view.paragraph(say.text("searchers.no_agency",
                            {{"ratio", view.ratio(searchers.unnamed_agency, lookups)}}));
  }
}

void write_actors(const View& view) {
  const Messages& say = view.say;
  const Searchers& searchers = view.model.searchers;
  const std::int64_t lookups = view.model.totals.lookups;
  view.heading(2, "users", say.text("heading.users"));
  view.paragraph(say.text("intro.users"));
  std::int64_t rest = lookups - searchers.unnamed_actor;
  if (!searchers.actors.empty()) {
    Table table(view, say.text("searchers.users_caption"),
                {{say.text("column.user")},
                 {say.text("column.agency")},
                 {say.text("column.lookups"), true},
                 {say.text("column.share"), true}},
                Table::Shape::stacked);
    for (const ActorUse& actor : searchers.actors) {
      rest -= actor.lookups;
      table.begin_row();
      table.begin_cell();
      view.html.value(actor.label);
      table.end_cell();
      table.begin_cell();
      view.html.value(actor.agency.empty() ? say.text("searchers.several") : actor.agency);
      table.end_cell();
      table.cell(say.number(actor.lookups));
      table.cell(say.share(actor.lookups, lookups));
      table.end_row();
    }
  }
  const std::int64_t others = searchers.actors_total - std::ssize(searchers.actors);
  if (others > 0) view.paragraph(say.text("searchers.rest", {{"n", others}, {"lookups", rest}}));
  if (searchers.unnamed_actor > 0) {
    view.paragraph(
        say.text("searchers.no_user", {{"ratio", view.ratio(searchers.unnamed_actor, lookups)}}));
  }
}

// Compatible is not the same: the names stay apart in every figure, and the range is said.
void write_cut_names(const View& view) {
  const Messages& say = view.say;
  const Searchers& searchers = view.model.searchers;
  if (searchers.cut_names.empty()) return;
  view.heading(2, "cut-names", say.text("heading.cut_names"));
  view.paragraph(
      say.text("searchers.cut_names", {{"n", searchers.cut_fits_one},
                                       {"users", searchers.actors_total},
                                       {"low", searchers.actors_total - searchers.cut_fits_one},
                                       {"several", searchers.cut_fits_several}}));
  Table table(view, say.text("heading.cut_names"),
              {{say.text("column.user")}, {say.text("column.agency")}, {say.text("column.fits")}},
              Table::Shape::stacked);
  for (const CutName& cut : searchers.cut_names) {
    table.begin_row();
    for (const std::string& cell : {cut.label, cut.agency}) {
      table.begin_cell();
      view.html.value(cell);
      table.end_cell();
    }
    table.begin_cell();
    view.html.open("span");
    for (std::size_t i = 0; i < cut.fits.size(); ++i)
      view.html.text(i == 0 ? "" : ", ").value(cut.fits[i]);
    view.html.close();
    table.end_cell();
    table.end_row();
  }
}

std::string bucket_label(const Messages& say, const ReachBucket& bucket) {
  if (bucket.to == 0 && bucket.from > 0) {
    return say.text("reach.over", {{"from", bucket.from - 1}});
  }
  if (bucket.to == bucket.from) return say.number(bucket.from);
  return fmt::format("{}\u2013{}", say.number(bucket.from), say.number(bucket.to));
}

void write_reach(const View& view, std::string_view id, const Reach& reach) {
  const Messages& say = view.say;
  view.heading(2, id, say.text(fmt::format("heading.{}", id)));
  if (reach.known == 0) {
    view.paragraph(say.text("reach.unknown_all"));
    return;
  }
  const std::string summary =
      say.text("reach.summary", {{"median", reach.median}, {"largest", reach.largest}});
  view.paragraph(summary);
  std::vector<Count> counts;
  for (const ReachBucket& bucket : reach.buckets) {
    if (bucket.from == 0 && bucket.lookups == 0) continue;
    counts.push_back({bucket_label(say, bucket), bucket.lookups});
  }
  bars_with_table(view, {id, say.text(fmt::format("heading.{}", id)), summary}, id, counts,
                  reach.known);
  if (reach.unknown > 0) {
    view.paragraph(say.text("reach.unknown",
                            {{"ratio", view.ratio(reach.unknown, reach.known + reach.unknown)}}));
  }
}

}  // namespace

Page reasons_page(const Model& model, const Messages& say) {
  return make_page(model, say, "reasons.html", say.text("reasons.title"), [&](const View& view) {
    view.paragraph(say.text("reasons.lede"), "lede");
    write_counts(view, "purposes", "purpose", model.reasons.purposes);
    write_by_people(view);
    write_counts(view, "specificities", "specificity", model.reasons.specificities);
    write_counts(view, "topics", "topic", model.reasons.topics);
    write_counts(view, "offences", "offence", model.reasons.offences);
    write_counts(view, "reason_states", "cell_state", model.reasons.states);
    write_habits(view);
    write_wordings(view);
  });
}

Page searchers_page(const Model& model, const Messages& say) {
  return make_page(
      model, say, "searchers.html", say.text("searchers.title"), [&](const View& view) {
        view.paragraph(say.text("searchers.lede", {{"agencies", model.searchers.agencies_total},
                                                   {"users", model.searchers.actors_total}}),
                       "lede");
        write_counts(view, "levels", "level", model.searchers.levels);
        write_agencies(view);
        write_actors(view);
        write_cut_names(view);
        write_counts(view, "user_states", "cell_state", model.searchers.actor_states);
        write_counts(view, "acts", "act", model.acts);
      });
}

Page reach_page(const Model& model, const Messages& say) {
  return make_page(model, say, "reach.html", say.text("reach.title"), [&](const View& view) {
    view.paragraph(say.text("reach.lede"), "lede");
    write_reach(view, "networks", model.networks);
    write_reach(view, "devices", model.devices);
  });
}

}  // namespace onus::report

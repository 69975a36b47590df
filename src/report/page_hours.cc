// SPDX-License-Identifier: Apache-2.0
// The page on hours, weekdays and months.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "report/chart.h"
#include "report/page.h"
#include "report/words.h"

namespace onus::report {
namespace {

struct Peak {
  std::size_t day = 0, hour = 0;
  std::int64_t lookups = 0, night = 0, weekend = 0, total = 0;
};

Peak find_peak(const Hours& hours) {
  Peak peak;
  for (std::size_t day = 0; day < 7; ++day) {
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const std::int64_t count = hours.lookups[day][hour];
      peak.total += count;
      if (hour >= 22 || hour < 6) peak.night += count;
      if (day >= 5) peak.weekend += count;
      if (count > peak.lookups) peak.day = day, peak.hour = hour, peak.lookups = count;
    }
  }
  return peak;
}

void write_week_table(const View& view) {
  const Messages& say = view.say;
  view.html.open("details").element("summary", say.text("chart.as_table")).line();
  {
    std::vector<Column> columns = {{say.text("column.hour")}};
    for (int day = 1; day <= 7; ++day) {
      columns.push_back({say.text(fmt::format("weekday_short.{}", day)), true});
    }
    Table table(view, say.text("hours.caption"), std::move(columns));
    for (std::size_t hour = 0; hour < 24; ++hour) {
      table.begin_row();
      table.cell(fmt::format("{:02}:00", hour));
      for (const auto& day : view.model.hours.lookups) table.cell(say.number(day[hour]));
      table.end_row();
    }
  }
  view.html.close().line();
}

// "2025-12" -> "2026-01"
std::string next_month(const std::string& month) {
  int year = 0, number = 0;
  if (std::sscanf(month.c_str(), "%d-%d", &year, &number) != 2) return month;
  return number == 12 ? fmt::format("{:04}-01", year + 1)
                      : fmt::format("{:04}-{:02}", year, number + 1);
}

// Months without a lookup between the first and the last stand as 0.
std::vector<Bar> bars_of(const std::vector<Month>& months, const std::string& era) {
  std::vector<Bar> bars;
  for (const Month& month : months) {
    if (month.era != era) continue;
    while (!bars.empty() && next_month(bars.back().label) < month.month && bars.size() < 1200) {
      bars.push_back({next_month(bars.back().label), 0});
    }
    bars.push_back({month.month, month.lookups});
  }
  return bars;
}

std::vector<std::string> eras_in_time(std::vector<Month> months) {
  std::ranges::stable_sort(months, {}, &Month::month);
  std::vector<std::string> eras;
  for (const Month& month : months) {
    if (std::ranges::find(eras, month.era) == eras.end()) eras.push_back(month.era);
  }
  return eras;
}

void write_months(const View& view) {
  const Messages& say = view.say;
  const std::vector<Month>& months = view.model.hours.months;
  view.heading(2, "months", say.text("heading.months"));
  const std::vector<std::string> eras = eras_in_time(months);
  if (eras.size() > 1) view.paragraph(say.text("hours.no_trend"), "callout");
  std::size_t number = 0;
  for (const std::string& era : eras) {
    const std::vector<Bar> bars = bars_of(months, era);
    const std::string id = fmt::format("months-{}", ++number);
    const std::string title = say.text("hours.months", {{"era", era_words(say, era)}});
    const auto most = std::ranges::max_element(bars, {}, &Bar::value);
    const std::string summary =
        say.text("hours.months_summary", {{"month", most->label}, {"n", most->value}});
    view.heading(3, "", title);
    view.paragraph(summary);
    draw_columns(view, {id, title, summary}, bars);
    view.html.open("details").element("summary", say.text("chart.as_table")).line();
    {
      Table table(view, title, {{say.text("column.month")}, {say.text("column.lookups"), true}});
      for (const Bar& bar : bars) table.row({bar.label, say.number(bar.value)});
    }
    view.html.close().line();
  }
}

}  // namespace

Page hours_page(const Model& model, const Messages& say) {
  return make_page(model, say, "hours.html", say.text("hours.title"), [&](const View& view) {
    const Hours& hours = model.hours;
    view.paragraph(
        hours.owner_state.empty()
            ? say.text("hours.utc")
            : say.text("hours.local", {{"zone", hours.zone}, {"state", hours.owner_state}}),
        "lede");
    const Peak peak = find_peak(hours);
    const std::string summary =
        say.text("hours.summary", {{"day", say.text(fmt::format("weekday.{}", peak.day + 1))},
                                   {"hour", fmt::format("{:02}:00", peak.hour)},
                                   {"n", peak.lookups},
                                   {"night", view.ratio(peak.night, peak.total)},
                                   {"weekend", view.ratio(peak.weekend, peak.total)}});
    view.heading(2, "week", say.text("heading.week"));
    view.paragraph(summary);
    draw_week(view, {"week-chart", say.text("hours.caption"), summary}, hours.lookups);
    write_week_table(view);
    if (hours.undated > 0) view.paragraph(say.text("hours.undated", {{"n", hours.undated}}));
    write_months(view);
  });
}

}  // namespace onus::report

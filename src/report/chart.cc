// SPDX-License-Identifier: Apache-2.0
#include "report/chart.h"

#include <fmt/format.h>

#include <algorithm>

namespace onus::report {
namespace {

std::string percent(double part) { return fmt::format("{:.2f}%", part * 100); }

double part_of(std::int64_t value, std::int64_t total) {
  return total > 0 ? static_cast<double>(value) / static_cast<double>(total) : 0.0;
}

// Opens figure and svg; end_chart closes both.
void begin_chart(const View& view, const ChartText& text, std::size_t height) {
  Html& h = view.html;
  const std::string title_id = fmt::format("{}-title", text.id);
  const std::string desc_id = fmt::format("{}-desc", text.id);
  h.open("figure", {{"class", "chart"}}).line();
  h.open("svg", {{"role", "img"},
                 {"width", "100%"},
                 {"height", std::to_string(height)},
                 {"aria-labelledby", fmt::format("{} {}", title_id, desc_id)}});
  h.line().element("title", text.title, {{"id", title_id}});
  h.element("desc", text.summary, {{"id", desc_id}}).line();
}

void end_chart(const View& view) { view.html.close().line().close().line(); }

void rect(Html& h, std::string_view css_class, std::string_view x, std::string_view y,
          std::string_view width, std::string_view height) {
  h.element("rect", "",
            {{"class", css_class}, {"x", x}, {"y", y}, {"width", width}, {"height", height}});
}

constexpr std::array<std::string_view, 4> kOutcomes = {"breach", "missing", "cannot_tell",
                                                       "allowed"};

// Hatching for what is missing, dots for what cannot be told: readable in grey and in print.
void define_fills(Html& h, std::string_view id) {
  h.open("defs");
  h.open("pattern", {{"id", fmt::format("{}-missing", id)},
                     {"width", "7"},
                     {"height", "7"},
                     {"patternUnits", "userSpaceOnUse"},
                     {"patternTransform", "rotate(45)"}});
  rect(h, "ground", "0", "0", "7", "7");
  rect(h, "ink", "0", "0", "3", "7");
  h.close().open("pattern", {{"id", fmt::format("{}-cannot_tell", id)},
                             {"width", "7"},
                             {"height", "7"},
                             {"patternUnits", "userSpaceOnUse"}});
  rect(h, "ground", "0", "0", "7", "7");
  h.element("circle", "", {{"class", "ink"}, {"cx", "3"}, {"cy", "3"}, {"r", "1.4"}});
  h.close().close().line();
}

void outcome_rect(Html& h, std::string_view id, std::string_view outcome, double x, double width) {
  const bool patterned = outcome == "missing" || outcome == "cannot_tell";
  const std::string fill = patterned ? fmt::format("url(#{}-{})", id, outcome) : "";
  const std::string css_class = fmt::format("outcome {}", outcome);
  if (patterned) {
    h.element("rect", "",
              {{"class", css_class},
               {"fill", fill},
               {"x", percent(x)},
               {"y", "1"},
               {"width", percent(width)},
               {"height", "26"}});
  } else {
    rect(h, css_class, percent(x), "1", percent(width), "26");
  }
}

void outcome_legend(const View& view, const std::array<std::int64_t, 4>& counts,
                    std::int64_t total) {
  Html& h = view.html;
  h.open("ul", {{"class", "legend"}}).line();
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    h.open("li").element("span", "", {{"class", fmt::format("key {}", kOutcomes[i])}});
    h.element("strong", view.say.number(counts[i])).text(" ");
    h.text(view.say.text(fmt::format("outcome.{}", kOutcomes[i])));
    h.text(fmt::format(" ({})", view.say.share(counts[i], total))).close().line();
  }
  h.close().line();
}

}  // namespace

void draw_bars(const View& view, const ChartText& text, const std::vector<Bar>& bars,
               std::int64_t total) {
  constexpr std::size_t kStep = 38;
  begin_chart(view, text, bars.size() * kStep);
  Html& h = view.html;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const std::string text_y = std::to_string(i * kStep + 15);
    const std::string bar_y = std::to_string(i * kStep + 21);
    h.element("text", bars[i].label, {{"x", "0"}, {"y", text_y}});
    h.element("text",
              fmt::format("{} \u00b7 {}", view.say.number(bars[i].value),
                          view.say.share(bars[i].value, total)),
              {{"class", "figure"}, {"x", "100%"}, {"y", text_y}, {"text-anchor", "end"}});
    rect(h, "track", "0", bar_y, "100%", "8");
    rect(h, "bar", "0", bar_y, percent(part_of(bars[i].value, total)), "8");
    h.line();
  }
  end_chart(view);
}

void draw_outcomes(const View& view, const ChartText& text,
                   const std::array<std::int64_t, 4>& counts) {
  const std::int64_t total = counts[0] + counts[1] + counts[2] + counts[3];
  begin_chart(view, text, 28);
  define_fills(view.html, text.id);
  // What is there is seen: no part is thinner than half a per cent; the largest one gives way.
  std::array<double, 4> widths{};
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    widths[i] = counts[i] == 0 ? 0 : std::max(0.005, part_of(counts[i], total));
    sum += widths[i];
  }
  if (total > 0) *std::ranges::max_element(widths) -= sum - 1;
  double x = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) outcome_rect(view.html, text.id, kOutcomes[i], x, widths[i]);
    x += widths[i];
  }
  view.html.line();
  end_chart(view);
  outcome_legend(view, counts, total);
}

void draw_week(const View& view, const ChartText& text,
               const std::array<std::array<std::int64_t, 24>, 7>& counts) {
  std::int64_t most = 1;
  for (const auto& day : counts) most = std::max(most, std::ranges::max(day));
  constexpr double kLeft = 0.1, kWidth = 0.9 / 24;
  begin_chart(view, text, 22 + 7 * 24);
  Html& h = view.html;
  for (int hour = 0; hour < 24; hour += 6) {
    h.element("text", fmt::format("{:02}", hour),
              {{"class", "small"}, {"x", percent(kLeft + kWidth * hour)}, {"y", "14"}});
  }
  for (std::size_t day = 0; day < 7; ++day) {
    const std::string y = std::to_string(22 + day * 24);
    h.line().element("text", view.say.text(fmt::format("weekday_short.{}", day + 1)),
                     {{"class", "small"}, {"x", "0"}, {"y", std::to_string(38 + day * 24)}});
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const std::int64_t count = counts[day][hour];
      const std::int64_t step = count == 0 ? 0 : 1 + (count * 5 - 1) / most;
      rect(h, fmt::format("shade s{}", step), percent(kLeft + kWidth * static_cast<double>(hour)),
           y, percent(kWidth * 0.94), "22");
    }
  }
  h.line();
  end_chart(view);
  h.open("ul", {{"class", "legend"}}).line();
  for (std::int64_t step = 1; step <= 5; ++step) {
    const std::int64_t low = (most * (step - 1)) / 5 + 1;
    const std::int64_t high = (most * step) / 5;
    if (low > high) continue;
    h.open("li").element("span", "", {{"class", fmt::format("key shade-key k{}", step)}});
    h.text(view.say.text("hours.legend", {{"low", low}, {"high", high}})).close().line();
  }
  h.close().line();
}

void draw_columns(const View& view, const ChartText& text, const std::vector<Bar>& bars) {
  std::int64_t most = 1;
  for (const Bar& bar : bars) most = std::max(most, bar.value);
  begin_chart(view, text, 150);
  Html& h = view.html;
  const double step =
      std::min(1.0 / static_cast<double>(std::max<std::size_t>(1, bars.size())), 0.1);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const auto height = std::max<std::int64_t>(bars[i].value > 0, bars[i].value * 110 / most);
    rect(h, "bar", percent(step * static_cast<double>(i)), std::to_string(126 - height),
         percent(step * 0.8), std::to_string(height));
    const bool labelled = i == 0 || (i + 1 == bars.size() && bars.size() > 3);
    if (!labelled) continue;
    const double x = step * (static_cast<double>(i) + (i == 0 ? 0.0 : 0.8));
    h.element("text", bars[i].label,
              {{"class", "small"},
               {"x", percent(x)},
               {"y", "144"},
               {"text-anchor", i == 0 ? "start" : "end"}});
  }
  h.line();
  end_chart(view);
}

void bars_with_table(const View& view, const ChartText& text, std::string_view group,
                     const std::vector<Count>& counts, std::int64_t total) {
  std::vector<Bar> bars;
  bars.reserve(counts.size());
  for (const Count& count : counts)
    bars.push_back({view.say.word(group, count.name), count.lookups});
  draw_bars(view, text, bars, total);
  view.html.open("details").element("summary", view.say.text("chart.as_table")).line();
  {
    Table table(view, text.title,
                {{view.say.text(fmt::format("column.{}", group))},
                 {view.say.text("column.lookups"), true},
                 {view.say.text("column.share"), true}});
    for (const Bar& bar : bars) {
      table.row({bar.label, view.say.number(bar.value), view.say.share(bar.value, total)});
    }
  }
  view.html.close().line();
}

}  // namespace onus::report

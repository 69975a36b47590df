// SPDX-License-Identifier: Apache-2.0
// Charts as SVG within the page: widths in per cent, so that text stays readable on a phone; a
// title and a description for who cannot see them; never a meaning in colour alone. The caller puts
// a table of the same figures beside each.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "report/page.h"

namespace onus::report {

struct Bar {
  std::string label;
  std::int64_t value = 0;
};

// What a chart is called (`id` unique in its page), and what it shows in one sentence.
struct ChartText {
  std::string_view id, title, summary;
};

// One bar per line, longest possible = `total`.
void draw_bars(const View& view, const ChartText& text, const std::vector<Bar>& bars,
               std::int64_t total);

// One bar cut into the outcomes, in the order breach, missing, cannot_tell, allowed; each with a
// fill of its own, and a list of what they are and how many.
void draw_outcomes(const View& view, const ChartText& text,
                   const std::array<std::int64_t, 4>& counts);

// Weekdays by hours; five steps of shade.
void draw_week(const View& view, const ChartText& text,
               const std::array<std::array<std::int64_t, 24>, 7>& counts);

// Upright bars over time, first and last labelled.
void draw_columns(const View& view, const ChartText& text, const std::vector<Bar>& bars);

// A chart of counts and its table: name, lookups, share.
void bars_with_table(const View& view, const ChartText& text, std::string_view group,
                     const std::vector<Count>& counts, std::int64_t total);

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
#include "ingest/align.h"

#include <algorithm>

#include "ingest/cell_state.h"
#include "ingest/fold.h"
#include "ingest/value_kind.h"

namespace onus::ingest {
namespace {

using record::CellState;

bool read_when(const Plan& plan, Cells cells, Firm& firm) {
  const TimeRules& rules = plan.profile->time;
  const std::optional<Time> when =
      plan.has(Field::when) ? parse_time(cell_of(plan, cells, Field::when), rules)
                            : parse_date_and_time(cell_of(plan, cells, Field::when_date),
                                                  cell_of(plan, cells, Field::when_time), rules);
  if (when) firm.when = *when;
  return when.has_value();
}

bool read_count(const Plan& plan, Cells cells, Field field, std::int32_t& count, CellState& state) {
  state = plan.absent[index(field)];
  if (!plan.has(field)) return true;
  const std::string_view cell = cell_of(plan, cells, field);
  if (const std::optional<std::int32_t> read = parse_count(cell)) {
    count = *read;
    state = CellState::value;
    return true;
  }
  state = cell_state(cell, field, plan.profile->marks);
  return !has_value(state);
}

bool read_window(const Plan& plan, Cells cells, Firm& firm) {
  firm.window_state = plan.absent[index(Field::window)];
  if (!plan.has(Field::window)) return true;
  const std::string_view cell = cell_of(plan, cells, Field::window);
  if (const std::optional<Window> window = parse_window(cell, plan.profile->time)) {
    firm.window = *window;
    firm.window_state = CellState::value;
    return true;
  }
  firm.window_state = cell_state(cell, Field::window, plan.profile->marks);
  return !has_value(firm.window_state);
}

bool known_search_type(const Plan& plan, Cells cells) {
  const std::vector<std::string>& known = plan.profile->search_types;
  if (known.empty() || !plan.has(Field::search_type)) return true;
  const std::string form = folded(cell_of(plan, cells, Field::search_type));
  return std::find(known.begin(), known.end(), form) != known.end();
}

bool fits(const Plan& plan, const std::vector<std::string_view>& cells) {
  for (std::size_t i = plan.width(); i < cells.size(); ++i) {
    if (!trimmed(cells[i]).empty()) return false;
  }
  Firm firm;
  Field wrong = Field::when;
  return read_firm(plan, cells, firm, wrong) && known_search_type(plan, cells);
}

using Row = std::vector<std::string_view>;

// `cells` with an empty cell where `field`'s is missing.
void try_missing(const Plan& plan, Cells cells, Field field, std::vector<Row>& ways) {
  if (!plan.has(field) || cells.size() + 1 != plan.width()) return;
  Row row(cells.begin(), cells.end());
  row.insert(row.begin() + plan.position(field), std::string_view());
  if (fits(plan, row)) ways.push_back(std::move(row));
}

// `cells` without the one or two empty cells that stand before `field`'s.
void try_shifted(const Plan& plan, Cells cells, Field field, std::vector<Row>& ways) {
  if (!plan.has(field)) return;
  Row row(cells.begin(), cells.end());
  const auto position = static_cast<std::size_t>(plan.position(field));
  for (int extra = 0; extra < 2; ++extra) {
    if (position >= row.size() || !trimmed(row[position]).empty()) return;
    row.erase(row.begin() + static_cast<std::ptrdiff_t>(position));
    if (fits(plan, row)) return ways.push_back(row);
  }
}

}  // namespace

bool read_firm(const Plan& plan, Cells cells, Firm& firm, Field& wrong) {
  wrong = plan.has(Field::when) ? Field::when : Field::when_time;
  if (!read_when(plan, cells, firm)) return false;
  wrong = Field::networks;
  if (!read_count(plan, cells, wrong, firm.networks, firm.networks_state)) return false;
  wrong = Field::devices;
  if (!read_count(plan, cells, wrong, firm.devices, firm.devices_state)) return false;
  wrong = Field::window;
  return read_window(plan, cells, firm);
}

bool realign(const Plan& plan, Cells cells, std::vector<std::string_view>& aligned) {
  std::vector<Row> ways;
  for (const Field field : plan.profile->may_miss) try_missing(plan, cells, field, ways);
  for (const Field field : plan.profile->shift_at) try_shifted(plan, cells, field, ways);
  if (ways.empty()) return false;
  for (Row& row : ways) row.resize(plan.width());
  if (std::any_of(ways.begin(), ways.end(), [&](const Row& row) { return row != ways[0]; })) {
    return false;
  }
  aligned = std::move(ways[0]);
  return true;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "ingest/plan.h"

#include <algorithm>

#include "ingest/fold.h"

namespace onus::ingest {
namespace {

using record::CellState;

std::vector<std::string> folded_all(Cells header) {
  std::vector<std::string> out;
  for (const std::string_view cell : header) out.push_back(folded(cell));
  return out;
}

bool any_in(const std::vector<std::string>& wanted, const std::vector<std::string>& header) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::find(header.begin(), header.end(), name) != header.end();
  });
}

void set_states_of_absent_fields(Plan& plan) {
  plan.absent.fill(CellState::not_exported);
  for (const ProfileColumn& column : plan.profile->columns) {
    CellState& state = plan.absent[index(column.field)];
    if (state == CellState::not_exported) state = column.absent;
  }
}

void split_when(Plan& plan) {
  if (!plan.has(Field::when_date) || !plan.has(Field::when) || plan.has(Field::when_time)) return;
  const int position = plan.position(Field::when);
  PlanColumn& column = plan.columns[static_cast<std::size_t>(position)];
  column.field = Field::when_time;
  column.kind = Kind::time_of_day;
  plan.at[index(Field::when_time)] = position;
  plan.at[index(Field::when)] = -1;
}

struct Found {  // a column of the profile, and where the header has it
  const ProfileColumn* column = nullptr;
  std::size_t position = 0;
};

std::vector<Found> find_columns(Plan& plan, Cells header) {
  std::vector<Found> out;
  for (std::size_t i = 0; i < header.size(); ++i) {
    PlanColumn column{std::string(trimmed(header[i])), std::nullopt, Kind::text};
    const ProfileColumn* known = plan.profile->column_for(folded(header[i]));
    const bool again = std::any_of(out.begin(), out.end(),
                                   [&](const Found& found) { return found.column == known; });
    if (known && (known->field == Field::dropped || !again)) {
      column.field = known->field;
      column.kind = known->kind;
      out.push_back({known, i});
    }
    plan.columns.push_back(std::move(column));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Found& a, const Found& b) { return a.column < b.column; });
  return out;
}

Join& join_of(Plan& plan, Field field, std::size_t position, Together together) {
  for (Join& join : plan.joins) {
    if (join.field == field) return join;
  }
  return plan.joins.emplace_back(Join{position, field, together, {}});
}

// `found` is in the order of the profile.
void place_fields(Plan& plan, const std::vector<Found>& found) {
  for (const Found& one : found) {
    const Field field = one.column->field;
    if (field == Field::dropped) continue;
    if (!plan.has(field)) plan.at[index(field)] = static_cast<int>(one.position);
    if (one.column->together == Together::no) continue;
    Join& join = join_of(plan, field, one.position, one.column->together);
    join.parts.push_back({one.position, one.column->label});
  }
}

// A detail of a field that has a column is another part of it, where the profile joins that field.
void place_details(Plan& plan) {
  plan.has_details = plan.has(Field::details) && !plan.profile->details.empty();
  if (!plan.has_details) return;
  for (std::size_t i = 0; i < plan.profile->details.size(); ++i) {
    const Field field = plan.profile->details[i].field;
    const std::size_t position = plan.width() + i;
    if (field == Field::dropped) continue;
    if (!plan.has(field)) {
      plan.at[index(field)] = static_cast<int>(position);
    } else if (const ProfileColumn* column = plan.profile->column(field);
               column && column->together != Together::no) {
      join_of(plan, field, static_cast<std::size_t>(plan.position(field)), column->together)
          .parts.push_back({position, ""});
    }
  }
}

void drop_idle_joins(Plan& plan) {
  std::erase_if(plan.joins, [](const Join& join) {
    return join.parts.size() == 1 && join.parts[0].label.empty();
  });
}

}  // namespace

Misfit misfit(const Profile& profile, Cells header) {
  Misfit out;
  const std::vector<std::string> names = folded_all(header);
  for (const ProfileColumn& column : profile.columns) {
    if (column.required && !any_in(column.headers, names)) out.missing.push_back(column.headers[0]);
  }
  for (const std::string& name : profile.forbidden) {
    if (any_in({name}, names)) out.forbidden.push_back(name);
  }
  out.none_of_any =
      !profile.any_of.empty() &&
      std::none_of(profile.any_of.begin(), profile.any_of.end(), [&](Field field) {
        return std::any_of(profile.columns.begin(), profile.columns.end(),
                           [&](const ProfileColumn& column) {
                             return column.field == field && any_in(column.headers, names);
                           });
      });
  return out;
}

int known_headers(const Profile& profile, Cells header) {
  int known = 0;
  for (const std::string_view cell : header) known += profile.column_for(folded(cell)) ? 1 : 0;
  return known;
}

Plan make_plan(const Profile& profile, const Variant* variant, Cells header) {
  Plan plan;
  plan.profile = &profile;
  plan.variant = variant;
  plan.at.fill(-1);
  set_states_of_absent_fields(plan);
  const std::vector<Found> found = find_columns(plan, header);
  while (!plan.columns.empty() && plan.columns.back().header.empty()) plan.columns.pop_back();
  place_fields(plan, found);
  split_when(plan);
  place_details(plan);
  drop_idle_joins(plan);
  for (std::size_t i = kFirstExtra; i < kFieldCount; ++i) {
    if (plan.at[i] >= 0) plan.extras.push_back(static_cast<Field>(i));
  }
  return plan;
}

const Profile* profile_for_header(std::span<const Profile> profiles, Cells header) {
  const Profile* best = nullptr;
  int most = 0;
  bool tie = false;
  for (const Profile& profile : profiles) {
    if (profile.fallback || !misfit(profile, header).fits()) continue;
    const int known = known_headers(profile, header);
    tie = best && known == most;
    if (!best || known > most) {
      best = &profile;
      most = known;
    }
  }
  return tie ? nullptr : best;
}

bool same_columns(const Plan& a, const Plan& b) {
  return a.profile == b.profile &&
         std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                    [](const PlanColumn& x, const PlanColumn& y) {
                      return x.field == y.field && folded(x.header) == folded(y.header);
                    });
}

}  // namespace onus::ingest

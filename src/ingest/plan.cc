// SPDX-License-Identifier: Apache-2.0
#include "ingest/plan.h"

#include <algorithm>

#include "ingest/fold.h"

namespace onus::ingest {
namespace {

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
  plan.absent.fill(record::CellState::not_exported);
  for (const ProfileColumn& column : plan.profile->columns) {
    plan.absent[index(column.field)] = column.absent;
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
  out.none_of_any = !profile.any_of.empty() &&
                    std::none_of(profile.any_of.begin(), profile.any_of.end(), [&](Field field) {
                      const ProfileColumn* column = profile.column(field);
                      return column && any_in(column->headers, names);
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
  for (const std::string_view cell : header) {
    PlanColumn column{std::string(trimmed(cell)), std::nullopt, Kind::text};
    const ProfileColumn* known = profile.column_for(folded(cell));
    if (known && (known->field == Field::dropped || !plan.has(known->field))) {
      column.field = known->field;
      column.kind = known->kind;
      if (known->field != Field::dropped) {
        plan.at[index(known->field)] = static_cast<int>(plan.columns.size());
      }
    }
    plan.columns.push_back(std::move(column));
  }
  while (!plan.columns.empty() && plan.columns.back().header.empty()) plan.columns.pop_back();
  split_when(plan);
  return plan;
}

const Profile* profile_for_header(std::span<const Profile> profiles, Cells header) {
  const Profile* best = nullptr;
  int most = 0;
  bool tie = false;
  for (const Profile& profile : profiles) {
    if (!misfit(profile, header).fits()) continue;
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

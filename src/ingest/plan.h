// SPDX-License-Identifier: Apache-2.0
// A profile laid over one header: which column of the file is which field. A file has one, or, if
// exports were stacked in it, one per header.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/profile.h"

namespace onus::ingest {

struct PlanColumn {
  std::string header;          // as in the file, trimmed; "" in a sheet without a header
  std::optional<Field> field;  // none: the profile does not know it
  Kind kind = Kind::text;
};

// Several columns that are one field's cell (ingest/compose.h).
struct Join {
  struct Part {
    std::size_t from = 0;
    std::string_view label;  // the profile's
  };
  std::size_t to = 0;
  Field field = Field::dropped;
  Together together = Together::no;
  std::vector<Part> parts;  // in the order of the profile
};

struct Plan {
  const Profile* profile = nullptr;
  const Variant* variant = nullptr;
  std::vector<PlanColumn> columns;
  std::array<int, kFieldCount> at{};                    // position of a field's column, or -1
  std::array<record::CellState, kFieldCount> absent{};  // state of a field without column
  std::vector<Join> joins;
  // Details stand behind the columns, one position each, so that `at` knows them too.
  bool has_details = false;
  std::vector<Field> extras;  // those that it has

  int position(Field field) const { return at[index(field)]; }
  bool has(Field field) const { return position(field) >= 0; }
  std::size_t width() const { return columns.size(); }
  bool is_composed() const { return has_details || !joins.empty(); }
};

// Why a profile does not fit a header; none of all this: it fits.
struct Misfit {
  std::vector<std::string> missing;    // headers that it requires
  std::vector<std::string> forbidden;  // headers that it excludes, and that are there
  bool none_of_any = false;
  bool fits() const { return missing.empty() && forbidden.empty() && !none_of_any; }
};

using Cells = std::span<const std::string_view>;

// The cell of a field; "" where there is none.
inline std::string_view cell_of(const Plan& plan, Cells cells, Field field) {
  const int position = plan.position(field);
  if (position < 0 || static_cast<std::size_t>(position) >= cells.size()) return {};
  return cells[static_cast<std::size_t>(position)];
}

Misfit misfit(const Profile& profile, Cells header);
int known_headers(const Profile& profile, Cells header);

// The profile must fit. A header that comes twice is left unknown the second time. Where there is a
// column for the date, the one that is "when" in the profile is the time of day.
Plan make_plan(const Profile& profile, const Variant* variant, Cells header);

// The one profile that fits `header` best, or nothing (none, or two equally well).
const Profile* profile_for_header(std::span<const Profile> profiles, Cells header);

bool same_columns(const Plan& a, const Plan& b);

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "ingest/recognise.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "ingest/align.h"
#include "ingest/cell_state.h"
#include "ingest/fold.h"
#include "ingest/value_kind.h"

namespace onus::ingest {
namespace {

using record::CellState;
using Rows = std::vector<std::vector<std::string_view>>;

constexpr std::size_t kHeaderWithin = 20;  // rows of a title or a note above the header
constexpr std::size_t kEnoughForOneAgency = 10;

bool is_blank(Cells cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](std::string_view cell) { return trimmed(cell).empty(); });
}

// How the values below a header fit a profile laid over it.
struct Fit {
  int rows = 0;   // not blank
  int firm = 0;   // of these, with a time and all counts and windows as they should be
  int known = 0;  // headers
  int firm_columns = 0;
  bool good() const { return rows == 0 || firm * 2 > rows; }
};

Fit fit_of(const Plan& plan, const Rows& rows, std::size_t from) {
  Fit fit;
  for (const PlanColumn& column : plan.columns) {
    fit.known += column.field ? 1 : 0;
    fit.firm_columns += column.field && is_strong(column.kind) ? 1 : 0;
  }
  for (std::size_t i = from; i < rows.size() && i < from + kSampleRows; ++i) {
    if (is_blank(rows[i])) continue;
    ++fit.rows;
    Firm firm;
    Field wrong = Field::when;
    std::vector<std::string_view> aligned;
    const bool reads = read_firm(plan, rows[i], firm, wrong) || realign(plan, rows[i], aligned);
    fit.firm += reads ? 1 : 0;
  }
  return fit;
}

struct Way {  // one profile over one header
  const Profile* profile = nullptr;
  std::vector<std::string> header;
  std::int64_t header_row = 0;
  Fit fit;
};

Cells as_cells(const std::vector<std::string>& texts, std::vector<std::string_view>& views) {
  views.assign(texts.begin(), texts.end());
  return views;
}

bool named(const Profile& profile, std::string_view forced) {
  return forced.empty() || profile.id == forced || profile.variant(forced) != nullptr;
}

// The profiles that fit the first row which any profile fits.
std::vector<Way> ways_by_header(const Rows& rows, std::size_t within,
                                std::span<const Profile> profiles, std::string_view forced,
                                bool fallback) {
  std::vector<Way> ways;
  for (std::size_t i = 0; i < rows.size() && i < within && ways.empty(); ++i) {
    for (const Profile& profile : profiles) {
      if (profile.fallback != fallback || !named(profile, forced) ||
          !misfit(profile, rows[i]).fits())
        continue;
      Way way{&profile, {rows[i].begin(), rows[i].end()}, static_cast<std::int64_t>(i + 1), {}};
      way.fit = fit_of(make_plan(profile, &profile.variants[0], rows[i]), rows, i + 1);
      ways.push_back(std::move(way));
    }
  }
  return ways;
}

bool ids_fit(const Plan& plan, const Rows& rows) {
  if (!plan.has(Field::vendor_id)) return true;
  int ids = 0;
  int other = 0;
  const auto position = static_cast<std::size_t>(plan.position(Field::vendor_id));
  if (position >= plan.width() || plan.columns[position].kind != Kind::uuid) return true;
  for (const std::vector<std::string_view>& row : rows) {
    if (position >= row.size() || trimmed(row[position]).empty()) continue;
    ++(is_uuid(trimmed(row[position])) ? ids : other);
  }
  return ids > other;
}

// The layouts whose kinds of value the rows have, in a sheet without a header.
std::vector<Way> ways_by_kind(const Rows& rows, std::span<const Profile> profiles,
                              std::string_view forced) {
  std::vector<Way> ways;
  std::vector<std::string_view> views;
  for (const Profile& profile : profiles) {
    if (!named(profile, forced)) continue;
    for (const std::vector<std::string>& layout : profile.layouts) {
      const Plan plan = make_plan(profile, &profile.variants[0], as_cells(layout, views));
      const auto wide = static_cast<std::size_t>(std::count_if(
          rows.begin(), rows.end(), [&](const auto& row) { return row.size() == layout.size(); }));
      if (wide * 2 <= rows.size() || !ids_fit(plan, rows)) continue;
      const Fit fit = fit_of(plan, rows, 0);
      const bool good = fit.rows > 0 && fit.firm * 10 >= fit.rows * 9 && fit.firm_columns >= 2;
      if (good) ways.push_back({&profile, layout, 0, fit});
    }
  }
  return ways;
}

bool better(const Way& a, const Way& b) {
  if (a.fit.good() != b.fit.good()) return a.fit.good();
  return a.fit.known > b.fit.known;
}

// Best first; equals stay in the order of the profiles.
std::vector<Way> ranked(std::vector<Way> ways) {
  std::vector<Way> out;
  for (Way& way : ways) {
    const auto at = std::upper_bound(out.begin(), out.end(), way, better);
    out.insert(at, std::move(way));
  }
  return out;
}

std::string any_of(const Profile& profile) {
  std::string out;
  for (const Field field : profile.any_of)
    out += (out.empty() ? "" : " or ") + std::string(name(field));
  return out;
}

Candidate nearest_candidate(const Profile& profile, const Rows& rows, std::size_t& lacks) {
  Misfit best;
  lacks = std::numeric_limits<std::size_t>::max();
  for (std::size_t i = 0; i < rows.size() && i < kHeaderWithin; ++i) {
    Misfit here = misfit(profile, rows[i]);
    const std::size_t count =
        here.missing.size() + here.forbidden.size() + (here.none_of_any ? 1U : 0U);
    if (count < lacks) {
      lacks = count;
      best = std::move(here);
    }
  }
  std::string why;
  for (const std::string& header : best.missing) why += fmt::format(", lacks '{}'", header);
  for (const std::string& header : best.forbidden)
    why += fmt::format(", must not have '{}'", header);
  if (best.none_of_any) why += ", has no column for " + any_of(profile);
  return {profile.id, why.empty() ? "no rows" : why.substr(2)};
}

std::vector<Candidate> nearest(const Rows& rows, std::span<const Profile> profiles,
                               std::string_view forced) {
  std::multimap<std::size_t, Candidate> by_lack;  // equals in the order of the profiles
  for (const Profile& profile : profiles) {
    if (!named(profile, forced)) continue;
    std::size_t lacks = 0;
    Candidate candidate = nearest_candidate(profile, rows, lacks);
    by_lack.emplace(lacks, std::move(candidate));
  }
  std::vector<Candidate> out;
  for (auto& [lacks, candidate] : by_lack) {
    if (out.size() < 3) out.push_back(std::move(candidate));
  }
  return out;
}

// The variant whose longest end of a file name is there.
const Variant* variant_by_name(const Profile& profile, std::string_view stem) {
  const Variant* best = nullptr;
  std::size_t longest = 0;
  for (const Variant& variant : profile.variants) {
    for (const std::string& end : variant.name_ends) {
      if (!stem.ends_with(end) || end.size() <= longest) continue;
      longest = end.size();
      best = &variant;
    }
  }
  return best;
}

const Variant* variant_by_agencies(const Profile& profile, bool many) {
  for (const Variant& variant : profile.variants) {
    if (variant.many_agencies == many) return &variant;
  }
  return nullptr;
}

struct AgencyCount {
  std::size_t distinct = 0;
  std::size_t rows = 0;
};

AgencyCount count_agencies(const Plan& plan, const Rows& rows, std::size_t from) {
  AgencyCount count;
  std::set<std::string> seen;
  if (!plan.has(Field::agency)) return count;
  const auto position = static_cast<std::size_t>(plan.position(Field::agency));
  for (std::size_t i = from; i < rows.size(); ++i) {
    if (position >= rows[i].size()) continue;
    const std::string_view cell = rows[i][position];
    if (cell_state(cell, Field::agency, plan.profile->marks) != CellState::value) continue;
    if (plan.profile->column_for(folded(cell))) continue;  // a header, repeated
    ++count.rows;
    seen.insert(folded(cell));
  }
  count.distinct = seen.size();
  return count;
}

void choose_variant(Recognition& out, const Way& way, const Rows& rows, const FileName& file_name,
                    std::string_view forced) {
  const Profile& profile = *way.profile;
  out.variant = profile.variant(forced);
  out.role_basis = out.variant ? RoleBasis::given : RoleBasis::profile;
  if (!out.variant && profile.variants.size() == 1) out.variant = &profile.variants[0];
  if (out.variant) return;
  std::vector<std::string_view> views;
  const Plan plan = make_plan(profile, &profile.variants[0], as_cells(way.header, views));
  const AgencyCount agencies = count_agencies(plan, rows, static_cast<std::size_t>(way.header_row));
  const Variant* by_name = variant_by_name(profile, file_name.stem);
  if (agencies.distinct > 1) {
    out.variant = variant_by_agencies(profile, true);
    out.role_basis = RoleBasis::values;
    out.name_disagrees = by_name && by_name != out.variant;
  } else if (by_name) {
    out.variant = by_name;
    out.role_basis = RoleBasis::file_name;
    out.refutable = by_name->many_agencies == false;
  } else if (way.fit.rows == 0) {
    out.variant = &profile.variants[0];  // nothing but a header: no row has a role
  } else if (agencies.distinct == 1 && agencies.rows >= kEnoughForOneAgency) {
    out.variant = variant_by_agencies(profile, false);
    out.role_basis = RoleBasis::values;
    out.refutable = true;
  }
}

void read_columns(Recognition& out, const Rows& rows) {
  std::vector<std::string_view> views;
  const Plan plan = make_plan(*out.profile, out.variant, as_cells(out.header, views));
  for (std::size_t position = 0; position < plan.width(); ++position) {
    const PlanColumn& column = plan.columns[position];
    ColumnReading reading;
    reading.header = out.header_row > 0 ? column.header : "";
    reading.field = column.field ? std::string(name(*column.field)) : "";
    reading.kind = column.kind;
    const Field field = column.field.value_or(Field::dropped);
    for (std::size_t i = static_cast<std::size_t>(out.header_row);
         i < rows.size() && i < kSampleRows; ++i) {
      if (position >= rows[i].size()) continue;
      const std::string_view cell = rows[i][position];
      const CellState state = cell_state(cell, field, plan.profile->marks);
      ++reading.states[static_cast<std::size_t>(state)];
      if (!has_value(state)) continue;
      ++(is_of_kind(cell, column.kind, plan.profile->time) ? reading.of_kind : reading.other);
    }
    out.columns.push_back(std::move(reading));
  }
}

void read_era(Recognition& out, const Rows& rows) {
  std::vector<std::string_view> views;
  const Plan plan = make_plan(*out.profile, out.variant, as_cells(out.header, views));
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  std::int64_t read = 0;
  for (std::size_t i = static_cast<std::size_t>(out.header_row); i < rows.size(); ++i) {
    Firm firm;
    Field wrong = Field::when;
    if (!read_firm(plan, rows[i], firm, wrong)) continue;
    if (read++ == 0) out.zone_stated = firm.when.zone_stated;
    first = std::min(first, firm.when.micros);
    last = std::max(last, firm.when.micros);
  }
  if (read == 0) return;
  std::array<std::int64_t, kFieldCount> masked{};
  std::array<bool, kFieldCount> has{};
  std::int64_t counted = 0;
  for (const ColumnReading& column : out.columns) {
    const std::optional<Field> field = parse_field(column.field);
    if (!field) continue;
    has[index(*field)] = true;
    masked[index(*field)] = column.states[static_cast<std::size_t>(CellState::masked_vendor)] +
                            column.states[static_cast<std::size_t>(CellState::masked_agency)];
    std::int64_t cells = 0;
    for (const std::int64_t count : column.states) cells += count;
    counted = std::max(counted, cells);
  }
  out.era = era_of(*out.profile, first, last, masked, counted, has);
}

std::vector<Candidate> both_roles(const Profile& profile) {
  std::vector<Candidate> out;
  out.reserve(profile.variants.size());
  for (const Variant& variant : profile.variants) {
    out.push_back({variant.id, variant.many_agencies == true
                                   ? "if it is what others searched in the owner's data"
                                   : "if it is what the agency's own users searched"});
  }
  return out;
}

}  // namespace

std::string era_of(const Profile& profile, std::int64_t first, std::int64_t last,
                   const std::array<std::int64_t, kFieldCount>& masked, std::int64_t rows,
                   const std::array<bool, kFieldCount>& has) {
  std::string out;
  for (const Era& era : profile.eras) {
    const bool withheld = std::all_of(era.withheld.begin(), era.withheld.end(), [&](Field field) {
      return rows > 0 && masked[index(field)] * 100 >= rows * 95;
    });
    const bool columns =
        std::all_of(era.has.begin(), era.has.end(), [&](Field field) { return has[index(field)]; });
    const bool then = (!era.from || last >= *era.from) && (!era.until || first < *era.until);
    if (!withheld || !columns || !then) continue;
    const bool dated = era.from || era.until;
    if (!dated) return out.empty() ? era.id : out;
    out += (out.empty() ? "" : "+") + era.id;
  }
  return out;
}

std::string Recognition::explain(std::string_view file) const {
  std::string out = match == Match::ambiguous
                        ? fmt::format("{}: more than one profile reads this file", file)
                        : fmt::format("{}: no profile reads this file", file);
  for (const Candidate& candidate : candidates) {
    out += fmt::format("; {} ({})", candidate.id, candidate.why);
  }
  if (match == Match::ambiguous) out += "; choose one with --profile ID";
  return out;
}

Recognition recognise(const Sample& sample, std::span<const Profile> profiles,
                      const FileName& file_name, std::string_view forced) {
  const Rows rows = sample.cells();
  Recognition out;
  const std::size_t within = sample.header_given ? 1 : kHeaderWithin;
  std::vector<Way> ways = ways_by_header(rows, within, profiles, forced, false);
  if (ways.empty() && !sample.header_given) ways = ways_by_kind(rows, profiles, forced);
  if (ways.empty()) ways = ways_by_header(rows, within, profiles, forced, true);
  ways = ranked(std::move(ways));
  if (ways.empty() || !ways[0].fit.good()) {
    out.candidates = nearest(rows, profiles, forced);
    for (const Way& way : ways) {
      out.candidates.insert(
          out.candidates.begin(),
          {way.profile->id, fmt::format("its header fits, but {} of {} rows do not read",
                                        way.fit.rows - way.fit.firm, way.fit.rows)});
    }
    return out;
  }
  const bool tie = ways.size() > 1 && !better(ways[0], ways[1]) && !better(ways[1], ways[0]);
  if (tie) {
    out.match = Match::ambiguous;
    for (const Way& way : ways) {
      if (better(ways[0], way)) break;
      out.candidates.push_back({way.profile->id, fmt::format("{} columns known", way.fit.known)});
    }
    return out;
  }
  choose_variant(out, ways[0], rows, file_name, forced);
  if (!out.variant) {
    out.match = Match::ambiguous;
    out.candidates = both_roles(*ways[0].profile);
    return out;
  }
  out.match = Match::one;
  out.profile = ways[0].profile;
  out.header_row = ways[0].header_row;
  out.header_given = sample.header_given;
  out.header = ways[0].header;
  read_columns(out, rows);
  read_era(out, rows);
  return out;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "measure/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "measure/random.h"
#include "measure/strata.h"
#include "record/hide.h"
#include "record/record.h"

namespace onus::measure {
namespace {

using Members = std::vector<std::size_t>;

std::int64_t lookups_of(std::span<const Unit> units, const Members& members) {
  std::int64_t sum = 0;
  for (const std::size_t unit : members) sum += units[unit].lookups;
  return sum;
}

// `draws` lookups of one stratum, and the reasons that they show.
void draw_from(std::span<const Unit> units, const std::string& name, const Members& members,
               std::int64_t draws, Random& random, std::vector<Drawn>& out) {
  const std::int64_t total = lookups_of(units, members);
  std::vector<std::int64_t> ends;
  std::int64_t end = 0;
  for (const std::size_t unit : members) ends.push_back(end += units[unit].lookups);
  std::map<std::size_t, std::int64_t> times;
  for (std::int64_t i = 0; i < draws; ++i) {
    const auto at = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(total)));
    const auto found = std::upper_bound(ends.begin(), ends.end(), at);
    ++times[members[static_cast<std::size_t>(found - ends.begin())]];
  }
  for (const auto& [unit, count] : times) {
    const double missed = 1 - static_cast<double>(units[unit].lookups) / static_cast<double>(total);
    const double inclusion = 1 - std::pow(missed, static_cast<double>(draws));
    out.push_back({unit, name, count, draws, total, inclusion});
  }
}

void take_full(std::span<const Unit> units, const Members& members, std::vector<Drawn>& out) {
  for (const std::size_t unit : members)
    out.push_back({unit, "full", 1, 0, units[unit].lookups, 1.0});
}

void shuffle(std::vector<Drawn>& sample, Random& random) {
  for (std::size_t i = sample.size(); i > 1; --i)
    std::swap(sample[i - 1], sample[static_cast<std::size_t>(random.below(i))]);
}

struct Pool {
  std::map<std::string, Members> strata;
  Members frequent;
};

// A reason with two draws' worth of lookups or more is read whatever the dice say.
Pool pool_of(std::span<const Unit> units, const Plan& plan, std::int64_t total) {
  Pool pool;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (plan.simple) {
      pool.strata["all"].push_back(i);
    } else if (units[i].lookups * plan.n >= 2 * total) {
      pool.frequent.push_back(i);
    } else {
      pool.strata[stratum_of(units[i])].push_back(i);
    }
  }
  return pool;
}

void draw_strata(std::span<const Unit> units, const Plan& plan, Pool& pool, Random& random,
                 std::vector<Drawn>& out) {
  const std::int64_t least = std::max<std::int64_t>(2, plan.n / 30);
  std::int64_t left = plan.n - static_cast<std::int64_t>(out.size());
  for (auto at = pool.strata.begin(); at != pool.strata.end();) {
    const bool few = static_cast<std::int64_t>(at->second.size()) <= least && !plan.simple;
    if (few) take_full(units, at->second, out);
    left -= few ? static_cast<std::int64_t>(at->second.size()) : least;
    at = few ? pool.strata.erase(at) : std::next(at);
  }
  double total = 0;
  for (const auto& [name, members] : pool.strata)
    total += static_cast<double>(lookups_of(units, members));
  for (const auto& [name, members] : pool.strata) {
    const double share = static_cast<double>(lookups_of(units, members)) / total;
    const double more = std::floor(share * static_cast<double>(std::max<std::int64_t>(0, left)));
    const std::int64_t draws = least + static_cast<std::int64_t>(more);
    if (static_cast<std::int64_t>(members.size()) <= draws && !plan.simple) {
      take_full(units, members, out);
    } else {
      draw_from(units, name, members, draws, random, out);
    }
  }
}

// Quoted; a text that a spreadsheet would run as a formula gets a ', which read_labels takes off.
std::string cell(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r'").find(text[0]) != std::string_view::npos)
    out += "'";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace

Result<std::vector<Unit>> units_of(store::Database& db) {
  ONUS_TRY(
      const store::Rows rows,
      db.query("SELECT " + record::without_tokens_sql("t.text") +
                   " AS reason, sum(g.n)::BIGINT, min(r.purpose), min(r.topic), min(r.certainty) "
                   "FROM (SELECT reason_id, count(*) AS n FROM lookups GROUP BY reason_id) g "
                   "JOIN texts t ON t.text_id = g.reason_id "
                   "JOIN readings r ON r.text_id = g.reason_id GROUP BY reason ORDER BY reason",
               {}, 20'000'000));
  std::vector<Unit> units;
  units.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    units.push_back({std::string(rows.text(i, 0)), rows.integer(i, 1), std::string(rows.text(i, 2)),
                     std::string(rows.text(i, 3)), rows.text(i, 4) == "explicit"});
  }
  if (!units.empty()) return units;
  return fail(Code::bad_input, "no lookup of this case states a reason that was read");
}

std::vector<Drawn> draw_sample(std::span<const Unit> units, const Plan& plan) {
  std::int64_t total = 0;
  for (const Unit& unit : units) total += unit.lookups;
  Pool pool = pool_of(units, plan, total);
  Random random(plan.seed);
  std::vector<Drawn> out;
  take_full(units, pool.frequent, out);
  draw_strata(units, plan, pool, random, out);
  shuffle(out, random);
  return out;
}

std::string sample_csv(std::span<const Unit> units, std::span<const Drawn> sample) {
  std::string out =
      "reason,purpose,offence,specificity,on_behalf_of,note,count,stratum,draws,stratum_draws,"
      "stratum_lookups,inclusion_probability\n";
  for (const Drawn& drawn : sample) {
    const Unit& unit = units[drawn.unit];
    fmt::format_to(std::back_inserter(out), "{},,,,,,{},{},{},{},{},{:.6f}\n", cell(unit.text),
                   unit.lookups, drawn.stratum, drawn.draws, drawn.stratum_draws,
                   drawn.stratum_lookups, drawn.inclusion);
  }
  return out;
}

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
// Each query groups the lookups by one small dictionary (a text, an agency, an hour) and joins
// the words only to the groups: at 10 million lookups each scan takes about 0.2 s on two cores.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/collect.h"
#include "report/short_names.h"
#include "report/stated.h"

namespace onus::report {
namespace {

using store::Rows;

// Adds up lookups by name, most first; equal counts by name.
class Tally {
 public:
  void add(std::string_view name, std::int64_t lookups) { counts_[std::string(name)] += lookups; }
  std::vector<Count> sorted() const {
    std::vector<Count> out;
    out.reserve(counts_.size());
    for (const auto& [name, lookups] : counts_) out.push_back({name, lookups});
    std::ranges::stable_sort(out, std::greater{}, &Count::lookups);
    return out;
  }

 private:
  std::map<std::string, std::int64_t> counts_;
};

Result<void> collect_states(store::Database& database, Model& model) {
  ONUS_TRY(const Rows rows,
           database.query("SELECT reason_state, agency_state, actor_state, act, count(*), "
                          "count(*) FILTER (agency_id IS NULL), count(*) FILTER (actor_id IS NULL)"
                          " FROM lookups GROUP BY 1, 2, 3, 4"));
  Tally reasons, agencies, actors, acts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t lookups = rows.integer(i, 4);
    reasons.add(rows.text(i, 0), lookups);
    agencies.add(rows.text(i, 1), lookups);
    actors.add(rows.text(i, 2), lookups);
    acts.add(rows.text(i, 3), lookups);
    model.totals.lookups += lookups;
    model.searchers.unnamed_agency += rows.integer(i, 5);
    model.searchers.unnamed_actor += rows.integer(i, 6);
  }
  model.reasons.states = reasons.sorted();
  model.searchers.agency_states = agencies.sorted();
  model.searchers.actor_states = actors.sorted();
  model.acts = acts.sorted();
  return {};
}

Result<void> collect_wordings(store::Database& database, const CollectOptions& options,
                              Reasons& reasons) {
  ONUS_TRY(reasons.distinct,
           database.query_integer("SELECT count(DISTINCT reason_id) FROM report_reasons"));
  ONUS_TRY(const Rows rows,
           database.query(fmt::format(
               "SELECT t.text, r.purpose, g.n FROM (SELECT reason_id, sum(n)::BIGINT AS n FROM "
               "report_reasons "
               "WHERE reason_id IS NOT NULL GROUP BY reason_id HAVING n >= {} "
               "ORDER BY n DESC, reason_id LIMIT {}) g JOIN texts t ON t.text_id = g.reason_id "
               "LEFT JOIN readings r ON r.text_id = g.reason_id ORDER BY g.n DESC, t.text",
               options.wording_least, options.wordings_shown)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    reasons.frequent.push_back({.text = std::string(rows.text(i, 0)),
                                .purpose = std::string(rows.text(i, 1)),
                                .lookups = rows.integer(i, 2)});
  }
  return {};
}

Result<void> collect_agencies(store::Database& database, const CollectOptions& options,
                              Searchers& searchers) {
  // Spellings of one party are one row, under the spelling used most.
  ONUS_TRY(const Rows rows,
           database.query("WITH g AS (SELECT agency_id, count(*) AS n FROM lookups WHERE agency_id "
                          "IS NOT NULL GROUP BY agency_id) "
                          "SELECT first(a.text ORDER BY g.n DESC, a.text), any_value(p.state), "
                          "coalesce(any_value(p.level), 'unknown'), sum(g.n)::BIGINT AS total, "
                          "coalesce(p.party_key, 'raw ' || agency_id) AS key "
                          "FROM g JOIN agencies_raw a USING (agency_id) "
                          "LEFT JOIN parties p USING (agency_id) "
                          "GROUP BY key ORDER BY total DESC, 1, key"));
  Tally levels;
  searchers.agencies_total = static_cast<std::int64_t>(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    levels.add(rows.text(i, 2), rows.integer(i, 3));
    if (static_cast<std::int64_t>(i) >= options.names_shown) continue;
    searchers.agencies.push_back({.key = std::string(rows.text(i, 4)),
                                  .label = std::string(rows.text(i, 0)),
                                  .state = std::string(rows.text(i, 1)),
                                  .level = std::string(rows.text(i, 2)),
                                  .lookups = rows.integer(i, 3)});
  }
  searchers.levels = levels.sorted();
  return {};
}

// Users with a name, the agency in which alone each stands, and the lookups.
constexpr std::string_view kActors =
    "CREATE OR REPLACE TEMP TABLE report_actors AS SELECT g.actor_id, a.label, g.n, "
    "CASE WHEN g.low = g.high THEN r.text ELSE '' END AS agency, "
    "CASE WHEN g.low = g.high THEN coalesce(p.party_key, r.text) ELSE '' END AS agency_key FROM "
    "(SELECT actor_id, count(*) AS n, min(agency_id) AS low, max(agency_id) AS high FROM lookups "
    "WHERE actor_id IS NOT NULL GROUP BY actor_id) g JOIN actors a USING (actor_id) "
    "LEFT JOIN agencies_raw r ON r.agency_id = g.low LEFT JOIN parties p ON p.agency_id = g.low";

Result<void> collect_cut_names(store::Database& database, const CollectOptions& options,
                               Searchers& searchers) {
  ONUS_TRY(
      const Rows rows,
      database.query("SELECT label, agency, agency_key FROM report_actors ORDER BY agency_key, "
                     "label, actor_id",
                     {}, 20'000'000));
  std::vector<NamedUser> users;
  users.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    users.push_back({std::string(rows.text(i, 0)), std::string(rows.text(i, 2))});
  for (const ShortName& one : short_names(users)) {
    ++(one.fits.size() == 1 ? searchers.cut_fits_one : searchers.cut_fits_several);
    if (std::ssize(searchers.cut_names) >= options.names_shown) continue;
    CutName cut{users[one.user].label, std::string(rows.text(one.user, 1)), {}};
    for (const std::size_t longer : one.fits) cut.fits.push_back(users[longer].label);
    searchers.cut_names.push_back(std::move(cut));
  }
  return {};
}

Result<void> collect_actors(store::Database& database, const CollectOptions& options,
                            Searchers& searchers) {
  ONUS_TRY_VOID(database.run(kActors));
  ONUS_TRY(searchers.actors_total, database.query_integer("SELECT count(*) FROM report_actors"));
  ONUS_TRY(const Rows rows, database.query(fmt::format("SELECT label, agency, n FROM report_actors "
                                                       "ORDER BY n DESC, actor_id LIMIT {}",
                                                       options.names_shown)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    searchers.actors.push_back({.label = std::string(rows.text(i, 0)),
                                .agency = std::string(rows.text(i, 1)),
                                .lookups = rows.integer(i, 2)});
  }
  ONUS_TRY_VOID(collect_cut_names(database, options, searchers));
  return database.run("DROP TABLE report_actors");
}

// All owners in one state: its zone. Else UTC, because hours of several zones do not add up.
Result<void> choose_zone(store::Database& database, Hours& hours) {
  hours.zone = "UTC";
  ONUS_TRY(const Rows rows,
           database.query("SELECT DISTINCT p.state FROM (SELECT DISTINCT owner_id FROM lookups) o "
                          "LEFT JOIN parties p ON p.agency_id = o.owner_id"));
  if (rows.size() != 1 || zone_of_state(rows.text(0, 0)).empty()) return {};
  hours.owner_state = rows.text(0, 0);
  hours.zone = zone_of_state(hours.owner_state);
  return {};
}

}  // namespace

Result<void> collect_reasons(store::Database& database, const CollectOptions& options,
                             Model& model) {
  ONUS_TRY_VOID(collect_states(database, model));
  ONUS_TRY_VOID(
      database.run("CREATE OR REPLACE TEMP TABLE report_reasons AS SELECT reason_id, offence_id, "
                   "count(*) AS n FROM lookups GROUP BY 1, 2"));
  ONUS_TRY(const Rows rows,
           database.query(fmt::format(
               "SELECT {} AS purpose, {} AS specificity, {} AS offence, {} AS topic, "
               "sum(g.n)::BIGINT FROM report_reasons g LEFT JOIN readings r ON r.text_id = "
               "g.reason_id LEFT JOIN readings d ON d.text_id = g.offence_id GROUP BY 1, 2, 3, 4",
               kStatedPurpose, kStatedSpecificity, kStatedOffence, kStatedTopic)));
  Tally purposes, specificities, offences, topics;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t lookups = rows.integer(i, 4);
    purposes.add(rows.is_null(i, 0) ? "not_stated" : rows.text(i, 0), lookups);
    specificities.add(rows.is_null(i, 1) ? "none" : rows.text(i, 1), lookups);
    if (!rows.is_null(i, 2)) offences.add(rows.text(i, 2), lookups);
    if (!rows.is_null(i, 3)) topics.add(rows.text(i, 3), lookups);
  }
  model.reasons.purposes = purposes.sorted();
  model.reasons.specificities = specificities.sorted();
  model.reasons.offences = offences.sorted();
  model.reasons.topics = topics.sorted();
  ONUS_TRY_VOID(collect_wordings(database, options, model.reasons));
  return database.run("DROP TABLE report_reasons");
}

Result<void> collect_searchers(store::Database& database, const CollectOptions& options,
                               Model& model) {
  ONUS_TRY_VOID(collect_agencies(database, options, model.searchers));
  ONUS_TRY_VOID(collect_actors(database, options, model.searchers));
  model.totals.agencies = model.searchers.agencies_total;
  model.totals.actors = model.searchers.actors_total;
  return {};
}

Result<void> collect_hours(store::Database& database, Model& model) {
  ONUS_TRY_VOID(choose_zone(database, model.hours));
  // Grouped by quarter of an hour in UTC, so that the change of zone is made on few rows.
  ONUS_TRY(const Rows rows,
           database.query(fmt::format(
               "SELECT isodow(t), hour(t), strftime(t, '%Y-%m'), era, sum(n)::BIGINT FROM "
               "(SELECT timezone({}, timezone('UTC', make_timestamp(q * 900000000))) AS t, "
               "coalesce(f.era, '') AS era, n FROM (SELECT file_id, "
               "epoch_us(\"when\") // 900000000 AS q, count(*) AS n FROM lookups GROUP BY 1, 2) "
               "JOIN files f USING (file_id)) GROUP BY 1, 2, 3, 4 ORDER BY 4, 3, 1, 2",
               store::literal(model.hours.zone))));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t lookups = rows.integer(i, 4);
    if (rows.is_null(i, 0)) {
      model.hours.undated += lookups;
      continue;
    }
    const auto day = static_cast<std::size_t>(rows.integer(i, 0) - 1);
    model.hours.lookups[day][static_cast<std::size_t>(rows.integer(i, 1))] += lookups;
    std::vector<Month>& months = model.hours.months;
    if (months.empty() || months.back().era != rows.text(i, 3) ||
        months.back().month != rows.text(i, 2)) {
      months.push_back({std::string(rows.text(i, 3)), std::string(rows.text(i, 2)), 0});
    }
    months.back().lookups += lookups;
  }
  return {};
}

namespace {

void fill_buckets(const Rows& rows, Reach& reach) {
  static constexpr std::array<std::int64_t, 7> kFrom = {0, 1, 2, 11, 101, 1001, 5001};
  for (std::size_t b = 0; b < kFrom.size(); ++b) {
    reach.buckets.push_back({.from = kFrom[b], .to = b + 1 < kFrom.size() ? kFrom[b + 1] - 1 : 0});
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t lookups = rows.integer(i, 1);
    if (rows.is_null(i, 0)) {
      reach.unknown += lookups;
      continue;
    }
    const auto above =
        std::ranges::upper_bound(kFrom, std::max<std::int64_t>(0, rows.integer(i, 0)));
    reach.buckets[static_cast<std::size_t>(above - kFrom.begin() - 1)].lookups += lookups;
    reach.known += lookups;
    reach.largest = std::max(reach.largest, rows.integer(i, 0));
  }
  std::int64_t seen = 0;
  for (std::size_t i = 0; i < rows.size() && seen * 2 < reach.known; ++i) {
    if (rows.is_null(i, 0)) continue;
    seen += rows.integer(i, 1);
    reach.median = rows.integer(i, 0);
  }
}

}  // namespace

Result<void> collect_reach(store::Database& database, Model& model) {
  ONUS_TRY(const Rows networks, database.query("SELECT networks, count(*) FROM lookups "
                                               "GROUP BY 1 ORDER BY 1 NULLS LAST"));
  fill_buckets(networks, model.networks);
  ONUS_TRY(const Rows devices, database.query("SELECT devices, count(*) FROM lookups "
                                              "GROUP BY 1 ORDER BY 1 NULLS LAST"));
  fill_buckets(devices, model.devices);
  return {};
}

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
#include "rules/alike.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/facts.h"

namespace onus::rules {
namespace {

constexpr std::size_t kMostDates = 120;  // each is two steps of a byte

// How texts are read, and what is known of searchers: which of them are alike. A searcher that owns
// data too is like no other, as the law asks whether the two are one.
constexpr std::string_view kAlikeKinds = R"sql(
CREATE OR REPLACE TEMP TABLE alike_readings AS
WITH kinds AS (SELECT row_number() OVER ()::INTEGER AS kind, * FROM (
  SELECT DISTINCT purpose, offence, specificity, topic, on_behalf_of, certainty FROM readings))
SELECT r.text_id, k.kind FROM readings r JOIN kinds k
  ON r.purpose IS NOT DISTINCT FROM k.purpose AND r.offence IS NOT DISTINCT FROM k.offence
  AND r.specificity IS NOT DISTINCT FROM k.specificity AND r.topic IS NOT DISTINCT FROM k.topic
  AND r.on_behalf_of IS NOT DISTINCT FROM k.on_behalf_of
  AND r.certainty IS NOT DISTINCT FROM k.certainty;
CREATE OR REPLACE TEMP TABLE alike_searchers AS
SELECT agency_id, dense_rank() OVER (ORDER BY state, level, kind, country, own)::INTEGER AS kind
FROM (SELECT *, CASE WHEN party_key IN (SELECT party_key FROM parties WHERE agency_id IN (
        SELECT DISTINCT owner_id FROM sighting_rows)) THEN party_key END AS own FROM parties);
)sql";

// What is alike has equal k1 (file, kind of row), k2 (owner, searcher, dates) and k3 (readings).
constexpr std::string_view kAlike = R"sql(
CREATE OR REPLACE TABLE alike AS
SELECT a.access_id, a.lookup_id, a.agency_id, (a.file_id::BIGINT << 32) | a.kind_id AS k1,
  ((coalesce(a.owner_id, -1) + 1)::BIGINT << 32) | (coalesce(s.kind, 0)::BIGINT << 8) | ({}) AS k2,
  (coalesce(r.kind, 0)::BIGINT << 32) | coalesce(d.kind, 0) AS k3
FROM accesses a LEFT JOIN alike_searchers s ON s.agency_id = a.agency_id
  LEFT JOIN alike_readings r ON r.text_id = a.reason_id
  LEFT JOIN alike_readings d ON d.text_id = a.offence_id;
CREATE OR REPLACE TEMP TABLE alike_first AS
SELECT a.* FROM accesses a
SEMI JOIN (SELECT min(access_id) AS access_id FROM alike GROUP BY k1, k2, k3) USING (access_id);
)sql";

constexpr std::string_view kWords = R"sql( AS
SELECT a.access_id, a.lookup_id, a.agency_id, w.* EXCLUDE (k1, k2, k3) FROM alike a
JOIN (SELECT k1, k2, k3, w.* EXCLUDE (access_id, lookup_id, agency_id)
      FROM alike JOIN alike_words w USING (access_id)) w USING (k1, k2, k3);
)sql";

constexpr std::string_view kDrop =
    "DROP TABLE alike; DROP TABLE alike_first; DROP TABLE alike_readings; "
    "DROP TABLE alike_searchers; DROP TABLE IF EXISTS alike_words";

bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

bool is_of_the_access(std::string_view fact) {
  constexpr auto kOwn =
      std::to_array<std::string_view>({"when", "networks", "devices", "window_from", "window_to"});
  return std::ranges::find(kOwn, fact) != kOwn.end();
}

// Of the column at `i`: adds the date that it is compared with. False: it is read in another way.
// Nodes stand behind what they take, so a comparison with a date is three nodes in a row.
bool take_date(const std::vector<Node>& nodes, std::size_t i, std::vector<std::int64_t>& dates) {
  const auto op = [&](std::size_t at) { return at < nodes.size() ? nodes[at].op : Op::boolean; };
  if (op(i + 1) == Op::is_null) return true;
  const bool first = op(i + 1) == Op::timestamp && is_comparison(op(i + 2));
  const bool second = i > 0 && op(i - 1) == Op::timestamp && is_comparison(op(i + 1));
  if (!first && !second) return false;
  const std::int64_t date = nodes[first ? i + 1 : i - 1].number;
  dates.push_back(date);
  dates.push_back(date + 1);
  return true;
}

bool take_dates(const Tree& tree, std::vector<std::int64_t>& dates) {
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    if (tree.nodes[i].op != Op::column) continue;
    const auto column = static_cast<std::size_t>(tree.nodes[i].number);
    const std::string_view fact = record::facts()[column].name;
    if (!is_of_the_access(fact)) continue;
    if (fact != "when" || !take_date(tree.nodes, i, dates)) return false;
  }
  return true;
}

// Between which of the dates an access lies, as a number.
std::string side_sql(const std::vector<std::int64_t>& dates) {
  std::string out = fmt::format("CASE WHEN \"when\" IS NULL THEN {}", dates.size() + 1);
  for (std::size_t i = 0; i < dates.size(); ++i)
    out += fmt::format(" WHEN \"when\" < make_timestamp({}) THEN {}", dates[i], i);
  return out + fmt::format(" ELSE {} END", dates.size());
}

// Whether all that the facts of an access hang on is in the keys, and there are many.
Result<bool> may_be_alike(store::Database& db, std::int64_t least) {
  ONUS_TRY(
      const std::int64_t other,
      db.query_integer("SELECT (SELECT count(*) FROM agreement_registers) + (SELECT count(*) "
                       "FROM extras WHERE field IN ('on_behalf', 'legal_basis', 'decision'))"));
  if (other > 0) return false;
  ONUS_TRY(const std::int64_t rows, db.query_integer("SELECT count(*) FROM sighting_rows"));
  return rows >= least;
}

}  // namespace

std::optional<std::vector<std::int64_t>> dates_of(const std::vector<Slot>& slots) {
  std::vector<std::int64_t> dates;
  for (const Slot& slot : slots) {
    for (const Tree& tree : slot.decision->trees) {
      if (!take_dates(tree, dates)) return std::nullopt;
    }
  }
  std::ranges::sort(dates);
  const auto twice = std::ranges::unique(dates);
  dates.erase(twice.begin(), twice.end());
  if (dates.size() > 2 * kMostDates) return std::nullopt;
  return dates;
}

Result<void> judge(store::Database& db, const std::vector<Slot>& slots, std::string_view temporary,
                   std::int64_t least) {
  const std::optional<std::vector<std::int64_t>> dates = dates_of(slots);
  ONUS_TRY(const bool alike, may_be_alike(db, least));
  if (!alike || !dates || slots.empty()) return db.run(words_sql(slots, words_table(temporary)));
  ONUS_TRY_VOID(db.run(kAlikeKinds));
  ONUS_TRY_VOID(db.run(fmt::format(kAlike, side_sql(*dates))));
  ONUS_TRY_VOID(db.run(words_sql(slots, words_table("alike_words"), "facts_of('alike_first')")));
  ONUS_TRY_VOID(db.run(words_table(temporary) + std::string(kWords)));
  return db.run(kDrop);
}

}  // namespace onus::rules

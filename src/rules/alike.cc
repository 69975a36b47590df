// SPDX-License-Identifier: Apache-2.0
#include "rules/alike.h"

#include <fmt/format.h>

#include <optional>
#include <span>

#include "rules/asked.h"

namespace onus::rules {
namespace {

constexpr std::size_t kMostDates = 240;       // a side of theirs is a byte
constexpr std::size_t kMostConditions = 31;   // two bits of a word each
constexpr std::int64_t kMostSpans = 1 << 20;  // a kind of theirs is 20 bits, as one of readings

// How each text is read, as a number.
constexpr std::string_view kReadings = R"sql(
WITH kinds AS (SELECT row_number() OVER ()::INTEGER AS kind, * FROM (
  SELECT DISTINCT purpose, offence, specificity, topic, on_behalf_of, certainty FROM readings))
SELECT r.text_id, k.kind FROM readings r JOIN kinds k
  ON r.purpose IS NOT DISTINCT FROM k.purpose AND r.offence IS NOT DISTINCT FROM k.offence
  AND r.specificity IS NOT DISTINCT FROM k.specificity AND r.topic IS NOT DISTINCT FROM k.topic
  AND r.on_behalf_of IS NOT DISTINCT FROM k.on_behalf_of
  AND r.certainty IS NOT DISTINCT FROM k.certainty)sql";

// What is known of each searcher, as a number. One that owns data too is like no other, as the law
// asks whether the two are one.
constexpr std::string_view kSearchers = R"sql(
SELECT agency_id, dense_rank() OVER (ORDER BY state, level, kind, country, own,
  party_key IS NULL)::INTEGER AS kind
FROM (SELECT *, CASE WHEN party_key IN (SELECT party_key FROM parties WHERE agency_id IN (
        SELECT DISTINCT owner_id FROM sighting_rows)) THEN party_key END AS own FROM parties))sql";

// What papers say between two agencies, as they are spelled, in [begins, ends), as a number: who
// the two are is the same to rules where their papers are.
constexpr std::string_view kPapers = R"sql(
CREATE OR REPLACE TEMP TABLE alike_papers AS
SELECT o.agency_id AS owner_id, p.agency_id, g.begins, g.ends, g.kind
FROM (SELECT *, dense_rank() OVER (ORDER BY declaration, declaration_for, certification,
        certification_for, sharing_agreement, sharing_agreement_for) AS kind FROM agreement_spans) g
JOIN parties o ON o.party_key = g.owner_key JOIN parties p ON p.party_key = g.searcher_key)sql";

// What is alike has equal k1 (file, kind of row), k2 (owner, searcher, dates), k3 (readings,
// papers) and k4 (what is asked of the access itself). It is computed twice, once to find one of
// each and once to give its words to the others: to keep it between would cost more.
constexpr std::string_view kKeyed = R"sql(
SELECT sighting_id AS access_id, coalesce(l.lookup_id, sighting_id) AS lookup_id, s.agency_id,
  (file_id::BIGINT << 32) | kind_id AS k1,
  ((coalesce(s.owner_id, -1) + 1)::BIGINT << 32)
    | (coalesce({0}(s.agency_id), 0)::BIGINT << 8) | ({1}) AS k2,
  (coalesce({2}(reason_id), 0)::BIGINT << 40) | (coalesce({2}(offence_id), 0)::BIGINT << 20) | {4}
    AS k3, {3} AS k4
FROM sighting_rows s LEFT JOIN links l USING (sighting_id) {5}
WHERE l.access_id IS NULL OR l.access_id = sighting_id)sql";

constexpr std::string_view kTheirPapers =
    "LEFT JOIN alike_papers g ON g.owner_id = s.owner_id AND g.agency_id = s.agency_id "
    "AND \"when\" >= g.begins AND \"when\" < g.ends";

constexpr std::string_view kFirst = R"sql(
CREATE OR REPLACE TEMP TABLE alike_groups AS
SELECT k1, k2, k3, k4, min(access_id) AS access_id FROM ({}) GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE alike_first AS
SELECT a.* FROM accesses a SEMI JOIN alike_groups USING (access_id);
)sql";

constexpr std::string_view kWords = R"sql({0} AS
SELECT a.access_id, a.lookup_id, a.agency_id, {1} FROM ({2}) a
JOIN (FROM alike_groups JOIN (SELECT access_id, {1} FROM alike_words) USING (access_id)) w
  ON w.k1 = a.k1 AND w.k2 = a.k2 AND w.k3 = a.k3 AND w.k4 = a.k4;
)sql";

constexpr std::string_view kDrop =
    "DROP TABLE alike_groups; DROP TABLE alike_first; DROP TABLE alike_words; "
    "DROP TABLE alike_papers";

// Between which of the dates [from, to) an access lies, as a number: halves of halves, so that 54
// dates are six comparisons.
std::string side_sql(std::span<const std::int64_t> dates, std::size_t from, std::size_t to) {
  if (from == to) return fmt::format("{}", from);
  const std::size_t middle = (from + to) / 2;
  return fmt::format("CASE WHEN \"when\" < make_timestamp({}) THEN {} ELSE {} END", dates[middle],
                     side_sql(dates, from, middle), side_sql(dates, middle + 1, to));
}

std::string side_sql(const std::vector<std::int64_t>& dates) {
  return fmt::format("CASE WHEN \"when\" IS NULL THEN {} ELSE {} END", dates.size() + 1,
                     side_sql(dates, 0, dates.size()));
}

// What the conditions answer, two bits each. What two conditions compute alike (the days between
// two moments) the engine computes once, as no CASE stands around it.
std::string answers_sql(const std::vector<std::string>& conditions) {
  std::string out = "0::BIGINT";
  for (std::size_t i = 0; i < conditions.size(); ++i)
    out += fmt::format(" | (coalesce({}::BIGINT + 1, 0) << {})", conditions[i], 2 * i);
  return out;
}

bool fits(const Asked& asked) {
  return asked.dates.size() <= kMostDates && asked.conditions.size() <= kMostConditions;
}

// Whether all that the facts of an access hang on is in the keys, and there are many.
Result<bool> may_be_alike(store::Database& db, std::int64_t least) {
  ONUS_TRY(const std::int64_t beside,
           db.query_integer("SELECT count(*) FROM extras WHERE field IN ('on_behalf', "
                            "'legal_basis', 'decision')"));
  ONUS_TRY(const std::int64_t spans, db.query_integer("SELECT count(*) FROM agreement_spans"));
  if (beside > 0 || spans > kMostSpans) return false;
  ONUS_TRY(const std::int64_t rows, db.query_integer("SELECT count(*) FROM sighting_rows"));
  return rows >= least;
}

// The keys of every access. A case without papers pays no join for them.
Result<std::string> keyed_by(store::Database& db, const Asked& asked) {
  ONUS_TRY(const std::string searchers, db.function_of(std::string(kSearchers)));
  ONUS_TRY(const std::string readings, db.function_of(std::string(kReadings)));
  ONUS_TRY_VOID(db.run(kPapers));
  ONUS_TRY(const std::int64_t papers, db.query_integer("SELECT count(*) FROM alike_papers"));
  return fmt::format(kKeyed, searchers, side_sql(asked.dates), readings,
                     answers_sql(asked.conditions), papers > 0 ? "coalesce(g.kind, 0)" : "0",
                     papers > 0 ? kTheirPapers : "");
}

}  // namespace

Result<void> judge(store::Database& db, const std::vector<Slot>& slots, std::string_view temporary,
                   std::int64_t least) {
  const std::optional<Asked> asked = asked_of(slots);
  ONUS_TRY(const bool alike, may_be_alike(db, least));
  if (!alike || !asked || !fits(*asked) || slots.empty())
    return db.run(words_sql(slots, words_table(temporary)));
  ONUS_TRY(const std::string keyed, keyed_by(db, *asked));
  ONUS_TRY_VOID(db.run(fmt::format(kFirst, keyed)));
  ONUS_TRY_VOID(db.run(words_sql(slots, words_table("alike_words"), "facts_of('alike_first')")));
  ONUS_TRY_VOID(db.run(fmt::format(kWords, words_table(temporary), word_columns(slots), keyed)));
  return db.run(kDrop);
}

}  // namespace onus::rules

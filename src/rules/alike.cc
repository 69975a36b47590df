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
// papers) and k4 (what is asked of the access itself). `alike` numbers that, negative where a
// combination was met first (Database::function_of_numbers).
constexpr std::string_view kRows = R"sql(
CREATE OR REPLACE TEMP TABLE alike_rows AS
SELECT sighting_id AS access_id, {lookup} AS lookup_id, s.agency_id,
  {number}((file_id::BIGINT << 32) | kind_id,
    ((coalesce(s.owner_id, -1) + 1)::BIGINT << 32)
      | (coalesce({searcher}(s.agency_id), 0)::BIGINT << 8) | ({side}),
    (coalesce({reading}(reason_id), 0)::BIGINT << 40)
      | (coalesce({reading}(offence_id), 0)::BIGINT << 20) | {paper},
    {answers}) AS alike
FROM sighting_rows s {joins})sql";

constexpr std::string_view kTheirLinks =
    "LEFT JOIN links l USING (sighting_id) WHERE l.access_id IS NULL OR l.access_id = sighting_id";

constexpr std::string_view kTheirPapers =
    "LEFT JOIN alike_papers g ON g.owner_id = s.owner_id AND g.agency_id = s.agency_id "
    "AND \"when\" >= g.begins AND \"when\" < g.ends ";

// A view, so that only those columns are fetched that are asked.
constexpr std::string_view kFirst = R"sql(
CREATE OR REPLACE TEMP VIEW alike_first AS
SELECT a.* FROM accesses a SEMI JOIN (FROM alike_rows WHERE alike < 0) USING (access_id))sql";

// The kind of each number: of the access that was met first.
constexpr std::string_view kKindOfNumber = R"sql(
SELECT -1 - alike, kind FROM (FROM alike_rows WHERE alike < 0)
JOIN judged_words USING (access_id) JOIN {}_kinds USING ({}))sql";

constexpr std::string_view kRowsOfLike =
    "SELECT access_id, lookup_id, agency_id, {}(greatest(alike, -1 - alike)) AS kind "
    "FROM alike_rows";

constexpr std::string_view kRowsOfEach =
    "SELECT access_id, lookup_id, agency_id, kind FROM judged_words JOIN {}_kinds USING ({}) "
    "ORDER BY access_id";

// Between which of the dates [from, to) an access lies, as a number: halves of halves, so that 54
// dates are six comparisons.
// NOLINTNEXTLINE(misc-no-recursion): each call halves at most kMostDates dates
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

// Numbers what is alike. Rows keep their order through functions, and through no join: a case
// without links and papers has none, and is sorted by neither.
Result<bool> number_rows(store::Database& db, const Asked& asked) {
  ONUS_TRY(const std::string searchers, db.function_of(std::string(kSearchers)));
  ONUS_TRY(const std::string readings, db.function_of(std::string(kReadings)));
  ONUS_TRY_VOID(db.run(kPapers));
  ONUS_TRY(const std::int64_t papers, db.query_integer("SELECT count(*) FROM alike_papers"));
  ONUS_TRY(const std::int64_t links, db.query_integer("SELECT count(*) FROM links"));
  std::string joins(papers > 0 ? kTheirPapers : "");
  if (links > 0) joins += kTheirLinks;
  ONUS_TRY_VOID(db.run(fmt::format(
      kRows, fmt::arg("lookup", links > 0 ? "coalesce(l.lookup_id, sighting_id)" : "sighting_id"),
      fmt::arg("number", db.function_of_numbers(4)), fmt::arg("searcher", searchers),
      fmt::arg("side", side_sql(asked.dates)), fmt::arg("reading", readings),
      fmt::arg("paper", papers > 0 ? "coalesce(g.kind, 0)" : "0"),
      fmt::arg("answers", answers_sql(asked.conditions)), fmt::arg("joins", joins))));
  return !joins.empty();
}

std::string make_sql(bool temporary, const std::string& table, std::string_view query) {
  return fmt::format("CREATE OR REPLACE {}TABLE {} AS {}", temporary ? "TEMP " : "", table, query);
}

// One of each is judged.
Result<void> judge_alike(store::Database& db, const std::vector<Slot>& slots, const Asked& asked,
                         const std::string& name, bool temporary) {
  ONUS_TRY(const bool joined, number_rows(db, asked));
  ONUS_TRY_VOID(db.run(kFirst));
  ONUS_TRY_VOID(db.run(words_sql(slots, "judged_words", "facts_of('alike_first')")));
  ONUS_TRY_VOID(db.run(make_sql(temporary, name + "_kinds", kinds_sql(slots, "judged_words"))));
  ONUS_TRY(const std::string kind,
           db.function_of(fmt::format(kKindOfNumber, name, word_columns(slots))));
  const std::string rows = fmt::format(kRowsOfLike, kind) + (joined ? " ORDER BY access_id" : "");
  ONUS_TRY_VOID(db.run(make_sql(temporary, name + "_rows", rows)));
  return db.run("DROP VIEW alike_first; DROP TABLE alike_rows; DROP TABLE alike_papers");
}

Result<void> judge_each(store::Database& db, const std::vector<Slot>& slots,
                        const std::string& name, bool temporary) {
  ONUS_TRY_VOID(db.run(words_sql(slots, "judged_words")));
  ONUS_TRY_VOID(db.run(make_sql(temporary, name + "_kinds", kinds_sql(slots, "judged_words"))));
  return db.run(
      make_sql(temporary, name + "_rows", fmt::format(kRowsOfEach, name, word_columns(slots))));
}

}  // namespace

Result<void> judge(store::Database& db, const std::vector<Slot>& slots, const std::string& name,
                   bool temporary, std::int64_t least) {
  const std::optional<Asked> asked = asked_of(slots);
  ONUS_TRY(const bool many, may_be_alike(db, least));
  const bool alike = many && asked && fits(*asked) && !slots.empty();
  ONUS_TRY_VOID(alike ? judge_alike(db, slots, *asked, name, temporary)
                      : judge_each(db, slots, name, temporary));
  return db.run("DROP TABLE judged_words");
}

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// Most keys stand once. So the keys that do not are found first, with nothing but the key column
// read, and only their rows are looked at further. The count runs over as many slices of the keys
// as keep its hash table small: memory does not grow with the case.
#include "ingest/link.h"

#include <fmt/format.h>

#include <string>

namespace onus::ingest {
namespace {

constexpr std::int64_t kRowsPerSlice = 12'000'000;

// A representative is the sighting that states the most, then the first.
constexpr std::string_view kLinks = R"sql(
INSERT INTO links
SELECT sighting_id,
       first_value(sighting_id) OVER act AS lookup_id,
       first_value(sighting_id) OVER owned AS access_id,
       act_tier
FROM (
  SELECT s.sighting_id, s.act_key, s.act_tier, s.owner_id,
         (s.agency_state = 'value')::INTEGER + (s.actor_state = 'value')::INTEGER +
         (s.subject_state = 'value')::INTEGER + (s.reason_state = 'value')::INTEGER +
         (s.case_state = 'value')::INTEGER + (s.offence_state = 'value')::INTEGER +
         (s.networks_state = 'value')::INTEGER + (s.devices_state = 'value')::INTEGER +
         (s.window_state = 'value')::INTEGER AS stated
  FROM sightings s SEMI JOIN repeated_keys r USING (act_key))
WINDOW act AS (PARTITION BY act_key ORDER BY stated DESC, sighting_id),
       owned AS (PARTITION BY act_key, owner_id ORDER BY stated DESC, sighting_id)
ORDER BY sighting_id
)sql";

constexpr std::string_view kCounts = R"sql(
SELECT count(*), coalesce(sum(n - 1), 0)::BIGINT,
       coalesce(sum(n - files), 0)::BIGINT, coalesce(sum(files - 1), 0)::BIGINT,
       coalesce(sum(n - 1) FILTER (tier = 'vendor_id'), 0)::BIGINT,
       coalesce(sum(n - files) FILTER (tier = 'exact_fields'), 0)::BIGINT
FROM (SELECT l.lookup_id, any_value(l.tier) AS tier, count(*) AS n,
             count(DISTINCT s.file_id) AS files
      FROM links l JOIN sightings s USING (sighting_id) GROUP BY l.lookup_id)
)sql";

Result<void> find_repeated_keys(store::Database& db, std::int64_t sightings) {
  ONUS_TRY_VOID(db.run("CREATE OR REPLACE TEMP TABLE repeated_keys (act_key HUGEINT)"));
  const std::int64_t slices = sightings / kRowsPerSlice + 1;
  for (std::int64_t slice = 0; slice < slices; ++slice) {
    const std::string only =
        slices == 1 ? std::string() : fmt::format("WHERE hash(act_key) % {} = {}", slices, slice);
    ONUS_TRY_VOID(
        db.run(fmt::format("INSERT INTO repeated_keys SELECT act_key FROM sightings {} "
                           "GROUP BY act_key HAVING count(*) > 1",
                           only)));
  }
  return {};
}

}  // namespace

Result<LinkSummary> link(store::Database& db) {
  LinkSummary out;
  ONUS_TRY(out.sightings, db.query_integer("SELECT count(*) FROM sightings"));
  ONUS_TRY_VOID(find_repeated_keys(db, out.sightings));
  ONUS_TRY_VOID(db.run("DELETE FROM links"));
  ONUS_TRY_VOID(db.run(kLinks));
  ONUS_TRY_VOID(db.run("DROP TABLE repeated_keys"));
  ONUS_TRY(const store::Rows counts, db.query(kCounts));
  const std::int64_t repeated = counts.integer(0, 1);
  out.in_file_duplicates = counts.integer(0, 2);
  out.cross_file_duplicates = counts.integer(0, 3);
  out.linked_by_vendor_id = counts.integer(0, 4);
  out.linked_by_exact_fields = repeated - out.linked_by_vendor_id;
  out.lookups_low = out.sightings - repeated;
  out.lookups_high = out.lookups_low + counts.integer(0, 5);
  return out;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// Most keys stand once. So the keys that do not are found first, with nothing but the key column
// read, and only their rows are looked at further. Where few repeat, those that may are found by a
// table of sixteen bits a row (0.5 s of 10 million keys, against 0.9 s and a hash table of them
// all). Else they are counted, over as many slices of the keys as keep the hash table small: memory
// does not grow with the case.
#include "ingest/link_exact.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <string>
#include <vector>

namespace onus::ingest {
namespace {

constexpr std::int64_t kRowsPerSlice = 12'000'000;

// What the sightings of repeated or joined keys are, with a rank: first who states the most, then
// the first. The least rank among some sightings names their representative (its lower 50 bits).
constexpr std::string_view kRepeated = R"sql(
CREATE OR REPLACE TEMP TABLE repeated AS
SELECT s.sighting_id, s.file_id, s.act_key, coalesce(j.joined_key, s.act_key) AS key,
       CASE WHEN j.joined_key <> s.act_key THEN 'probabilistic' ELSE s.act_tier END AS tier,
       s.act_tier, coalesce(j.probability, 1000000) AS probability,
       coalesce(s.owner_id, -1) AS owner,
       ((9 - (s.agency_state = 'value')::BIGINT - (s.actor_state = 'value')::BIGINT
           - (s.subject_state = 'value')::BIGINT - (s.reason_state = 'value')::BIGINT
           - (s.case_state = 'value')::BIGINT - (s.offence_state = 'value')::BIGINT
           - (s.networks_state = 'value')::BIGINT - (s.devices_state = 'value')::BIGINT
           - (s.window_state = 'value')::BIGINT) << 50) + s.sighting_id AS rank
FROM sightings s SEMI JOIN (FROM repeated_keys UNION SELECT act_key FROM link_joined) r
     USING (act_key) LEFT JOIN link_joined j USING (act_key)
)sql";

constexpr std::string_view kLinks = R"sql(
INSERT INTO links
WITH owned AS MATERIALIZED (
       SELECT key, owner, min(rank) AS least FROM repeated GROUP BY key, owner),
     acts AS (SELECT key, min(least) AS least FROM owned GROUP BY key),
     chosen AS (SELECT key, o.owner, a.least & ((1::BIGINT << 50) - 1) AS lookup_id,
                     o.least & ((1::BIGINT << 50) - 1) AS access_id
              FROM owned o JOIN acts a USING (key))
SELECT sighting_id, lookup_id, access_id, tier, probability
FROM repeated JOIN chosen USING (key, owner)
ORDER BY sighting_id
)sql";

constexpr std::string_view kCounts = R"sql(
SELECT coalesce(sum(n - 1), 0)::BIGINT,
       coalesce(sum(n - files), 0)::BIGINT, coalesce(sum(files - 1), 0)::BIGINT,
       coalesce(sum(n - 1) FILTER (tier = 'vendor_id'), 0)::BIGINT,
       coalesce(sum(n - files) FILTER (tier = 'exact_fields'), 0)::BIGINT
FROM (SELECT any_value(tier) AS tier, sum(in_file) AS n, count(*) AS files
      FROM (SELECT act_key, file_id, any_value(act_tier) AS tier, count(*) AS in_file
            FROM repeated GROUP BY act_key, file_id)
      GROUP BY act_key)
)sql";

// Rows that equal another one of their file are a note on it (ingest/notes.h, kDuplicateRows).
constexpr std::string_view kNotes = R"sql(
UPDATE files
SET notes = list_concat(list_filter(notes, lambda note: NOT starts_with(note, 'duplicate_rows')),
                        CASE WHEN extra > 0 THEN ['duplicate_rows|' || extra::VARCHAR] ELSE [] END)
FROM (SELECT f.file_id AS id, coalesce(sum(in_file - 1), 0)::BIGINT AS extra
      FROM files f LEFT JOIN (SELECT file_id, act_key, count(*) AS in_file
                              FROM repeated GROUP BY file_id, act_key) USING (file_id)
      GROUP BY f.file_id)
WHERE file_id = id AND status = 'done'
)sql";

// Says of a key whether it may have been seen before: never no where it was.
class SeenBits {
 public:
  explicit SeenBits(std::int64_t keys)
      : words_(std::bit_ceil(static_cast<std::uint64_t>(keys) / 4 + 1)) {}
  void prefetch(const store::HugeInt& key) const { __builtin_prefetch(&words_[word_of(key)]); }
  bool add(const store::HugeInt& key) {
    std::uint64_t& word = words_[word_of(key)];
    const std::uint64_t bit = std::uint64_t{1} << (mixed(key) >> 58);
    const bool seen = (word & bit) != 0;
    word |= bit;
    return seen;
  }

 private:
  static std::uint64_t mixed(const store::HugeInt& key) {
    return (key.low ^ static_cast<std::uint64_t>(key.high)) * 0x9e3779b97f4a7c15;
  }
  std::size_t word_of(const store::HugeInt& key) const { return mixed(key) & (words_.size() - 1); }
  std::vector<std::uint64_t> words_;
};

using Keys = std::vector<store::HugeInt>;

// Those that may repeat; nothing where they are over `most`.
Result<std::optional<Keys>> keys_that_may_repeat(store::Database& db, std::int64_t sightings,
                                                 std::size_t most) {
  SeenBits seen(sightings);
  std::optional<Keys> out(std::in_place);
  ONUS_TRY_VOID(db.each_chunk("SELECT act_key FROM sighting_rows",
                              [&](const store::ChunkView& chunk) -> Result<void> {
                                if (out->size() > most) return {};
                                const store::HugeInt* const keys = chunk.values<store::HugeInt>(0);
                                for (std::size_t i = 0; i < chunk.size(); ++i)
                                  seen.prefetch(keys[i]);
                                for (std::size_t i = 0; i < chunk.size(); ++i) {
                                  if (seen.add(keys[i])) out->push_back(keys[i]);
                                }
                                return {};
                              }));
  if (out->size() > most) out.reset();
  return out;
}

Result<void> write_keys(store::Database& db, std::string_view table, const Keys& keys) {
  ONUS_TRY(store::ChunkWriter writer, db.writer(table));
  for (std::size_t from = 0; from < keys.size();) {
    const std::size_t count = std::min(keys.size() - from, store::ChunkWriter::capacity());
    std::copy_n(&keys[from], count, writer.values<store::HugeInt>(0));
    ONUS_TRY_VOID(writer.flush(count));
    from += count;
  }
  return writer.close();
}

Result<void> count_all_keys(store::Database& db, std::int64_t sightings) {
  const std::int64_t slices = sightings / kRowsPerSlice + 1;
  for (std::int64_t slice = 0; slice < slices; ++slice) {
    ONUS_TRY_VOID(db.run(fmt::format(
        "INSERT INTO repeated_keys SELECT act_key FROM sighting_rows WHERE hash(act_key) % {} = {} "
        "GROUP BY act_key HAVING count(*) > 1",
        slices, slice)));
  }
  return {};
}

}  // namespace

Result<void> find_repeated_keys(store::Database& db, std::int64_t sightings) {
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TEMP TABLE repeated_keys (act_key HUGEINT);"
             "CREATE OR REPLACE TEMP TABLE maybe_repeated (act_key HUGEINT)"));
  const auto most = static_cast<std::size_t>(sightings / 8 + 1000);
  ONUS_TRY(const std::optional<Keys> keys, keys_that_may_repeat(db, sightings, most));
  if (!keys) return count_all_keys(db, sightings);
  ONUS_TRY_VOID(write_keys(db, "maybe_repeated", *keys));
  return db.run(
      "INSERT INTO repeated_keys SELECT act_key FROM sighting_rows SEMI JOIN maybe_repeated "
      "USING (act_key) GROUP BY act_key HAVING count(*) > 1; DROP TABLE maybe_repeated");
}

Result<ExactCounts> write_links(store::Database& db) {
  ONUS_TRY_VOID(db.run(kRepeated));
  ONUS_TRY_VOID(db.run("DELETE FROM links"));
  ONUS_TRY_VOID(db.run(kLinks));
  ONUS_TRY(const store::Rows counts, db.query(kCounts));
  ONUS_TRY_VOID(db.run(kNotes));
  ONUS_TRY_VOID(db.run("DROP TABLE repeated; DROP TABLE repeated_keys; DROP TABLE link_joined"));
  return ExactCounts{.repeated = counts.integer(0, 0),
                     .in_file = counts.integer(0, 1),
                     .in_file_without_id = counts.integer(0, 4),
                     .across_files = counts.integer(0, 2),
                     .by_vendor_id = counts.integer(0, 3)};
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "ingest/link.h"

#include <fmt/format.h>

#include "ingest/link_exact.h"
#include "ingest/link_masked.h"

namespace onus::ingest {
namespace {

Result<void> write_counts(store::Database& db, const LinkSummary& of) {
  ONUS_TRY_VOID(db.run("DELETE FROM link_counts"));
  return db.run(fmt::format("INSERT INTO link_counts VALUES ({}, {}, {}, {}, {}, {})",
                            of.lookups_low, of.lookups, of.lookups_high,
                            of.sightings - of.linked_by_vendor_id, of.linked_by_probability,
                            of.rows_left_out));
}

}  // namespace

Result<LinkSummary> link(store::Database& db, int threads) {
  LinkSummary out;
  ONUS_TRY(out.sightings, db.query_integer("SELECT count(*) FROM sighting_rows"));
  ONUS_TRY(const MaskedLinks masked, link_masked(db, threads));
  ONUS_TRY_VOID(find_repeated_keys(db, out.sightings));
  ONUS_TRY(const ExactCounts exact, write_links(db));
  out.in_file_duplicates = exact.in_file;
  out.cross_file_duplicates = exact.across_files + masked.joined;
  out.linked_by_vendor_id = exact.by_vendor_id;
  out.linked_by_exact_fields = exact.repeated - exact.by_vendor_id;
  out.linked_by_probability = masked.joined;
  const std::int64_t keys = out.sightings - exact.repeated;
  out.lookups = keys - masked.joined;
  out.lookups_low = out.lookups - masked.joined_maybe;
  out.lookups_high = keys + exact.in_file_without_id;
  out.rows_left_out = masked.rows_left_out;
  ONUS_TRY_VOID(write_counts(db, out));
  return out;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// The tables of a case, and who writes each. A stage reads earlier tables and writes its own; no
// table has two writers. Ids are dense and given in the order of the input, so that the same input
// gives the same store. Times are UTC with microseconds. Nothing here holds a plate, or the name of
// anyone looked up: `subject` is a keyed token, and texts were scrubbed before they came here.
//
//   ingest    files, columns, parts, texts, actors, agencies_raw, row_kinds, sighting_rows, extras,
//             rejects, links, link_counts
//   classify  readings
//   resolve   parties, agreement_registers, agreement_spans
//   rules     packs, rules, outcome_rows, outcome_kinds, outcome_reasons, outcome_counts,
//   detections
//
// The view outcomes(access_id, lookup_id, agency_id, r<rule_ix> outcome, b<rule_ix> UTINYINT, ...)
// has two columns for each rule that is not a detector; b is a code of outcome_reasons. It joins
// outcome_rows(access_id, lookup_id, agency_id, kind), in the order of access_id, and
// outcome_kinds(kind, w<i>, r<rule_ix>, b<rule_ix>, ...).
#pragma once

#include <string_view>

namespace onus::record {

// The version of these tables; a case of another version is refused (Code::conflict).
inline constexpr int kSchemaVersion = 6;

// CREATE TYPE and CREATE TABLE for all of the above but those two, and the view sightings.
std::string_view schema_sql();

// CREATE OR REPLACE VIEW lookups, accesses, facts (see record/facts.h), party_facts and detect_*,
// which is all that a detector may read. Run after linking.
std::string_view views_sql();

}  // namespace onus::record

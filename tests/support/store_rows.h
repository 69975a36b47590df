// SPDX-License-Identifier: Apache-2.0
// Rows put by hand into a case, as the view `sightings` shows them.
#pragma once

#include <string>
#include <string_view>

namespace onus::test {

// `insert`: what follows "INSERT INTO sightings": "(sighting_id, ...) SELECT ...".
inline std::string put_sightings(std::string_view insert) {
  static constexpr std::string_view kRest = R"sql(;
INSERT INTO row_kinds SELECT (SELECT count(*) FROM row_kinds) + row_number() OVER () - 1, * FROM (
  SELECT act_tier, act, search_type, agency_state, actor_state, subject_state, networks_state,
    devices_state, window_state, reason_state, case_state, offence_state, filters_state, prompt_state,
    subject_in_text, moderation FROM put
  EXCEPT SELECT * EXCLUDE (kind_id) FROM row_kinds);
INSERT INTO sighting_rows BY NAME SELECT p.sighting_id, file_id, "row", line, byte_offset, byte_length,
  act_key, "when", kind_id, owner_id, agency_id, actor_id, subject, networks, devices, window_from,
  window_to, reason_id, case_key, offence_id
FROM put p JOIN row_kinds k ON p.act_tier IS NOT DISTINCT FROM k.act_tier
  AND p.act IS NOT DISTINCT FROM k.act AND p.search_type IS NOT DISTINCT FROM k.search_type
  AND p.agency_state IS NOT DISTINCT FROM k.agency_state
  AND p.actor_state IS NOT DISTINCT FROM k.actor_state
  AND p.subject_state IS NOT DISTINCT FROM k.subject_state
  AND p.networks_state IS NOT DISTINCT FROM k.networks_state
  AND p.devices_state IS NOT DISTINCT FROM k.devices_state
  AND p.window_state IS NOT DISTINCT FROM k.window_state
  AND p.reason_state IS NOT DISTINCT FROM k.reason_state
  AND p.case_state IS NOT DISTINCT FROM k.case_state
  AND p.offence_state IS NOT DISTINCT FROM k.offence_state
  AND p.filters_state IS NOT DISTINCT FROM k.filters_state
  AND p.prompt_state IS NOT DISTINCT FROM k.prompt_state
  AND p.subject_in_text IS NOT DISTINCT FROM k.subject_in_text
  AND p.moderation IS NOT DISTINCT FROM k.moderation
ORDER BY p.sighting_id;
DROP TABLE put;
)sql";
  return "CREATE OR REPLACE TEMP TABLE put AS SELECT * EXCLUDE (kind_id) FROM sightings LIMIT 0; "
         "INSERT INTO put " +
         std::string(insert) + std::string(kRest);
}

}  // namespace onus::test

// SPDX-License-Identifier: Apache-2.0
#include "record/facts.h"

#include <array>

namespace onus::record {

std::span<const Fact> facts() {
  static constexpr FactType T = FactType::text;
  static constexpr auto kAll = std::to_array<Fact>({
      {"when", FactType::timestamp, "moment of the lookup, UTC"},
      {"act", T, "search, hotlist_hit, derived, administrative"},
      {"system", T, "kind of record system: plate_reader, ..."},
      {"log_role", T,
       "owner: a log of who searched our data; searcher: of what our people searched"},
      {"era", T, "the export era of the file, from its profile"},
      {"owner_state", T, "state of the agency that owns the data, two letters"},
      {"owner_level", T, "level of the owner: local, county, state, federal, ..."},
      {"owner_kind", T, "kind of the owner: police, sheriff, ..."},
      {"owner_country", T, "country of the owner, two letters: US, DE, ..."},
      {"searcher_state", T, "state of the searcher's agency"},
      {"searcher_level", T, "level of the searcher's agency"},
      {"searcher_kind", T, "kind of the searcher's agency"},
      {"searcher_country", T, "country of the searcher's agency, two letters"},
      {"relation", T, "same_agency, in_state, out_of_state, federal, private_body, unknown"},
      {"declaration", T, "declaration of the searcher to the owner on that day: active, none, ..."},
      {"certification", T, "certification of the searcher, the same words"},
      {"sharing_agreement", T, "agreement between owner and searcher, the same words"},
      {"purpose", T, "purpose read from reason and drop-down"},
      {"offence", T, "offence named in reason or drop-down"},
      {"specificity", T, "specific, coded, generic, none"},
      {"topic", T, "immigration, protest, reproductive_health, other_protected"},
      {"topic_certainty", T, "explicit, contextual, ambiguous"},
      {"on_behalf_of", T,
       "agency named as the one it was done for, in the column for it or the reason"},
      {"on_behalf_state", T, "cell state of the column for whom it was done"},
      {"legal_basis", T, "the permissible use or reason code that was claimed, as the log has it"},
      {"legal_basis_state", T, "cell state of that"},
      {"decision", T, "what became of the request: allowed, denied, failed"},
      {"reason_state", T, "cell state of the stated reason"},
      {"case_state", T, "cell state of the case number"},
      {"offence_state", T, "cell state of the offence drop-down"},
      {"actor_state", T, "cell state of the user"},
      {"agency_state", T, "cell state of the user's agency"},
      {"subject_state", T, "cell state of the plate or other query key"},
      {"filters_state", T, "cell state of the search filters"},
      {"prompt_state", T, "cell state of the text prompt"},
      {"window_state", T, "cell state of the time frame"},
      {"networks_state", T, "cell state of the number of networks"},
      {"networks", FactType::integer, "organisations searched"},
      {"devices", FactType::integer, "cameras searched"},
      {"window_from", FactType::timestamp, "start of the time frame asked for"},
      {"window_to", FactType::timestamp, "end of the time frame asked for"},
      {"search_type", T, "the vendor's search type"},
      {"moderation", T, "the vendor's verdict on a text prompt"},
  });
  return kAll;
}

std::optional<Fact> find_fact(std::string_view name) {
  for (const Fact& fact : facts()) {
    if (fact.name == name) return fact;
  }
  return std::nullopt;
}

}  // namespace onus::record

// SPDX-License-Identifier: Apache-2.0
// Agency names as they stand in logs -> parties: place, state, kind, level, marks. A state that the
// name does not give is not guessed: 34 % of US agency names stand in more than one state, and 656
// places have both a city and a county agency.
//
//   core   parse_agency("Okaloosa County FL SO") -> okaloosa, FL, sheriff, county
//   stage  run: reads agencies_raw, writes parties
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/record.h"
#include "store/database.h"

namespace onus::resolve {

struct Party {
  std::string
      key;  // from the parse alone, equal for spellings of one agency: "us-fl-okaloosa-sheriff"
  std::string place;  // "okaloosa"; what is left of the name where nothing else is known
  std::optional<std::string_view> state;  // "FL", "DE-HH"; none: the name does not say
  std::optional<std::string_view>
      country;                        // "US" with a state or a federal mark, or as the name says
  std::string_view kind = "unknown";  // one of kinds()
  record::AgencyLevel level = record::AgencyLevel::unknown;
  bool inactive = false;  // "[Inactive]": the agency has left the network
  int confidence = 0;     // of 1000: kind and state both stated 950, one of them 600, neither 200
};

// police, sheriff, state_police, campus, tribal, federal, task_force, fusion_centre, fire,
// prosecutor, corrections, private, other, unknown
Party parse_agency(std::string_view name);

struct Summary {
  std::int64_t names = 0;          // distinct spellings
  std::int64_t parties = 0;        // distinct keys
  std::int64_t without_state = 0;  // of the names, federal ones not counted
  std::int64_t ambiguous = 0;      // several agencies of the register fit
};

// What the auditor knows of agencies (resolve/register.h); may be empty.
struct Books;

// The stage: reads agencies_raw, replaces parties.
Result<Summary> run(store::Database& db, const Books& books);
Result<Summary> run(store::Database& db);  // from the names alone

}  // namespace onus::resolve

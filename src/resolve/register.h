// SPDX-License-Identifier: Apache-2.0
// What the auditor knows of agencies beside their names: a register of them (the FBI's list, or the
// Law Enforcement Agency Identifiers Crosswalk) and a list of aliases. Neither is needed; a name
// that says place, state and kind is a party without them.
//
// A register settles what a name leaves open only where one agency fits: 34 % of the names in the
// FBI's list stand in more than one state, and 656 places have both a city's and a county's agency.
// Where several fit there is no match, and the candidates are named.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "resolve/resolve.h"

namespace onus::resolve {

struct Agency {
  std::string name, state, county, ori;  // as the register has them; county, ori may be empty
  Party party;                           // its name as we read it, with its state
};

class Register {
 public:
  // CSV. Columns, by any of these names: agency_name, NAME; state_abbr, ADDRESS_STATE, STATE;
  // county_name, COUNTYNAME; ori, ORI9, ORI7; agency_type_name. Name and state must be there.
  static Result<Register> parse(std::string bytes, std::string_view file);

  struct Found {
    const Agency* agency = nullptr;         // none: nothing fits, or several do
    int score = 0;                          // of 1000, of the best
    int margin = 0;                         // to the next best; the whole score where there is none
    std::vector<const Agency*> candidates;  // the best ones, where several fit alike
  };
  Found find(const Party& party) const;

  std::size_t size() const { return agencies_.size(); }

 private:
  std::vector<Agency> agencies_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_place_;  // base_place
};

// From a spelling as it stands in a log to the name it stands for. CSV with the columns `name` and
// `agency`; `source` and `date` may be there and say where that is known from.
class Aliases {
 public:
  static Result<Aliases> parse(std::string bytes, std::string_view file);
  // Compared without regard to case and outer blanks.
  const std::string* find(std::string_view name) const;
  std::size_t size() const { return names_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> names_;
};

struct Books {
  Register agencies;
  Aliases aliases;
};

struct Resolved {
  Party party;
  std::string ori;                      // of the register, or empty
  std::string_view by = "name";         // "name", "register", "alias"
  int margin = 0;                       // of a match in the register
  std::vector<std::string> candidates;  // where the register has several that fit: "ambiguous"
};

// An alias wins over everything; then the register may settle what the name leaves open.
Resolved resolve_name(std::string_view name, const Books& books);

}  // namespace onus::resolve

// SPDX-License-Identifier: Apache-2.0
// The lookups that systems.h writes in each system's form. Names, plates and keys are invented; a
// plate begins with Q, a person's name with "QU", so that they can be sought in any output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onus::makelogs {

struct LookupOfDay {
  std::int64_t when_ms = 0;
  std::uint32_t number = 0;
  std::string user;       // "mtallow"
  std::string user_name;  // "M. Tallow"
  bool machine = false;
  std::string ori;  // nine characters
  std::string on_behalf;
  std::string plate;
  std::string person;  // "QUELLEN,ADA"
  std::string birth;   // "19800102"
  std::string person_id;
  std::string reason;  // may be empty
  std::string case_number;
  bool denied = false;
  bool writes = false;  // an administrative act
};

std::vector<LookupOfDay> lookups_of_days(std::uint64_t seed, std::size_t count);

// A cell of CSV, quoted where it must be.
std::string csv_cell(std::string_view text);
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace onus::makelogs

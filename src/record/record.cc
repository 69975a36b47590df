// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"

#include <algorithm>

namespace onus::record {

std::span<const std::string_view> purposes() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"crime", "traffic", "wanted_person", "missing_person", "non_criminal", "immigration",
       "protest", "reproductive_health", "training_test", "reference_only", "vague", "placeholder",
       "unclear"});
  return kAll;
}

std::span<const std::string_view> offences() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"homicide",      "kidnapping", "human_trafficking", "sex_offense", "robbery",
       "assault",       "domestic",   "weapons",           "arson",       "burglary",
       "vehicle_theft", "theft",      "stolen_property",   "fraud",       "drugs",
       "vandalism",     "threats",    "fleeing",           "hit_and_run", "dui",
       "disorder",      "other"});
  return kAll;
}

std::span<const std::string_view> specificities() {
  static constexpr auto kAll =
      std::to_array<std::string_view>({"specific", "coded", "generic", "none"});
  return kAll;
}

std::span<const std::string_view> topics() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"immigration", "protest", "reproductive_health", "other_protected"});
  return kAll;
}

bool is_topic(std::string_view word) {
  return std::find(topics().begin(), topics().end(), word) != topics().end();
}

std::span<const std::string_view> beneficiaries() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"ice", "hsi", "cbp", "fbi", "dea", "atf", "usms", "other_federal", "other_agency"});
  return kAll;
}

}  // namespace onus::record

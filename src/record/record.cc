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

std::span<const std::string_view> shown_by(Duty duty) {
  static constexpr auto kReason =
      std::to_array<std::string_view>({"reason", "offence", "legal_basis"});
  static constexpr auto kQuery = std::to_array<std::string_view>({"subject", "filters", "prompt"});
  static constexpr auto kOthers =
      std::to_array<std::string_view>({"actor", "agency", "case_number"});
  const std::span<const std::string_view> others(kOthers);
  switch (duty) {
    case Duty::record_user:
      return others.subspan(0, 1);
    case Duty::record_agency:
      return others.subspan(1, 1);
    case Duty::record_query:
      return kQuery;
    case Duty::record_reason:
      return kReason;
    case Duty::record_case_number:
      return others.subspan(2, 1);
    case Duty::account_disclosure:
    case Duty::review:
    case Duty::notify_supervisor:
      return {};
  }
  return {};
}

}  // namespace onus::record

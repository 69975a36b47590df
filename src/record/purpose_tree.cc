// SPDX-License-Identifier: Apache-2.0
#include "record/purpose_tree.h"

#include <algorithm>
#include <array>

#include "record/record.h"

namespace onus::record {
namespace {

constexpr auto kTree = std::to_array<PurposeNode>({
    {"law_enforcement", "", "sector-law:LawEnforcement"},
    {"crime", "law_enforcement", "sector-law:CriminalLawEnforcement"},
    {"wanted_person", "law_enforcement", "sector-law:CrimeArrestDetention"},
    {"traffic", "law_enforcement", ""},
    {"immigration", "law_enforcement", ""},
    {"public_safety", "", "dpv:ProtectionOfPublicSecurity"},
    {"missing_person", "public_safety", ""},
    {"protected_matter", "", ""},
    {"protest", "protected_matter", ""},
    {"reproductive_health", "protected_matter", ""},
    {"non_criminal", "", ""},
    {"training_test", "", ""},
    {"not_stated", "", ""},
    {"reference_only", "not_stated", ""},
    {"vague", "not_stated", ""},
    {"placeholder", "not_stated", ""},
    {"unclear", "not_stated", ""},
});

}  // namespace

std::span<const PurposeNode> purpose_tree() { return kTree; }

std::vector<std::string_view> purposes_below(std::string_view id) {
  std::vector<std::string_view> inside;
  for (const PurposeNode& node : kTree) {
    const bool below = std::find(inside.begin(), inside.end(), node.parent) != inside.end();
    if (node.id == id || below) inside.push_back(node.id);
  }
  std::vector<std::string_view> out;
  for (const std::string_view purpose : purposes()) {
    if (std::find(inside.begin(), inside.end(), purpose) != inside.end()) out.push_back(purpose);
  }
  return out;
}

}  // namespace onus::record

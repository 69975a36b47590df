// SPDX-License-Identifier: Apache-2.0
// The hierarchy of purposes, with stable ids, and the nearest terms of the Data Privacy Vocabulary
// (W3C community group, DPV 2.1). docs/vocabulary.md prints it; rules ask it with is_purpose().
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace onus::record {

struct PurposeNode {
  std::string_view id;
  std::string_view parent;  // "" at the top
  std::string_view dpv;     // "sector-law:LawEnforcement"; "" where no term says the same
};

// Parents before their children.
std::span<const PurposeNode> purpose_tree();

// The words of purposes() at or below `id`, in their order; none if there is no such node.
std::vector<std::string_view> purposes_below(std::string_view id);

}  // namespace onus::record

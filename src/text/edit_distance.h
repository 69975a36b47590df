// SPDX-License-Identifier: Apache-2.0
// How many slips of the finger lie between two words: a byte left out, added, changed, or two
// neighbours swapped (the restricted Damerau-Levenshtein distance: no byte is touched twice).
#pragma once

#include <string_view>

namespace onus::text {

// The distance, or limit + 1 where it is greater. Words over 64 bytes are never near each other.
// Stops as soon as the limit is out of reach.
int edit_distance(std::string_view a, std::string_view b, int limit);

}  // namespace onus::text

// SPDX-License-Identifier: Apache-2.0
// What conditions ask of an access itself (its moment, its window, its reach), and not of its kind,
// parties or texts: two accesses with one answer to each are the same to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/scan.h"

namespace onus::rules {

struct Asked {
  // What "when" is compared with, each and the microsecond after it, sorted; microseconds, UTC.
  std::vector<std::int64_t> dates;
  // Any other condition, as DuckDB SQL over the access's own columns, sorted: "the window is longer
  // than 30 days", "the reach is not known".
  std::vector<std::string> conditions;
  bool operator==(const Asked&) const = default;
};

// Nothing where one condition reads the access and something else together (the window and the
// owner's state in one comparison), so that the two cannot be told apart.
std::optional<Asked> asked_of(const std::vector<Slot>& slots);

}  // namespace onus::rules

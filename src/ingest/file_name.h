// SPDX-License-Identifier: Apache-2.0
// What the name of a released file says: "9_1_2025-9_30_2025-Danville IL PD-Network-Audit.csv".
// Names can be wrong; what they say is checked against the rows and never overrides a column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onus::ingest {

struct FileName {
  std::string stem;                  // folded, without folder, extension and "(1)"
  std::optional<std::int64_t> from;  // midnight UTC, microseconds
  std::optional<std::int64_t> to;    // the end of the last day
  std::string organisation;          // "" where the pattern does not hold
};

FileName read_file_name(std::string_view path);

}  // namespace onus::ingest

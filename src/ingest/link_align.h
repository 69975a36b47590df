// SPDX-License-Identifier: Apache-2.0
// Rows whose seconds are not known, in the order of time, against acts whose seconds are: which row
// is of which act, by all ways at once in which the rows can be of acts without one standing before
// another wrongly. Each row is of one act at most, and an act has one row at most (forwards and
// backwards, as in the alignment of two texts).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace onus::ingest {

struct AlignedRow {
  std::optional<std::size_t> known;  // its act, where that is known
  std::vector<double> odds;          // by act: of being its row rather than any other one; 0: never
};

inline constexpr std::size_t kMostAtOnce = 5;  // acts of one second

// By row and act the probability that they belong together; acts are in the order of `seconds`.
// Empty where the rows that are known contradict the order, or a second has too many acts.
std::vector<std::vector<double>> align(std::span<const AlignedRow> rows,
                                       std::span<const std::int64_t> seconds);

}  // namespace onus::ingest

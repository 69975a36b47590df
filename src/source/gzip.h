// SPDX-License-Identifier: Apache-2.0
// gzip (RFC 1952) as it is inflated, members joined. A detail of module source.
//
// Refuses what is no gzip, is damaged or cut off (bad_input, where it turns up: what was inflated
// before has been given), and what inflates more than kMaxRatio times (over_budget).
#pragma once

#include <cstdint>

#include "base/result.h"
#include "source/bytes.h"

namespace onus::source {

// Deflate reaches 1032. The most repetitive logs seen were at 60; a bomb is at its limit. Below
// kRatioFree bytes any ratio is harmless.
inline constexpr std::int64_t kMaxRatio = 400;
inline constexpr std::int64_t kRatioFree = std::int64_t{1} << 26;

ByteSource gunzip(ByteSource source, std::int64_t max_bytes);

}  // namespace onus::source

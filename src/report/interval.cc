// SPDX-License-Identifier: Apache-2.0
#include "report/interval.h"

#include <algorithm>
#include <cmath>

namespace onus::report {

Interval wilson95(std::int64_t hits, std::int64_t total) {
  if (total <= 0) return {};
  constexpr double z = 1.959963984540054;  // the 97.5th percentile of the normal distribution
  const double n = static_cast<double>(total);
  const double p = static_cast<double>(hits) / n;
  const double centre = p + z * z / (2 * n);
  const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {.low = hits <= 0 ? 0.0 : std::max(0.0, (centre - reach) / scale),
          .high = hits >= total ? 1.0 : std::min(1.0, (centre + reach) / scale)};
}

Frequency frequency_on(double share, std::int64_t base) {
  return {.hits = std::llround(share * static_cast<double>(base)), .base = base};
}

Frequency frequency(double share) {
  constexpr std::int64_t kLargest = 1'000'000;
  for (std::int64_t base = 100; base < kLargest; base *= 10) {
    const Frequency found = frequency_on(share, base);
    if (found.hits >= 2 && (found.hits < base || share >= 1)) return found;
  }
  Frequency rare = frequency_on(share, kLargest);
  if (rare.hits == 0 && share > 0) rare.hits = 1;
  return rare;
}

}  // namespace onus::report

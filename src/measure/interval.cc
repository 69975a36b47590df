// SPDX-License-Identifier: Apache-2.0
#include "measure/interval.h"

#include <algorithm>
#include <cmath>

namespace onus::measure {

Interval wilson95(double share, double observations) {
  if (observations <= 0) return {};
  constexpr double z = 1.959963984540054;  // the 97.5th percentile of the normal distribution
  const double n = observations;
  const double centre = share + z * z / (2 * n);
  const double reach = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {.low = share <= 0 ? 0.0 : std::max(0.0, (centre - reach) / scale),
          .high = share >= 1 ? 1.0 : std::min(1.0, (centre + reach) / scale)};
}

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
// Shares that a reader can defend: the Wilson score interval (E. B. Wilson, 1927; preferred for
// small n by Brown, Cai and DasGupta, 2001), and natural frequencies ("3 in 1,000").
#pragma once

#include <cstdint>

namespace onus::report {

struct Interval {
  double low = 0;  // both within 0..1
  double high = 1;
};

// The 95 % interval for `hits` of `total`. No observation tells nothing: 0..1.
Interval wilson95(std::int64_t hits, std::int64_t total);

struct Frequency {
  std::int64_t hits = 0;
  std::int64_t base = 1;  // a power of ten, from 100 to 1,000,000
};

// The smallest base at which the share reads as two or more, and never rounds to all: 0.31 % is
// 3 in 1,000, 99.6 % is 996 in 1,000. Below one in a million: 1 in 1,000,000.
Frequency frequency(double share);

// The same for both ends of an interval, on the one base that suits `share`.
Frequency frequency_on(double share, std::int64_t base);

}  // namespace onus::report

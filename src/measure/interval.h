// SPDX-License-Identifier: Apache-2.0
// The 95 % interval of a share (Wilson 1927) among an effective number of observations, which need
// not be whole. report/interval.h has the one of counts.
#pragma once

namespace onus::measure {

struct Interval {
  double low = 0;
  double high = 1;
};

// No observation tells nothing: 0..1.
Interval wilson95(double share, double observations);

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
// A weighted sum of shares, each from draws of its own, and the 95 % interval of the sum. The
// textbook interval has no width where every share is 0 or 1, and adding up intervals of single
// shares counts the same doubt once for each stratum without a hit. So the doubt about hits that
// did not show is added once, in the cell where one hit weighs most (Fay and Feuer, Statistics in
// Medicine 1997; as a mean of both exact limits, Fay and Kim, Biometrical Journal 2017). The share
// that a cell has is itself a draw, of its finitely many units. Formulas and how often the interval
// holds: docs/measuring.md.
#pragma once

#include <cstdint>
#include <span>

#include "measure/interval.h"

namespace onus::measure {

struct Cell {
  double weight = 0;           // its share of the whole, above 0
  double hits = 0, draws = 0;  // 0 to draws, above 0; need not be whole
  double units = 0;            // of which it consists, as if they were alike
  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Share {
  double value = 0;
  Interval interval;
};

// The same cells give the same bytes. No cell: nothing is in doubt, 0 and no width.
Share sum_of_shares(std::span<const Cell> cells);

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
#include "measure/weighted.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "measure/random.h"

namespace onus::measure {
namespace {

constexpr std::size_t kDraws = 2000;  // of each limit

// Standard normal by Box and Muller, gamma by Marsaglia and Tsang (2000).
class Variates {
 public:
  double beta(double a, double b) {
    if (a <= 0) return 0;
    if (b <= 0) return 1;
    const double x = gamma(a);
    return x / (x + gamma(b));
  }

 private:
  double positive() { return 1 - random_.unit(); }
  double normal() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    const double radius = std::sqrt(-2 * std::log(positive()));
    const double angle = 2 * std::numbers::pi * random_.unit();
    spare_ = radius * std::sin(angle);
    has_spare_ = true;
    return radius * std::cos(angle);
  }
  double gamma(double shape) {
    if (shape < 1) return gamma(shape + 1) * std::pow(positive(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = normal();
      const double root = 1 + c * x, v = root * root * root;
      if (v <= 0) continue;
      const double u = positive();
      if (u < 1 - 0.0331 * x * x * x * x) return d * v;  // nearly always, without a logarithm
      if (std::log(u) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
    }
  }
  Random random_{95};
  double spare_ = 0;
  bool has_spare_ = false;
};

// The cell in which one hit more, or one less, weighs most; the number of cells where none can be.
std::size_t heaviest(std::span<const Cell> cells, bool more) {
  std::size_t best = cells.size();
  const auto weighs = [&](std::size_t i) {
    return cells[i].weight / static_cast<double>(cells[i].draws);
  };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (more ? cells[i].hits == cells[i].draws : cells[i].hits == 0) continue;
    if (best == cells.size() || weighs(i) > weighs(best)) best = i;
  }
  return best;
}

// One draw of what the share of a cell may be: from below, and from above.
struct Pair {
  double below = 0, above = 0;
};

Pair draw(const Cell& cell, bool one_less, bool one_more, Variates& variates) {
  const auto hits = static_cast<double>(cell.hits);
  const auto misses = static_cast<double>(cell.draws - cell.hits);
  constexpr double kNeutral = 1.0 / 3;  // of a share of 0 or 1: Kerman 2011
  Pair out;
  if (hits > 0 && misses > 0) {
    out.below = out.above = variates.beta(hits + 0.5, misses + 0.5);
  } else if (hits > 0) {
    out = {variates.beta(hits, kNeutral), 1};
  } else {
    out = {0, variates.beta(kNeutral, misses)};
  }
  if (one_less) out.below = variates.beta(hits, misses + 1);
  if (one_more) out.above = variates.beta(hits + 1, misses);
  return out;
}

double quantile(std::vector<double>& values, double share) {
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

}  // namespace

Share sum_of_shares(std::span<const Cell> cells) {
  Share sum{0, {0, 0}};
  if (cells.empty()) return sum;
  const std::size_t less = heaviest(cells, false), more = heaviest(cells, true);
  std::vector<double> sums(2 * kDraws);
  Variates variates;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    sum.value += cell.weight * static_cast<double>(cell.hits) / static_cast<double>(cell.draws);
    for (std::size_t k = 0; k < kDraws; ++k) {
      const Pair pair = draw(cell, i == less, i == more, variates);
      sums[k] += cell.weight * pair.below;
      sums[kDraws + k] += cell.weight * pair.above;
    }
  }
  sum.interval = {std::min(sum.value, quantile(sums, 0.025)),
                  std::max(sum.value, quantile(sums, 0.975))};
  return sum;
}

}  // namespace onus::measure

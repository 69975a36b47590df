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
  // Which share of so many units are hits, each with that chance.
  double binomial_share(double units, double chance) {
    const bool often = chance > 0.5;
    const double rare = often ? 1 - chance : chance;
    const double variance = units * rare * (1 - rare);
    const double hits = variance > kNearlyNormal
                            ? std::round(units * rare + std::sqrt(variance) * normal())
                            : few_of(units, rare);
    const double share = std::clamp(hits / units, 0.0, 1.0);
    return often ? 1 - share : share;
  }

 private:
  static constexpr double kNearlyNormal = 20;

  double positive() { return 1 - random_.unit(); }
  double few_of(double units, double chance) {
    double hits = 0, mass = std::pow(1 - chance, units), left = random_.unit() - mass;
    for (; left > 0 && hits < units; left -= mass) {
      mass *= (units - hits) / (hits + 1) * chance / (1 - chance);
      ++hits;
    }
    return hits;
  }
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
  double gamma(double shape) {  // NOLINT(misc-no-recursion): once: shape + 1 is not below 1
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

// All cells without a hit as one, of as many draws as if each weighed what its heaviest does.
std::vector<Cell> pool_without_hit(std::span<const Cell> cells) {
  std::vector<Cell> out;
  Cell none;
  double heaviest = 0, squares = 0;
  for (const Cell& cell : cells) {
    if (cell.hits > 0) {
      out.push_back(cell);
      continue;
    }
    none.weight += cell.weight;
    heaviest = std::max(heaviest, cell.weight / cell.draws);
    squares += cell.weight * cell.weight / cell.units;
  }
  if (none.weight == 0) return out;
  none.draws = none.weight / heaviest;
  none.units = none.weight * none.weight / squares;
  out.push_back(none);
  return out;
}

// The cell in which one hit more weighs most; the number of cells where none can be.
std::size_t heaviest(std::span<const Cell> cells) {
  std::size_t best = cells.size();
  const auto weighs = [&](std::size_t i) { return cells[i].weight / cells[i].draws; };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].hits == cells[i].draws) continue;
    if (best == cells.size() || weighs(i) > weighs(best)) best = i;
  }
  return best;
}

// One draw of what the chance of a hit may be, from above.
double draw_chance(const Cell& cell, bool one_more, Variates& variates) {
  constexpr double kNeutral = 1.0 / 3;  // prior: Kerman 2011
  const double misses = cell.draws - cell.hits;
  if (one_more) return variates.beta(cell.hits + 1, misses);
  return misses == 0 ? 1 : variates.beta(cell.hits + kNeutral, misses + kNeutral);
}

// Draws of what the sum may be, from above.
std::vector<double> draw_sums(std::span<const Cell> all, Variates& variates) {
  const std::vector<Cell> cells = pool_without_hit(all);
  const std::size_t more = heaviest(cells);
  std::vector<double> sums(kDraws);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double units = std::max(1.0, std::round(cells[i].units));
    for (double& sum : sums) {
      const double chance = draw_chance(cells[i], i == more, variates);
      sum += cells[i].weight * variates.binomial_share(units, chance);
    }
  }
  return sums;
}

double quantile(std::vector<double>& values, double share) {
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

}  // namespace

// The sum from below is what its misses leave, as they may be from above.
Share sum_of_shares(std::span<const Cell> cells) {
  Share sum{0, {0, 0}};
  if (cells.empty()) return sum;
  double weight = 0;
  std::vector<Cell> misses(cells.begin(), cells.end());
  for (Cell& cell : misses) {
    sum.value += cell.weight * cell.hits / cell.draws;
    weight += cell.weight;
    cell.hits = cell.draws - cell.hits;
  }
  Variates variates;
  std::vector<double> sums = draw_sums(cells, variates);
  for (const double missed : draw_sums(misses, variates)) sums.push_back(weight - missed);
  sum.interval = {std::min(sum.value, quantile(sums, 0.025)),
                  std::max(sum.value, quantile(sums, 0.975))};
  return sum;
}

}  // namespace onus::measure

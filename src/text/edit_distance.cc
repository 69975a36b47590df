// SPDX-License-Identifier: Apache-2.0
#include "text/edit_distance.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace onus::text {
namespace {

constexpr std::size_t kMaxWord = 64;
using Row = std::array<int, kMaxWord + 1>;

int cell(std::string_view a, std::string_view b, std::size_t i, std::size_t j, const Row& before,
         const Row& last, const Row& now) {
  const int changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
  int best = std::min({last[j] + 1, now[j - 1] + 1, changed});
  const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
  if (swapped) best = std::min(best, before[j - 2] + 1);
  return best;
}

// What both begin and end with costs nothing, in one best reading at least.
void cut_equal_ends(std::string_view& a, std::string_view& b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) {
  const int apart = std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size()));
  if (std::max(a.size(), b.size()) > kMaxWord || apart > limit) return limit + 1;
  cut_equal_ends(a, b);
  std::array<Row, 3> rows;
  Row* before = &rows[0];
  Row* last = &rows[1];
  Row* now = &rows[2];
  for (std::size_t j = 0; j <= b.size(); ++j) (*last)[j] = static_cast<int>(j);
  int last_least = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int least = (*now)[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      (*now)[j] = cell(a, b, i, j, *before, *last, *now);
      least = std::min(least, (*now)[j]);
    }
    if (least > limit && last_least > limit) return limit + 1;  // a swap looks back two rows
    last_least = least;
    std::swap(before, last);
    std::swap(last, now);
  }
  return std::min((*last)[b.size()], limit + 1);
}

}  // namespace onus::text

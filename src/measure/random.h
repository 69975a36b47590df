// SPDX-License-Identifier: Apache-2.0
// Numbers that look random and follow from a seed alone, so that a sample or a bootstrap can be
// made again by anyone: SplitMix64 (Steele, Lea and Flood 2014).
#pragma once

#include <cstdint>

namespace onus::measure {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // Below `bound`, which is over 0. Its bias is under bound / 2^64.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // in [0, 1)

 private:
  std::uint64_t state_;
};

}  // namespace onus::measure

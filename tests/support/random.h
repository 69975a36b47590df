// SPDX-License-Identifier: Apache-2.0
// Random numbers whose values are ours alone: the same seed gives the same bytes with every
// compiler and library. So no std distributions, no floating point, no logarithm from the C
// library. The generator is SplitMix64 (Steele, Lea, Flood 2014): one addition and three
// multiplications.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace onus::makelogs {

// A fixed bijection on 64 bits: a number that looks random, from a number.
constexpr std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

class Rng {
 public:
  explicit constexpr Rng(std::uint64_t seed) : state_(mix(seed + 0x9e3779b97f4a7c15ULL)) {}

  constexpr std::uint64_t next() { return mix(state_ += 0x9e3779b97f4a7c15ULL); }

  // Even over [0, bound); the bias is under bound / 2^32.
  constexpr std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  // True with a probability of `per_million` / 1,000,000.
  constexpr bool chance(std::uint32_t per_million) { return below(1'000'000) < per_million; }

  template <class T>
  constexpr const T& pick(std::span<const T> items) {
    return items[below(static_cast<std::uint32_t>(items.size()))];
  }
  template <class T, std::size_t N>
  constexpr const T& pick(const T (&items)[N]) {
    return items[below(static_cast<std::uint32_t>(N))];
  }

  // Exponentially distributed, rounded down: the gap between events that come at random, one per
  // `mean` units. -ln(u) by squaring, 16 binary places: an error under 1 in 40,000.
  constexpr std::uint64_t gap(std::uint64_t mean) {
    const std::uint64_t u = (next() >> 32) | 1;
    int exponent = 31;
    std::uint64_t mantissa = u;
    while ((mantissa >> 31) == 0) mantissa <<= 1, --exponent;
    std::uint64_t log2 = static_cast<std::uint64_t>(exponent) << 16;
    for (std::uint64_t bit = 1 << 15; bit != 0; bit >>= 1) {
      mantissa = (mantissa * mantissa) >> 31;
      if (mantissa >= (1ULL << 32)) mantissa >>= 1, log2 |= bit;
    }
    const std::uint64_t minus_ln = (((32ULL << 16) - log2) * 45426) >> 16;  // ln 2 = 45426 / 65536
    return (minus_ln * mean) >> 16;
  }

 private:
  std::uint64_t state_;
};

}  // namespace onus::makelogs

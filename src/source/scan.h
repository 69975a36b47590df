// SPDX-License-Identifier: Apache-2.0
// Finds the few bytes that matter in text, 64 at a time: one bit per byte that is a needle, then a
// count of trailing zeros per hit. A detail of module source.
//
// Tables have a needle every 5 to 15 bytes, too many for a memchr each. SSE2 belongs to every
// x86-64; elsewhere a plain loop makes the bits, which compilers turn into vector code.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace onus::source {

inline constexpr std::size_t kScanPadding = 64;  // readable bytes that must follow the text

template <std::size_t N>
class Scan {
 public:
  // Over data[0, size); kScanPadding bytes after it are read, but never reported.
  Scan(const char* data, std::size_t size, std::array<char, N> needles)
      : data_(data), size_(size), needles_(needles) {
    seek(0);
  }

  // Offset of the next needle, or `size`.
  std::size_t peek() {
    while (bits_ == 0) {
      if (size_ - chunk_ <= kWidth) return size_;
      chunk_ += kWidth;
      load();
    }
    return chunk_ + static_cast<std::size_t>(std::countr_zero(bits_));
  }
  // Goes past the needle that peek() gave.
  void drop() { bits_ &= bits_ - 1; }
  void seek(std::size_t at) {
    chunk_ = at;
    load();
  }

 private:
  static constexpr std::size_t kWidth = 64;

  void load() {
    bits_ = chunk_ < size_ ? mask(data_ + chunk_) : 0;
    const std::size_t left = size_ - chunk_;
    if (left < kWidth) bits_ &= (std::uint64_t{1} << left) - 1;
  }

#ifdef __SSE2__
  std::uint64_t mask(const char* at) const {
    std::uint64_t bits = 0;
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + lane * 16));
      __m128i hit = _mm_setzero_si128();
      for (const char needle : needles_) {
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(text, _mm_set1_epi8(needle)));
      }
      const auto lane_bits = static_cast<std::uint32_t>(_mm_movemask_epi8(hit));
      bits |= std::uint64_t{lane_bits} << (lane * 16);
    }
    return bits;
  }
#else
  std::uint64_t mask(const char* at) const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < kWidth; ++i) {
      bool hit = false;
      for (const char needle : needles_) hit |= at[i] == needle;
      bits |= std::uint64_t{hit} << i;
    }
    return bits;
  }
#endif

  const char* data_;
  std::size_t size_;
  std::array<char, N> needles_;
  std::size_t chunk_ = 0;
  std::uint64_t bits_ = 0;
};

// Whether any byte is over 7F, and whether any is NUL.
struct ByteKinds {
  bool non_ascii = false;
  bool nul = false;
};

inline ByteKinds byte_kinds(const char* data, std::size_t size) {
  std::size_t at = 0;
  bool high = false;
  bool nul = false;
#ifdef __SSE2__
  __m128i any = _mm_setzero_si128();
  __m128i least = _mm_set1_epi8(-1);
  for (; at + 16 <= size; at += 16) {
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + at));
    any = _mm_or_si128(any, text);
    least = _mm_min_epu8(least, text);
  }
  high = _mm_movemask_epi8(any) != 0;
  nul = _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0;
#endif
  for (; at < size; ++at) {
    high |= static_cast<unsigned char>(data[at]) >= 0x80;
    nul |= data[at] == '\0';
  }
  return {high, nul};
}

}  // namespace onus::source

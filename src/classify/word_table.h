// SPDX-License-Identifier: Apache-2.0
// Words to numbers: filled when lexicons are compiled, then only read. Open addressing over one
// array, no allocation per look-up.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "classify/flat.h"

namespace onus::classify {

class WordTable {
 public:
  static constexpr std::int32_t kAbsent = -1;

  WordTable();
  // Eight bytes at a step, ends overlapping. A lexicon is ours and small: nobody can choose its
  // words to make them collide.
  static std::uint64_t hash_of(std::string_view word) {
    const char* bytes = word.data();
    const std::size_t size = word.size();
    std::uint64_t hash = size;
    if (size >= 8) {
      for (std::size_t at = 0; at + 8 < size; at += 8)
        hash = mix(hash ^ load<std::uint64_t>(bytes + at));
      hash = mix(hash ^ load<std::uint64_t>(bytes + size - 8));
    } else if (size >= 4) {
      hash = mix(hash ^ load<std::uint32_t>(bytes) << 32 ^ load<std::uint32_t>(bytes + size - 4));
    } else if (size > 0) {
      const auto byte = [&](std::size_t at) { return load<std::uint8_t>(bytes + at); };
      hash = mix(hash ^ byte(0) << 8 ^ byte(size / 2) << 16 ^ byte(size - 1) << 24);
    }
    return mix(hash);
  }
  // The value of the word; kAbsent if it was never put.
  std::int32_t find(std::string_view word) const {
    return slots_[slot_of(word, hash_of(word))].value;
  }
  // Puts the word unless it is there; returns the value that stands.
  std::int32_t put(std::string_view word, std::int32_t value);
  bool empty() const { return bytes_.size() == 0; }

  template <typename Each>
  void each_array(Each& each) {
    each(slots_);
    each(bytes_);
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;  // the upper half; the lower says where to look
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    std::int32_t value = kAbsent;
  };
  std::string_view word_of(const Slot& slot) const {
    return {bytes_.data() + slot.begin, slot.length};
  }
  template <typename Number>
  static std::uint64_t load(const char* bytes) {
    Number number;
    std::memcpy(&number, bytes, sizeof number);
    return number;
  }
  static std::uint64_t mix(std::uint64_t hash) {
    hash *= 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 32);
  }
  // As hash_of() goes over them.
  static bool same(std::string_view a, std::string_view b) {
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    if (size > 16) return a == b;
    const auto both = [&](auto number, std::size_t at) {
      return load<decltype(number)>(a.data() + at) == load<decltype(number)>(b.data() + at);
    };
    if (size >= 8) return both(std::uint64_t(), 0) && both(std::uint64_t(), size - 8);
    if (size >= 4) return both(std::uint32_t(), 0) && both(std::uint32_t(), size - 4);
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
  }
  std::size_t slot_of(std::string_view word, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.value == kAbsent) return at;
      if (slot.hash == hash >> 32 && same(word_of(slot), word)) return at;
    }
  }
  void grow();

  Flat<Slot> slots_;  // a power of two, at most half full
  Flat<char> bytes_;
  std::size_t count_ = 0;  // while it is filled
};

}  // namespace onus::classify

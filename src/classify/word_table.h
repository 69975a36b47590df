// SPDX-License-Identifier: Apache-2.0
// Words to numbers: filled when lexicons are compiled, then only read. Open addressing over one
// array, no allocation per look-up.
#pragma once

#include <cstdint>
#include <string_view>

#include "classify/flat.h"

namespace onus::classify {

class WordTable {
 public:
  static constexpr std::int32_t kAbsent = -1;

  WordTable();
  static std::uint64_t hash_of(std::string_view word);
  // The value of the word; kAbsent if it was never put.
  std::int32_t find(std::string_view word) const;
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
  std::size_t slot_of(std::string_view word, std::uint64_t hash) const;
  void grow();

  Flat<Slot> slots_;  // a power of two, at most half full
  Flat<char> bytes_;
  std::size_t count_ = 0;  // while it is filled
};

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
// Words that one slip may have made of a typed one. Two words are a slip apart only if they share
// what is left of them when at most one letter is left out of each (as by W. Garbe's SymSpell), so
// that a handful of look-ups finds them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "classify/flat.h"

namespace onus::classify {

class Slips {
 public:
  static constexpr std::size_t kMaxLength = 24;

  void add(std::string_view word, std::int32_t id);
  void seal();

  // Calls `visit(id)` for each word that may be one slip away, and for some that are not; for some
  // more than once.
  template <typename Visit>
  void near(std::string_view typed, Visit visit) const {
    const Keys keys = keys_of(typed);
    for (std::size_t i = 0; i < keys.count; ++i) {
      const std::uint64_t key = keys.keys[i];
      if (!may_hold(key)) continue;
      const std::size_t mask = slots_.size() - 1;
      for (std::size_t at = key & mask; slots_[at].word >= 0; at = (at + 1) & mask) {
        if (slots_[at].key == key >> 32) visit(slots_[at].word);
      }
    }
  }

  template <typename Each>
  void each_array(Each& each) {
    each(slots_);
    each(bits_);
  }

 private:
  struct Slot {
    std::uint32_t key = 0;  // its upper half; the lower says where to look
    std::int32_t word = -1;
  };
  struct Keys {  // of a word, and of what is left of it without one letter
    std::array<std::uint64_t, kMaxLength + 1> keys;
    std::size_t count = 0;
  };
  static Keys keys_of(std::string_view word);
  // Most keys of unknown words are of no known one, and two bits of one number tell it without a
  // look at the slots, which are many times as large.
  static std::uint64_t bits_of(std::uint64_t key) {
    return std::uint64_t{1} << (key >> 58) | std::uint64_t{1} << (key >> 52 & 63);
  }
  bool may_hold(std::uint64_t key) const {
    const std::uint64_t bits = bits_of(key);
    return (bits_[(key >> 16) & (bits_.size() - 1)] & bits) == bits;
  }

  struct Added {
    std::uint64_t key = 0;
    std::int32_t word = 0;
  };
  std::vector<Added> added_;  // until sealed
  Flat<Slot> slots_;          // open addressing, a power of two
  Flat<std::uint64_t> bits_;  // a power of two
};

}  // namespace onus::classify

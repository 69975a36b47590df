// SPDX-License-Identifier: Apache-2.0
// Words to numbers: filled when a lexicon loads, then only read. Open addressing over one array, no
// allocation per look-up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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
  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    std::int32_t value = kAbsent;
  };
  const Slot* slot_of(std::string_view word, std::uint64_t hash) const;
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::string bytes_;
  std::size_t count_ = 0;
};

}  // namespace onus::classify

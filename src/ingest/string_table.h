// SPDX-License-Identifier: Apache-2.0
// Each distinct text once, numbered in the order in which it came. The hash is keyed (SipHash), so
// that no file can be made to pile its texts on one slot.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/siphash.h"

namespace onus::ingest {

// Texts one behind the other; each stays where it is until clear().
class TextPages {
 public:
  std::string_view keep(std::string_view text);
  void clear();

 private:
  std::vector<std::unique_ptr<char[]>> pages_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
};

class StringTable {
 public:
  explicit StringTable(const SipKey& key) : key_(key) {}

  // The number of `text`; `second` is true if it is new.
  std::pair<std::uint32_t, bool> add(std::string_view text);
  // Lives as long as this, or until clear().
  std::string_view at(std::uint32_t id) const { return texts_[id]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  void clear();
  void truncate(std::uint32_t size);  // forgets those from `size` on

 private:
  struct Slot {
    std::uint32_t tag = 0;   // the hash's upper half: most misses end here, without a look at texts
    std::uint32_t seat = 0;  // id + 1; 0: free
  };
  void grow();
  void refill();

  SipKey key_;
  std::vector<Slot> slots_;            // a power of two of them, at most half full
  std::vector<std::uint64_t> hashes_;  // by id
  std::vector<std::string_view> texts_;
  TextPages pages_;
};

}  // namespace onus::ingest

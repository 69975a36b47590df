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
  void grow();
  void refill();
  std::string_view keep(std::string_view text);

  SipKey key_;
  std::vector<std::uint32_t> slots_;   // id + 1; 0: free. A power of two of them, at most half full
  std::vector<std::uint64_t> hashes_;  // by id
  std::vector<std::string_view> texts_;
  std::vector<std::unique_ptr<char[]>> pages_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// Numbers for things that a keyed 128-bit hash stands for, in the order in which they came. The
// things themselves are not kept or compared: two of a billion share the 96 bits that are held with
// a chance of 2^-37, and nobody without the key can look for a pair. A look-up is one line of
// memory (a table of texts needs four: slot, view, bytes, value), which may be asked for ahead.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "ingest/siphash.h"

namespace onus::ingest {

class IdentityTable {
 public:
  // The number of `identity`; `second` is true if it is new.
  std::pair<std::uint32_t, bool> add(const Hash128& identity);
  // The number of `identity`; nothing if it has none.
  std::optional<std::uint32_t> find(const Hash128& identity) const;
  // Brings the place where `identity` would stand nearer, for an add() soon.
  void prefetch(const Hash128& identity) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[identity.low & (slots_.size() - 1)]);
  }
  std::uint32_t size() const { return size_; }
  void clear();
  void truncate(std::uint32_t size);  // forgets those from `size` on

 private:
  struct Slot {
    std::uint64_t low = 0;
    std::uint32_t high = 0;
    std::uint32_t seat = 0;  // number + 1; 0: free
  };
  void refill(std::size_t slots, std::uint32_t size);

  std::vector<Slot> slots_;  // a power of two of them, at most half full
  std::uint32_t size_ = 0;
};

}  // namespace onus::ingest

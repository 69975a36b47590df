// SPDX-License-Identifier: Apache-2.0
#include "ingest/identity_table.h"

#include <algorithm>

namespace onus::ingest {

std::pair<std::uint32_t, bool> IdentityTable::add(const Hash128& identity) {
  if (std::size_t{size_} * 2 >= slots_.size()) {
    refill(std::max<std::size_t>(64, slots_.size() * 2), size_);
  }
  const auto high = static_cast<std::uint32_t>(identity.high);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = identity.low & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.seat == 0) {
      slot = {identity.low, high, ++size_};
      return {size_ - 1, true};
    }
    if (slot.low == identity.low && slot.high == high) return {slot.seat - 1, false};
  }
}

std::optional<std::uint32_t> IdentityTable::find(const Hash128& identity) const {
  if (slots_.empty()) return std::nullopt;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = identity.low & mask; slots_[at].seat != 0; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    const bool same =
        slot.low == identity.low && slot.high == static_cast<std::uint32_t>(identity.high);
    if (same) return slot.seat - 1;
  }
  return std::nullopt;
}

void IdentityTable::refill(std::size_t slots, std::uint32_t size) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  const std::size_t mask = slots - 1;
  for (const Slot& slot : old) {
    if (slot.seat == 0 || slot.seat > size) continue;
    std::size_t at = slot.low & mask;
    while (slots_[at].seat != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

void IdentityTable::truncate(std::uint32_t size) {
  refill(slots_.size(), size);
  size_ = size;
}

void IdentityTable::clear() {
  std::fill(slots_.begin(), slots_.end(), Slot{});
  size_ = 0;
}

}  // namespace onus::ingest

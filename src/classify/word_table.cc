// SPDX-License-Identifier: Apache-2.0
#include "classify/word_table.h"

namespace onus::classify {
WordTable::WordTable() : slots_(std::vector<Slot>(64)) {}

void WordTable::grow() {
  const Flat<Slot> old = std::move(slots_);
  slots_.replace(std::vector<Slot>(old.size() * 2));
  for (const Slot& slot : old) {
    if (slot.value == kAbsent) continue;
    const std::string_view word = word_of(slot);
    slots_.at_made(slot_of(word, hash_of(word))) = slot;
  }
}

std::int32_t WordTable::put(std::string_view word, std::int32_t value) {
  const std::uint64_t hash = hash_of(word);
  const std::size_t there = slot_of(word, hash);
  if (slots_[there].value != kAbsent) return slots_[there].value;
  if (2 * (count_ + 1) > slots_.size()) grow();
  slots_.at_made(slot_of(word, hash)) = {static_cast<std::uint32_t>(hash >> 32),
                                         static_cast<std::uint32_t>(bytes_.size()),
                                         static_cast<std::uint32_t>(word.size()), value};
  bytes_.append(word);
  ++count_;
  return value;
}

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "classify/word_table.h"

#include <cstring>

namespace onus::classify {
namespace {

template <typename Number>
std::uint64_t load(const char* bytes) {
  Number number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

std::uint64_t mix(std::uint64_t hash) {
  hash *= 0x9e3779b97f4a7c15ULL;
  return hash ^ (hash >> 32);
}

}  // namespace

// Eight bytes at a step, ends overlapping. A lexicon is ours and small: nobody can choose its words
// to make them collide.
std::uint64_t WordTable::hash_of(std::string_view word) {
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

WordTable::WordTable() : slots_(std::vector<Slot>(64)) {}

std::size_t WordTable::slot_of(std::string_view word, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.value == kAbsent) return at;
    if (slot.hash == hash >> 32 && word_of(slot) == word) return at;
  }
}

std::int32_t WordTable::find(std::string_view word) const {
  return slots_[slot_of(word, hash_of(word))].value;
}

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

// SPDX-License-Identifier: Apache-2.0
#include "ingest/string_table.h"

#include <algorithm>
#include <cstring>

namespace onus::ingest {
namespace {

constexpr std::size_t kPage = 1 << 15;

constexpr std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

std::string_view TextPages::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) {
    left_ = std::max(kPage, text.size());
    pages_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    free_ = pages_.back().get();
  }
  std::memcpy(free_, text.data(), text.size());
  const std::string_view kept(free_, text.size());
  free_ += text.size();
  left_ -= text.size();
  return kept;
}

void TextPages::clear() {
  pages_.clear();
  free_ = nullptr;
  left_ = 0;
}

std::pair<std::uint32_t, bool> StringTable::add(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = siphash64(key_, text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.seat == 0) {
      const auto id = static_cast<std::uint32_t>(texts_.size());
      slot = {tag_of(hash), id + 1};
      hashes_.push_back(hash);
      texts_.push_back(pages_.keep(text));
      return {id, true};
    }
    if (slot.tag == tag_of(hash) && texts_[slot.seat - 1] == text) return {slot.seat - 1, false};
  }
}

void StringTable::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), Slot{});
  refill();
}

void StringTable::truncate(std::uint32_t size) {
  hashes_.resize(size);
  texts_.resize(size);
  std::fill(slots_.begin(), slots_.end(), Slot{});
  refill();
}

void StringTable::refill() {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < hashes_.size(); ++id) {
    std::size_t at = hashes_[id] & mask;
    while (slots_[at].seat != 0) at = (at + 1) & mask;
    slots_[at] = {tag_of(hashes_[id]), static_cast<std::uint32_t>(id + 1)};
  }
}

void StringTable::clear() {
  std::fill(slots_.begin(), slots_.end(), Slot{});
  hashes_.clear();
  texts_.clear();
  pages_.clear();
}

}  // namespace onus::ingest

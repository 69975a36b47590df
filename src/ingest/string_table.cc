// SPDX-License-Identifier: Apache-2.0
#include "ingest/string_table.h"

#include <algorithm>
#include <cstring>

namespace onus::ingest {
namespace {

constexpr std::size_t kPage = 1 << 16;

}  // namespace

std::pair<std::uint32_t, bool> StringTable::add(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = siphash128(key_, text).low;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const std::uint32_t seat = slots_[slot];
    if (seat == 0) {
      const auto id = static_cast<std::uint32_t>(texts_.size());
      slots_[slot] = id + 1;
      hashes_.push_back(hash);
      texts_.push_back(keep(text));
      return {id, true};
    }
    if (hashes_[seat - 1] == hash && texts_[seat - 1] == text) return {seat - 1, false};
  }
}

void StringTable::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), 0);
  refill();
}

void StringTable::truncate(std::uint32_t size) {
  hashes_.resize(size);
  texts_.resize(size);
  std::fill(slots_.begin(), slots_.end(), 0U);
  refill();
}

void StringTable::refill() {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < hashes_.size(); ++id) {
    std::size_t slot = hashes_[id] & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(id + 1);
  }
}

std::string_view StringTable::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) {
    left_ = std::max(kPage, text.size());
    pages_.push_back(std::make_unique<char[]>(left_));
    free_ = pages_.back().get();
  }
  std::memcpy(free_, text.data(), text.size());
  const std::string_view kept(free_, text.size());
  free_ += text.size();
  left_ -= text.size();
  return kept;
}

void StringTable::clear() {
  std::fill(slots_.begin(), slots_.end(), 0U);
  hashes_.clear();
  texts_.clear();
  pages_.clear();
  free_ = nullptr;
  left_ = 0;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "classify/slips.h"

#include <algorithm>
#include <bit>

namespace onus::classify {
namespace {

constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15ULL;
constexpr std::uint64_t kInverse = 0xf1de83e19937733dULL;  // times kBase: 1
static_assert(kBase * kInverse == 1);

std::uint64_t mixed(std::uint64_t key) {
  key ^= key >> 29;
  key *= 0xbf58476d1ce4e5b9ULL;
  return key ^ (key >> 32);
}

std::uint64_t value_of(char c) { return static_cast<unsigned char>(c) + 1; }

}  // namespace

// A polynomial over the letters: what is before a letter and what is behind it give the value of
// the word without it.
Slips::Keys Slips::keys_of(std::string_view word) {
  ONUS_CHECK(word.size() <= kMaxLength);
  std::array<std::uint64_t, kMaxLength + 1> behind;
  std::uint64_t power = 1;
  behind[word.size()] = 0;
  for (std::size_t i = word.size(); i-- > 0; power *= kBase)
    behind[i] = behind[i + 1] + value_of(word[i]) * power;
  Keys keys;
  keys.keys[keys.count++] = mixed(behind[0]);
  for (std::size_t i = 0; i < word.size(); ++i) {
    const std::uint64_t before = (behind[0] - behind[i]) * kInverse;  // one place down
    keys.keys[keys.count++] = mixed(before + behind[i + 1]);
  }
  return keys;
}

void Slips::add(std::string_view word, std::int32_t id) {
  Keys keys = keys_of(word);
  std::sort(keys.keys.begin(), keys.keys.begin() + static_cast<std::ptrdiff_t>(keys.count));
  for (std::size_t i = 0; i < keys.count; ++i) {
    if (i == 0 || keys.keys[i] != keys.keys[i - 1]) added_.push_back({keys.keys[i], id});
  }
}

void Slips::seal() {
  std::vector<Slot> slots(std::bit_ceil(2 * added_.size() + 2));
  std::vector<std::uint64_t> bits(std::bit_ceil(added_.size() / 8 + 1));
  for (const Added& added : added_) {
    bits[(added.key >> 16) & (bits.size() - 1)] |= bits_of(added.key);
    std::size_t at = added.key & (slots.size() - 1);
    while (slots[at].word >= 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = {static_cast<std::uint32_t>(added.key >> 32), added.word};
  }
  slots_.replace(std::move(slots));
  bits_.replace(std::move(bits));
  added_ = {};
}

}  // namespace onus::classify

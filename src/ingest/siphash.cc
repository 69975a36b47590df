// SPDX-License-Identifier: Apache-2.0
#include "ingest/siphash.h"

#include <bit>
#include <cstring>

namespace onus::ingest {
namespace {

static_assert(std::endian::native == std::endian::little, "words are read as they lie in memory");

std::uint64_t word_at(const void* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

template <int kPerWord, int kAtEnd>
struct SipState {
  std::uint64_t a, b, c, d;

  SipState(const SipKey& key, std::uint64_t wide)
      : a(word_at(key.data()) ^ 0x736f6d6570736575),
        b(word_at(key.data() + 8) ^ 0x646f72616e646f6d ^ wide),
        c(word_at(key.data()) ^ 0x6c7967656e657261),
        d(word_at(key.data() + 8) ^ 0x7465646279746573) {}

  void round() {
    a += b;
    b = std::rotl(b, 13) ^ a;
    a = std::rotl(a, 32);
    c += d;
    d = std::rotl(d, 16) ^ c;
    a += d;
    d = std::rotl(d, 21) ^ a;
    c += b;
    b = std::rotl(b, 17) ^ c;
    c = std::rotl(c, 32);
  }
  void absorb(std::uint64_t word) {
    d ^= word;
    for (int i = 0; i < kPerWord; ++i) round();
    a ^= word;
  }
  void absorb_all(std::string_view message) {
    std::uint64_t last = static_cast<std::uint64_t>(message.size()) << 56;
    while (message.size() >= 8) {
      absorb(word_at(message.data()));
      message.remove_prefix(8);
    }
    for (std::size_t i = 0; i < message.size(); ++i) {
      last |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(message[i])) << (8 * i);
    }
    absorb(last);
  }
  std::uint64_t squeeze() {
    for (int i = 0; i < kAtEnd; ++i) round();
    return a ^ b ^ c ^ d;
  }
};

template <int kPerWord, int kAtEnd>
Hash128 hash(const SipKey& key, std::string_view message) {
  SipState<kPerWord, kAtEnd> state(key, 0xee);  // 128 bits of output are wanted
  state.absorb_all(message);
  Hash128 out;
  state.c ^= 0xee;
  out.low = state.squeeze();
  state.b ^= 0xdd;
  out.high = state.squeeze();
  return out;
}

}  // namespace

Hash128 siphash128(const SipKey& key, std::string_view message) { return hash<1, 3>(key, message); }

Hash128 siphash128_2_4(const SipKey& key, std::string_view message) {
  return hash<2, 4>(key, message);
}

}  // namespace onus::ingest

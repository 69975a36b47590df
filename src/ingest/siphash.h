// SPDX-License-Identifier: Apache-2.0
// SipHash with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF"): a
// keyed hash that nobody without the key can collide on purpose, at about a twentieth of the cost
// of an HMAC. Used for the keys that link sightings and for tables of texts, with one round a word
// and three at the end, as the tables of Rust and Python have it; pseudonyms of people are
// HMAC-SHA-256 (ingest/pseudonym.h).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace onus::ingest {

struct Hash128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const Hash128&, const Hash128&) = default;
};

using SipKey = std::array<std::uint8_t, 16>;

Hash128 siphash128(const SipKey& key, std::string_view message);      // SipHash-1-3
Hash128 siphash128_2_4(const SipKey& key, std::string_view message);  // the published vectors'

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
// SHA-256 of bytes and files, and HMAC-SHA-256 under a key (FIPS 180-4, RFC 2104), over OpenSSL.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace onus {

using Digest = std::array<std::uint8_t, 32>;

std::string to_hex(const std::uint8_t* bytes, std::size_t size);
inline std::string to_hex(const Digest& digest) { return to_hex(digest.data(), digest.size()); }

Digest sha256(std::string_view bytes);

// Many digests, one after another: the context is made once and used again, which is what makes
// short messages cheap. Not safe for use by two threads at a time: give each its own.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view bytes);  // one piece after another
  Digest finish();                   // of all added since the last one
  // The digest of both parts in a row.
  Digest operator()(std::string_view first, std::string_view second = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};
Result<Digest> sha256_file(const std::filesystem::path& path);

// Bytes from the system's generator, for keys and salts only: nothing in a result may depend on
// them.
Result<Digest> random_key();
Result<void> random_bytes(std::uint8_t* bytes, std::size_t size);

// HMAC-SHA-256 with the keyed states computed once.
class Hmac {
 public:
  explicit Hmac(const Digest& key);
  ~Hmac();
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;
  Hmac(Hmac&&) noexcept;
  Hmac& operator=(Hmac&&) noexcept;
  Hmac clone() const;
  Digest operator()(std::string_view message) const;

 private:
  struct State;
  explicit Hmac(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace onus

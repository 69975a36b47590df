// SPDX-License-Identifier: Apache-2.0
// Ed25519 (RFC 8032, the pure variant) over OpenSSL: sign and verify whole messages. Verification
// refuses a scalar at or above the group order, so a signature has one form only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/digest.h"

namespace onus {

using Ed25519Signature = std::array<std::uint8_t, 64>;

// A public key of any 32 bytes; one that is no point of the curve verifies nothing.
bool ed25519_verify(const Digest& public_key, std::string_view message,
                    const Ed25519Signature& signature);

class Ed25519Key {
 public:
  explicit Ed25519Key(const Digest& seed);
  ~Ed25519Key();
  Ed25519Key(const Ed25519Key&) = delete;
  Ed25519Key& operator=(const Ed25519Key&) = delete;
  Ed25519Key(Ed25519Key&&) noexcept;
  Ed25519Key& operator=(Ed25519Key&&) noexcept;
  const Digest& public_key() const { return public_key_; }
  Ed25519Signature sign(std::string_view message) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  Digest public_key_{};
};

}  // namespace onus

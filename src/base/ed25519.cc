// SPDX-License-Identifier: Apache-2.0
#include "base/ed25519.h"

#include <openssl/evp.h>

#include "base/check.h"

namespace onus {
namespace {

struct KeyFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct ContextFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;
using Context = std::unique_ptr<EVP_MD_CTX, ContextFree>;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

bool ed25519_verify(const Digest& public_key, std::string_view message,
                    const Ed25519Signature& signature) {
  const Key key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
  const Context context(EVP_MD_CTX_new());
  if (!key || !context) return false;
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), raw(message),
                          message.size()) == 1;
}

struct Ed25519Key::State {
  Key key;
};

Ed25519Key::Ed25519Key(const Digest& seed) : state_(std::make_unique<State>()) {
  state_->key.reset(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  ONUS_CHECK(state_->key);
  std::size_t size = public_key_.size();
  ONUS_CHECK(EVP_PKEY_get_raw_public_key(state_->key.get(), public_key_.data(), &size) == 1);
}

Ed25519Key::~Ed25519Key() = default;
Ed25519Key::Ed25519Key(Ed25519Key&&) noexcept = default;
Ed25519Key& Ed25519Key::operator=(Ed25519Key&&) noexcept = default;

Ed25519Signature Ed25519Key::sign(std::string_view message) const {
  const Context context(EVP_MD_CTX_new());
  Ed25519Signature signature{};
  std::size_t size = signature.size();
  ONUS_CHECK(context &&
             EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1);
  ONUS_CHECK(EVP_DigestSign(context.get(), signature.data(), &size, raw(message), message.size()) ==
             1);
  return signature;
}

}  // namespace onus

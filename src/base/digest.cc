// SPDX-License-Identifier: Apache-2.0
#define OPENSSL_SUPPRESS_DEPRECATED  // of Hmac, below
#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdio>
#include <vector>

#include "base/check.h"

namespace onus {
namespace {

struct ContextFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextFree>;

// Fetched once: a fetch for each digest costs more than the digest (measured: 3 times).
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ONUS_CHECK(method != nullptr);
  return method;
}

Context new_context() {
  Context context(EVP_MD_CTX_new());
  ONUS_CHECK(context && EVP_DigestInit_ex2(context.get(), sha256_method(), nullptr) == 1);
  return context;
}

void update(EVP_MD_CTX* context, const void* bytes, std::size_t size) {
  ONUS_CHECK(EVP_DigestUpdate(context, bytes, size) == 1);
}

Digest finish(EVP_MD_CTX* context) {
  Digest digest;
  ONUS_CHECK(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
  return digest;
}

}  // namespace

std::string to_hex(const std::uint8_t* bytes, std::size_t size) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
  }
  return out;
}

Digest sha256(std::string_view bytes) {
  Context context = new_context();
  update(context.get(), bytes.data(), bytes.size());
  return finish(context.get());
}

struct Sha256::State {
  Context context = new_context();
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
void Sha256::add(std::string_view bytes) {
  update(state_->context.get(), bytes.data(), bytes.size());
}
Digest Sha256::finish() {
  EVP_MD_CTX* const context = state_->context.get();
  const Digest digest = onus::finish(context);
  ONUS_CHECK(EVP_DigestInit_ex2(context, nullptr, nullptr) == 1);
  return digest;
}
Digest Sha256::operator()(std::string_view first, std::string_view second) {
  add(first);
  if (!second.empty()) add(second);
  return finish();
}

Result<Digest> sha256_file(const std::filesystem::path& path) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return fail(Code::io, "cannot open " + path.string());
  Context context = new_context();
  std::vector<char> buffer(1 << 20);
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    update(context.get(), buffer.data(), got);
  }
  if (std::ferror(file.get())) return fail(Code::io, "cannot read " + path.string());
  return finish(context.get());
}

Result<void> random_bytes(std::uint8_t* bytes, std::size_t size) {
  if (RAND_bytes(bytes, static_cast<int>(size)) != 1) {
    return fail(Code::io, "the system gave no random bytes for a key");
  }
  return {};
}

Result<Digest> random_key() {
  Digest key;
  ONUS_TRY_VOID(random_bytes(key.data(), key.size()));
  return key;
}

// With OpenSSL's plain functions, which it deprecates in favour of contexts: a pseudonym is two
// short messages, and a context costs more than their digests (each copy allocates).
struct Hmac::State {
  SHA256_CTX inner;  // holds key ^ ipad
  SHA256_CTX outer;  // holds key ^ opad
};

namespace {

SHA256_CTX keyed(const Digest& key, std::uint8_t pad) {
  std::array<std::uint8_t, 64> block;
  block.fill(pad);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] ^= key[i];
  SHA256_CTX state;
  ONUS_CHECK(SHA256_Init(&state) == 1 && SHA256_Update(&state, block.data(), block.size()) == 1);
  return state;
}

Digest finish_from(SHA256_CTX state, const void* bytes, std::size_t size) {
  Digest digest;
  ONUS_CHECK(SHA256_Update(&state, bytes, size) == 1 && SHA256_Final(digest.data(), &state) == 1);
  return digest;
}

}  // namespace

Hmac::Hmac(const Digest& key)
    : state_(std::make_unique<State>(State{keyed(key, 0x36), keyed(key, 0x5c)})) {}
Hmac::Hmac(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hmac::~Hmac() = default;
Hmac::Hmac(Hmac&&) noexcept = default;
Hmac& Hmac::operator=(Hmac&&) noexcept = default;

Hmac Hmac::clone() const { return Hmac(std::make_unique<State>(*state_)); }

Digest Hmac::operator()(std::string_view message) const {
  const Digest inner = finish_from(state_->inner, message.data(), message.size());
  return finish_from(state_->outer, inner.data(), inner.size());
}

}  // namespace onus

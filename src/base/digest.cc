// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

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

struct Hmac::State {
  Context inner = new_context();  // holds key ^ ipad
  Context outer = new_context();  // holds key ^ opad
  Context work = new_context();
};

Hmac::Hmac(const Digest& key) : state_(std::make_unique<State>()) {
  std::array<std::uint8_t, 64> inner{};
  std::array<std::uint8_t, 64> outer{};
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint8_t byte = i < key.size() ? key[i] : 0;
    inner[i] = static_cast<std::uint8_t>(byte ^ 0x36);
    outer[i] = static_cast<std::uint8_t>(byte ^ 0x5c);
  }
  update(state_->inner.get(), inner.data(), inner.size());
  update(state_->outer.get(), outer.data(), outer.size());
}

Hmac::Hmac(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hmac::~Hmac() = default;
Hmac::Hmac(Hmac&&) noexcept = default;
Hmac& Hmac::operator=(Hmac&&) noexcept = default;

Hmac Hmac::clone() const {
  auto copy = std::make_unique<State>();
  ONUS_CHECK(EVP_MD_CTX_copy_ex(copy->inner.get(), state_->inner.get()) == 1);
  ONUS_CHECK(EVP_MD_CTX_copy_ex(copy->outer.get(), state_->outer.get()) == 1);
  return Hmac(std::move(copy));
}

Digest Hmac::operator()(std::string_view message) {
  EVP_MD_CTX* work = state_->work.get();
  ONUS_CHECK(EVP_MD_CTX_copy_ex(work, state_->inner.get()) == 1);
  update(work, message.data(), message.size());
  const Digest inner = finish(work);
  ONUS_CHECK(EVP_MD_CTX_copy_ex(work, state_->outer.get()) == 1);
  update(work, inner.data(), inner.size());
  return finish(work);
}

}  // namespace onus

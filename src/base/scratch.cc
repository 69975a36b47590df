// SPDX-License-Identifier: Apache-2.0
#include "base/scratch.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/check.h"
#include "base/digest.h"

namespace onus {
namespace {

constexpr std::size_t kTag = 16;

struct ContextFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

int nameless_file(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return file;
  std::string name = (folder / "onus-XXXXXX").string();  // a file system that has none
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

bool write_at(int file, std::string_view bytes, std::uint64_t place) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(place));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
    place += static_cast<std::uint64_t>(wrote);
  }
  return true;
}

bool read_at(int file, char* to, std::size_t size, std::uint64_t place) {
  while (size > 0) {
    const ssize_t got = ::pread(file, to, size, static_cast<off_t>(place));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    size -= static_cast<std::size_t>(got);
    place += static_cast<std::uint64_t>(got);
  }
  return true;
}

}  // namespace

struct Scratch::State {
  State(int opened, const Digest& with) : file(opened), key(with), context(EVP_CIPHER_CTX_new()) {
    ONUS_CHECK(context && EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                                            nullptr, 1) == 1);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = delete;
  State& operator=(State&&) = delete;
  ~State() {
    OPENSSL_cleanse(key.data(), key.size());
    ::close(file);
  }
  // Each place is written once, so it serves as the number that no two pieces may share.
  void begin(std::uint64_t place, bool sealing) {
    std::array<std::uint8_t, 12> once{};
    std::memcpy(once.data(), &place, sizeof place);
    ONUS_CHECK(EVP_CipherInit_ex(context.get(), nullptr, nullptr, nullptr, once.data(),
                                 sealing ? 1 : 0) == 1);
  }
  void through(const char* from, std::size_t size) {
    int done = 0;
    ONUS_CHECK(EVP_CipherUpdate(context.get(), reinterpret_cast<unsigned char*>(work.data()), &done,
                                reinterpret_cast<const unsigned char*>(from),
                                static_cast<int>(size)) == 1);
  }
  unsigned char* tag(std::size_t size) {
    return reinterpret_cast<unsigned char*>(work.data() + size);
  }

  int file;
  Digest key;
  std::unique_ptr<EVP_CIPHER_CTX, ContextFree> context;
  std::uint64_t end = 0;
  std::string work;  // a sealed piece and its tag
};

Result<Scratch> Scratch::make(const std::filesystem::path& folder) {
  ONUS_TRY(const Digest key, random_key());
  const int file = nameless_file(folder);
  if (file < 0) {
    return fail(Code::io, "cannot make a file in " + folder.string() + ": " + std::strerror(errno));
  }
  return Scratch(std::make_unique<State>(file, key));
}

Scratch::Scratch(std::unique_ptr<State> state) : state_(std::move(state)) {}
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
Scratch::~Scratch() = default;

Result<std::uint64_t> Scratch::write(std::string_view piece) {
  State& s = *state_;
  const std::uint64_t place = s.end;
  s.begin(place, true);
  s.work.resize(piece.size() + kTag);
  s.through(piece.data(), piece.size());
  int rest = 0;
  ONUS_CHECK(EVP_CipherFinal_ex(s.context.get(), s.tag(piece.size()), &rest) == 1);
  ONUS_CHECK(
      EVP_CIPHER_CTX_ctrl(s.context.get(), EVP_CTRL_AEAD_GET_TAG, kTag, s.tag(piece.size())) == 1);
  s.end += s.work.size();  // also where it fails: no place is used twice
  if (!write_at(s.file, s.work, place)) {
    return fail(Code::io, std::string("cannot write a temporary file: ") + std::strerror(errno));
  }
  return place;
}

Result<void> Scratch::read(std::uint64_t place, char* to, std::size_t size) {
  State& s = *state_;
  s.work.resize(size + kTag);
  if (!read_at(s.file, s.work.data(), s.work.size(), place)) {
    return fail(Code::io, "cannot read a temporary file back");
  }
  s.begin(place, false);
  int done = 0;
  auto* const clear = reinterpret_cast<unsigned char*>(to);
  ONUS_CHECK(EVP_CipherUpdate(s.context.get(), clear, &done, s.tag(0), static_cast<int>(size)) ==
             1);
  ONUS_CHECK(EVP_CIPHER_CTX_ctrl(s.context.get(), EVP_CTRL_AEAD_SET_TAG, kTag, s.tag(size)) == 1);
  if (EVP_CipherFinal_ex(s.context.get(), clear + done, &done) == 1) return {};
  OPENSSL_cleanse(to, size);
  return fail(Code::io, "a temporary file was changed");
}

}  // namespace onus

// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <system_error>

namespace onus {
namespace {

std::string reason() { return std::strerror(errno); }

// Closes a descriptor when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0)
    return fail(Code::not_found, "cannot open " + path.string() + ": " + reason());
  std::string bytes;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(Code::io, "cannot read " + path.string() + ": " + reason());
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(got) > max_bytes) {
      return fail(Code::over_budget,
                  path.string() + " is larger than " + std::to_string(max_bytes) + " bytes");
    }
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes,
                        bool owner_only) {
  std::filesystem::path part = path;
  part += ".part";
  {
    const Descriptor file(
        ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only ? 0600 : 0644));
    if (file.get() < 0) return fail(Code::io, "cannot write " + part.string() + ": " + reason());
    if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0) {
      return fail(Code::io, "cannot write " + part.string() + ": " + reason());
    }
  }
  if (::rename(part.c_str(), path.c_str()) != 0) {
    return fail(Code::io, "cannot rename to " + path.string() + ": " + reason());
  }
  return {};
}

Result<TempDir> TempDir::make(const std::filesystem::path& parent) {
  std::string name = (parent / "onus-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    return fail(Code::io, "cannot make a folder in " + parent.string() + ": " + reason());
  }
  return TempDir(std::filesystem::path(name));
}

Result<TempDir> TempDir::make() {
  std::error_code none;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(none);
  return make(none ? "/tmp" : folder);
}

TempDir::TempDir(std::filesystem::path path) : path_(std::move(path)) {}
TempDir::TempDir(TempDir&& other) noexcept : path_(std::exchange(other.path_, {})) {}
TempDir& TempDir::operator=(TempDir&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}
TempDir::~TempDir() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace onus

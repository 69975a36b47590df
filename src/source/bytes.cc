// SPDX-License-Identifier: Apache-2.0
#include "source/bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace onus::source {
namespace {

tl::unexpected<Error> refused(const std::string& name, const char* what) {
  const int error = errno;
  return fail(error == ENOENT ? Code::not_found : Code::io,
              name + ": cannot " + what + ": " + std::strerror(error));
}

tl::unexpected<Error> too_large(const std::string& name) {
  return fail(Code::over_budget, name + ": larger than the limit on the size of a file");
}

}  // namespace

Result<ByteSource> ByteSource::open(const std::filesystem::path& path, std::int64_t max_bytes) {
  ByteSource source;
  source.name_ = path.string();
  source.left_ = max_bytes;
  // O_NONBLOCK: opening a FIFO must not wait for its writer. It means nothing to a regular file.
  source.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (source.file_ < 0) return refused(source.name_, "open");
  struct stat status {};
  if (::fstat(source.file_, &status) != 0) return refused(source.name_, "read");
  if (!S_ISREG(status.st_mode)) return fail(Code::bad_input, source.name_ + ": not a file");
  if (status.st_size > max_bytes) return too_large(source.name_);
  ::posix_fadvise(source.file_, 0, 0, POSIX_FADV_SEQUENTIAL);
  return source;
}

Result<ByteSource> ByteSource::over(std::string bytes, std::int64_t max_bytes) {
  ByteSource source;
  source.name_ = "bytes in memory";
  if (static_cast<std::int64_t>(bytes.size()) > max_bytes) return too_large(source.name_);
  source.ahead_ = std::move(bytes);
  return source;
}

ByteSource ByteSource::from(std::unique_ptr<ByteReader> reader, std::string name,
                            std::int64_t max_bytes) {
  ByteSource source;
  source.reader_ = std::move(reader);
  source.name_ = std::move(name);
  source.left_ = max_bytes;
  return source;
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      reader_(std::move(other.reader_)),
      hash_(other.hash_),
      name_(std::move(other.name_)),
      ahead_(std::move(other.ahead_)),
      taken_(other.taken_),
      left_(other.left_) {}

ByteSource& ByteSource::operator=(ByteSource&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(reader_, other.reader_);
  std::swap(hash_, other.hash_);
  std::swap(name_, other.name_);
  std::swap(ahead_, other.ahead_);
  std::swap(taken_, other.taken_);
  std::swap(left_, other.left_);
  return *this;
}

ByteSource::~ByteSource() {
  if (file_ >= 0) ::close(file_);
}

Result<std::size_t> ByteSource::read_file(char* to, std::size_t size) {
  std::size_t done = 0;
  while (file_ >= 0 && done < size) {
    const ssize_t got = ::read(file_, to + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(name_, "read");
    if (got == 0) break;
    left_ -= got;
    if (left_ < 0) return too_large(name_);
    done += static_cast<std::size_t>(got);
  }
  return done;
}

Result<std::size_t> ByteSource::read_reader(char* to, std::size_t size) {
  ONUS_TRY(const std::size_t got, reader_->read(to, size));
  left_ -= static_cast<std::int64_t>(got);
  if (left_ < 0) return too_large(name_);
  return got;
}

Result<std::size_t> ByteSource::read_more(char* to, std::size_t size) {
  ONUS_TRY(const std::size_t got, reader_ ? read_reader(to, size) : read_file(to, size));
  if (hash_) hash_->add({to, got});
  return got;
}

Result<std::string_view> ByteSource::peek(std::size_t size) {
  const std::size_t have = ahead_.size() - taken_;
  if (have < size && has_more()) {
    const std::size_t old = ahead_.size();
    ahead_.resize(old + size - have);
    ONUS_TRY(const std::size_t got, read_more(ahead_.data() + old, size - have));
    ahead_.resize(old + got);
  }
  return std::string_view(ahead_).substr(taken_, size);
}

Result<std::size_t> ByteSource::read(char* to, std::size_t size) {
  const std::size_t held = std::min(size, ahead_.size() - taken_);
  if (held > 0) std::memcpy(to, ahead_.data() + taken_, held);
  taken_ += held;
  if (held == size) return size;
  if (has_more()) {
    ahead_ = std::string();
    taken_ = 0;
  }
  ONUS_TRY(const std::size_t got, read_more(to + held, size - held));
  return held + got;
}

}  // namespace onus::source

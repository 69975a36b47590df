// SPDX-License-Identifier: Apache-2.0
#include "ledger/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace onus::ledger {
namespace {

using Path = std::filesystem::path;

tl::unexpected<Error> refused(std::string_view what, const Path& path) {
  const Code code = errno == ENOENT ? Code::not_found : Code::io;
  return fail(code, fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

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

class SystemFile : public DiskFile {
 public:
  SystemFile(int fd, Path path) : fd_(fd), path_(std::move(path)) {}

  Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t wrote =
          ::pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return refused("write", path_);
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
      offset += static_cast<std::uint64_t>(wrote);
    }
    return {};
  }

  Result<std::string> read_at(std::uint64_t offset, std::size_t size) override {
    std::string bytes(size, '\0');
    std::size_t have = 0;
    while (have < size) {
      const ssize_t got =
          ::pread(fd_.get(), bytes.data() + have, size - have, static_cast<off_t>(offset + have));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return refused("read", path_);
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
  }

  Result<std::uint64_t> size() override {
    struct stat info {};
    if (::fstat(fd_.get(), &info) != 0) return refused("look at", path_);
    return static_cast<std::uint64_t>(info.st_size);
  }

  Result<void> truncate(std::uint64_t size) override {
    if (::ftruncate(fd_.get(), static_cast<off_t>(size)) != 0) return refused("shorten", path_);
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(fd_.get()) != 0) return refused("sync", path_);
    return {};
  }

 private:
  Descriptor fd_;
  Path path_;
};

class SystemLock : public DiskLock {
 public:
  explicit SystemLock(int fd) : fd_(fd) {}

 private:
  Descriptor fd_;
};

int flags_of(OpenMode mode) {
  switch (mode) {
    case OpenMode::read:
      return O_RDONLY;
    case OpenMode::write:
      return O_RDWR;
    case OpenMode::create:
    case OpenMode::create_private:
      return O_RDWR | O_CREAT;
  }
  return O_RDONLY;
}

class SystemDisk : public Disk {
 public:
  Result<std::unique_ptr<DiskFile>> open(const Path& path, OpenMode mode) override {
    const int fd = ::open(path.c_str(), flags_of(mode) | O_CLOEXEC,
                          mode == OpenMode::create_private ? 0600 : 0644);
    if (fd < 0) return refused("open", path);
    return std::unique_ptr<DiskFile>(std::make_unique<SystemFile>(fd, path));
  }

  Result<bool> exists(const Path& path) override {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return refused("look at", path);
  }

  Result<std::vector<std::string>> list(const Path& folder) override {
    std::vector<std::string> names;
    const std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(folder.c_str()), ::closedir);
    if (!dir && errno == ENOENT) return names;
    if (!dir) return refused("list", folder);
    while (const dirent* entry = ::readdir(dir.get())) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<bool> make_dir(const Path& path, bool owner_only) override {
    if (::mkdir(path.c_str(), owner_only ? 0700 : 0755) == 0) return true;
    if (errno == EEXIST) return false;
    return refused("make folder", path);
  }

  Result<void> rename(const Path& from, const Path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return refused("rename", from);
    return {};
  }

  Result<void> remove(const Path& path) override {
    if (::unlink(path.c_str()) != 0) return refused("remove", path);
    return {};
  }

  Result<void> sync_dir(const Path& folder) override {
    const Descriptor dir(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (dir.get() < 0) return refused("open", folder);
    if (::fsync(dir.get()) != 0) return refused("sync", folder);
    return {};
  }

  Result<std::unique_ptr<DiskLock>> lock(const Path& path) override {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return refused("open", path);
    auto held = std::make_unique<SystemLock>(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
      return fail(Code::conflict,
                  fmt::format("another process writes to this ledger ({} is held)", path.string()));
    }
    return std::unique_ptr<DiskLock>(std::move(held));
  }
};

}  // namespace

Disk& system_disk() {
  static SystemDisk disk;
  return disk;
}

Result<std::string> read_all(Disk& disk, const Path& path, std::size_t max_bytes) {
  ONUS_TRY(const std::unique_ptr<DiskFile> file, disk.open(path, OpenMode::read));
  ONUS_TRY(const std::uint64_t size, file->size());
  if (size > max_bytes) {
    return fail(Code::over_budget, fmt::format("{} is too large", path.string()));
  }
  return file->read_at(0, size);
}

Result<void> replace_file(Disk& disk, const Path& path, std::string_view bytes, OpenMode mode) {
  Path part = path;
  part += ".new";
  {
    ONUS_TRY(const std::unique_ptr<DiskFile> file, disk.open(part, mode));
    ONUS_TRY_VOID(file->truncate(0));
    ONUS_TRY_VOID(file->write_at(0, bytes));
    ONUS_TRY_VOID(file->sync());
  }
  ONUS_TRY_VOID(disk.rename(part, path));
  return disk.sync_dir(path.parent_path());
}

}  // namespace onus::ledger

// SPDX-License-Identifier: Apache-2.0
// Every call that a ledger makes to the file system goes through here, so that tests can fail each
// one, kill the process at each one, and lose what was not synced.
//
// What a caller may rely on: nothing that was written is durable before sync() of that file, no new
// name, rename or removal before sync_dir() of its folder. A failed sync is final: the data may be
// gone from the cache while the next sync says all is well, so nobody tries again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace onus::ledger {

class DiskFile {
 public:
  DiskFile() = default;
  DiskFile(const DiskFile&) = delete;
  DiskFile& operator=(const DiskFile&) = delete;
  DiskFile(DiskFile&&) = delete;
  DiskFile& operator=(DiskFile&&) = delete;
  virtual ~DiskFile() = default;

  // All of the bytes or an error, of which any part may have been written.
  virtual Result<void> write_at(std::uint64_t offset, std::string_view bytes) = 0;
  // Up to `size` bytes; fewer only at the end of the file.
  virtual Result<std::string> read_at(std::uint64_t offset, std::size_t size) = 0;
  virtual Result<std::uint64_t> size() = 0;
  virtual Result<void> truncate(std::uint64_t size) = 0;
  virtual Result<void> sync() = 0;
};

// Held as long as the object lives.
class DiskLock {
 public:
  DiskLock() = default;
  DiskLock(const DiskLock&) = delete;
  DiskLock& operator=(const DiskLock&) = delete;
  DiskLock(DiskLock&&) = delete;
  DiskLock& operator=(DiskLock&&) = delete;
  virtual ~DiskLock() = default;
};

enum class OpenMode {
  read,            // must be there
  write,           // must be there; for reading too
  create,          // made if it is not there (0644)
  create_private,  // the same, 0600
};

class Disk {
 public:
  using Path = std::filesystem::path;
  Disk() = default;
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  Disk(Disk&&) = delete;
  Disk& operator=(Disk&&) = delete;
  virtual ~Disk() = default;

  // Code::not_found where it must be there and is not.
  virtual Result<std::unique_ptr<DiskFile>> open(const Path& path, OpenMode mode) = 0;
  virtual Result<bool> exists(const Path& path) = 0;
  // Names in a folder, sorted; a folder that is not there has none.
  virtual Result<std::vector<std::string>> list(const Path& folder) = 0;
  // False: it was there before. Its parent must be there.
  virtual Result<bool> make_dir(const Path& path, bool owner_only) = 0;
  virtual Result<void> rename(const Path& from, const Path& to) = 0;
  virtual Result<void> remove(const Path& path) = 0;
  virtual Result<void> sync_dir(const Path& folder) = 0;
  // Code::conflict where another process holds it.
  virtual Result<std::unique_ptr<DiskLock>> lock(const Path& path) = 0;
};

// The file system of this machine.
Disk& system_disk();

Result<std::string> read_all(Disk& disk, const std::filesystem::path& path,
                             std::size_t max_bytes = 64U << 20);
// New bytes under the name or the old, never half; durable on return.
Result<void> replace_file(Disk& disk, const std::filesystem::path& path, std::string_view bytes,
                          OpenMode mode = OpenMode::create);

}  // namespace onus::ledger

// SPDX-License-Identifier: Apache-2.0
// Files: whole small ones, atomic writes, folders that vanish when done. Large inputs are streamed
// by module source, never read whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace onus {

// Refuses a file over `max_bytes` (Code::over_budget) rather than filling memory.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);

// Writes beside the target and renames, so that a reader sees the old bytes or the new, never half.
// `owner_only` makes it mode 0600 from the first byte.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes,
                        bool owner_only = false);

// A new folder, mode 0700, removed with all it holds when this object goes.
class TempDir {
 public:
  static Result<TempDir> make(const std::filesystem::path& parent);
  // Where TMPDIR says; in /tmp where it names no folder.
  static Result<TempDir> make();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  TempDir(TempDir&& other) noexcept;
  TempDir& operator=(TempDir&& other) noexcept;
  ~TempDir();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TempDir(std::filesystem::path path);
  std::filesystem::path path_;
};

}  // namespace onus

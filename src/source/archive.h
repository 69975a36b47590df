// SPDX-License-Identifier: Apache-2.0
// Zip archives: what is in one, and the bytes of a member as they are inflated. Nothing is unpacked
// to a disk. What needs to seek (an archive in an archive, a workbook) is held in memory, in a file
// without a name (memfd), as an unpacked log on a disk would be one more copy that someone must
// guard. A detail of module source.
//
// Refuses what is no zip (bad_input); a member that is encrypted, damaged, or inflates over the
// budget is refused when it is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/bytes.h"

namespace onus::source {

struct ArchiveMember {
  std::int64_t entry = 0;  // its number in the archive, from 0
  std::string path;        // as UTF-8, with '/'; control characters as '?'
  std::int64_t bytes = 0;  // inflated, as the archive says
  bool encrypted = false;
};

// Its files in their order; folders are left out. Refuses more than `most` (over_budget).
Result<std::vector<ArchiveMember>> list_archive(const std::filesystem::path& path,
                                                std::size_t most);

// `name` is for messages. Refuses what inflates more than kMaxRatio times (gzip.h).
Result<ByteSource> open_member(const std::filesystem::path& archive, std::int64_t entry,
                               std::string name, std::int64_t max_bytes);

// Of all that is held for one input, and of all archives in an archive.
inline constexpr std::int64_t kMaxHeld = std::int64_t{1} << 30;

// Bytes in a file that has no name, gone with this object.
class HeldFile {
 public:
  static Result<HeldFile> hold(ByteSource source);
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;
  HeldFile(HeldFile&& other) noexcept;
  HeldFile& operator=(HeldFile&& other) noexcept;
  ~HeldFile();
  // Opens it anew, in child processes too, for as long as this lives.
  std::filesystem::path path() const;
  std::int64_t bytes() const { return bytes_; }

 private:
  HeldFile(int file, std::int64_t bytes) : file_(file), bytes_(bytes) {}
  int file_ = -1;
  std::int64_t bytes_ = 0;
};

}  // namespace onus::source

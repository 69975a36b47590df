// SPDX-License-Identifier: Apache-2.0
// The zip file that a workbook is, and the bytes of its parts in order. A detail of module source.
//
// Refuses what is no zip file, with what to do about it (an old or binary workbook, one under a
// password), and what inflates to more than the limits allow: a few kilobytes can hold terabytes.
// Parts are found as the standard has it (ECMA-376 part 2, 6.2.2): without regard to case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace onus::source {

struct PackageLimits {
  std::int64_t max_file_bytes = std::int64_t{1} << 40;
  std::int64_t max_part_bytes = std::int64_t{1} << 34;  // inflated, of one part
  // Inflated bytes per byte of the zip file's, once a part is over `free_bytes`. Deflate cannot
  // pass 1032. A sheet of a million equal rows comes near 300, real logs to 5 to 20.
  std::int64_t max_ratio = 400;
  std::int64_t free_bytes = std::int64_t{1} << 26;
  std::int64_t max_entries = 10'000;
};

// One part's bytes, inflated, in order. Not to be used after its package.
class Part {
 public:
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  Part(Part&&) noexcept;
  Part& operator=(Part&&) noexcept;
  ~Part();

  // Fewer than `size` only at the end. Damaged bytes (bad_input) show at the latest there, where
  // the checksum is compared.
  Result<std::size_t> read(char* to, std::size_t size);
  std::int64_t size() const;  // inflated, as the zip file states it: not to be trusted

 private:
  friend class Package;
  struct State;
  explicit Part(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Package {
 public:
  static Result<Package> open(const std::filesystem::path& path, const PackageLimits& limits);
  static Result<Package> over(std::string bytes, const PackageLimits& limits);
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;
  Package(Package&&) noexcept;
  Package& operator=(Package&&) noexcept;
  ~Package();

  bool has(std::string_view part) const;
  Result<Part> part(std::string_view part) const;  // bad_input if there is none
  const std::string& name() const;                 // of the file, for messages
  std::int64_t bytes() const;                      // of the file

 private:
  struct State;
  explicit Package(std::unique_ptr<State> state);
  static Result<Package> from(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Why bytes from a file's begin are no zip file, as the end of a sentence that begins with its
// name, for the formats that pass for a workbook; "" for others. `directory`: the sector that lists
// a compound file's streams.
// A compound file with a workbook in clear in it: .xls.
bool is_old_workbook(const std::filesystem::path& path);
std::string_view not_a_workbook(std::string_view begin, std::string_view directory);

}  // namespace onus::source

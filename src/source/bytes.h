// SPDX-License-Identifier: Apache-2.0
// Bytes of a file or of memory, in order, with a look ahead. A detail of module source.
//
// Files are read with read(2): a mapping would count as memory, and a file cut short by another
// process while mapped would kill us.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"

namespace onus::source {

// Bytes that are made while they are read: inflated, or out of an archive.
class ByteReader {
 public:
  virtual ~ByteReader() = default;
  // Fewer than `size` only at the end.
  virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
};

class ByteSource {
 public:
  // Refuses what is no regular file (bad_input) and what is over `max_bytes` (over_budget), also
  // where the file grows while it is read.
  static Result<ByteSource> open(const std::filesystem::path& path, std::int64_t max_bytes);
  static Result<ByteSource> over(std::string bytes, std::int64_t max_bytes);
  // `name` is for messages.
  static ByteSource from(std::unique_ptr<ByteReader> reader, std::string name,
                         std::int64_t max_bytes);
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&& other) noexcept;
  ~ByteSource();

  // The next bytes without taking them, fewer than `size` only at the end. Good until the next
  // call.
  Result<std::string_view> peek(std::size_t size);
  // Takes bytes that peek() gave.
  void skip(std::size_t size) { taken_ += size; }
  // Fewer than `size` only at the end.
  Result<std::size_t> read(char* to, std::size_t size);
  const std::string& name() const { return name_; }
  // Adds all bytes from here on to `hash`, once, in order, as they come. It outlives this.
  void hash_into(Sha256* hash) { hash_ = hash; }

 private:
  ByteSource() = default;
  bool has_more() const { return file_ >= 0 || reader_; }
  Result<std::size_t> read_more(char* to, std::size_t size);
  Result<std::size_t> read_reader(char* to, std::size_t size);
  Result<std::size_t> read_file(char* to, std::size_t size);
  int file_ = -1;  // -1: `reader_`, or only `ahead_`
  std::unique_ptr<ByteReader> reader_;
  Sha256* hash_ = nullptr;
  std::string name_;   // for messages
  std::string ahead_;  // read but not taken: [taken_, end)
  std::size_t taken_ = 0;
  std::int64_t left_ = 0;  // of max_bytes
};

}  // namespace onus::source

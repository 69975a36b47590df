// SPDX-License-Identifier: Apache-2.0
// Bytes that leave memory for a while: a file without a name, gone when this object or the process
// goes, in which nothing stands in clear. Each piece is sealed (AES-256-GCM, OpenSSL) under a key
// that is made with the object and lives in memory alone, so that a disk taken out of the machine,
// or the blocks that the file leaves behind, say nothing. A piece that comes back changed is an
// error, never other bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace onus {

class Scratch {
 public:
  static Result<Scratch> make(const std::filesystem::path& folder);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;
  ~Scratch();

  // Where the piece stands now, for read().
  Result<std::uint64_t> write(std::string_view piece);
  // The piece of `size` bytes that write() put at `place`.
  Result<void> read(std::uint64_t place, char* to, std::size_t size);

 private:
  struct State;
  explicit Scratch(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace onus

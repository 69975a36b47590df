// SPDX-License-Identifier: Apache-2.0
// Checkpoints (C2SP tlog-checkpoint): what a log says of itself at one size, as the text of a
// signed note. And proofs as files (C2SP tlog-proof): an entry's index and path under a checkpoint.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/hash.h"
#include "tlog/note.h"

namespace onus::tlog {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  std::string extensions;  // whole lines, not read: nobody else signs for them

  std::string text() const;
  bool operator==(const Checkpoint&) const = default;
};

Result<Checkpoint> parse_checkpoint(std::string_view text);

// "0" or digits without a leading zero, up to 2^63 - 1.
std::optional<std::uint64_t> parse_decimal(std::string_view text);
std::optional<Hash> parse_hash(std::string_view base64);
std::string print_hash(const Hash& hash);

inline constexpr std::size_t kMaxProof = 63;

struct ProofFile {
  std::optional<std::string> extra;  // bytes that the proof does not vouch for
  std::uint64_t index = 0;
  std::vector<Hash> proof;  // from the leaf up
  std::string checkpoint;   // a signed note, as it was

  std::string print() const;
};

Result<ProofFile> parse_proof_file(std::string_view bytes);

}  // namespace onus::tlog

// SPDX-License-Identifier: Apache-2.0
// The two hashes of a Merkle tree (RFC 6962 section 2.1, kept by RFC 9162):
//   leaf = SHA-256(0x00 || entry)      node = SHA-256(0x01 || left || right)
// The root of no entries is SHA-256 of nothing.
#pragma once

#include <string_view>

#include "base/digest.h"

namespace onus::tlog {

using Hash = Digest;

inline std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Hash empty_root();

// One per thread: it keeps a hashing context between calls.
class TreeHasher {
 public:
  Hash leaf(std::string_view entry);
  Hash node(const Hash& left, const Hash& right);

 private:
  Sha256 sha_;
};

}  // namespace onus::tlog

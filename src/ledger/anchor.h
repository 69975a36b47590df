// SPDX-License-Identifier: Apache-2.0
// Commits to a file row by row on the day it arrives, so that a later release which drops or
// changes rows is proven against it. One entry of the ledger per file, whatever its size: the root
// of a tree whose leaves are salted commitments to the rows. The public entry has the name of the
// file, the number of rows and that root; without the anchor's key no guess of a row can be tried.
//
//   salt_i = HMAC-SHA-256(key, i in 8 bytes)      leaf_i = HMAC-SHA-256(salt_i, row_i)
//   root   = RFC 6962 root over the leaf_i as entries
//
// The key is the secret of the file's holder and is kept beside the case, never in the log. One row
// is shown to others with its salt and its path to the root: that opens no other row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "tlog/anchor.h"
#include "tlog/hash.h"
#include "tlog/proof.h"

namespace onus::ledger {

// Takes the rows of a file in order; what a row is, the caller says (its bytes as they stand).
class Anchor {
 public:
  explicit Anchor(const Digest& key);
  void add(std::string_view row);
  std::uint64_t rows() const { return leaves_.size(); }
  tlog::Hash root() const;
  // What shows that row `i` was there: its salt, and the path from its leaf up.
  Digest salt(std::uint64_t i) const;
  std::vector<tlog::Hash> path(std::uint64_t i) const;

 private:
  Digest key_;
  Hmac hmac_;
  tlog::TreeHasher hasher_;
  std::vector<tlog::Hash> leaves_;
};

}  // namespace onus::ledger

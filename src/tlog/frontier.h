// SPDX-License-Identifier: Apache-2.0
// The right edge of a growing tree: the roots of the perfect subtrees that its entries fall into,
// one for each set bit of the size, the widest first. All that is needed to append and to know the
// root: each node of the tree is hashed once.
#pragma once

#include <cstdint>
#include <vector>

#include "tlog/hash.h"

namespace onus::tlog {

class Frontier {
 public:
  std::uint64_t size() const { return size_; }

  // Appends a perfect subtree of 2^height entries. The size so far must be a multiple of
  // 2^height: narrower subtrees come after wider ones. `made(height, hash)` is called for each node
  // that this completes, the appended one first.
  template <class Made>
  void append(Hash hash, unsigned height, Made&& made) {
    made(height, hash);
    size_ += std::uint64_t{1} << height;
    for (unsigned at = height; (size_ >> at & 1) == 0; ++at) {
      hash = hasher_.node(edge_.back(), hash);
      edge_.pop_back();
      made(at + 1, hash);
    }
    edge_.push_back(hash);
  }
  void append(const Hash& hash, unsigned height = 0) {
    append(hash, height, [](unsigned, const Hash&) {});
  }

  Hash root();

 private:
  TreeHasher hasher_;
  std::uint64_t size_ = 0;
  std::vector<Hash> edge_;
};

}  // namespace onus::tlog

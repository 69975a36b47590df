// SPDX-License-Identifier: Apache-2.0
// Inclusion and consistency proofs (RFC 6962 section 2.1.1 and 2.1.2 for what they hold, RFC 9162
// section 2.1.3.2 and 2.1.4.2 for how they are checked), and those of subtrees
// (draft-ietf-plants-merkle-tree-certs section 4).
//
// Size 0: the empty tree is a beginning of every tree, so its consistency proof is empty and its
// root must be that of no entries (C2SP tlog-witness). Others refuse to be asked; we answer, and
// the answer says nothing about the later tree.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "tlog/hash.h"

namespace onus::tlog {

// Entries [begin, end).
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool operator==(const Range&) const = default;
};

// The root of the perfect subtree over entries [index * 2^height, (index + 1) * 2^height).
using NodeReader = std::function<Result<Hash>(unsigned height, std::uint64_t index)>;

// The subtrees whose roots make the proof, from the leaf up. index < size; old_size <= size.
std::vector<Range> inclusion_ranges(std::uint64_t index, std::uint64_t size);
std::vector<Range> consistency_ranges(std::uint64_t old_size, std::uint64_t size);

// The root of a range that begins at a multiple of its own width rounded up to a power of two, as
// all ranges of a proof do.
Result<Hash> range_hash(const NodeReader& nodes, Range range);
Result<std::vector<Hash>> read_proof(const NodeReader& nodes, std::span<const Range> ranges);

bool includes(std::uint64_t index, std::uint64_t size, const Hash& leaf,
              std::span<const Hash> proof, const Hash& root);
bool consistent(std::uint64_t old_size, std::uint64_t size, const Hash& old_root, const Hash& root,
                std::span<const Hash> proof);

// A subtree begins at a multiple of its width rounded up to a power of two. An empty one is in
// every tree, as the empty tree is.
bool is_subtree(Range range);
bool subtree_includes(std::uint64_t index, Range subtree, const Hash& leaf,
                      std::span<const Hash> proof, const Hash& root);
bool subtree_consistent(Range subtree, std::uint64_t size, const Hash& subtree_root,
                        const Hash& root, std::span<const Hash> proof);

}  // namespace onus::tlog

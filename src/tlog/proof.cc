// SPDX-License-Identifier: Apache-2.0
#include "tlog/proof.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace onus::tlog {
namespace {

// Where RFC 6962 splits a tree of n > 1 entries: the largest power of two below n.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

bool odd(std::uint64_t n) { return (n & 1) != 0; }

}  // namespace

std::vector<Range> inclusion_ranges(std::uint64_t index, std::uint64_t size) {
  ONUS_CHECK(index < size);
  std::vector<Range> ranges;
  Range at{0, size};
  while (at.end - at.begin > 1) {
    const std::uint64_t middle = at.begin + split(at.end - at.begin);
    if (index < middle) {
      ranges.push_back({middle, at.end});
      at.end = middle;
    } else {
      ranges.push_back({at.begin, middle});
      at.begin = middle;
    }
  }
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

std::vector<Range> consistency_ranges(std::uint64_t old_size, std::uint64_t size) {
  ONUS_CHECK(old_size <= size);
  std::vector<Range> ranges;
  if (old_size == 0) return ranges;
  Range at{0, size};
  while (at.end != old_size) {
    const std::uint64_t middle = at.begin + split(at.end - at.begin);
    if (old_size <= middle) {
      ranges.push_back({middle, at.end});
      at.end = middle;
    } else {
      ranges.push_back({at.begin, middle});
      at.begin = middle;
    }
  }
  if (at.begin != 0) ranges.push_back(at);  // else it is the old tree, whose root is known
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

Result<Hash> range_hash(const NodeReader& nodes, Range range) {
  ONUS_CHECK(is_subtree(range));
  std::vector<Hash> parts;
  for (std::uint64_t at = range.begin; at < range.end;) {
    const std::uint64_t width = std::bit_floor(range.end - at);
    ONUS_TRY(const Hash part, nodes(static_cast<unsigned>(std::countr_zero(width)), at / width));
    parts.push_back(part);
    at += width;
  }
  TreeHasher hasher;
  Hash hash = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) hash = hasher.node(parts[i], hash);
  return hash;
}

Result<std::vector<Hash>> read_proof(const NodeReader& nodes, std::span<const Range> ranges) {
  std::vector<Hash> proof;
  for (const Range& range : ranges) {
    ONUS_TRY(const Hash hash, range_hash(nodes, range));
    proof.push_back(hash);
  }
  return proof;
}

bool includes(std::uint64_t index, std::uint64_t size, const Hash& leaf,
              std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return false;
  TreeHasher hasher;
  Hash hash = leaf;
  std::uint64_t at = index;
  std::uint64_t last = size - 1;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if (odd(at) || at == last) {
      hash = hasher.node(sibling, hash);
      for (; !odd(at) && at != 0; at >>= 1) last >>= 1;
    } else {
      hash = hasher.node(hash, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool is_subtree(Range range) {
  if (range.begin >= range.end || range.end - range.begin > std::uint64_t{1} << 63) return false;
  return range.begin % std::bit_ceil(range.end - range.begin) == 0;
}

bool subtree_includes(std::uint64_t index, Range subtree, const Hash& leaf,
                      std::span<const Hash> proof, const Hash& root) {
  if (!is_subtree(subtree) || index < subtree.begin) return false;
  return includes(index - subtree.begin, subtree.end - subtree.begin, leaf, proof, root);
}

bool subtree_consistent(Range subtree, std::uint64_t size, const Hash& subtree_root,
                        const Hash& root, std::span<const Hash> proof) {
  if (subtree.end > size) return false;
  if (subtree.begin == subtree.end) return proof.empty() && subtree_root == empty_root();
  if (!is_subtree(subtree)) return false;
  std::uint64_t first = subtree.begin;  // all three as node numbers on the level that we are at
  std::uint64_t last = subtree.end - 1;
  std::uint64_t edge = size - 1;
  const auto up = [&] { first >>= 1, last >>= 1, edge >>= 1; };
  while (first != last && (last == edge || odd(last))) up();
  if (first != last && proof.empty()) return false;
  Hash part = subtree_root;
  if (first != last) {
    part = proof.front();
    proof = proof.subspan(1);
  }
  Hash whole = part;
  TreeHasher hasher;
  for (const Hash& sibling : proof) {
    if (edge == 0) return false;
    if (odd(last) || last == edge) {
      if (first < last) part = hasher.node(sibling, part);
      whole = hasher.node(sibling, whole);
      while (!odd(last) && last != 0) up();
    } else {
      whole = hasher.node(whole, sibling);
    }
    up();
  }
  return edge == 0 && part == subtree_root && whole == root;
}

bool consistent(std::uint64_t old_size, std::uint64_t size, const Hash& old_root, const Hash& root,
                std::span<const Hash> proof) {
  if (old_size > size) return false;
  if (size == 0 && root != empty_root()) return false;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  if (old_size == size) return proof.empty() && old_root == root;
  return subtree_consistent({0, old_size}, size, old_root, root, proof);
}

}  // namespace onus::tlog

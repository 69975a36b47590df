// SPDX-License-Identifier: Apache-2.0
#include "tlog/proof.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tlog/frontier.h"
#include "tlog/tile.h"

namespace onus::tlog {
namespace {

// The definition of RFC 6962 section 2.1, word for word: slow, and the measure of the rest.
Hash by_definition(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return TreeHasher().node(by_definition(leaves.first(k)), by_definition(leaves.subspan(k)));
}

std::vector<Hash> some_leaves(std::size_t count) {
  TreeHasher hasher;
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(hasher.leaf(std::to_string(i)));
  return leaves;
}

std::span<const Hash> first(const std::vector<Hash>& leaves, std::size_t count) {
  return std::span(leaves).first(count);
}

NodeReader nodes_of(const std::vector<Hash>& leaves) {
  return [&leaves](unsigned height, std::uint64_t index) -> Result<Hash> {
    return by_definition(std::span(leaves).subspan(index << height, std::size_t{1} << height));
  };
}

TEST(Frontier, GivesTheRootOfTheDefinitionAtEverySize) {
  const std::vector<Hash> leaves = some_leaves(600);
  Frontier frontier;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    ASSERT_EQ(frontier.root(), by_definition(first(leaves, size))) << size;
    if (size < leaves.size()) frontier.append(leaves[size]);
  }
}

TEST(Frontier, GoesOnFromSubtreesAsFromTheirLeaves) {
  const std::vector<Hash> leaves = some_leaves(300);
  for (const std::size_t size : {1, 7, 64, 200, 255, 256, 299}) {
    Frontier frontier;
    for (std::size_t at = 0; at < size;) {
      const std::size_t width = std::bit_floor(size - at);
      frontier.append(by_definition(std::span(leaves).subspan(at, width)),
                      static_cast<unsigned>(std::countr_zero(width)));
      at += width;
    }
    EXPECT_EQ(frontier.root(), by_definition(first(leaves, size)));
    frontier.append(leaves[size]);
    EXPECT_EQ(frontier.root(), by_definition(first(leaves, size + 1)));
  }
}

TEST(Proof, EveryEntryOfEverySizeIsIncludedAndUnderNoOtherIndex) {
  const std::vector<Hash> leaves = some_leaves(70);
  for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
    const Hash root = by_definition(first(leaves, size));
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = read_proof(nodes_of(leaves), inclusion_ranges(index, size)).value();
      ASSERT_TRUE(includes(index, size, leaves[index], proof, root)) << index << " of " << size;
      for (std::uint64_t other = 0; other < size + 2; ++other) {
        ASSERT_EQ(includes(other, size, leaves[index], proof, root), other == index);
      }
    }
  }
}

TEST(Proof, EverySizeIsABeginningOfEveryLaterOneAndNoOtherRootIs) {
  const std::vector<Hash> leaves = some_leaves(40);
  for (std::uint64_t size = 0; size <= leaves.size(); ++size) {
    for (std::uint64_t old = 0; old <= size; ++old) {
      const auto proof = read_proof(nodes_of(leaves), consistency_ranges(old, size)).value();
      const Hash root = by_definition(first(leaves, size));
      Hash old_root = by_definition(first(leaves, old));
      ASSERT_TRUE(consistent(old, size, old_root, root, proof)) << old << " of " << size;
      ASSERT_EQ(consistent(size, old, root, old_root, proof), old == size);
      old_root[5] ^= 1;
      ASSERT_FALSE(consistent(old, size, old_root, root, proof));
    }
  }
}

TEST(Proof, NoChangedBitAndNoMissingOrAddedHashVerifies) {
  const std::vector<Hash> leaves = some_leaves(37);
  const Hash root = by_definition(leaves);
  for (const std::uint64_t at : {1, 8, 32, 36}) {
    const auto inclusion = read_proof(nodes_of(leaves), inclusion_ranges(at, 37)).value();
    const auto history = read_proof(nodes_of(leaves), consistency_ranges(at, 37)).value();
    const Hash old_root = by_definition(first(leaves, at));
    const auto holds = [&](const std::vector<Hash>& path, const std::vector<Hash>& past) {
      return std::pair(includes(at, 37, leaves[at], path, root),
                       consistent(at, 37, old_root, root, past));
    };
    ASSERT_EQ(holds(inclusion, history), std::pair(true, true));
    for (std::size_t i = 0; i < std::max(inclusion.size(), history.size()); ++i) {
      auto path = inclusion;
      auto past = history;
      if (i < path.size()) path[i][i % 32] ^= 4;
      if (i < past.size()) past[i][i % 32] ^= 4;
      EXPECT_EQ(holds(path, past), std::pair(i >= path.size(), i >= past.size()));
    }
    for (const auto change : {+[](std::vector<Hash>& p) { p.pop_back(); },
                              +[](std::vector<Hash>& p) { p.push_back(p.front()); },
                              +[](std::vector<Hash>& p) { p.insert(p.begin(), p.back()); }}) {
      auto path = inclusion;
      auto past = history;
      change(path);
      change(past);
      EXPECT_EQ(holds(path, past), std::pair(false, false));
    }
  }
}

TEST(Proof, TheEmptyTreeIsABeginningOfEveryTreeIfItsRootIsThatOfNoEntries) {
  const std::vector<Hash> leaves = some_leaves(2);
  const Hash root = by_definition(leaves);
  EXPECT_TRUE(consistent(0, 2, empty_root(), root, {}));
  EXPECT_FALSE(consistent(0, 2, root, root, {}));
  EXPECT_FALSE(consistent(0, 2, empty_root(), root, leaves));
  EXPECT_TRUE(consistent(0, 0, empty_root(), empty_root(), {}));
  EXPECT_FALSE(consistent(0, 0, empty_root(), root, {}));
}

TEST(Tile, SpellsAndReadsThePathsOfTheSpecification) {
  EXPECT_EQ((Tile{0, 1234067, 256}.path()), "tile/0/x001/x234/067");
  EXPECT_EQ((Tile{2, 0, 1}.path()), "tile/2/000.p/1");
  EXPECT_EQ((Tile{Tile::kEntries, 1000, 112}.path()), "tile/entries/x001/000.p/112");
  std::mt19937_64 random(7);
  for (int i = 0; i < 10'000; ++i) {
    const Tile tile{static_cast<int>(random() % 65) - 1, random() >> (random() % 56 + 8),
                    static_cast<unsigned>(random() % 256) + 1};
    ASSERT_EQ(parse_tile_path(tile.path()), tile) << tile.path();
  }
  for (const char* path : {"",
                           "tile",
                           "tile/0",
                           "tile/0/",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/0/001/067",
                           "tile/0/x000/067",
                           "tile/0/x001",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/08",
                           "tile/0/000.p/",
                           "tile/0/000/",
                           "/tile/0/000",
                           "tile/e/000",
                           "tile/0/x999/x999/x999/x999/x999/x999/999",
                           "tile/0/../000",
                           "tile/0/x0a1/067"}) {
    EXPECT_FALSE(parse_tile_path(path)) << path;
  }
}

TEST(Tile, ATreeHasTheTilesThatTheSpecificationCounts) {
  std::map<int, std::pair<int, unsigned>> full_and_partial;
  for (const Tile& tile : tiles_of(70'000)) {
    if (tile.width == kTileWidth) ++full_and_partial[tile.level].first;
    if (tile.width < kTileWidth) full_and_partial[tile.level].second = tile.width;
  }
  using Counts = std::map<int, std::pair<int, unsigned>>;
  EXPECT_EQ(full_and_partial,
            (Counts{{-1, {273, 112}}, {0, {273, 112}}, {1, {1, 17}}, {2, {0, 1}}}));
  EXPECT_TRUE(tiles_of(0).empty());
  EXPECT_EQ(tiles_of(256).size(), 3U);
}

// Writes tiles as a log does, through the frontier, and reads proofs back from them.
TEST(Tile, ProofsOutOfTilesVerify) {
  const std::vector<Hash> leaves = some_leaves(66'000);
  std::map<std::string, std::string> files;
  Frontier frontier;
  for (const Hash& leaf : leaves) {
    const std::uint64_t at = frontier.size();
    frontier.append(leaf, 0, [&](unsigned height, const Hash& hash) {
      if (height % kTileHeight != 0) return;
      const Tile tile{static_cast<int>(height / kTileHeight), at >> height >> kTileHeight};
      files[tile.full_path()] += view(hash);
    });
  }
  const NodeReader nodes = nodes_from_tiles(
      [&](const Tile& tile) -> Result<std::string> { return files.at(tile.full_path()); },
      leaves.size());
  std::mt19937_64 random(11);
  for (int i = 0; i < 200; ++i) {
    const std::uint64_t index = i < 2 ? i * 65'999ULL : random() % leaves.size();
    const auto proof = read_proof(nodes, inclusion_ranges(index, leaves.size())).value();
    ASSERT_TRUE(includes(index, leaves.size(), leaves[index], proof, frontier.root())) << index;
  }
  Frontier old;
  for (std::uint64_t i = 0; i < 65'600; ++i) old.append(leaves[i]);
  const auto past = read_proof(nodes, consistency_ranges(old.size(), leaves.size())).value();
  EXPECT_TRUE(consistent(old.size(), leaves.size(), old.root(), frontier.root(), past));
  EXPECT_FALSE(nodes(0, leaves.size()));
}

TEST(Bundle, SplitsWhatItJoinedAndNothingShorter) {
  std::string bundle;
  for (const std::string& entry : {std::string(), std::string("a"), std::string(65'535, 'b')}) {
    add_to_bundle(bundle, entry);
  }
  const auto entries = split_bundle(bundle, 3);
  ASSERT_TRUE(entries);
  EXPECT_EQ((*entries)[1], "a");
  EXPECT_EQ((*entries)[2].size(), 65'535U);
  EXPECT_TRUE(split_bundle(bundle, 2));
  EXPECT_FALSE(split_bundle(bundle, 4));
  EXPECT_FALSE(split_bundle(std::string_view(bundle).substr(0, bundle.size() - 1), 3));
}

}  // namespace
}  // namespace onus::tlog

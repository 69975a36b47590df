// SPDX-License-Identifier: Apache-2.0
// Where the nodes of a tree lie (C2SP tlog-tiles): 256 hashes to a tile, and a tile of level L + 1
// for each 256 tiles of level L. Entry bundles hold the 256 entries under a tile of level 0, each
// behind its length as a big-endian uint16. A narrower tile or bundle is a beginning of the wider.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tlog/proof.h"

namespace onus::tlog {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr std::size_t kMaxEntry = 65'535;

struct Tile {
  static constexpr int kEntries = -1;
  int level = 0;  // 0 to 63, or kEntries for a bundle
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // 1 to 256

  bool operator==(const Tile&) const = default;
  std::string path() const;       // "tile/0/x001/067", "tile/entries/x001/x234/067.p/8"
  std::string full_path() const;  // without ".p/W": where a growing file lies
};

// The tile of a path as path() gives it; nothing for any other spelling.
std::optional<Tile> parse_tile_path(std::string_view path);

// How many hashes the level has in a tree of that size, and how wide the tile is: 0 is no tile.
std::uint64_t level_size(int level, std::uint64_t size);
unsigned tile_width(int level, std::uint64_t index, std::uint64_t size);

// All tiles and bundles of a tree: what a plain export must hold.
std::vector<Tile> tiles_of(std::uint64_t size);

// The bytes of one tile: at least 32 for each of its width.
using TileReader = std::function<Result<std::string>(const Tile&)>;

// Nodes out of tiles, for a tree of `size` entries. Tiles read are not kept: wrap `tiles` to cache.
NodeReader nodes_from_tiles(TileReader tiles, std::uint64_t size);

Hash hash_at(std::string_view tile, std::size_t i);

void add_to_bundle(std::string& bundle, std::string_view entry);
// The first `width` entries; views into `bundle`. Nothing if they are not all there.
std::optional<std::vector<std::string_view>> split_bundle(std::string_view bundle, unsigned width);

}  // namespace onus::tlog

// SPDX-License-Identifier: Apache-2.0
#include "tlog/tile.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "tlog/frontier.h"

namespace onus::tlog {
namespace {

// 1234067 is "x001/x234/067".
std::string index_path(std::uint64_t index) {
  std::string path = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) path = fmt::format("x{:03}/{}", index % 1000, path);
  return path;
}

// A decimal without leading zeros, up to `most`.
std::optional<std::uint64_t> decimal(std::string_view text, std::uint64_t most) {
  if (text.empty() || text.size() > 4 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(letter - '0');
  }
  return value <= most ? std::optional(value) : std::nullopt;
}

std::string_view cut(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view part = rest.substr(0, slash);
  rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  return part;
}

// "x001/067" into 1067. The spelling is checked by the caller, who prints it again.
std::optional<std::uint64_t> parse_index(std::string_view rest) {
  std::uint64_t index = 0;
  for (int parts = 0; !rest.empty(); ++parts) {
    std::string_view part = cut(rest);
    if (!rest.empty() && part.starts_with('x')) part.remove_prefix(1);
    if (part.size() != 3 || parts == 6) return std::nullopt;
    for (const char letter : part) {
      if (letter < '0' || letter > '9') return std::nullopt;
      index = index * 10 + static_cast<std::uint64_t>(letter - '0');
    }
  }
  return index;
}

}  // namespace

std::string Tile::full_path() const {
  const std::string kind = level == kEntries ? "entries" : std::to_string(level);
  return fmt::format("tile/{}/{}", kind, index_path(index));
}

std::string Tile::path() const {
  if (width == kTileWidth) return full_path();
  return fmt::format("{}.p/{}", full_path(), width);
}

std::optional<Tile> parse_tile_path(std::string_view path) {
  std::string_view rest = path;
  if (cut(rest) != "tile") return std::nullopt;
  const std::string_view kind = cut(rest);
  Tile tile;
  const std::optional<std::uint64_t> level = decimal(kind, 63);
  if (!level && kind != "entries") return std::nullopt;
  tile.level = level ? static_cast<int>(*level) : Tile::kEntries;
  if (const std::size_t dot = rest.find(".p/"); dot != std::string_view::npos) {
    const std::optional<std::uint64_t> width = decimal(rest.substr(dot + 3), kTileWidth - 1);
    if (!width || *width == 0) return std::nullopt;
    tile.width = static_cast<unsigned>(*width);
    rest = rest.substr(0, dot);
  }
  const std::optional<std::uint64_t> index = parse_index(rest);
  if (!index) return std::nullopt;
  tile.index = *index;
  return tile.path() == path ? std::optional(tile) : std::nullopt;
}

std::uint64_t level_size(int level, std::uint64_t size) {
  const int shift = std::max(level, 0) * static_cast<int>(kTileHeight);
  return shift > 63 ? 0 : size >> shift;
}

unsigned tile_width(int level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = level_size(level, size);
  if (index > hashes / kTileWidth) return 0;
  return static_cast<unsigned>(std::min(hashes - index * kTileWidth, kTileWidth));
}

std::vector<Tile> tiles_of(std::uint64_t size) {
  std::vector<Tile> tiles;
  for (int level = Tile::kEntries; level_size(level, size) > 0; ++level) {
    for (std::uint64_t index = 0; tile_width(level, index, size) > 0; ++index) {
      tiles.push_back({level, index, tile_width(level, index, size)});
    }
  }
  return tiles;
}

NodeReader nodes_from_tiles(TileReader tiles, std::uint64_t size) {
  return [tiles = std::move(tiles), size](unsigned height, std::uint64_t index) -> Result<Hash> {
    const int level = static_cast<int>(height / kTileHeight);
    const unsigned above = height % kTileHeight;  // of the tile's own level
    const std::uint64_t first = index << above;
    Tile tile{level, first / kTileWidth, tile_width(level, first / kTileWidth, size)};
    const std::size_t begin = first % kTileWidth;
    const std::size_t count = std::size_t{1} << above;
    if (begin + count > tile.width) return fail(Code::bad_input, "a node outside of the tree");
    ONUS_TRY(const std::string bytes, tiles(tile));
    if (bytes.size() < (begin + count) * sizeof(Hash)) {
      return fail(Code::bad_input, fmt::format("{} is too short", tile.path()));
    }
    Frontier part;
    for (std::size_t i = begin; i < begin + count; ++i) part.append(hash_at(bytes, i));
    return part.root();
  };
}

Hash hash_at(std::string_view tile, std::size_t i) {
  ONUS_CHECK((i + 1) * sizeof(Hash) <= tile.size());
  Hash hash;
  std::copy_n(tile.data() + i * sizeof(Hash), sizeof(Hash), reinterpret_cast<char*>(hash.data()));
  return hash;
}

void add_to_bundle(std::string& bundle, std::string_view entry) {
  ONUS_CHECK(entry.size() <= kMaxEntry);
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size() & 255);
  bundle += entry;
}

std::optional<std::vector<std::string_view>> split_bundle(std::string_view bundle, unsigned width) {
  std::vector<std::string_view> entries;
  entries.reserve(width);
  while (entries.size() < width) {
    if (bundle.size() < 2) return std::nullopt;
    const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0])) << 8 |
                             static_cast<unsigned char>(bundle[1]);
    if (bundle.size() < 2 + size) return std::nullopt;
    entries.push_back(bundle.substr(2, size));
    bundle.remove_prefix(2 + size);
  }
  return entries;
}

}  // namespace onus::tlog

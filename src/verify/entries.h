// SPDX-License-Identifier: Apache-2.0
// Reads the entries of a folder in order, hashes them, and compares them with the hashes that the
// folder's tiles claim: detail of verify.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tlog/frontier.h"
#include "tlog/tile.h"
#include "verify/verify.h"

namespace onus::verify {

struct Fault {
  std::uint64_t entry = 0;  // the first that it touches
  std::string what;
};

// What was found in entries [begin, end), which lie under one tile of level 1.
struct Part {
  std::vector<tlog::Hash> nodes;   // roots of each 256 entries; behind them leaves that fill no 256
  std::size_t full = 0;            // how many of the nodes are roots of 256
  std::optional<Fault> unread;     // a bundle is missing or cut off: nodes end before it
  std::optional<Fault> tile;       // a tile of level 0 differs from the entries
  std::optional<Fault> malformed;  // an entry claims to be ours and is not
  std::array<std::uint64_t, 4> kinds{};  // records, erasures, statements, plain
};

inline constexpr std::uint64_t kPart = tlog::kTileWidth * tlog::kTileWidth;

// A tile or bundle under its plain name (at least as wide), or under its name with ".p/".
Result<std::string> read_tile(const Files& files, const tlog::Tile& tile);

Part read_part(const Files& files, std::uint64_t begin, std::uint64_t end, std::uint64_t size);

// All parts of a log, in order, on so many threads.
std::vector<Part> read_parts(const Files& files, std::uint64_t size, unsigned threads);

}  // namespace onus::verify

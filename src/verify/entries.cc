// SPDX-License-Identifier: Apache-2.0
#include "verify/entries.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tlog/entry.h"

namespace onus::verify {
namespace {

using tlog::Hash;
using tlog::Tile;

void note_entry(std::string_view bytes, std::uint64_t index, Part& part) {
  if (!bytes.starts_with(tlog::kEntryMagic)) {
    ++part.kinds[3];
    return;
  }
  const Result<tlog::Entry> entry = tlog::parse_entry(bytes);
  std::string wrong = entry ? "" : entry.error().message;
  if (entry) ++part.kinds[entry->index()];
  const auto* erasure = entry ? std::get_if<tlog::Erasure>(&*entry) : nullptr;
  if (erasure && erasure->index >= index) wrong = "it erases an entry that is not before it";
  if (!wrong.empty() && !part.malformed) part.malformed = Fault{index, wrong};
}

// The claimed hashes of the tile against the computed ones.
void compare_tile(const Files& files, const Tile& tile, const std::vector<Hash>& leaves,
                  Part& part) {
  if (part.tile) return;
  const std::uint64_t first = tile.index * tlog::kTileWidth;
  const Result<std::string> claimed = read_tile(files, tile);
  if (!claimed) {
    part.tile = Fault{first, claimed.error().message};
    return;
  }
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (tlog::hash_at(*claimed, i) == leaves[i]) continue;
    part.tile = Fault{first + i, fmt::format("{} has another hash for it", tile.path())};
    return;
  }
}

// Hashes one bundle into the part; false if it cannot be read.
bool read_bundle(const Files& files, const Tile& tile, tlog::TreeHasher& hasher, Part& part) {
  const std::uint64_t first = tile.index * tlog::kTileWidth;
  const Result<std::string> bytes = read_tile(files, {Tile::kEntries, tile.index, tile.width});
  if (!bytes) {
    part.unread = Fault{first, bytes.error().message};
    return false;
  }
  const auto entries = tlog::split_bundle(*bytes, tile.width);
  if (!entries) {
    part.unread = Fault{first, fmt::format("{} is cut off", tile.path())};
    return false;
  }
  std::vector<Hash> leaves;
  leaves.reserve(entries->size());
  for (const std::string_view entry : *entries) {
    note_entry(entry, first + leaves.size(), part);
    leaves.push_back(hasher.leaf(entry));
  }
  compare_tile(files, tile, leaves, part);
  if (tile.width < tlog::kTileWidth) {
    part.nodes.insert(part.nodes.end(), leaves.begin(), leaves.end());
    return true;
  }
  tlog::Frontier frontier;
  for (const Hash& leaf : leaves) frontier.append(leaf);
  part.nodes.push_back(frontier.root());
  ++part.full;
  return true;
}

}  // namespace

Result<std::string> read_tile(const Files& files, const Tile& tile) {
  Result<std::string> bytes = files(tile.full_path());
  if (!bytes && tile.width < tlog::kTileWidth) bytes = files(tile.path());
  if (!bytes) return fail(Code::not_found, fmt::format("{} is not there", tile.path()));
  if (tile.level != Tile::kEntries && bytes->size() < tile.width * sizeof(Hash)) {
    return fail(Code::bad_input, fmt::format("{} is too short", tile.path()));
  }
  return bytes;
}

Part read_part(const Files& files, std::uint64_t begin, std::uint64_t end, std::uint64_t size) {
  Part part;
  tlog::TreeHasher hasher;
  for (std::uint64_t at = begin; at < end; at += tlog::kTileWidth) {
    const std::uint64_t index = at / tlog::kTileWidth;
    if (!read_bundle(files, {0, index, tlog::tile_width(0, index, size)}, hasher, part)) break;
  }
  return part;
}

std::vector<Part> read_parts(const Files& files, std::uint64_t size, unsigned threads) {
  std::vector<Part> parts((size + kPart - 1) / kPart);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < parts.size(); i = next++) {
      parts[i] = read_part(files, i * kPart, std::min((i + 1) * kPart, size), size);
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads && i < parts.size(); ++i) others.emplace_back(work);
    work();
  }
  return parts;
}

}  // namespace onus::verify

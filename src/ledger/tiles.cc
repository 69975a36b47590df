// SPDX-License-Identifier: Apache-2.0
#include "ledger/tiles.h"

#include <fmt/format.h>

#include "base/check.h"
#include "tlog/entry.h"

namespace onus::ledger {
namespace {

namespace fs = std::filesystem;
using tlog::Hash;
using tlog::kTileWidth;
using tlog::Tile;

constexpr std::size_t kMaxFile = std::size_t{1} << 31;
constexpr std::size_t kOpenFiles = 64;

std::string sealed_path(std::uint64_t bundle) {  // beside tile/entries: private/x001/067
  return "private" + Tile{Tile::kEntries, bundle}.full_path().substr(12);
}

std::string length4(std::size_t size) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 255);
  return out;
}

std::size_t read4(std::string_view bytes) {
  std::size_t value = 0;
  for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// Where the opening of the i-th entry of a bundle lies. bytes must hold those before it.
struct Slot {
  std::size_t offset = 0;  // behind its length
  std::size_t size = 0;
};
Result<Slot> slot_of(std::string_view bytes, std::size_t i) {
  std::size_t at = 0;
  for (;; --i) {
    if (bytes.size() < at + 4 || bytes.size() - at - 4 < read4(bytes.substr(at))) {
      return fail(Code::bad_input, "the private store is cut off");
    }
    const Slot slot{at + 4, read4(bytes.substr(at))};
    if (i == 0) return slot;
    at = slot.offset + slot.size;
  }
}

}  // namespace

Result<Tiles> Tiles::open(Disk& disk, fs::path dir, std::uint64_t size) {
  Tiles tiles(disk, std::move(dir));
  ONUS_TRY_VOID(tiles.restore_edge(size));
  ONUS_TRY_VOID(tiles.restore_bundle(size));
  return tiles;
}

// The frontier out of the unfinished tile of each level, from the top.
Result<void> Tiles::restore_edge(std::uint64_t size) {
  int top = 0;
  while (tlog::level_size(top + 1, size) > 0) ++top;
  for (int level = top; level >= 0; --level) {
    const std::uint64_t index = tlog::level_size(level, size) / kTileWidth;
    const unsigned width = tlog::tile_width(level, index, size);
    if (width == 0) continue;
    ONUS_TRY(const std::string bytes, read({level, index, width}));
    for (unsigned i = 0; i < width; ++i) {
      frontier_.append(tlog::hash_at(bytes, i), static_cast<unsigned>(level) * tlog::kTileHeight);
    }
  }
  return {};
}

Result<void> Tiles::restore_bundle(std::uint64_t size) {
  const unsigned width = static_cast<unsigned>(size % kTileWidth);
  if (width == 0) return {};
  ONUS_TRY(const std::string bundle, read({Tile::kEntries, size / kTileWidth, width}));
  bundle_bytes_ = bundle.size();
  ONUS_TRY(const std::string sealed,
           read_all(*disk_, dir_ / sealed_path(size / kTileWidth), kMaxFile));
  ONUS_TRY(const Slot last, slot_of(sealed, width - 1));
  sealed_bytes_ = last.offset + last.size;
  return {};
}

Result<void> Tiles::append(std::span<const Item> items) {
  std::map<std::string, Pending> pending;
  tlog::TreeHasher hasher;
  const auto bytes_of = [&](const Tile& tile, std::uint64_t offset) -> std::string& {
    return pending.try_emplace(tile.full_path(), Pending{offset, {}}).first->second.bytes;
  };
  for (const Item& item : items) {
    const std::uint64_t at = frontier_.size();
    const std::uint64_t bundle = at / kTileWidth;
    if (at % kTileWidth == 0) bundle_bytes_ = sealed_bytes_ = 0;
    tlog::add_to_bundle(bytes_of({Tile::kEntries, bundle}, bundle_bytes_), item.entry);
    bundle_bytes_ += 2 + item.entry.size();
    Pending& sealed =
        pending.try_emplace(sealed_path(bundle), Pending{sealed_bytes_, {}}).first->second;
    sealed.bytes += length4(item.opening.size()) + item.opening;
    sealed_bytes_ += 4 + item.opening.size();
    frontier_.append(hasher.leaf(item.entry), 0, [&](unsigned height, const Hash& hash) {
      if (height % tlog::kTileHeight != 0) return;
      const std::uint64_t i = at >> height;
      const Tile tile{static_cast<int>(height / tlog::kTileHeight), i / kTileWidth};
      bytes_of(tile, i % kTileWidth * sizeof(Hash)) += tlog::view(hash);
    });
  }
  for (const auto& [path, bytes] : pending) ONUS_TRY_VOID(write(path, bytes));
  return {};
}

Result<void> Tiles::make_parents(const fs::path& path) {
  std::vector<fs::path> missing;
  const fs::path full = dir_ / path;
  for (fs::path dir = full.parent_path(); dir != dir_ && !known_dirs_.contains(dir);
       dir = dir.parent_path()) {
    missing.push_back(dir);
  }
  const bool sealed = path.begin()->string() == "private";
  for (auto dir = missing.rbegin(); dir != missing.rend(); ++dir) {
    ONUS_TRY(const bool made, disk_->make_dir(*dir, sealed));
    // Made now or by a process that died before it was durable: cheap to sync again.
    static_cast<void>(made);
    changed_dirs_.insert(dir->parent_path());
    known_dirs_.insert(*dir);
  }
  return {};
}

Result<std::unique_ptr<DiskFile>*> Tiles::writable(const std::string& path) {
  if (const auto found = open_.find(path); found != open_.end()) return &found->second;
  if (open_.size() >= kOpenFiles) {  // sync early rather than run out of descriptors
    for (auto& [name, file] : open_) ONUS_TRY_VOID(file->sync());
    open_.clear();
  }
  const fs::path full = dir_ / path;
  ONUS_TRY_VOID(make_parents(path));
  const bool sealed = path.starts_with("private");
  ONUS_TRY(auto file, disk_->open(full, sealed ? OpenMode::create_private : OpenMode::create));
  changed_dirs_.insert(full.parent_path());
  return &(open_[path] = std::move(file));
}

Result<void> Tiles::write(const std::string& path, const Pending& pending) {
  ONUS_TRY(std::unique_ptr<DiskFile> * file, writable(path));
  return (*file)->write_at(pending.offset, pending.bytes);
}

Result<void> Tiles::erase(std::uint64_t index, std::span<const std::string> groups) {
  const std::string path = sealed_path(index / kTileWidth);
  ONUS_TRY(const std::string bytes, read_all(*disk_, dir_ / path, kMaxFile));
  ONUS_TRY(const Slot slot, slot_of(bytes, index % kTileWidth));
  ONUS_TRY(std::unique_ptr<DiskFile> * file, writable(path));
  for (const std::string& group : groups) {
    const std::string_view opening = std::string_view(bytes).substr(slot.offset, slot.size);
    ONUS_TRY(const tlog::Place place, tlog::place_of(opening, group));
    ONUS_TRY_VOID((*file)->write_at(slot.offset + place.offset, std::string(place.size, '\0')));
  }
  return {};
}

Result<void> Tiles::sync() {
  for (auto& [path, file] : open_) ONUS_TRY_VOID(file->sync());
  open_.clear();
  for (const fs::path& dir : changed_dirs_) ONUS_TRY_VOID(disk_->sync_dir(dir));
  changed_dirs_.clear();
  return {};
}

Result<std::string> Tiles::read(const Tile& tile) const {
  ONUS_TRY(std::string bytes, read_all(*disk_, dir_ / tile.full_path(), kMaxFile));
  std::size_t size = tile.width * sizeof(Hash);
  if (tile.level == Tile::kEntries) {
    const auto entries = tlog::split_bundle(bytes, tile.width);
    size = std::size_t{2} * tile.width;
    for (std::size_t i = 0; entries && i < entries->size(); ++i) size += (*entries)[i].size();
    if (!entries) size = bytes.size() + 1;
  }
  if (bytes.size() < size) {
    return fail(Code::bad_input,
                fmt::format("{} is too short", (dir_ / tile.full_path()).string()));
  }
  bytes.resize(size);
  return bytes;
}

Result<std::string> Tiles::entry(std::uint64_t index) const {
  const unsigned width = static_cast<unsigned>(index % kTileWidth) + 1;
  ONUS_TRY(const std::string bundle, read({Tile::kEntries, index / kTileWidth, width}));
  return std::string(tlog::split_bundle(bundle, width)->back());
}

Result<std::string> Tiles::opening(std::uint64_t index) const {
  const unsigned width = static_cast<unsigned>(index % kTileWidth) + 1;
  ONUS_TRY(std::vector<std::string> all, openings(index / kTileWidth, width));
  return std::move(all.back());
}

Result<std::vector<std::string>> Tiles::openings(std::uint64_t bundle, unsigned width) const {
  ONUS_TRY(const std::string bytes, read_all(*disk_, dir_ / sealed_path(bundle), kMaxFile));
  std::vector<std::string> all;
  std::string_view rest = bytes;
  while (all.size() < width) {
    ONUS_TRY(const Slot slot, slot_of(rest, 0));
    all.emplace_back(rest.substr(slot.offset, slot.size));
    rest.remove_prefix(slot.offset + slot.size);
  }
  return all;
}

}  // namespace onus::ledger

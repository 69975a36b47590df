// SPDX-License-Identifier: Apache-2.0
// The files of the tree: one growing file for each tile and entry bundle, and beside each bundle
// one with the openings of its entries (docs/ledger-format.md). What lies behind the size of the
// last checkpoint may be anything that an interrupted write left; it is written over.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/disk.h"
#include "ledger/journal.h"
#include "tlog/frontier.h"
#include "tlog/tile.h"

namespace onus::ledger {

class Tiles {
 public:
  // The tree of that size, whose root the caller compares with the one that was signed.
  static Result<Tiles> open(Disk& disk, std::filesystem::path dir, std::uint64_t size);

  std::uint64_t size() const { return frontier_.size(); }
  tlog::Hash root() { return frontier_.root(); }

  // Appends entries to the files. Durable only after sync().
  Result<void> append(std::span<const Item> items);
  // Destroys what opens the groups of that entry: zeros over it. Durable only after sync().
  Result<void> erase(std::uint64_t index, std::span<const std::string> groups);
  Result<void> sync();

  // The first `width` hashes or entries of a tile: exactly the bytes that a client is to see.
  Result<std::string> read(const tlog::Tile& tile) const;
  Result<std::string> entry(std::uint64_t index) const;
  Result<std::string> opening(std::uint64_t index) const;
  // Those of the first `width` entries of a bundle.
  Result<std::vector<std::string>> openings(std::uint64_t bundle, unsigned width) const;

 private:
  Tiles(Disk& disk, std::filesystem::path dir) : disk_(&disk), dir_(std::move(dir)) {}
  struct Pending {  // bytes that go behind what a file holds
    std::uint64_t offset = 0;
    std::string bytes;
  };
  Result<void> restore_edge(std::uint64_t size);
  Result<void> restore_bundle(std::uint64_t size);
  Result<void> write(const std::string& path, const Pending& pending);
  Result<void> make_parents(const std::filesystem::path& path);
  Result<std::unique_ptr<DiskFile>*> writable(const std::string& path);

  Disk* disk_;
  std::filesystem::path dir_;
  tlog::Frontier frontier_;
  std::uint64_t bundle_bytes_ = 0;                         // of the last, unfinished bundle
  std::uint64_t sealed_bytes_ = 0;                         // of the openings beside it
  std::map<std::string, std::unique_ptr<DiskFile>> open_;  // written and not yet synced
  std::set<std::filesystem::path> known_dirs_;
  std::set<std::filesystem::path> changed_dirs_;
};

}  // namespace onus::ledger

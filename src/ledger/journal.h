// SPDX-License-Identifier: Apache-2.0
// The write-ahead file: what was acknowledged and is not under a checkpoint yet.
//
// A batch is one frame, written with one call and made durable with one fdatasync; only then is it
// acknowledged, and only then does the next frame begin. So a frame that is damaged and has nothing
// behind it was cut short by a crash and promised to nobody, while a damaged frame with a good one
// behind it, or below the count in `acked`, is damage, and opening refuses. `acked` is written
// after each sync and never synced itself: it survives the death of the process, and where power is
// lost it is merely older.
//
//   frame = "onus-frame/v1\n\0\0" || first index (8) || entries (4) || payload size (4)
//           || SHA-256 of the 32 bytes before and the payload || payload
//   payload = for each: size (4) || entry || size (4) || opening
//
// Segments `journal/<first index, 20 digits>` follow each other at checkpoints and are removed when
// a checkpoint covers them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/disk.h"

namespace onus::ledger {

struct Item {
  std::string entry;    // goes into the tree
  std::string opening;  // what opens it, for the private store; may be empty
  bool operator==(const Item&) const = default;
};

class Journal {
 public:
  // Reads all that lies behind entry `from` (what the last checkpoint covers), writes it and makes
  // it durable anew, and hands it out in order: the page cache may hold what the disk does not, and
  // after a sync that failed take it for written.
  // Code::conflict where something that was acknowledged cannot be read.
  struct Opened;
  static Result<Opened> open(Disk& disk, const std::filesystem::path& dir, std::uint64_t from);
  static Result<void> create(Disk& disk, const std::filesystem::path& dir);

  // Durable on return. An error ends this journal: what became of the frame is not known.
  Result<void> append(std::span<const Item> items);

  // The entry that the next frame begins with.
  std::uint64_t next() const { return next_; }

  // What follows goes into a segment of its own; its name is durable on return.
  Result<void> begin_segment();
  // Removes segments that hold nothing behind entry `covered`. A power cut may bring them back
  // until the next segment begins, which an erasure does before it is published.
  Result<void> drop(std::uint64_t covered);

 private:
  Journal(Disk& disk, std::filesystem::path dir) : disk_(&disk), dir_(std::move(dir)) {}
  Result<void> open_segment(std::uint64_t first);
  Result<void> write_acked();

  Disk* disk_;
  std::filesystem::path dir_;
  std::vector<std::uint64_t> segments_;
  std::unique_ptr<DiskFile> file_;
  std::unique_ptr<DiskFile> acked_;
  std::uint64_t offset_ = 0;
  std::uint64_t next_ = 0;
};

struct Journal::Opened {
  Journal journal;
  std::vector<Item> items;
};

}  // namespace onus::ledger

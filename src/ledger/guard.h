// SPDX-License-Identifier: Apache-2.0
// The last checkpoint that this log signed, kept in a folder apart from the log's data, on another
// disk if there is one. Signing is a compare-and-swap on it: who holds an older view cannot sign,
// so neither a second writer nor a restored backup can make a second history. The folder must be
// there before: an empty one that was made in its place would forget.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "ledger/disk.h"

namespace onus::ledger {

class Guard {
 public:
  // An empty folder or none, in which no log stands guarded yet.
  static Result<void> create(Disk& disk, const std::filesystem::path& dir, std::string_view note);
  // Holds the lock of the folder until it goes.
  static Result<Guard> open(Disk& disk, const std::filesystem::path& dir);

  const std::string& last() const { return last_; }
  // Durable on return. Code::conflict where the folder holds another note than last().
  Result<void> swap(std::string_view note);

 private:
  Guard() = default;
  Disk* disk_ = nullptr;
  std::filesystem::path dir_;
  std::unique_ptr<DiskLock> lock_;
  std::string last_;
};

}  // namespace onus::ledger

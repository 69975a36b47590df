// SPDX-License-Identifier: Apache-2.0
#include "ledger/guard.h"

#include <fmt/format.h>

namespace onus::ledger {
namespace {

constexpr const char* kName = "signed-checkpoint";

}  // namespace

Result<void> Guard::create(Disk& disk, const std::filesystem::path& dir, std::string_view note) {
  ONUS_TRY(const bool made, disk.make_dir(dir, true));
  ONUS_TRY(const bool taken, disk.exists(dir / kName));
  if (taken) {
    return fail(Code::conflict,
                fmt::format("{} guards a ledger already; give each its own folder", dir.string()));
  }
  if (made) ONUS_TRY_VOID(disk.sync_dir(dir.parent_path()));
  return replace_file(disk, dir / kName, note);
}

Result<Guard> Guard::open(Disk& disk, const std::filesystem::path& dir) {
  Guard guard;
  guard.disk_ = &disk;
  guard.dir_ = dir;
  ONUS_TRY(const bool there, disk.exists(dir / kName));
  if (!there) {
    return fail(
        Code::conflict,
        fmt::format("{} is not there: without the last signed checkpoint nothing is signed. "
                    "Bring that folder back; never make it anew",
                    (dir / kName).string()));
  }
  ONUS_TRY(guard.lock_, disk.lock(dir / "lock"));
  // A process may have died between renaming and making the name durable: what is read must stay.
  ONUS_TRY_VOID(disk.sync_dir(dir));
  ONUS_TRY(guard.last_, read_all(disk, dir / kName));
  return guard;
}

Result<void> Guard::swap(std::string_view note) {
  ONUS_TRY(const std::string stands, read_all(*disk_, dir_ / kName));
  if (stands != last_) {
    return fail(
        Code::conflict,
        "another process signed a checkpoint of this log: two copies of it are in use. This "
        "one stops; nothing was signed");
  }
  ONUS_TRY_VOID(replace_file(*disk_, dir_ / kName, note));
  last_ = note;
  return {};
}

}  // namespace onus::ledger

// SPDX-License-Identifier: Apache-2.0
// A tamper-evident log on disk: append, prove, erase, sign. What the entries mean, it does not
// know.
//
// What it promises:
//   - append() returns when the entries are durable. What it returned for is in every later tree,
//   at
//     that index, whatever call failed and wherever the process or the power ended.
//   - A checkpoint is signed only when every byte of its tree is durable, and only if it continues
//     the last one signed: that one lies in a folder apart (ledger/guard.h). A second process, a
//     restored backup, a shortened or altered tree is refused before anything is signed.
//   - erase() destroys what opens a record and says so in the log; entries and proofs stand.
//   - After an error of the disk nothing more is done: open it anew, in a new process, which reads
//     back what is really there.
// What it does not: it cannot know that all that happened was appended, and who holds key and guard
// can make another log. Witnesses see the latter.
//
// One object per ledger and one thread at a time; committer.h serves many.
//
// In the folder: `log` (origin, key, guard), `key` (0600), `journal/`, `tile/`, `private/` (0700),
// `checkpoint`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ledger/disk.h"
#include "ledger/guard.h"
#include "ledger/journal.h"
#include "ledger/tiles.h"
#include "tlog/checkpoint.h"
#include "tlog/entry.h"
#include "tlog/note.h"
#include "tlog/proof.h"

namespace onus::ledger {

struct Settings {
  std::string origin;
  std::filesystem::path guard;  // absolute, or relative to the ledger's folder
  std::string vkey;
};

// What `log` says. Code::not_found where the folder holds no ledger.
Result<Settings> read_settings(Disk& disk, const std::filesystem::path& dir);

// A new, empty ledger in an empty folder or none. `seed` makes its key. Folders are absolute paths.
Result<void> create(Disk& disk, const std::filesystem::path& dir, const Settings& settings,
                    const Digest& seed);

// Whether an item may be appended: Code::bad_input where it claims to be ours and is not.
Result<void> check_item(const Item& item);

class Ledger;
// Called once, before the first signature: an error of it, and nothing is signed. It sees the last
// checkpoint that was signed.
using Check = std::function<Result<void>(const Ledger&)>;

class Ledger {
 public:
  static Result<Ledger> open(Disk& disk, const std::filesystem::path& dir,
                             Check before_signing = {});

  const Settings& settings() const { return settings_; }
  const tlog::Verifier& verifier() const { return signer_.verifier(); }
  std::uint64_t size() const { return journal_.next(); }  // acknowledged
  std::uint64_t published() const { return checkpoint_.size; }
  const tlog::Checkpoint& checkpoint() const { return checkpoint_; }
  const std::string& note() const { return note_; }  // signed, with its cosignatures

  // The index of the first; the others follow. Entries that claim to be ours must be well-formed,
  // a record must come with what opens it, and erasures come from erase() only: Code::bad_input,
  // and nothing is appended.
  Result<std::uint64_t> append(std::span<const Item> items);
  // The same for items that check_item() took: to compute commitments once is enough.
  Result<std::uint64_t> append_checked(std::span<const Item> items);

  // Signs a checkpoint over all that was appended, if there is more than in the last one.
  Result<void> publish();

  // Destroys those groups of a record (all, if none is named) and publishes. Groups that were
  // erased before are an error. Returns the index of the erasure entry.
  Result<std::uint64_t> erase(std::uint64_t index, std::vector<std::string> groups,
                              std::string ground);

  // Entries, tiles and proofs of what is published.
  Result<std::string> entry(std::uint64_t index) const;
  Result<std::string> opening(std::uint64_t index) const;
  Result<std::vector<std::string>> openings(std::uint64_t bundle, unsigned width) const {
    return tiles_.openings(bundle, width);
  }
  Result<std::string> tile(const tlog::Tile& tile) const { return tile_of(tile, published()); }
  // The same for a size that was published earlier; safe beside the thread that writes.
  Result<std::string> tile_of(const tlog::Tile& tile, std::uint64_t size) const;
  // A receipt under the present checkpoint. `sealed`: without what opens the entry.
  Result<tlog::ProofFile> prove(std::uint64_t index, bool sealed) const;
  Result<std::vector<tlog::Hash>> prove_since(std::uint64_t old_size) const {
    return prove_between(old_size, published());
  }
  // From one published size to another; safe beside the thread that writes.
  Result<std::vector<tlog::Hash>> prove_between(std::uint64_t old_size, std::uint64_t size) const;

  // Adds good cosignatures of the present checkpoint to its note. Lines that are there are kept.
  Result<void> add_cosignatures(std::span<const tlog::Line> lines);

  // The check before signing, if it has not been made yet.
  Result<void> check_now() {
    const Check check = std::exchange(before_signing_, {});
    return check ? check(*this) : Result<void>();
  }

  bool broken() const { return broken_; }

 private:
  Ledger(Disk& disk, std::filesystem::path dir, Settings settings, tlog::Signer signer, Guard guard,
         Tiles tiles, Journal journal);
  Result<void> usable() const;
  Result<void> append_frames(std::span<const Item> items);
  Result<void> publish_pending();
  Result<void> write_tiles();
  Result<void> sign();
  // Marks the ledger as unusable if the operation failed.
  template <class T>
  Result<T> final(Result<T> result);

  Disk* disk_;
  std::filesystem::path dir_;
  Settings settings_;
  tlog::Signer signer_;
  Guard guard_;
  Tiles tiles_;
  Journal journal_;
  std::vector<Item> pending_;  // acknowledged, and not yet in tiles
  std::size_t pending_bytes_ = 0;
  std::vector<std::pair<std::uint64_t, std::vector<std::string>>> to_erase_;
  tlog::Checkpoint checkpoint_;
  std::string note_;
  Check before_signing_;
  bool broken_ = false;
};

}  // namespace onus::ledger

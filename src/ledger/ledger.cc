// SPDX-License-Identifier: Apache-2.0
// The order of things, which is what the promises rest on:
//   append   frame into the journal, one sync, acknowledged
//   publish  a new journal segment; bundles, openings, tiles; erasures; sync of files, then
//   folders;
//            compare-and-swap of the signed checkpoint; the published copy; old segments go
//   open     last signed checkpoint; the tree must have its root; journal behind it, synced anew;
//            publish
// A crash between two steps leaves what the next open() completes. Bytes of tiles behind the
// checkpoint are written again from the journal, which stays until a checkpoint covers them.
#include "ledger/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace onus::ledger {
namespace {

namespace fs = std::filesystem;
using tlog::Checkpoint;
using tlog::Tile;

constexpr std::string_view kHeader = "onus-ledger/v1";
constexpr std::size_t kMaxPending = 64U << 20;  // in memory, and so in a journal segment
constexpr std::size_t kMaxFrame = 16U << 20;

tl::unexpected<Error> conflict(std::string message) {
  return fail(Code::conflict, std::move(message));
}

std::string settings_text(const Settings& settings) {
  return fmt::format("{}\norigin {}\nvkey {}\nguard {}\n", kHeader, settings.origin, settings.vkey,
                     settings.guard.string());
}

fs::path guard_dir(const fs::path& dir, const Settings& settings) {
  return settings.guard.is_absolute() ? settings.guard : dir / settings.guard;
}

Result<Checkpoint> own_checkpoint(std::string_view note_bytes, const tlog::Verifier& verifier) {
  ONUS_TRY(const tlog::Note note, tlog::parse_note(note_bytes));
  const std::vector<tlog::Verifier> known{verifier};
  ONUS_TRY(const std::vector<tlog::Signed> good, tlog::check_signatures(note, known));
  if (good.empty()) return fail(Code::bad_input, "this log did not sign it");
  return tlog::parse_checkpoint(note.text);
}

// The published copy, with its cosignatures, where it is for the guarded checkpoint. It may be
// missing or older after a crash: empty. Newer it may not be, for then the guard was set back.
Result<std::string> published_note(Disk& disk, const fs::path& path, const tlog::Verifier& verifier,
                                   const Checkpoint& guarded) {
  ONUS_TRY(const bool there, disk.exists(path));
  if (!there) return std::string();
  ONUS_TRY(std::string bytes, read_all(disk, path));
  const Result<Checkpoint> published = own_checkpoint(bytes, verifier);
  if (!published || published->size < guarded.size) return std::string();
  if (*published != guarded) {
    return conflict(
        fmt::format("{} is for {} entries, but the guard remembers {}: the guard's folder was set "
                    "back. Nothing "
                    "is signed until it is as it was",
                    path.string(), published->size, guarded.size));
  }
  return bytes;
}

tl::unexpected<Error> no_entry(std::uint64_t index, std::uint64_t size) {
  return fail(
      Code::not_found,
      fmt::format("there is no entry {} under the checkpoint, which covers {} (the first is "
                  "entry 0)",
                  index, size));
}

Result<void> absolute_only(const fs::path& dir) {
  if (dir.is_absolute() && dir.has_filename()) return {};
  return fail(Code::usage,
              fmt::format("a ledger is opened by its absolute path, not '{}'", dir.string()));
}

}  // namespace

Result<void> check_item(const Item& item) {
  if (item.entry.size() > tlog::kMaxEntry) {
    return fail(Code::bad_input, fmt::format("an entry of {} bytes; the most is {}",
                                             item.entry.size(), tlog::kMaxEntry));
  }
  ONUS_TRY(const tlog::Entry entry, tlog::parse_entry(item.entry));
  if (std::holds_alternative<tlog::Erasure>(entry)) {
    return fail(Code::bad_input, "an erasure entry is written by erasing, not by appending");
  }
  const auto* record = std::get_if<tlog::Record>(&entry);
  if (!record) {
    if (item.opening.empty()) return {};
    return fail(Code::bad_input, "only a record has an opening");
  }
  ONUS_TRY(const tlog::Opening opening, tlog::parse_opening(item.opening));
  return tlog::check_opening(*record, opening);
}

Result<Settings> read_settings(Disk& disk, const fs::path& dir) {
  const Result<std::string> read = read_all(disk, dir / "log", 1U << 16);
  if (!read && read.error().code == Code::not_found) {
    return fail(Code::not_found,
                fmt::format("{} holds no ledger; `onus ledger init` makes one", dir.string()));
  }
  ONUS_TRY(const std::string text, read);
  Settings settings;
  std::string_view rest = text;
  std::vector<std::string_view> lines;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    lines.push_back(rest.substr(0, end));
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
  }
  const bool whole = lines.size() == 4 && lines[0] == kHeader && lines[1].starts_with("origin ") &&
                     lines[2].starts_with("vkey ") && lines[3].starts_with("guard ");
  if (!whole) return conflict(fmt::format("{} is not a ledger of this version", dir.string()));
  settings.origin = lines[1].substr(7);
  settings.vkey = lines[2].substr(5);
  settings.guard = lines[3].substr(6);
  return settings;
}

// NOLINTNEXTLINE(readability-function-size): the order of its steps is the promise
Result<void> create(Disk& disk, const fs::path& dir, const Settings& wanted, const Digest& seed) {
  if (!tlog::is_key_name(wanted.origin)) {
    return fail(Code::usage,
                fmt::format("'{}' cannot be an origin: no spaces, no plus sign, such as "
                            "example.com/log",
                            wanted.origin));
  }
  ONUS_TRY_VOID(absolute_only(dir));
  ONUS_TRY(const bool made, disk.make_dir(dir, false));
  ONUS_TRY(const std::vector<std::string> names, disk.list(dir));
  if (!names.empty()) {
    return conflict(
        fmt::format("{} is not empty: a ledger begins in a folder of its own", dir.string()));
  }
  if (made) ONUS_TRY_VOID(disk.sync_dir(dir.parent_path()));
  const tlog::Signer signer(wanted.origin, tlog::KeyKind::ed25519, seed);
  Settings settings = wanted;
  settings.vkey = signer.verifier().vkey();
  const std::string text = Checkpoint{settings.origin, 0, tlog::empty_root(), {}}.text();
  const std::string note = tlog::Note{text, {signer.sign(text)}}.print();
  ONUS_TRY_VOID(Journal::create(disk, dir / "journal"));
  ONUS_TRY(const bool apart, disk.make_dir(dir / "private", true));
  static_cast<void>(apart);
  ONUS_TRY_VOID(replace_file(disk, dir / "key", signer.secret() + "\n", OpenMode::create_private));
  ONUS_TRY_VOID(Guard::create(disk, guard_dir(dir, settings), note));
  ONUS_TRY_VOID(replace_file(disk, dir / "checkpoint", note));
  return replace_file(disk, dir / "log", settings_text(settings));  // last: with it, it is a ledger
}

Ledger::Ledger(Disk& disk, fs::path dir, Settings settings, tlog::Signer signer, Guard guard,
               Tiles tiles, Journal journal)
    : disk_(&disk),
      dir_(std::move(dir)),
      settings_(std::move(settings)),
      signer_(std::move(signer)),
      guard_(std::move(guard)),
      tiles_(std::move(tiles)),
      journal_(std::move(journal)) {}

// NOLINTNEXTLINE(readability-function-size): the order of its steps is the promise
Result<Ledger> Ledger::open(Disk& disk, const fs::path& dir, Check before_signing) {
  ONUS_TRY_VOID(absolute_only(dir));
  ONUS_TRY(Settings settings, read_settings(disk, dir));
  ONUS_TRY_VOID(disk.sync_dir(dir));  // create() may have died before it did
  ONUS_TRY(std::string secret, read_all(disk, dir / "key", 4096));
  if (secret.ends_with('\n')) secret.pop_back();
  ONUS_TRY(tlog::Signer signer, tlog::parse_secret(secret));
  if (signer.verifier().vkey() != settings.vkey) {
    return conflict("the key of this ledger is not the one that it was made with");
  }
  ONUS_TRY(Guard guard, Guard::open(disk, guard_dir(dir, settings)));
  Result<Checkpoint> signed_last = own_checkpoint(guard.last(), signer.verifier());
  if (!signed_last) return fail_in(signed_last, "reading the last signed checkpoint");
  ONUS_TRY(std::string note,
           published_note(disk, dir / "checkpoint", signer.verifier(), *signed_last));
  Result<Tiles> tiles = Tiles::open(disk, dir, signed_last->size);
  if (!tiles || tiles->root() != signed_last->root) {
    return conflict(fmt::format(
        "the tree is shorter than or differs from the {} entries that were signed{}: a backup was "
        "restored or a file was changed. Nothing is signed; `onus-verify folder` names what "
        "differs",
        signed_last->size, tiles ? "" : " (" + tiles.error().message + ")"));
  }
  ONUS_TRY(Journal::Opened journal, Journal::open(disk, dir / "journal", signed_last->size));
  Ledger ledger(disk, dir, std::move(settings), std::move(signer), std::move(guard),
                std::move(*tiles), std::move(journal.journal));
  ledger.checkpoint_ = *signed_last;
  ledger.before_signing_ = std::move(before_signing);
  ledger.pending_ = std::move(journal.items);
  if (note.empty()) {
    ledger.note_ = ledger.guard_.last();
    ONUS_TRY_VOID(replace_file(disk, dir / "checkpoint", ledger.note_));
  } else {
    ledger.note_ = std::move(note);
  }
  ONUS_TRY_VOID(ledger.publish_pending());
  return ledger;
}

template <class T>
Result<T> Ledger::final(Result<T> result) {
  if (!result) broken_ = true;
  return result;
}

Result<void> Ledger::usable() const {
  if (!broken_) return {};
  return fail(Code::io, "the disk failed earlier: this ledger is closed until it is opened anew");
}

Result<std::uint64_t> Ledger::append(std::span<const Item> items) {
  for (const Item& item : items) ONUS_TRY_VOID(check_item(item));
  return append_checked(items);
}

Result<std::uint64_t> Ledger::append_checked(std::span<const Item> items) {
  ONUS_TRY_VOID(usable());
  const std::uint64_t first = size();
  ONUS_TRY_VOID(append_frames(items));
  return first;
}

Result<void> Ledger::append_frames(std::span<const Item> items) {
  while (!items.empty()) {
    std::size_t bytes = 0;
    std::size_t count = 0;
    while (count < items.size() && bytes < kMaxFrame) {
      bytes += items[count].entry.size() + items[count].opening.size();
      ++count;
    }
    ONUS_TRY_VOID(final(journal_.append(items.first(count))));
    pending_.insert(pending_.end(), items.begin(),
                    items.begin() + static_cast<std::ptrdiff_t>(count));
    pending_bytes_ += bytes;
    if (pending_bytes_ > kMaxPending) ONUS_TRY_VOID(publish());
    items = items.subspan(count);
  }
  return {};
}

Result<void> Ledger::publish() {
  ONUS_TRY_VOID(usable());
  if (pending_.empty()) return {};
  return final(publish_pending());
}

Result<void> Ledger::write_tiles() {
  ONUS_TRY_VOID(tiles_.append(pending_));
  for (const Item& item : pending_) {
    ONUS_TRY(const tlog::Entry entry, tlog::parse_entry(item.entry));
    if (const auto* erasure = std::get_if<tlog::Erasure>(&entry)) {
      ONUS_TRY_VOID(tiles_.erase(erasure->index, erasure->groups));
    }
  }
  return tiles_.sync();
}

Result<void> Ledger::publish_pending() {
  if (!pending_.empty()) {
    ONUS_TRY_VOID(check_now());
    ONUS_TRY_VOID(journal_.begin_segment());
    ONUS_TRY_VOID(write_tiles());
    ONUS_TRY_VOID(sign());
  }
  return journal_.drop(checkpoint_.size);
}

// The tree of the tiles, all of which is durable.
Result<void> Ledger::sign() {
  const Checkpoint next{settings_.origin, tiles_.size(), tiles_.root(), {}};
  const std::string text = next.text();
  const std::string note = tlog::Note{text, {signer_.sign(text)}}.print();
  ONUS_TRY_VOID(guard_.swap(note));
  checkpoint_ = next;
  note_ = note;
  pending_.clear();
  pending_bytes_ = 0;
  return replace_file(*disk_, dir_ / "checkpoint", note_);
}

namespace {

// Those that are named, or else all that stand.
Result<void> choose_groups(const tlog::Opening& stands, std::uint64_t index,
                           std::vector<std::string>& groups) {
  if (groups.empty()) {
    for (const tlog::Opened& one : stands) {
      if (!one.erased) groups.push_back(one.group);
    }
  }
  for (const std::string& group : groups) {
    const auto found = std::find_if(stands.begin(), stands.end(),
                                    [&](const tlog::Opened& one) { return one.group == group; });
    if (found == stands.end()) {
      return fail(Code::bad_input, fmt::format("entry {} has no group '{}'", index, group));
    }
    if (found->erased) {
      return fail(Code::bad_input, fmt::format("'{}' of entry {} was erased before", group, index));
    }
  }
  return {};
}

}  // namespace

Result<std::uint64_t> Ledger::erase(std::uint64_t index, std::vector<std::string> groups,
                                    std::string ground) {
  ONUS_TRY_VOID(publish());
  ONUS_TRY(const std::string bytes, entry(index));
  ONUS_TRY(const tlog::Entry target, tlog::parse_entry(bytes));
  const auto* record = std::get_if<tlog::Record>(&target);
  if (!record) return fail(Code::bad_input, fmt::format("entry {} is not a record", index));
  ONUS_TRY(const std::string sealed, opening(index));
  ONUS_TRY(const tlog::Opening stands, tlog::parse_opening(sealed));
  ONUS_TRY_VOID(choose_groups(stands, index, groups));
  Item item{tlog::print_entry(tlog::Erasure{index, std::move(groups), std::move(ground)}), {}};
  if (const auto made = tlog::parse_entry(item.entry);
      !made || item.entry.size() > tlog::kMaxEntry) {
    return fail(Code::usage, "an erasure needs its legal ground, in UTF-8, and a group to erase");
  }
  ONUS_TRY(const std::uint64_t at, append_checked({&item, 1}));
  ONUS_TRY_VOID(publish());
  return at;
}

Result<std::string> Ledger::entry(std::uint64_t index) const {
  if (index < published()) return tiles_.entry(index);
  return no_entry(index, published());
}

Result<std::string> Ledger::opening(std::uint64_t index) const {
  if (index < published()) return tiles_.opening(index);
  return no_entry(index, published());
}

Result<std::string> Ledger::tile_of(const Tile& tile, std::uint64_t size) const {
  if (tile.width > tlog::tile_width(tile.level, tile.index, size)) {
    return fail(Code::not_found, fmt::format("{} is not in the checkpoint", tile.path()));
  }
  return tiles_.read(tile);
}

Result<tlog::ProofFile> Ledger::prove(std::uint64_t index, bool sealed) const {
  ONUS_TRY(const std::string bytes, entry(index));
  tlog::ProofFile proof;
  std::string open;
  if (!sealed) {
    ONUS_TRY(open, opening(index));
  }
  proof.extra = tlog::print_extra(bytes, open);
  proof.index = index;
  const auto nodes = tlog::nodes_from_tiles([this](const Tile& t) { return tile(t); }, published());
  ONUS_TRY(proof.proof, tlog::read_proof(nodes, tlog::inclusion_ranges(index, published())));
  proof.checkpoint = note_;
  return proof;
}

Result<std::vector<tlog::Hash>> Ledger::prove_between(std::uint64_t old_size,
                                                      std::uint64_t size) const {
  if (old_size > size) {
    return fail(Code::conflict,
                fmt::format("the checkpoint covers {} entries, not {}", size, old_size));
  }
  const auto nodes = tlog::nodes_from_tiles([&](const Tile& t) { return tile_of(t, size); }, size);
  return tlog::read_proof(nodes, tlog::consistency_ranges(old_size, size));
}

Result<void> Ledger::add_cosignatures(std::span<const tlog::Line> lines) {
  ONUS_TRY_VOID(usable());
  ONUS_TRY(tlog::Note note, tlog::parse_note(note_));
  for (const tlog::Line& line : lines) {
    std::erase_if(note.lines, [&](const tlog::Line& old) {
      return old.name == line.name && old.id == line.id && old.id != signer_.verifier().id();
    });
    note.lines.push_back(line);
  }
  note_ = note.print();
  return final(replace_file(*disk_, dir_ / "checkpoint", note_));
}

}  // namespace onus::ledger

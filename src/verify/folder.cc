// SPDX-License-Identifier: Apache-2.0
// A whole folder, or a range of it, against a checkpoint.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tlog/entry.h"
#include "verify/entries.h"
#include "verify/verify.h"
#include "verify/words.h"

namespace onus::verify {
namespace {

using tlog::Frontier;
using tlog::Hash;
using tlog::Tile;

// The tree over what was computed, with its node hashes of each tile level.
struct Tree {
  Frontier frontier;
  std::vector<std::vector<Hash>> levels;  // levels[0] is level 1: roots of 256 entries each

  void add(const Part& part) {
    for (std::size_t i = 0; i < part.nodes.size(); ++i) {
      frontier.append(part.nodes[i], i < part.full ? tlog::kTileHeight : 0,
                      [&](unsigned height, const Hash& hash) {
                        if (height == 0 || height % tlog::kTileHeight != 0) return;
                        const std::size_t level = height / tlog::kTileHeight - 1;
                        if (levels.size() <= level) levels.resize(level + 1);
                        levels[level].push_back(hash);
                      });
    }
  }
};

std::optional<Fault> first(const std::vector<Part>& parts, std::optional<Fault> Part::*kind) {
  for (const Part& part : parts) {
    if (part.*kind) return part.*kind;
  }
  return std::nullopt;
}

// The first hash tile above level 0 that differs from what the entries make.
std::optional<Fault> wrong_tile(const Files& files, const Tree& tree, std::uint64_t size) {
  for (std::size_t at = 0; at < tree.levels.size(); ++at) {
    const int level = static_cast<int>(at) + 1;
    for (std::uint64_t index = 0; tlog::tile_width(level, index, size) > 0; ++index) {
      const Tile tile{level, index, tlog::tile_width(level, index, size)};
      const Result<std::string> claimed = read_tile(files, tile);
      if (!claimed) return Fault{0, claimed.error().message};
      for (std::size_t i = 0; i < tile.width; ++i) {
        if (tlog::hash_at(*claimed, i) == tree.levels[at][index * tlog::kTileWidth + i]) continue;
        return Fault{0, fmt::format("hash {} of {} is wrong", i, tile.path())};
      }
    }
  }
  return std::nullopt;
}

// The root that the tiles claim, without a look at the entries.
std::optional<Hash> claimed_root(const Files& files, std::uint64_t size) {
  Frontier frontier;
  int top = 0;
  while (tlog::level_size(top + 1, size) > 0) ++top;
  for (int level = top; level >= 0; --level) {
    const std::uint64_t index = tlog::level_size(level, size) / tlog::kTileWidth;
    const unsigned width = tlog::tile_width(level, index, size);
    if (width == 0) continue;
    const Result<std::string> tile = read_tile(files, {level, index, width});
    if (!tile) return std::nullopt;
    for (unsigned i = 0; i < width; ++i) {
      frontier.append(tlog::hash_at(*tile, i), static_cast<unsigned>(level) * tlog::kTileHeight);
    }
  }
  return frontier.root();
}

// The entries do not make the root. Where a chain of tiles leads from the root down to the first
// hash that differs, that entry is the bad one; else only that something is can be said.
void name_first_bad(const Files& files, const std::vector<Part>& parts,
                    const tlog::Checkpoint& checkpoint, Report& report) {
  const std::optional<Fault> differs = first(parts, &Part::tile);
  const std::optional<Hash> claimed = claimed_root(files, checkpoint.size);
  const auto entry = differs ? differs->entry : 0;
  const Tile tile{0, entry / tlog::kTileWidth,
                  tlog::tile_width(0, entry / tlog::kTileWidth, checkpoint.size)};
  const Result<std::string> bytes = read_tile(files, tile);
  bool proven = differs && claimed == checkpoint.root && bytes;
  if (proven) {
    const tlog::NodeReader nodes = tlog::nodes_from_tiles(
        [&](const Tile& wanted) { return read_tile(files, wanted); }, checkpoint.size);
    const auto path = read_proof(nodes, tlog::inclusion_ranges(entry, checkpoint.size));
    proven = path &&
             tlog::includes(entry, checkpoint.size, tlog::hash_at(*bytes, entry % tlog::kTileWidth),
                            *path, checkpoint.root);
  }
  if (proven) {
    report.first_bad = entry;
    report.bad = fmt::format(
        "entry {} is not the one that the checkpoint vouches for (its hash should be {})", entry,
        to_hex(tlog::hash_at(*bytes, entry % tlog::kTileWidth)));
  } else if (differs) {
    report.first_bad = differs->entry;
    report.bad = fmt::format(
        "the entries do not make the root of the checkpoint. Entries and tiles differ first at "
        "entry {}; the tiles do not lead to the root either, so the first bad entry may be another",
        differs->entry);
  } else {
    report.bad =
        "the entries do not make the root of the checkpoint. Entries and tiles agree with each "
        "other: the folder as a whole is not the log that was signed";
  }
}

void say_kinds(const std::vector<Part>& parts, Report& report) {
  std::array<std::uint64_t, 4> sum{};
  for (const Part& part : parts) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part.kinds[i];
  }
  report.proven.push_back(
      fmt::format("Of these entries {} are records (sealed: their contents were not looked at), {} "
                  "are erasures, {} are statements, {} are plain bytes.",
                  sum[0], sum[1], sum[2], sum[3]));
}

void check_since(const Files& files, const tlog::Policy& policy, const tlog::Checkpoint& now,
                 const std::string& since, Report& report) {
  Result<tlog::Note> note = tlog::parse_note(since);
  Result<tlog::Policy::Verdict> verdict =
      note ? policy.check(*note) : Result<tlog::Policy::Verdict>(tl::unexpected(note.error()));
  if (!verdict) {
    report.bad = fmt::format("the older checkpoint cannot be used: {}", verdict.error().text());
    return;
  }
  const tlog::Checkpoint& old = verdict->checkpoint;
  bool holds = old.origin == now.origin && old.size <= now.size;
  if (holds) {
    const tlog::NodeReader nodes = tlog::nodes_from_tiles(
        [&](const Tile& wanted) { return read_tile(files, wanted); }, now.size);
    const auto proof = read_proof(nodes, tlog::consistency_ranges(old.size, now.size));
    holds = proof && tlog::consistent(old.size, now.size, old.root, now.root, *proof);
  }
  if (!holds) {
    report.bad = fmt::format(
        "the log does not continue the older checkpoint of {} entries: both are signed, so the log "
        "was rewritten; keep both files, they prove it",
        old.size);
    return;
  }
  report.proven.push_back(fmt::format(
      "The log continues the older checkpoint: its {} entries stand unchanged.", old.size));
}

void check_range(const Files& files, const tlog::Checkpoint& checkpoint, tlog::Range range,
                 Report& report) {
  std::map<std::pair<int, std::uint64_t>, std::string> kept;
  const auto tiles = [&](const Tile& wanted) -> Result<std::string> {
    const std::pair key(wanted.level, wanted.index);
    if (const auto found = kept.find(key); found != kept.end()) return found->second;
    ONUS_TRY(std::string bytes, read_tile(files, wanted));
    if (kept.size() > 64) kept.clear();
    return kept[key] = std::move(bytes);
  };
  const tlog::NodeReader nodes = tlog::nodes_from_tiles(tiles, checkpoint.size);
  tlog::TreeHasher hasher;
  for (std::uint64_t i = range.begin; i < range.end; ++i, ++report.entries) {
    const std::uint64_t bundle = i / tlog::kTileWidth;
    const unsigned width = tlog::tile_width(0, bundle, checkpoint.size);
    const Result<std::string> bytes = tiles({Tile::kEntries, bundle, width});
    const auto entries = bytes ? tlog::split_bundle(*bytes, width) : std::nullopt;
    const auto proof = read_proof(nodes, tlog::inclusion_ranges(i, checkpoint.size));
    if (entries && proof &&
        tlog::includes(i, checkpoint.size, hasher.leaf((*entries)[i % tlog::kTileWidth]), *proof,
                       checkpoint.root)) {
      continue;
    }
    report.first_bad = i;
    report.bad = fmt::format("entry {} is not proven by the checkpoint: {}", i,
                             !bytes     ? bytes.error().message
                             : !entries ? "its bundle is cut off"
                             : !proof   ? proof.error().message
                                        : "the entry or a tile on its path was changed");
    return;
  }
  report.proven.push_back(
      fmt::format("Entries {} to {} are in the log under that checkpoint, each "
                  "by its own proof.",
                  range.begin, range.end - 1));
  report.not_proven.emplace_back("Entries outside of that range were not looked at.");
}

void check_all(const Files& files, const tlog::Checkpoint& checkpoint, unsigned threads,
               Report& report) {
  const std::vector<Part> parts = read_parts(files, checkpoint.size, threads);
  if (const std::optional<Fault> unread = first(parts, &Part::unread)) {
    report.first_bad = unread->entry;
    report.bad = fmt::format("entry {} cannot be read: {}", unread->entry, unread->what);
    return;
  }
  Tree tree;
  for (const Part& part : parts) tree.add(part);
  report.entries = checkpoint.size;
  if (tree.frontier.root() != checkpoint.root) {
    name_first_bad(files, parts, checkpoint, report);
    return;
  }
  report.proven.push_back(
      fmt::format("All {} entries of the folder make the root that was signed: none was changed, "
                  "added, dropped or moved.",
                  checkpoint.size));
  say_kinds(parts, report);
  std::optional<Fault> tile = first(parts, &Part::tile);
  if (!tile) tile = wrong_tile(files, tree, checkpoint.size);
  const std::optional<Fault> malformed = first(parts, &Part::malformed);
  if (tile) {
    report.bad = fmt::format("the entries are proven, but a tile is not theirs: {}", tile->what);
  } else if (malformed) {
    report.first_bad = malformed->entry;
    report.bad = fmt::format("entry {} is in the log, but is malformed: {}", malformed->entry,
                             malformed->what);
  }
}

}  // namespace

Report check_folder(const Files& files, const tlog::Policy& policy, const FolderOptions& options) {
  Report report;
  const std::optional<tlog::Checkpoint> checkpoint =
      check_checkpoint(options.checkpoint, policy, report);
  if (!checkpoint) return report;
  if (options.range) {
    if (options.range->begin >= options.range->end || options.range->end > checkpoint->size) {
      report.bad = fmt::format("the log has entries 0 to {}, and not that range",
                               static_cast<std::int64_t>(checkpoint->size) - 1);
      return report;
    }
    check_range(files, *checkpoint, *options.range, report);
  } else {
    check_all(files, *checkpoint, options.threads, report);
  }
  if (report.good() && !options.since.empty()) {
    check_since(files, policy, *checkpoint, options.since, report);
  }
  say_limits(report);
  return report;
}

}  // namespace onus::verify

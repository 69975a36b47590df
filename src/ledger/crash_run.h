// SPDX-License-Identifier: Apache-2.0
// For tests of crashes and damage: a scripted life of a ledger on the tests' disk, what the outside
// knows of it, and whether what a later process finds keeps every promise.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "ledger/fake_disk.h"
#include "ledger/ledger.h"

namespace onus::ledger {

namespace fs = std::filesystem;

inline const fs::path kDir = "/log";
inline const fs::path kGuard = "/guard";
inline constexpr std::uint64_t kStart = 253;  // so that a run crosses the end of a tile

inline bool all_points() {
  const char* wanted = std::getenv("ONUS_CRASH_POINTS");
  return wanted && std::string(wanted) == "all";
}

inline Item secret_record(std::uint64_t number) {
  const std::string secret = "secret-" + std::to_string(number) + "-";
  const tlog::Opening opening{{"subject", sha256("s" + secret), secret},
                              {"actor", sha256("a" + secret), "officer"}};
  return {tlog::print_entry(tlog::commit_all({}, opening)), tlog::print_opening(opening)};
}

// What the outside knows: what was acknowledged, which checkpoints were to be seen.
struct Outside {
  std::vector<Item> acked;
  std::vector<Item> unsure;  // the batch that was being appended when the run ended
  std::vector<tlog::Checkpoint> seen;
  std::set<std::string> erased;  // contents whose erasure was acknowledged
};

struct Life {
  FakeDisk& disk;
  Outside& outside;
  std::mt19937_64 random;
  std::uint64_t made = 0;

  void see(const tlog::Checkpoint& checkpoint) {
    if (outside.seen.empty() || outside.seen.back() != checkpoint)
      outside.seen.push_back(checkpoint);
  }
  // Anybody may have fetched what stands under these names at any moment.
  void look() {
    const auto files = disk.files();
    for (const char* path : {"/log/checkpoint", "/guard/signed-checkpoint"}) {
      const auto found = files.find(path);
      const auto note = tlog::parse_note(found == files.end() ? "" : found->second);
      if (note) see(tlog::parse_checkpoint(note->text).value());
    }
  }

  bool append(Ledger& ledger) {
    outside.unsure.clear();
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n, ++made) {
      const std::string text =
          "entry " + std::to_string(made) + " " + std::string(random() % 90, 'e');
      outside.unsure.push_back(made % 2 ? secret_record(made) : Item{text, {}});
    }
    if (!ledger.append(outside.unsure)) return false;
    outside.acked.insert(outside.acked.end(), outside.unsure.begin(), outside.unsure.end());
    outside.unsure.clear();
    return true;
  }

  bool erase(Ledger& ledger) {
    for (std::uint64_t i = outside.acked.size(); i-- > 0;) {
      const Item& item = outside.acked[i];
      const auto opening = tlog::parse_opening(item.opening);
      if (!opening || outside.erased.contains((*opening)[0].content)) continue;
      const tlog::Erasure erasure{i, {"subject"}, "a ground"};
      outside.unsure = {{tlog::print_entry(erasure), {}}};
      if (!ledger.erase(i, {"subject"}, "a ground")) return false;
      outside.erased.insert((*opening)[0].content);
      outside.acked.push_back(outside.unsure[0]);
      outside.unsure.clear();
      return true;
    }
    return true;
  }

  // One life of the process; ends at the first error, as the program does.
  void live(int steps) {
    Result<Ledger> ledger = Ledger::open(disk, kDir);
    look();
    for (int i = 0; ledger && i < steps; ++i) {
      const std::uint64_t what = random() % 8;
      const bool good = what < 4   ? append(*ledger)
                        : what < 6 ? ledger->publish().has_value()
                                   : erase(*ledger);
      look();
      if (!good) return;
    }
  }
};

inline std::string read_back(const Ledger& ledger, std::uint64_t index) {
  const tlog::ProofFile proof = ledger.prove(index, false).value();
  const tlog::Extra extra = tlog::parse_extra(*proof.extra).value();
  const bool proven =
      tlog::includes(index, ledger.published(), tlog::TreeHasher().leaf(extra.entry), proof.proof,
                     ledger.checkpoint().root);
  return proven ? extra.entry : "not proven";
}

// Empty, or what was broken.
inline std::string broken_promise(FakeDisk& disk, const Outside& outside) {
  Result<Ledger> ledger = Ledger::open(disk, kDir);
  if (!ledger) return "does not open: " + ledger.error().text();
  const std::uint64_t size = ledger->published();
  const std::uint64_t sure = outside.acked.size();
  if (size != sure && size != sure + outside.unsure.size()) {
    return std::to_string(size) + " entries of " + std::to_string(sure);
  }
  std::vector<std::string> entries;
  for (const Item& item : outside.acked) entries.push_back(item.entry);
  for (const Item& item : outside.unsure) entries.push_back(item.entry);
  for (std::uint64_t i = size; i-- > (size < 20 ? 0 : size - 20);) {
    if (read_back(*ledger, i) != entries[i]) return "entry " + std::to_string(i);
  }
  std::vector<tlog::Hash> roots;
  tlog::Frontier frontier;
  tlog::TreeHasher hasher;
  for (std::uint64_t i = 0; i < size; ++i) {
    roots.push_back(frontier.root());
    frontier.append(hasher.leaf(entries[i]));
  }
  roots.push_back(frontier.root());
  if (roots.back() != ledger->checkpoint().root) return "another root than that of the entries";
  for (const tlog::Checkpoint& seen : outside.seen) {
    if (seen.size > size || seen.root != roots[seen.size])
      return "a fork: a signed checkpoint is not of this log";
  }
  for (const auto& [path, bytes] : disk.files()) {
    for (const std::string& secret : outside.erased) {
      if (bytes.find(secret) != bytes.npos) return path + " still holds " + secret;
    }
  }
  // And it goes on.
  if (!ledger->append(std::vector<Item>{{"after", {}}}) || !ledger->publish())
    return "does not go on";
  return {};
}

struct Start {
  FakeDisk disk;
  Outside outside;
  Start() {
    EXPECT_TRUE(create(disk, kDir, {"log.example", kGuard, {}}, sha256("seed")));
    Ledger ledger = std::move(Ledger::open(disk, kDir).value());
    for (std::uint64_t i = 0; i < kStart; ++i) outside.acked.push_back({std::to_string(i), {}});
    EXPECT_TRUE(ledger.append(outside.acked) && ledger.publish());
    outside.seen.push_back(ledger.checkpoint());
    disk.settle();
  }
};
inline const Start& start() {
  static const Start start;
  return start;
}

}  // namespace onus::ledger

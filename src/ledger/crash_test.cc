// SPDX-License-Identifier: Apache-2.0
// What no crash may do: lose what was acknowledged, fork the log, or bring back what was erased.
//
// A scripted run is repeated with the disk failing, or the process dying, at each of its calls in
// turn; after a death the power is cut too, with many different subsets of the unsynced bytes and
// names lost; and opening again may die once more. `./dev test` tries a sample. All points:
//   ./dev crash
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "ledger/fake_disk.h"
#include "ledger/ledger.h"

namespace onus::ledger {
namespace {

namespace fs = std::filesystem;

const fs::path kDir = "/log";
const fs::path kGuard = "/guard";
constexpr std::uint64_t kStart = 253;  // so that a run crosses the end of a tile

bool all_points() {
  const char* wanted = std::getenv("ONUS_CRASH_POINTS");
  return wanted && std::string(wanted) == "all";
}

Item secret_record(std::uint64_t number) {
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

std::string read_back(const Ledger& ledger, std::uint64_t index) {
  const tlog::ProofFile proof = ledger.prove(index, false).value();
  const tlog::Extra extra = tlog::parse_extra(*proof.extra).value();
  const bool proven =
      tlog::includes(index, ledger.published(), tlog::TreeHasher().leaf(extra.entry), proof.proof,
                     ledger.checkpoint().root);
  return proven ? extra.entry : "not proven";
}

// Empty, or what was broken.
std::string broken_promise(FakeDisk& disk, const Outside& outside) {
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
const Start& start() {
  static const Start start;
  return start;
}

constexpr int kSteps = 9;

struct Case {
  std::uint64_t seed = 0;
  std::uint64_t call = FakeDisk::kNever;
  bool dies = true;       // else the call fails and the program ends itself
  std::uint64_t cut = 0;  // 0: the machine runs on; else the power is cut, with this seed
  std::uint64_t again = FakeDisk::kNever;  // opening dies at this call too
};

std::uint64_t run(const Case& c, std::string& broken) {
  FakeDisk disk;
  start().disk.copy_to(disk);
  disk.restart();
  Outside outside = start().outside;
  (c.dies ? disk.die_at : disk.fail_at) = c.call;
  Life life{disk, outside, std::mt19937_64(c.seed), 0};
  life.live(kSteps);
  const std::uint64_t calls = disk.calls;
  std::mt19937_64 random(c.cut);
  const auto end = [&] { c.cut ? disk.power_cut(random) : disk.restart(); };
  // Power that goes only while the next process opens finds what the first one left in the cache.
  const bool later = c.again != FakeDisk::kNever && c.cut % 2 == 1;
  later ? disk.restart() : end();
  if (c.again != FakeDisk::kNever) {
    disk.calls = 0;
    disk.die_at = c.again;
    static_cast<void>(Ledger::open(disk, kDir));
    life.look();
    end();
  }
  disk.calls = 0;
  broken = broken_promise(disk, outside);
  return calls;
}

int try_points(std::uint64_t seeds, std::uint64_t every, bool dies,
               std::vector<std::uint64_t> cuts) {
  int points = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    std::string broken;
    const std::uint64_t calls = run({.seed = seed}, broken);
    EXPECT_EQ(broken, "") << "without any crash, seed " << seed;
    for (std::uint64_t call = seed % every; call < calls; call += every) {
      for (const std::uint64_t cut : cuts) {
        Case c{.seed = seed, .call = call, .dies = dies, .cut = cut == 0 ? 0 : cut + 1000 * call};
        if ((call + cut) % 3 == 0) c.again = (call + 7 * cut) % 40;
        run(c, broken);
        ++points;
        EXPECT_EQ(broken, "") << "seed " << seed << " call " << call << (dies ? " dies" : " fails")
                              << " cut " << c.cut << " again " << c.again;
        if (::testing::Test::HasFailure()) return points;
      }
    }
  }
  return points;
}

TEST(Crash, NothingAcknowledgedIsLostAndNothingForksWhereTheProcessDies) {
  const int points = all_points() ? try_points(12, 1, true, {0, 1, 2, 3, 4, 5})
                                  : try_points(3, 5, true, {0, 1, 2});
  RecordProperty("points", points);
  std::printf("%d crash points\n", points);
}

TEST(Crash, NorWhereOneCallFails) {
  const int points =
      all_points() ? try_points(12, 1, false, {0, 1, 2}) : try_points(3, 7, false, {0, 1});
  RecordProperty("points", points);
  std::printf("%d failing calls\n", points);
}

// What a failed sync was to write stays in the cache, where the next process reads it and a sync of
// its own does not write it: the power may go at any moment of opening.
TEST(Crash, NorWhereAFailedSyncIsFollowedByAnotherProcessAndAPowerCut) {
  const std::uint64_t cuts = all_points() ? 12 : 3;
  for (std::uint64_t failing = 0; failing < 4; ++failing) {
    for (std::uint64_t call = 0; call < 50; ++call) {
      for (std::uint64_t cut = 0; cut < cuts; ++cut) {
        FakeDisk disk;
        start().disk.copy_to(disk);
        Outside outside = start().outside;
        {
          Ledger ledger = std::move(Ledger::open(disk, kDir).value());
          disk.fail_at = disk.calls + failing;
          outside.unsure = {{"unsure", {}}};
          ASSERT_EQ(ledger.append(outside.unsure).has_value(), failing > 2);
          if (failing > 2) outside.acked.push_back(outside.unsure[0]), outside.unsure.clear();
        }
        disk.restart();
        disk.die_at = disk.calls + call;
        static_cast<void>(Ledger::open(disk, kDir));
        std::mt19937_64 random(cut);
        disk.power_cut(random);
        ASSERT_EQ(broken_promise(disk, outside), "") << failing << " " << call << " " << cut;
      }
    }
  }
}

TEST(Crash, NorWhereTheDiskIsFullAtAnyByte) {
  FakeDisk probe;
  start().disk.copy_to(probe);
  std::uint64_t used = 0;
  for (const auto& [path, bytes] : probe.files()) used += bytes.size();
  int points = 0;
  for (std::uint64_t room = 0; room < 6000; room += all_points() ? 13 : 211, ++points) {
    FakeDisk disk;
    start().disk.copy_to(disk);
    Outside outside = start().outside;
    disk.capacity = used + room;
    Life life{disk, outside, std::mt19937_64(room), 0};
    life.live(kSteps);
    disk.restart();
    static_cast<void>(Ledger::open(disk, kDir));  // while it is still full
    life.look();
    std::mt19937_64 random(room);
    if (room % 2) disk.power_cut(random);
    disk.restart();
    disk.capacity = FakeDisk::kNever;
    ASSERT_EQ(broken_promise(disk, outside), "") << room;
  }
  std::printf("%d sizes of disk\n", points);
}

TEST(Crash, NorWhileItIsCreated) {
  FakeDisk whole;
  ASSERT_TRUE(create(whole, kDir, {"log.example", kGuard, {}}, sha256("seed")));
  for (std::uint64_t call = 0; call < whole.calls; ++call) {
    for (std::uint64_t cut = 0; cut < 8; ++cut) {
      FakeDisk disk;
      disk.die_at = call;
      EXPECT_FALSE(create(disk, kDir, {"log.example", kGuard, {}}, sha256("seed")));
      std::mt19937_64 random(cut);
      cut ? disk.power_cut(random) : disk.restart();
      const auto append = [&](std::uint64_t size) {  // all of it is there or none
        Result<Ledger> ledger = Ledger::open(disk, kDir);
        EXPECT_EQ(ledger ? ledger->size() : size, size) << call << " " << cut;
        return ledger && ledger->append(std::vector<Item>{{"an entry", {}}});
      };
      const bool made = append(0);
      std::mt19937_64 later(cut);
      disk.power_cut(later);
      EXPECT_EQ(append(made ? 1 : 0), made) << call << " " << cut;
    }
  }
}

// A ledger with entries under a checkpoint, entries acknowledged since, and something erased.
struct Damaged : ::testing::Test {
  FakeDisk disk;
  Outside outside;
  void SetUp() override {
    start().disk.copy_to(disk);
    outside = start().outside;
    Life life{disk, outside, std::mt19937_64(1), 0};
    Ledger ledger = std::move(Ledger::open(disk, kDir).value());
    ASSERT_TRUE(life.append(ledger) && life.append(ledger) && life.erase(ledger) &&
                life.append(ledger) && life.append(ledger));
    life.look();
    ASSERT_GT(ledger.size(), ledger.published());
    disk.settle();
    disk.restart();
  }

  // Opens what was damaged. It may refuse; it may open and say, for each acknowledged entry, either
  // the entry with a proof that holds, or nothing that is proven. It may sign nothing else than the
  // tree of what was acknowledged.
  std::string judge(FakeDisk& damaged) const {
    Result<Ledger> ledger = Ledger::open(damaged, kDir);
    if (!ledger) return {};
    if (ledger->size() != outside.acked.size()) return "size " + std::to_string(ledger->size());
    tlog::Frontier frontier;
    tlog::TreeHasher hasher;
    for (const Item& item : outside.acked) frontier.append(hasher.leaf(item.entry));
    if (frontier.root() != ledger->checkpoint().root) return "it signed another tree";
    for (std::uint64_t i = 250; i < outside.acked.size(); ++i) {
      const Result<tlog::ProofFile> proof = ledger->prove(i, false);
      if (!proof) continue;
      const std::string entry = tlog::parse_extra(*proof->extra)->entry;
      const bool proven = tlog::includes(i, ledger->published(), hasher.leaf(entry), proof->proof,
                                         ledger->checkpoint().root);
      if (proven && entry != outside.acked[i].entry) return "it proves another entry";
    }
    return {};
  }
};

TEST_F(Damaged, AFlippedBitAtEveryByteIsRefusedOrNeverProvenAsAnother) {
  int points = 0;
  for (const auto& [path, bytes] : disk.files()) {
    const std::size_t step = all_points() ? 1 : 1 + bytes.size() / 60;
    for (std::size_t i = 0; i < bytes.size(); i += step, ++points) {
      FakeDisk damaged;
      disk.copy_to(damaged);
      std::string flipped = bytes;
      flipped[i] ^= static_cast<char>(1 << i % 8);
      damaged.put(path, flipped);
      ASSERT_EQ(judge(damaged), "") << path << " byte " << i;
    }
  }
  std::printf("%d flipped bits\n", points);
}

TEST_F(Damaged, AFileCutAtEveryLengthOrGoneIsRefusedOrNeverProvenAsAnother) {
  int points = 0;
  for (const auto& [path, bytes] : disk.files()) {
    const std::size_t step = all_points() ? 1 : 1 + bytes.size() / 60;
    for (std::size_t size = 0; size < bytes.size(); size += step, ++points) {
      FakeDisk damaged;
      disk.copy_to(damaged);
      damaged.put(path, bytes.substr(0, size));
      ASSERT_EQ(judge(damaged), "") << path << " cut to " << size;
    }
    FakeDisk damaged;
    disk.copy_to(damaged);
    damaged.erase_all(path);
    ASSERT_EQ(judge(damaged), "") << path << " gone";
  }
  std::printf("%d cut files\n", points);
}

}  // namespace
}  // namespace onus::ledger

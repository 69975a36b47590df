// SPDX-License-Identifier: Apache-2.0
// What no crash may do: lose what was acknowledged, fork the log, or bring back what was erased.
//
// A scripted run is repeated with the disk failing, or the process dying, at each of its calls in
// turn; after a death the power is cut too, with many different subsets of the unsynced bytes and
// names lost; and opening again may die once more. `./dev test` tries a sample. All points:
//   ./dev crash
#include "ledger/crash_run.h"

namespace onus::ledger {
namespace {

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

// The same for what a process that died while it signed had renamed and not made durable.
TEST(Crash, NorWhereADeathInSigningIsFollowedByAnotherProcessAndAPowerCut) {
  const std::uint64_t every = all_points() ? 1 : 3;
  for (std::uint64_t dying = 0; dying < 36; ++dying) {
    for (std::uint64_t call = dying % every; call < 50; call += every) {
      FakeDisk disk;
      start().disk.copy_to(disk);
      Outside outside = start().outside;
      {
        Ledger ledger = std::move(Ledger::open(disk, kDir).value());
        ASSERT_TRUE(ledger.append(std::vector<Item>{{"an entry", {}}}));
        outside.acked.push_back({"an entry", {}});
        disk.die_at = disk.calls + dying;
        static_cast<void>(ledger.publish());
      }
      disk.restart();
      disk.die_at = disk.calls + call;
      static_cast<void>(Ledger::open(disk, kDir));
      std::mt19937_64 random(dying * 50 + call);
      disk.power_cut(random);
      ASSERT_EQ(broken_promise(disk, outside), "") << dying << " " << call;
    }
  }
}

std::string still_held(const FakeDisk& disk, const std::string& secret) {
  for (const auto& [path, bytes] : disk.files()) {
    if (bytes.find(secret) != bytes.npos) return path;
  }
  return {};
}

// Where an erasure was acknowledged, or is in the log of the next process, the content stands in no
// file, whatever a power cut brings back: nobody need open the ledger again for it to be gone.
// Returns whether it was acknowledged; fills what holds it still.
bool erase_and_cut(std::uint64_t dying, std::uint64_t cut, std::string& holds) {
  FakeDisk disk;
  start().disk.copy_to(disk);
  const Item item = secret_record(1);
  bool acknowledged = false;
  {
    Ledger ledger = std::move(Ledger::open(disk, kDir).value());
    EXPECT_TRUE(ledger.append({&item, 1}));
    disk.die_at = disk.calls + dying;
    acknowledged = ledger.erase(kStart, {"subject"}, "a ground").has_value();
  }
  disk.restart();
  bool erased = acknowledged;
  if (!acknowledged) erased = Ledger::open(disk, kDir).value().published() > kStart + 1;
  std::mt19937_64 random(cut);
  disk.power_cut(random);
  holds = erased ? still_held(disk, "secret-1-") : "";
  return acknowledged;
}

TEST(Crash, NorDoesAPowerCutBringBackWhatWasErased) {
  for (std::uint64_t cut = 0; cut < (all_points() ? 64 : 8); ++cut) {
    std::string holds;
    bool acknowledged = false;
    for (std::uint64_t dying = 0; !acknowledged; ++dying) {
      acknowledged = erase_and_cut(dying, cut, holds);
      ASSERT_EQ(holds, "") << dying << " " << cut;
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

}  // namespace
}  // namespace onus::ledger

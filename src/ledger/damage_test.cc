// SPDX-License-Identifier: Apache-2.0
// What a damaged disk may not do: make a ledger prove or sign anything else than what was appended.
// `./dev test` tries a sample of bytes; all of them: ./dev crash
#include "ledger/crash_run.h"

namespace onus::ledger {
namespace {

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

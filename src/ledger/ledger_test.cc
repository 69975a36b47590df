// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "ledger/fake_disk.h"

namespace onus::ledger {
namespace {

namespace fs = std::filesystem;
using tlog::Opening;

const fs::path kDir = "/log";
const fs::path kGuard = "/guard";

Item plain(const std::string& text) { return {text, {}}; }

Opening opening_of(const std::string& who) {
  return {{"subject", sha256("s" + who), "plate " + who},
          {"actor", sha256("a" + who), "officer " + who}};
}

Item record(const std::string& who) {
  const Opening opening = opening_of(who);
  return {tlog::print_entry(tlog::commit_all({}, opening)), tlog::print_opening(opening)};
}

struct LedgerTest : ::testing::Test {
  FakeDisk disk;
  void SetUp() override {
    ASSERT_TRUE(create(disk, kDir, {"log.example", kGuard, {}}, sha256("seed")));
  }
  Ledger open() { return std::move(Ledger::open(disk, kDir).value()); }
  // Appends each and publishes.
  static void add(Ledger& ledger, std::size_t count) {
    std::vector<Item> items;
    for (std::size_t i = 0; i < count; ++i) {
      items.push_back(plain("entry " + std::to_string(ledger.size() + i)));
    }
    ASSERT_TRUE(ledger.append(items));
    ASSERT_TRUE(ledger.publish());
  }
};

void expect_proven(const Ledger& ledger, std::uint64_t index) {
  const tlog::ProofFile proof = ledger.prove(index, false).value();
  const std::string entry = tlog::parse_extra(*proof.extra)->entry;
  EXPECT_EQ(entry, ledger.entry(index).value());
  EXPECT_TRUE(tlog::includes(index, ledger.published(), tlog::TreeHasher().leaf(entry), proof.proof,
                             ledger.checkpoint().root));
}

TEST_F(LedgerTest, KeepsOrderAndProvesEveryEntryAcrossTilesAndReopening) {
  std::uint64_t next = 0;
  for (const std::size_t batch : {1, 1, 2, 250, 1, 1, 1, 256, 300, 7}) {
    Ledger ledger = open();
    EXPECT_EQ(ledger.size(), next);
    add(ledger, batch);
    next += batch;
    EXPECT_EQ(ledger.published(), next);
  }
  const Ledger ledger = open();
  for (std::uint64_t i = 0; i < next; i += i % 256 < 3 || i % 256 > 252 ? 1 : 50) {
    ASSERT_EQ(ledger.entry(i).value(), "entry " + std::to_string(i));
    expect_proven(ledger, i);
  }
  EXPECT_EQ(ledger.entry(next).error().code, Code::not_found);
}

TEST_F(LedgerTest, EveryCheckpointContinuesTheEarlierOnes) {
  Ledger ledger = open();
  std::vector<tlog::Checkpoint> seen{ledger.checkpoint()};
  for (int i = 0; i < 8; ++i) {
    add(ledger, 61);
    for (const tlog::Checkpoint& old : seen) {
      EXPECT_TRUE(tlog::consistent(old.size, ledger.published(), old.root, ledger.checkpoint().root,
                                   ledger.prove_since(old.size).value()));
    }
    seen.push_back(ledger.checkpoint());
  }
}

TEST_F(LedgerTest, WhatWasAppendedAndNotPublishedIsThereAfterAKill) {
  {
    Ledger ledger = open();
    EXPECT_EQ(ledger.append(std::vector<Item>{plain("a"), record("1")}).value(), 0U);
    EXPECT_EQ(ledger.append(std::vector<Item>{plain("b")}).value(), 2U);
    EXPECT_EQ(ledger.published(), 0U);
  }
  disk.restart();
  const Ledger ledger = open();
  EXPECT_EQ(ledger.published(), 3U);
  EXPECT_EQ(ledger.entry(2).value(), "b");
  EXPECT_EQ(ledger.opening(1).value(), record("1").opening);
}

// `acked` is never synced, so after a power cut it may be gone; the frame behind the hole says then
// that the damaged one was acknowledged.
TEST_F(LedgerTest, RefusesAHoleInItsJournalWhoseCountIsLost) {
  {
    Ledger ledger = open();
    ASSERT_TRUE(ledger.append(std::vector<Item>{plain("the first")}));
    ASSERT_TRUE(ledger.append(std::vector<Item>{plain("the second")}));
  }
  const std::string path = "/log/journal/00000000000000000000";
  std::string bytes = disk.files().at(path);
  bytes[bytes.find("the first")] ^= 1;
  disk.put(path, bytes);
  disk.erase_all("/log/journal/acked");
  const auto opened = Ledger::open(disk, kDir);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::conflict);
  EXPECT_EQ(disk.files().at(path), bytes);  // nothing was changed
}

TEST_F(LedgerTest, ServesNarrowTilesAsBeginningsOfTheGrowingFile) {
  Ledger ledger = open();
  add(ledger, 300);
  const std::string wide = ledger.tile({0, 0, 256}).value();
  EXPECT_EQ(ledger.tile({0, 0, 17}).value(), wide.substr(0, 17 * 32));
  EXPECT_EQ(ledger.tile({0, 1, 44}).value().size(), 44U * 32);
  EXPECT_EQ(ledger.tile({0, 1, 45}).error().code, Code::not_found);
  const std::string bundle = ledger.tile({tlog::Tile::kEntries, 1, 2}).value();
  EXPECT_EQ(bundle, std::string("\0\11entry 256\0\11entry 257", 22));
}

TEST_F(LedgerTest, RefusesEntriesThatClaimToBeOursAndAreNot) {
  Ledger ledger = open();
  Item forged = record("1");
  forged.opening = record("2").opening;
  const std::string erasure = tlog::print_entry(tlog::Erasure{0, {"subject"}, "none"});
  for (const Item& item : std::vector<Item>{forged,
                                            {record("1").entry, ""},
                                            plain(erasure),
                                            plain("onus-entry/v1 x"),
                                            {"plain", "opening"},
                                            plain(std::string(65'536, 'x'))}) {
    EXPECT_EQ(ledger.append(std::vector<Item>{plain("good"), item}).error().code, Code::bad_input);
  }
  EXPECT_EQ(ledger.size(), 0U);
  EXPECT_TRUE(ledger.append(std::vector<Item>{plain(std::string(65'535, 'x')), plain("")}));
}

bool anywhere(const FakeDisk& disk, const std::string& text) {
  for (const auto& [path, bytes] : disk.files()) {
    if (bytes.find(text) != std::string::npos) return true;
  }
  return false;
}

TEST_F(LedgerTest, ErasingDestroysTheContentAndKeepsEveryProof) {
  Ledger ledger = open();
  ASSERT_TRUE(ledger.append(std::vector<Item>{plain("x"), record("1"), record("2")}));
  EXPECT_TRUE(anywhere(disk, "plate 1"));
  EXPECT_EQ(ledger.erase(1, {"subject"}, "Art. 17 GDPR").value(), 3U);
  EXPECT_FALSE(anywhere(disk, "plate 1"));
  EXPECT_TRUE(anywhere(disk, "officer 1") && anywhere(disk, "plate 2"));
  const Opening left = tlog::parse_opening(ledger.opening(1).value()).value();
  EXPECT_TRUE(left[0].erased && !left[1].erased);
  EXPECT_TRUE(tlog::check_opening(
      std::get<tlog::Record>(tlog::parse_entry(ledger.entry(1).value()).value()), left));
  EXPECT_EQ(ledger.entry(3).value(),
            tlog::print_entry(tlog::Erasure{1, {"subject"}, "Art. 17 GDPR"}));
  for (std::uint64_t i = 0; i < 4; ++i) expect_proven(ledger, i);
  EXPECT_FALSE(ledger.erase(1, {"subject"}, "again"));
  EXPECT_FALSE(ledger.erase(0, {}, "not a record"));
  EXPECT_FALSE(ledger.erase(2, {}, ""));
  EXPECT_FALSE(ledger.erase(9, {}, "none there"));
  EXPECT_TRUE(ledger.erase(1, {}, "the rest"));
  EXPECT_FALSE(anywhere(disk, "officer 1"));
}

TEST_F(LedgerTest, ASecondProcessIsRefused) {
  const Ledger first = open();
  EXPECT_EQ(Ledger::open(disk, kDir).error().code, Code::conflict);
}

// Where locks do not work (network file systems): whoever comes second cannot sign.
TEST_F(LedgerTest, OfTwoWritersOnlyOneSigns) {
  disk.locks = false;
  Ledger first = open();
  Ledger second = open();
  ASSERT_TRUE(first.append(std::vector<Item>{plain("a")}));
  ASSERT_TRUE(first.publish());
  ASSERT_TRUE(second.append(std::vector<Item>{plain("b")}));
  EXPECT_EQ(second.publish().error().code, Code::conflict);
  EXPECT_TRUE(second.broken());
  EXPECT_FALSE(second.append(std::vector<Item>{plain("c")}));
}

void restore(FakeDisk& disk, const std::map<std::string, std::string>& files,
             const std::string& dir) {
  for (const auto& [path, bytes] : disk.files(dir)) disk.erase_all(path);
  for (const auto& [path, bytes] : files) disk.put(path, bytes);
}

TEST_F(LedgerTest, ARestoredBackupIsNotSigned) {
  for (const std::size_t before : {0, 3, 256, 300}) {
    FakeDisk other;
    ASSERT_TRUE(create(other, kDir, {"log.example", kGuard, {}}, sha256("seed")));
    const auto reopen = [&] { return Ledger::open(other, kDir); };
    {
      Ledger ledger = std::move(reopen().value());
      if (before > 0) add(ledger, before);
    }
    const auto backup = other.files("/log/");
    const auto old_guard = other.files("/guard/");
    {
      Ledger ledger = std::move(reopen().value());
      add(ledger, 5);
    }
    const auto present = other.files("/log/");
    restore(other, backup, "/log/");
    EXPECT_EQ(reopen().error().code, Code::conflict) << before;
    restore(other, present, "/log/");
    EXPECT_TRUE(reopen());
    restore(other, old_guard, "/guard/");
    EXPECT_EQ(reopen().error().code, Code::conflict) << "the guard set back, " << before;
    other.erase_all("/guard/signed-checkpoint");
    EXPECT_EQ(reopen().error().code, Code::conflict) << "the guard gone";
  }
}

TEST_F(LedgerTest, AGuardThatWasSetBackAloneIsNoticed) {
  {
    Ledger ledger = open();
    add(ledger, 3);
  }
  const auto before = disk.files("/guard");
  {
    Ledger ledger = open();
    add(ledger, 3);
    ASSERT_TRUE(ledger.append(std::vector<Item>{plain("pending")}));
  }
  disk.restart();
  for (const auto& [path, bytes] : before) disk.put(path, bytes);
  const Result<Ledger> opened = Ledger::open(disk, kDir);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("set back"), std::string::npos) << opened.error().message;
}

TEST_F(LedgerTest, IsCheckedOnceBeforeTheFirstSignatureAndRefusedByIt) {
  int asked = 0;
  {
    Ledger ledger = std::move(Ledger::open(disk, kDir, [&](const Ledger& seen) -> Result<void> {
                                EXPECT_EQ(seen.published(), 0U);
                                return ++asked, Result<void>();
                              }).value());
    EXPECT_EQ(asked, 0) << "nothing is to be signed yet";
    add(ledger, 3);
    add(ledger, 1);
    EXPECT_EQ(asked, 1);
    ASSERT_TRUE(ledger.append(std::vector<Item>{plain("pending")}));
  }
  disk.restart();
  const Check refuses = [](const Ledger&) -> Result<void> { return fail(Code::conflict, "no"); };
  EXPECT_EQ(Ledger::open(disk, kDir, refuses).error().code, Code::conflict);
  EXPECT_EQ(open().published(), 5U);
}

TEST_F(LedgerTest, KeepsCosignaturesOfItsCheckpointOverReopening) {
  const tlog::Signer witness("w.example", tlog::KeyKind::cosigner, sha256("w"));
  {
    Ledger ledger = open();
    add(ledger, 3);
    const std::vector<tlog::Line> lines{witness.sign(ledger.checkpoint().text(), 5)};
    ASSERT_TRUE(ledger.add_cosignatures(lines));
    const std::vector<tlog::Line> later{witness.sign(ledger.checkpoint().text(), 6)};
    ASSERT_TRUE(ledger.add_cosignatures(later));
  }
  Ledger ledger = open();
  EXPECT_EQ(tlog::parse_note(ledger.note())->lines.size(), 2U);
  const std::vector<tlog::Verifier> known{ledger.verifier(), witness.verifier()};
  const auto good = tlog::check_signatures(tlog::parse_note(ledger.note()).value(), known).value();
  EXPECT_EQ(good[1].time, 6U);
  add(ledger, 1);
  EXPECT_EQ(tlog::parse_note(ledger.note())->lines.size(), 1U);
}

TEST_F(LedgerTest, CreatesOnlyInEmptyFoldersWithAnOriginThatIsAName) {
  EXPECT_EQ(create(disk, kDir, {"log.example", "/g2", {}}, sha256("x")).error().code,
            Code::conflict);
  EXPECT_EQ(create(disk, "/l2", {"log.example", kGuard, {}}, sha256("x")).error().code,
            Code::conflict);
  EXPECT_EQ(create(disk, "/l3", {"two words", "/g3", {}}, sha256("x")).error().code, Code::usage);
  EXPECT_EQ(Ledger::open(disk, "/nothing").error().code, Code::not_found);
}

TEST(SystemDisk, HoldsALedgerAsTheFakeDoes) {
  const TempDir dir = std::move(TempDir::make().value());
  const fs::path log = dir.path() / "log";
  ASSERT_TRUE(create(system_disk(), log, {"log.example", dir.path() / "guard", {}}, sha256("k")));
  EXPECT_EQ(fs::status(log / "key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  {
    Ledger ledger = std::move(Ledger::open(system_disk(), log).value());
    EXPECT_EQ(Ledger::open(system_disk(), log).error().code, Code::conflict);
    ASSERT_TRUE(ledger.append(std::vector<Item>{plain("a"), record("1")}));
  }
  Ledger ledger = std::move(Ledger::open(system_disk(), log).value());
  EXPECT_EQ(ledger.published(), 2U);
  expect_proven(ledger, 1);
  EXPECT_TRUE(ledger.erase(1, {}, "a ground"));
  EXPECT_EQ(fs::status(log / "private").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(log / "private/000").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace onus::ledger

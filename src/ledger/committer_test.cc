// SPDX-License-Identifier: Apache-2.0
#include "ledger/committer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "base/file.h"
#include "ledger/fake_disk.h"

namespace onus::ledger {
namespace {

using std::chrono::milliseconds;

Result<std::uint64_t> add(Committer& committer, std::vector<Item> items) {
  std::promise<Result<std::uint64_t>> promise;
  committer.submit(std::move(items), [&](Result<std::uint64_t> at) { promise.set_value(at); });
  return promise.get_future().get();
}

struct CommitterTest : ::testing::Test {
  TempDir dir = std::move(TempDir::make().value());
  void SetUp() override {
    ASSERT_TRUE(create(system_disk(), dir.path() / "log", {"log.example", dir.path() / "guard", {}},
                       sha256("k")));
  }
  Ledger open() { return std::move(Ledger::open(system_disk(), dir.path() / "log").value()); }
};

TEST_F(CommitterTest, GivesEachOfManyThreadsItsOwnIndexAndKeepsTheirOrder) {
  constexpr int kThreads = 8;
  constexpr int kEach = 200;
  std::vector<std::vector<std::uint64_t>> got(kThreads);
  {
    Committer committer(open(), milliseconds(5));
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&committer, &got, t] {
        for (int i = 0; i < kEach; ++i) {
          const std::string text = std::to_string(t) + ":" + std::to_string(i);
          got[t].push_back(add(committer, {{text, {}}, {text + "+", {}}}).value());
        }
      });
    }
  }
  const Ledger ledger = open();
  EXPECT_EQ(ledger.published(), 2U * kThreads * kEach);
  for (int t = 0; t < kThreads; ++t) {
    EXPECT_TRUE(std::is_sorted(got[t].begin(), got[t].end()));
    for (int i = 0; i < kEach; i += 37) {
      const std::string text = std::to_string(t) + ":" + std::to_string(i);
      EXPECT_EQ(ledger.entry(got[t][i]).value(), text);
      EXPECT_EQ(ledger.entry(got[t][i] + 1).value(), text + "+");
    }
  }
}

TEST_F(CommitterTest, PublishesSoonWithoutBeingAsked) {
  Committer committer(open(), milliseconds(10));
  ASSERT_TRUE(add(committer, {{"a", {}}}));
  ASSERT_TRUE(add(committer, {{"b", {}}}));
  for (int i = 0; i < 1000 && !committer.tile({0, 0, 2}); ++i)
    std::this_thread::sleep_for(milliseconds(5));
  EXPECT_EQ(committer.tile({tlog::Tile::kEntries, 0, 2}).value(), std::string("\0\1a\0\1b", 6));
  EXPECT_EQ(tlog::parse_checkpoint(tlog::parse_note(committer.checkpoint())->text)->size, 2U);
}

TEST_F(CommitterTest, ABadItemIsAnsweredAndHoldsNobodyUp) {
  Committer committer(open(), milliseconds(10));
  EXPECT_EQ(add(committer, {{"onus-entry/v1 x", {}}}).error().code, Code::bad_input);
  EXPECT_EQ(add(committer, {{"good", {}}}).value(), 0U);
}

TEST(Committer, AfterAFailedSyncEverybodyIsRefused) {
  FakeDisk disk;
  ASSERT_TRUE(create(disk, "/log", {"log.example", "/guard", {}}, sha256("k")));
  Committer committer(std::move(Ledger::open(disk, "/log").value()), milliseconds(100'000));
  ASSERT_TRUE(add(committer, {{"a", {}}}));
  disk.capacity = 0;
  EXPECT_EQ(add(committer, {{"b", {}}}).error().code, Code::io);
  EXPECT_TRUE(committer.failure().has_value());
  EXPECT_EQ(add(committer, {{"c", {}}}).error().code, Code::io);
}

}  // namespace
}  // namespace onus::ledger

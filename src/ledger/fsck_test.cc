// SPDX-License-Identifier: Apache-2.0
#include "ledger/fsck.h"

#include <gtest/gtest.h>

#include "ledger/fake_disk.h"
#include "ledger/seal.h"

namespace onus::ledger {
namespace {

struct Fsck : ::testing::Test {
  FakeDisk disk;
  void SetUp() override {
    ASSERT_TRUE(create(disk, "/log", {"log.example", "/guard", {}}, sha256("seed")));
    Ledger ledger = open();
    std::vector<Item> items{{"plain", {}}};
    for (int i = 0; i < 300; ++i)
      items.push_back(seal({{"subject", "s" + std::to_string(i)}, {"actor", "a"}}).value());
    ASSERT_TRUE(ledger.append(items) && ledger.publish());
    ASSERT_TRUE(ledger.erase(7, {"actor"}, "a ground"));
  }
  Ledger open() { return std::move(Ledger::open(disk, "/log").value()); }
};

TEST_F(Fsck, FindsAllInOrder) {
  const PrivateReport report = check_private(open()).value();
  EXPECT_EQ(report.bad, "");
  EXPECT_EQ(report.records, 300U);
  EXPECT_EQ(report.erased_groups, 1U);
}

TEST_F(Fsck, NamesTheRecordWhoseContentWasChanged) {
  for (const std::uint64_t entry : {1, 256, 300}) {
    const std::string path = entry < 256 ? "/log/private/000" : "/log/private/001";
    std::string bytes = disk.files()[path];
    bytes[bytes.find("s" + std::to_string(entry - 1))] = 'S';
    const std::string whole = disk.files()[path];
    disk.put(path, bytes);
    EXPECT_EQ(check_private(open())->first_bad, entry);
    disk.put(path, whole);
  }
}

TEST_F(Fsck, ContentThatIsThereAgainAfterItsErasureIsNamed) {
  const std::string erased = disk.files()["/log/private/000"];
  Ledger ledger = open();
  ASSERT_TRUE(ledger.erase(9, {"subject"}, "another"));
  disk.put("/log/private/000", erased);
  EXPECT_NE(check_private(ledger)->bad.find("entry 9: 'subject' is there again"),
            std::string::npos);
}

TEST_F(Fsck, ContentThatWasDestroyedWithoutAWordIsNamed) {
  std::string bytes = disk.files()["/log/private/000"];
  const auto place = bytes.find("s4\x80") - 33;  // behind state and salt
  for (std::size_t i = 0; i < 33 + 64; ++i) bytes[place + i] = '\0';
  disk.put("/log/private/000", bytes);
  EXPECT_NE(check_private(open())->bad.find("no entry of the log says so"), std::string::npos);
}

TEST(Seal, GivesAnotherEntryForTheSameContent) {
  const Contents same{{"subject", "ABC1234"}};
  EXPECT_NE(seal(same)->entry, seal(same)->entry);
}

TEST(Seal, RefusesWhatCannotBeARecord) {
  EXPECT_FALSE(seal({}));
  EXPECT_FALSE(seal({{"Subject", "x"}}));
  EXPECT_FALSE(seal({{"a", "x"}, {"a", "y"}}));
  EXPECT_FALSE(seal({{"a", std::string(65'473, 'x')}}));
  EXPECT_TRUE(seal({{"a", std::string(65'472, 'x')}}));
  EXPECT_FALSE(state("\xff"));
  EXPECT_FALSE(state(std::string(65'536, 'x')));
}

}  // namespace
}  // namespace onus::ledger

// SPDX-License-Identifier: Apache-2.0
#include "cli/case_folder.h"

#include <gtest/gtest.h>

#include "cli/case_ledger.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

class Case : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<TempDir> dir = TempDir::make();
    ASSERT_TRUE(dir);
    dir_.emplace(std::move(*dir));
    fs::create_directory(out());
  }
  fs::path path() const { return dir_->path() / "case"; }
  fs::path out() const { return dir_->path() / "out"; }
  std::optional<TempDir> dir_;
};

TEST_F(Case, KeepsItsKeyForTheOwnerAloneAndUsesItAgain) {
  const Digest first = CaseFolder::open(path(), out()).value().key();
  const Digest second = CaseFolder::open(path(), out()).value().key();
  EXPECT_EQ(first, second);
  EXPECT_EQ(fs::status(path() / "key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Case, RefusesAKeyThatItsTokensWereNotMadeWith) {
  ASSERT_TRUE(CaseFolder::open(path(), out()));
  ASSERT_TRUE(write_file(path() / "key", std::string(32, 'k'), true));
  EXPECT_EQ(CaseFolder::open(path(), out()).error().code, Code::conflict);
  fs::remove(path() / "key");
  EXPECT_EQ(CaseFolder::open(path(), out()).error().code, Code::conflict);
}

TEST_F(Case, HasALedgerFromItsBeginningAndNeverAnother) {
  { ASSERT_TRUE(CaseFolder::open(path(), out())); }
  const std::string key = open_case_ledger(path()).value().settings().vkey;
  EXPECT_EQ(fs::status(path() / "ledger" / "key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  { ASSERT_TRUE(CaseFolder::open(path(), out())); }
  EXPECT_EQ(open_case_ledger(path()).value().settings().vkey, key);
  fs::rename(path(), dir_->path() / "moved");
  EXPECT_TRUE(open_case_ledger(dir_->path() / "moved")) << "its guard moves with it";
  fs::remove_all(dir_->path() / "moved" / "ledger");
  { ASSERT_TRUE(CaseFolder::open(dir_->path() / "moved", out())); }
  EXPECT_EQ(open_case_ledger(dir_->path() / "moved").error().code, Code::conflict);
}

TEST_F(Case, BeginsALedgerAnewWhereMakingItWasCutOff) {
  fs::create_directories(path() / "ledger" / "journal");
  fs::create_directories(path() / "ledger-guard");
  ASSERT_TRUE(write_file(path() / "ledger-guard" / "signed-checkpoint", "x"));
  { ASSERT_TRUE(CaseFolder::open(path(), out())); }
  EXPECT_TRUE(open_case_ledger(path()));
}

TEST_F(Case, WithoutAFolderNothingOutlivesTheRunAndKeysDiffer) {
  fs::path place;
  Digest key{};
  {
    CaseFolder temporary = CaseFolder::open({}, out()).value();
    EXPECT_FALSE(temporary.kept());
    key = temporary.key();
    place = temporary.db()
                .query_text("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")
                .value();
    ASSERT_TRUE(fs::exists(place));
    EXPECT_FALSE(fs::exists(place.parent_path() / "key"));
  }
  EXPECT_FALSE(fs::exists(place.parent_path()));
  EXPECT_NE(CaseFolder::open({}, out()).value().key(), key);
}

}  // namespace
}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/agreements.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace onus::cli {
namespace {

class Agreements : public ::testing::Test {
 protected:
  void SetUp() override { dir_.emplace(TempDir::make().value()); }
  Result<Register> load(const std::string& name, const std::string& text) {
    const std::filesystem::path path = dir_->path() / name;
    EXPECT_TRUE(write_file(path, text));
    return load_agreements(path);
  }
  std::string error_of(const std::string& name, const std::string& text) {
    const Result<Register> got = load(name, text);
    return got ? "no error" : got.error().message.substr(dir_->path().string().size() + 1);
  }
  std::optional<TempDir> dir_;
};

TEST_F(Agreements, OfCsvAndTomlAreTheSame) {
  const Result<Register> toml = load("a.toml",
                                     "[[agreement]]\nkind = \"declaration\"\nowner = \"A PD, IL\"\n"
                                     "searcher = \"B SO, TX\"\nstate = \"active\"\n"
                                     "from = 2025-01-01\npurposes = [\"crime\", \"traffic\"]\n");
  const Result<Register> csv =
      load("a.csv",
           "kind,owner,searcher,state,from,to,purposes\n"
           "declaration,\"A PD, IL\",\"B SO, TX\",active,2025-01-01,,crime;traffic\n");
  ASSERT_TRUE(toml) << toml.error().text();
  ASSERT_TRUE(csv) << csv.error().text();
  ASSERT_EQ(csv->agreements.size(), 1U);
  EXPECT_EQ(csv->agreements[0].owner_key, toml->agreements[0].owner_key);
  EXPECT_EQ(csv->agreements[0].from, toml->agreements[0].from);
  EXPECT_EQ(csv->agreements[0].to, "");
  EXPECT_EQ(csv->agreements[0].purposes, toml->agreements[0].purposes);
}

TEST_F(Agreements, OfCsvNameLineAndColumn) {
  const std::string head = "kind,owner,searcher,state,from\n";
  EXPECT_EQ(error_of("a.csv", head + "declaration,\"A PD, IL\",B,aktive,2025-01-01\n"),
            "a.csv:2:26: 'state' is one of requested, granted, active, revoked, not 'aktive'");
  EXPECT_EQ(
      error_of("a.csv", head + "declaration,A,B,active,2025-01-01\n\ndeclaration,A,B,active\n"),
      "a.csv:4:1: a row has 5 cells");
  EXPECT_NE(error_of("a.csv", "kind,owner,seracher,state,from\ndeclaration,A,B,active,2025-01-01\n")
                .find("seracher"),
            std::string::npos);
  EXPECT_NE(error_of("b.toml", "[[agreements]]\n").find("unknown key 'agreements'"),
            std::string::npos);
  EXPECT_FALSE(load_agreements(dir_->path() / "nothing.toml"));
}

}  // namespace
}  // namespace onus::cli

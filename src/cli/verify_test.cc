// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/audit_record.h"
#include "cli/verify_compare.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRun = R"({"onus":"0.1.0","engine":"v1","command":["onus"],"language":"en",
"files":[{"file":"a.csv","sha256":"aa","owner_given":"X PD, IL","notes":["cut_off","profile_given|p"]},
         {"file":"b.csv","sha256":"aa","owner_given":null,"notes":[]}],
"not_read":[],"packs":[{"pack":"us-xx","sha256":"cc"}],"profiles":[{"profile":"p","sha256":"dd"}],
"lexicon_sha256":"ee","agreements":null,"agencies":null,"aliases":null,"labels":null})";
constexpr const char* kFindings =
    R"({"rules":[{"rule":"r","findings":2,"applicable":3,"condition":[],"cannot_run":null,"detections":[]}]})";
constexpr const char* kCsv =
    "rule,outcome,reason,file,sha256_prefix,row\nr,breach,a,f.csv,aa,2\nr,breach,b,f.csv,aa,3\n";

struct Reports : ::testing::Test {
  TempDir dir = TempDir::make().value();
  fs::path then = dir.path() / "then";
  fs::path now = dir.path() / "now";
  void SetUp() override {
    for (const fs::path& one : {then, now}) {
      fs::create_directory(one);
      for (const char* name : {"findings.parquet", "lookups.parquet", "rejects.csv"}) {
        put(one / name, "x");
      }
      put(one / "run.json", kRun);
      put(one / "findings.json", kFindings);
      put(one / "findings.csv", kCsv);
    }
  }
  static void put(const fs::path& path, std::string_view bytes) {
    ASSERT_TRUE(write_file(path, bytes));
  }
};

TEST_F(Reports, ThatAreTheSameDifferInNothing) {
  const Comparison same = compare_reports(then, now).value();
  EXPECT_TRUE(same.findings_same() && same.other_bytes.empty() && same.not_ours.empty());
  EXPECT_EQ(same.findings, 2);
  EXPECT_EQ(same.files, 6);
}

TEST_F(Reports, NameTheFindingThatStandsInOneAlone) {
  put(now / "findings.csv", "rule,outcome,reason,file,sha256_prefix,row\nr,breach,b,f.csv,bb,2\n");
  const Comparison other = compare_reports(then, now).value();
  ASSERT_EQ(other.only_then.size(), 1U) << "b moved up a row, which is no other finding";
  EXPECT_EQ(other.only_then[0].row, "2");
  EXPECT_TRUE(other.only_now.empty());
}

TEST_F(Reports, CountEqualFindingsEachOnce) {
  put(then / "findings.csv", std::string(kCsv) + "r,breach,a,f.csv,aa,4\n");
  EXPECT_EQ(compare_reports(then, now)->only_then.size(), 1U);
}

TEST_F(Reports, NameTheRuleWhoseCountsDiffer) {
  std::string changed = kFindings;
  changed.replace(changed.find("\"findings\":2"), 12, "\"findings\":1");
  changed.replace(changed.find("\"condition\":[]"), 14, R"("condition":[{"outcome":"breach"}])");
  put(then / "findings.json", changed);
  const Comparison other = compare_reports(then, now).value();
  ASSERT_EQ(other.counts.size(), 1U);
  EXPECT_EQ(other.counts[0].then, 1);
  EXPECT_EQ(other.counts[0].now, 2);
}

TEST_F(Reports, TellFilesOfTheirOwnFromOthers) {
  put(then / "notes.txt", "x");
  fs::remove(then / "rejects.csv");
  const Comparison other = compare_reports(then, now).value();
  EXPECT_EQ(other.not_ours, std::vector<std::string>{"notes.txt"});
  EXPECT_EQ(other.other_bytes, std::vector<std::string>{"rejects.csv"});
}

TEST_F(Reports, SayHowEachFileWasRead) {
  const AuditRecord record = read_audit_record(then).value();
  ASSERT_EQ(record.files.size(), 2U);
  EXPECT_EQ(record.files[0].owner, "X PD, IL");
  EXPECT_EQ(record.files[0].profile, "p");
  EXPECT_EQ(record.files[1].owner, "X PD, IL") << "the same bytes, so it was not read";
  put(then / "run.json", "{}");
  EXPECT_EQ(read_audit_record(then).error().code, Code::bad_input);
}

TEST_F(Reports, AreStatedInPartsThatFitIntoEntries) {
  std::string many = kRun;
  std::string files;
  for (int i = 0; i < 2000; ++i) {
    files += R"({"file":"f","sha256":")" + std::string(60, 'a') + std::to_string(1000 + i) +
             R"(","owner_given":null,"notes":[]},)";
  }
  put(then / "run.json", many.insert(many.find("[{\"file\"") + 1, files));
  const std::vector<std::string> parts = audit_statements(then).value();
  ASSERT_EQ(parts.size(), 3U);
  for (const std::string& part : parts) EXPECT_LT(part.size(), 65'000U);
  EXPECT_TRUE(parts[2].starts_with("onus-audit/v1\npart 3 of 3\n"));
  EXPECT_EQ(audit_statements(now)->size(), 1U);
}

TEST_F(Reports, AreStatedOtherwiseWhenAResultWasChanged) {
  EXPECT_EQ(audit_statements(then).value(), audit_statements(now).value());
  put(then / "rejects.csv", "y");
  EXPECT_NE(audit_statements(then).value(), audit_statements(now).value());
}

}  // namespace
}  // namespace onus::cli

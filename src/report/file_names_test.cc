// SPDX-License-Identifier: Apache-2.0
#include "report/file_names.h"

#include <gtest/gtest.h>

#include <vector>

namespace onus::report {
namespace {

std::vector<std::string> cut(std::vector<std::string> names) {
  std::vector<std::string*> all;
  for (std::string& name : names) all.push_back(&name);
  cut_shared_folders(all);
  return names;
}

using Names = std::vector<std::string>;

TEST(FileNames, KeepWhatIsBelowTheFolderThatAllShare) {
  EXPECT_EQ(cut({"/home/someone/logs/2025/june.csv", "/home/someone/logs/may.csv"}),
            Names({"2025/june.csv", "may.csv"}));
  EXPECT_EQ(cut({"logs/june.csv", "logs/june copy.csv"}), Names({"june.csv", "june copy.csv"}));
  EXPECT_EQ(cut({"/home/someone/june.csv"}), Names({"june.csv"}));
  EXPECT_EQ(cut({}), Names());
}

TEST(FileNames, AreNeverAbsoluteWhereACaseWasMadeOfBothKindsOfPaths) {
  EXPECT_EQ(cut({"logs/a/june.csv", "/home/someone/logs/may.csv", "logs/b/july.csv"}),
            Names({"a/june.csv", "may.csv", "b/july.csv"}));
  EXPECT_EQ(cut({"june.csv", "/home/someone/may.csv", "/srv/july.csv"}),
            Names({"june.csv", "home/someone/may.csv", "srv/july.csv"}));
}

TEST(FileNames, OfACommandAreWithoutTheFolderOfAnAbsolutePath) {
  EXPECT_EQ(without_folder("/home/someone/case"), "case");
  EXPECT_EQ(without_folder("--case=/home/someone/case"), "--case=case");
  EXPECT_EQ(without_folder("-o=/home/someone/report"), "-o=report");
  EXPECT_EQ(without_folder("-o/home/someone/report/"), "-oreport");
  EXPECT_EQ(without_folder("/home/someone/logs/"), "logs");
  EXPECT_EQ(without_folder("/"), "");
  EXPECT_EQ(without_folder("--quiet"), "--quiet");
  EXPECT_EQ(without_folder("logs/june.csv"), "logs/june.csv");
  EXPECT_EQ(without_folder("--owner=Fairhollow PD, IL"), "--owner=Fairhollow PD, IL");
}

}  // namespace
}  // namespace onus::report

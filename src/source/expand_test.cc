// SPDX-License-Identifier: Apache-2.0
#include "source/expand.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "base/file.h"
#include "source/open.h"
#include "support/zip_writer.h"

namespace onus::source {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

class Expand : public testing::Test {
 protected:
  Expand() : dir_(*TempDir::make()) {}

  void put(const std::string& name, std::string_view bytes) {
    fs::create_directories((dir_.path() / name).parent_path());
    ASSERT_TRUE(write_file(dir_.path() / name, bytes));
  }
  // "name kind-or-reason bytes" of each, relative to the folder.
  std::vector<std::string> expand(const std::vector<std::string>& names) {
    std::vector<fs::path> paths;
    paths.reserve(names.size());
    for (const std::string& name : names) paths.push_back(dir_.path() / name);
    const auto files = expand_inputs(paths);
    EXPECT_TRUE(files.has_value());
    std::vector<std::string> out;
    for (const InputFile& file : *files) {
      EXPECT_EQ(file.kind == InputKind::csv, file.reason == Unread::none);
      out.push_back(file.path.lexically_relative(dir_.path()).string() + ' ' +
                    std::string(name(file.reason)) + ' ' + std::to_string(file.bytes));
    }
    return out;
  }

  TempDir dir_;
};

using Lines = std::vector<std::string>;

TEST_F(Expand, ListsAFolderInTheOrderOfItsBytes) {
  put("b.csv", "x");
  put("a/z.TSV", "xy");
  put("a.txt", "");
  put("B.csv", "x");
  EXPECT_EQ(expand({"."}),
            (Lines{"B.csv none 1", "a.txt none 0", "a/z.TSV none 2", "b.csv none 1"}));
}

TEST_F(Expand, SaysWhatItDoesNotReadAndWhy) {
  put("a.csv", "x");
  put("b.xlsx", "PK");
  put("noext", "a,b");
  fs::create_symlink(dir_.path() / "a.csv", dir_.path() / "link.csv");
  fs::create_directory_symlink("/", dir_.path() / "root");
  ASSERT_EQ(::mkfifo((dir_.path() / "pipe.csv").c_str(), 0600), 0);
  EXPECT_EQ(expand({"."}),
            (Lines{"a.csv none 1", "b.xlsx workbook 2", "link.csv symbolic_link 0",
                   "noext extension 3", "pipe.csv special_file 0", "root symbolic_link 0"}));
}

TEST_F(Expand, SkipsHiddenFilesAndFolders) {
  put(".hidden.csv", "x");
  put(".git/a.csv", "x");
  put("a.csv", "x");
  EXPECT_EQ(expand({"."}), (Lines{"a.csv none 1"}));
  EXPECT_EQ(expand({".git"}), (Lines{".git/a.csv none 1"})) << "but not one that was named";
}

TEST_F(Expand, TakesANamedFileByItsContent) {
  put("log.dat", "a,b\n1,2\n");
  put("log.bin", "\x01\x02\x03\x04"s);
  put("log.pack", "PK\x03\x04");
  put("wide.dat", "\xFF\xFE"s + "a\0,\0b\0"s);
  EXPECT_EQ(
      expand({"log.dat", "log.bin", "log.pack", "wide.dat"}),
      (Lines{"log.bin not_text 4", "log.dat none 8", "log.pack not_text 4", "wide.dat none 8"}));
}

TEST_F(Expand, ListsEachSheetOfAWorkbook) {
  const std::string xml = support::sheet_xml("<row><c><v>1</v></c></row>");
  put("log.xlsx", support::zip_of(support::entries_of({.sheets = {{"A", xml}, {"B b", xml}}})));
  const std::vector<fs::path> paths = {dir_.path() / "log.xlsx", dir_.path()};
  const auto files = expand_inputs(paths);
  ASSERT_TRUE(files.has_value());
  ASSERT_EQ(files->size(), 2U);
  EXPECT_TRUE((*files)[1].name().ends_with("log.xlsx [Sheet 2: B b]"));
  EXPECT_TRUE((*files)[1].file_name().ends_with("log.xlsx"));
  for (const InputFile& file : *files) EXPECT_TRUE(open_table(file, Budget{}).has_value());
}

TEST_F(Expand, RefusesANamedWorkbookThatCannotBeReadWithWhatToDo) {
  put("old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  const std::vector<fs::path> paths = {dir_.path() / "old.xls"};
  const auto files = expand_inputs(paths);
  ASSERT_FALSE(files.has_value());
  EXPECT_NE(files.error().message.find("save it as .xlsx or CSV"), std::string::npos);
}

TEST_F(Expand, ListsAFileOnceThoughNamedTwice) {
  put("d/log.dat", "a,b\n");
  EXPECT_EQ(expand({"d", "d/log.dat", "d/../d/log.dat"}), (Lines{"d/log.dat none 4"}));
}

TEST_F(Expand, FailsOnWhatIsNotThere) {
  const std::vector<fs::path> paths = {dir_.path() / "gone.csv"};
  EXPECT_EQ(expand_inputs(paths).error().code, Code::not_found);
}

}  // namespace
}  // namespace onus::source

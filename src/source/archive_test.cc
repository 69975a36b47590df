// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/file.h"
#include "source/expand.h"
#include "source/open.h"
#include "support/zip_writer.h"

namespace onus::source {
namespace {

namespace fs = std::filesystem;
using support::zip_of;
using Lines = std::vector<std::string>;

std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  return ~crc;
}

std::string little(std::uint32_t number, int size) {
  std::string out;
  for (int i = 0; i < size; ++i) out += static_cast<char>(number >> (8 * i));
  return out;
}

// gzip of at most 64 KiB, stored.
std::string gzip_of(const std::string& bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  return std::string("\x1F\x8B\x08\0\0\0\0\0\0\3", 10) + '\1' + little(size, 2) + little(~size, 2) +
         bytes + little(crc32(bytes), 4) + little(size, 4);
}

class Archives : public testing::Test {
 protected:
  Archives() : dir_(*TempDir::make()) {}

  void put(const std::string& name, std::string_view bytes) {
    ASSERT_TRUE(write_file(dir_.path() / name, bytes));
  }
  std::vector<InputFile> inputs(const std::string& name) {
    const std::vector<fs::path> paths = {dir_.path() / name};
    const auto files = expand_inputs(paths);
    EXPECT_TRUE(files.has_value()) << files.error().text();
    return files.value_or(std::vector<InputFile>{});
  }
  // "name reason: first cells of its rows", or the code of the error.
  Lines read(const std::string& name) {
    Lines out;
    for (const InputFile& input : inputs(name)) {
      const std::string shown = input.name().substr(dir_.path().native().size() + 1);
      out.push_back(shown + ' ' + std::string(onus::source::name(input.reason)) + ": " +
                    (input.reason == Unread::none ? cells(input) : ""));
    }
    return out;
  }
  static std::string cells(const InputFile& input) {
    Sha256 hash;
    const bool in_order = reads_in_order(input);
    auto stream = open_table(input, Budget{}, {}, in_order ? &hash : nullptr);
    if (!stream) return stream.error().code == Code::over_budget ? "over budget" : "damaged";
    std::string out;
    for (;;) {
      const auto block = (*stream)->next();
      if (!block) return block.error().code == Code::over_budget ? "over budget" : "damaged";
      if (!*block) break;
      Records records(**block);
      for (Record record; records.next(record);) out += std::string(record.cells[0].text) + ' ';
    }
    EXPECT_EQ((*stream)->bytes(), fingerprint_of(input)->bytes);
    EXPECT_TRUE(!in_order || hash.finish() == fingerprint_of(input)->sha256);
    return out;
  }

  TempDir dir_;
};

TEST_F(Archives, GiveEachMemberAsATableOfItsOwn) {
  const std::string inner = zip_of({{"deep/c.csv", "h\n3\n"}, {"x.docx", "?"}});
  put("r.zip", zip_of({{"b.csv", "h\n2\n"},
                       {"2025/a.csv.gz", gzip_of("h\n1\n")},
                       {"__MACOSX/._b.csv", "junk"},
                       {".DS_Store", "junk"},
                       {"in.zip", inner},
                       {"notes.docx", "?"}}));
  EXPECT_EQ(read("r.zip"),
            (Lines{"r.zip/2025/a.csv.gz none: h 1 ", "r.zip/b.csv none: h 2 ",
                   "r.zip/in.zip/deep/c.csv none: h 3 ",
                   "r.zip/in.zip/x.docx extension: ", "r.zip/notes.docx extension: "}));
}

TEST_F(Archives, GiveTheSheetsOfAWorkbook) {
  const std::string xml = support::sheet_xml("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>");
  const std::string book = zip_of(support::entries_of({.sheets = {{"A", xml}, {"B", xml}}}));
  put("r.zip", zip_of({{"log.xlsx", book}, {"in.zip", zip_of({{"x.xlsx", "no"}})}}));
  EXPECT_EQ(read("r.zip"),
            (Lines{"r.zip/in.zip/x.xlsx damaged: ", "r.zip/log.xlsx [Sheet 1: A] none: 7 ",
                   "r.zip/log.xlsx [Sheet 2: B] none: 7 "}));
}

TEST_F(Archives, HashTheInflatedBytes) {
  put("a.csv", "h\n1\n");
  put("b.csv.gz", gzip_of("h\n1\n"));
  put("c.zip", zip_of({{"x.csv", "h\n1\n"}}));
  const Digest plain = fingerprint_of(inputs("a.csv")[0])->sha256;
  EXPECT_EQ(plain, sha256("h\n1\n"));
  EXPECT_EQ(fingerprint_of(inputs("b.csv.gz")[0])->sha256, plain);
  EXPECT_EQ(fingerprint_of(inputs("c.zip")[0])->sha256, plain);
}

// cells() holds the hash of the bytes that were read to that of the file.
TEST_F(Archives, HashWhatIsReadWhateverItsEncodingAndItsSize) {
  put("a.csv", "\xEF\xBB\xBFh\n1\n");
  EXPECT_EQ(read("a.csv"), Lines{"a.csv none: h 1 "});
  put("b.csv", std::string("\xFF\xFEh\0\n\0"
                           "1\0",
                           8));
  EXPECT_EQ(read("b.csv"), Lines{"b.csv none: h 1 "});
  std::string large = "h\n";
  for (int i = 0; large.size() < (std::size_t{3} << 20); ++i) large += std::to_string(i) + "\n";
  put("c.csv", large);
  EXPECT_GT(read("c.csv")[0].size(), large.size());
}

TEST_F(Archives, JoinTheMembersOfAGzip) {
  put("a.csv.gz", gzip_of("h\n1\n") + gzip_of("2\n") + std::string(512, '\0'));
  EXPECT_EQ(read("a.csv.gz"), Lines{"a.csv.gz none: h 1 2 "});
}

TEST_F(Archives, GiveTwoMembersOfOneName) {
  std::string bytes = zip_of({{"a.csv", "h\n1\n"}, {"b.csv", "h\n2\n"}}, support::Packing::stored);
  for (std::size_t at = 0; (at = bytes.find("b.csv", at)) != std::string::npos;) bytes[at] = 'a';
  put("r.zip", bytes);
  EXPECT_EQ(read("r.zip"), (Lines{"r.zip/a.csv none: h 1 ", "r.zip/a.csv none: h 2 "}));
}

TEST_F(Archives, SayWhichMemberIsDamagedAndReadTheRest) {
  std::string bytes =
      zip_of({{"a.csv", "h\nfirst\n"}, {"b.csv", "h\n2\n"}}, support::Packing::stored);
  bytes[bytes.find("first")] = 'X';  // so that its checksum is wrong
  put("r.zip", bytes);
  EXPECT_EQ(read("r.zip"), (Lines{"r.zip/a.csv none: damaged", "r.zip/b.csv none: h 2 "}));
  put("cut.csv.gz", gzip_of("h\n1\n").substr(0, 18));
  EXPECT_EQ(read("cut.csv.gz"), Lines{"cut.csv.gz none: damaged"});
}

TEST_F(Archives, RefuseWhatInflatesTooMuch) {
  const std::string zeros(std::size_t{80} << 20, '0');
  put("r.zip", zip_of({{"bomb.csv", zeros}}));
  const std::vector<fs::path> paths = {dir_.path() / "r.zip"};
  const auto files = expand_inputs(paths);
  ASSERT_FALSE(files.has_value());
  EXPECT_EQ(files.error().code, Code::over_budget);
  EXPECT_EQ(expand_inputs(std::vector<fs::path>{dir_.path()})->at(0).reason, Unread::over_budget);
}

TEST_F(Archives, GoThreeDeepAndNoDeeper) {
  std::string bytes = zip_of({{"a.csv", "h\n"}});
  for (int depth = 2; depth <= 4; ++depth) bytes = zip_of({{"z.zip", bytes}});
  put("r.zip", bytes);
  EXPECT_EQ(read("r.zip"), Lines{"r.zip/z.zip/z.zip/z.zip over_budget: "});
}

TEST_F(Archives, RefuseANamedFileThatIsNone) {
  put("r.zip", "PK\x03\x04 no");
  const std::vector<fs::path> paths = {dir_.path() / "r.zip"};
  EXPECT_EQ(expand_inputs(paths).error().code, Code::bad_input);
  EXPECT_EQ(read("."), Lines{"r.zip damaged: "}) << "found in a folder, it is listed";
}

}  // namespace
}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
#include "source/csv.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/file.h"

namespace onus::source {
namespace {

using namespace std::string_literals;

struct Row {
  std::vector<std::string> cells;
  Damage damage = Damage::none;
  Position at;
  bool blank = false;
  std::string raw;
};

struct Table {
  std::vector<Row> rows;
  Dialect dialect;
  bool cut_off = false;
  std::int64_t bytes = 0;
};

Table drain(Result<CsvStream> stream) {
  Table table;
  EXPECT_TRUE(stream.has_value());
  table.dialect = stream->dialect();
  for (;;) {
    Result<std::optional<Block>> block = stream->next();
    EXPECT_TRUE(block.has_value());
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      Row& row = table.rows.emplace_back();
      for (const Cell& cell : record.cells) row.cells.emplace_back(cell.text);
      row.damage = record.damage;
      row.at = record.at;
      row.blank = record.blank;
      row.raw = record.raw;
    }
  }
  table.cut_off = stream->cut_off();
  table.bytes = stream->bytes();
  return table;
}

Table read(const std::string& bytes, const Budget& budget = {}) {
  return drain(CsvStream::from_bytes(bytes, budget));
}

using Cells = std::vector<std::string>;

TEST(Csv, KeepsQuotedNewlineInsideOneCell) {
  const Table table = read("id,frame,reason\n1,\"11/13, 02:00\r\n11/14, 02:00\",inv\n2,x,y\n");
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[1].cells, (Cells{"1", "11/13, 02:00\r\n11/14, 02:00", "inv"}));
  EXPECT_EQ(table.rows[1].at.line, 2);
  EXPECT_EQ(table.rows[2].at.line, 4) << "lines are counted inside quotes too";
  EXPECT_EQ(table.rows[2].at.row, 3);
}

TEST(Csv, ReadsDoubledQuotesAsOne) {
  EXPECT_EQ(read("a,b\n\"\"\"x\"\", \"\"y\"\"\",\"\"\"\"\n").rows[1].cells,
            (Cells{"\"x\", \"y\"", "\""}));
}

TEST(Csv, KeepsAStrayQuoteAsTextAndFlagsIt) {
  const Table table = read("a,b\n5' 10\", x \"y\" z\n");
  EXPECT_EQ(table.rows[1].cells, (Cells{"5' 10\"", " x \"y\" z"}));
  EXPECT_EQ(table.rows[1].damage, Damage::stray_quote);
}

TEST(Csv, KeepsTextAfterAClosingQuoteAndFlagsIt) {
  const Table table = read("a,b\n\"abc\"def,2\n\"x\" ,3\n");
  EXPECT_EQ(table.rows[1].cells, (Cells{"abcdef", "2"}));
  EXPECT_EQ(table.rows[1].damage, Damage::stray_quote);
  EXPECT_EQ(table.rows[2].cells, (Cells{"x ", "3"}));
}

TEST(Csv, AnUnclosedQuoteCostsOneLineWhereALaterCellOpensWithAQuote) {
  const Table table = read("\"id\",\"why\"\n\"1\",\"never closed\n\"2\",\"b\"\n\"3\",\"c\"\n");
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.rows[1].cells, (Cells{"1", "never closed"}));
  EXPECT_EQ(table.rows[1].damage, Damage::unclosed_quote);
  EXPECT_EQ(table.rows[2].cells, (Cells{"2", "b"}));
  EXPECT_EQ(table.rows[2].damage, Damage::none);
  EXPECT_EQ(table.rows[2].at.line, 3);
}

TEST(Csv, AnUnclosedQuoteCostsOneLineWhereNoQuoteFollows) {
  const Table table = read("a,b\n1,\"x\n2,y\n3,z\n");
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.rows[1].damage, Damage::unclosed_quote);
  EXPECT_EQ(table.rows[3].cells, (Cells{"3", "z"}));
  EXPECT_FALSE(table.cut_off) << "whole rows follow it";
}

TEST(Csv, AnUnclosedQuoteBeforeMoreThanALimitOfTextCostsOneLine) {
  std::string bytes = "a,b\n1,\"x\n";
  for (int i = 0; i < 1000; ++i) bytes += "2,y\n";
  bytes += "3,\"z\"\n";
  const Table table = read(bytes, {.max_record_bytes = 256});
  ASSERT_EQ(table.rows.size(), 1003U);
  EXPECT_EQ(table.rows[1].damage, Damage::unclosed_quote);
  EXPECT_EQ(table.rows[1002].cells, (Cells{"3", "z"}));
  EXPECT_EQ(table.rows[1002].at.line, 1003);
}

TEST(Csv, AnUnclosedQuoteLeavesCrlfWholeWhereTheLimitFallsIntoIt) {
  const std::string bytes = "a,b\r\n1,\"" + std::string(12, 'x') + "\r\n2,y\r\n";
  for (const std::size_t step : {std::size_t{1}, std::size_t{4096}}) {
    const Table table = drain(CsvStream::from_bytes(bytes, {.max_record_bytes = 16}, step));
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(table.rows[1].damage, Damage::unclosed_quote);
    EXPECT_EQ(table.rows[2].cells, (Cells{"2", "y"}));
  }
}

TEST(Csv, DeliversRaggedRowsAsTheyAre) {
  const Table table = read("a,b,c\n1,2\n1,2,3,4\n,,\n");
  EXPECT_EQ(table.rows[1].cells.size(), 2U);
  EXPECT_EQ(table.rows[2].cells.size(), 4U);
  EXPECT_EQ(table.rows[3].cells, (Cells{"", "", ""}));
  for (const Row& row : table.rows) EXPECT_EQ(row.damage, Damage::none);
}

TEST(Csv, CountsABlankLineAsARecordWithoutCells) {
  const Table table = read("a,b\n\r\n1,2\n\n");
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_TRUE(table.rows[1].blank && table.rows[3].blank);
  EXPECT_TRUE(table.rows[1].cells.empty());
  EXPECT_EQ(table.rows[2].at.byte_offset, 6);
}

TEST(Csv, TakesCrLfAndCrlfInOneFile) {
  const Table table = read("a,b\r1,2\n3,4\r\n5,6");
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.rows[3].cells, (Cells{"5", "6"}));
  EXPECT_EQ(table.rows[3].at.line, 4);
  EXPECT_EQ(table.rows[3].at.byte_offset, 13);
  EXPECT_FALSE(table.cut_off) << "a missing last line end is no damage";
}

TEST(Csv, KeepsANulByteAndFlagsIt) {
  const Table table = read("a,b\nx\0y,2\n3,4\n"s);
  EXPECT_EQ(table.rows[1].cells[0], "x\0y"s);
  EXPECT_EQ(table.rows[1].damage, Damage::nul_byte);
  EXPECT_EQ(table.rows[2].damage, Damage::none);
}

TEST(Csv, CountsAByteOrderMarkAsPrelude) {
  const Table table = read("\xEF\xBB\xBFid,b\n1,2\n");
  EXPECT_EQ(table.dialect.encoding, "UTF-8 with BOM");
  EXPECT_EQ(table.rows[0].cells[0], "id");
  EXPECT_EQ(table.rows[0].at.byte_offset, 3);
}

TEST(Csv, DecodesALatinCellInAUtf8FileAndFlagsIt) {
  std::string bytes = "a,b\nGarc\xC3\xAD"s + "a,Mu\xC3\xB1oz\n";
  const Table table = read(bytes + "Garc\xED"s + "a,\x80\n");
  EXPECT_EQ(table.dialect.encoding, "UTF-8");
  EXPECT_EQ(table.rows[2].cells, (Cells{"Garc\xC3\xAD"s + "a", "\xE2\x82\xAC"}));
  EXPECT_EQ(table.rows[1].damage, Damage::none);
  EXPECT_EQ(table.rows[2].damage, Damage::bad_encoding);
}

TEST(Csv, ReadsAWindows1252FileWithoutFlagsButFlagsUtf8InIt) {
  const Table table = read("a,b\nGarc\xED"s + "a,\x93hi\x94\nZo\xEB,\xC3\xA9\n");
  EXPECT_EQ(table.dialect.encoding, "Windows-1252");
  EXPECT_EQ(table.rows[1].cells[1], "\xE2\x80\x9Chi\xE2\x80\x9D");
  EXPECT_EQ(table.rows[1].damage, Damage::none);
  EXPECT_EQ(table.rows[2].cells[1], "\xC3\xA9");
  EXPECT_EQ(table.rows[2].damage, Damage::bad_encoding);
}

TEST(Csv, GivesOffsetsOfTheFileOnDiskForUtf16) {
  const std::string text = "a,b\n\"1\n2\",\xE2\x82\xAC\xF0\x9F\x9A\x97\n3,4\n";
  std::string bytes = "\xFF\xFE";
  for (const char16_t unit : u"a,b\n\"1\n2\",\u20AC\U0001F697\n3,4\n"s) {
    bytes += static_cast<char>(unit & 0xFF);
    bytes += static_cast<char>(unit >> 8);
  }
  const Table table = read(bytes);
  EXPECT_EQ(table.dialect.encoding, "UTF-16LE");
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[1].cells, (Cells{"1\n2", "\xE2\x82\xAC\xF0\x9F\x9A\x97"}));
  EXPECT_EQ(table.rows[1].at.byte_offset, 10);
  EXPECT_EQ(table.rows[2].at.byte_offset, 10 + 20);
  EXPECT_EQ(table.rows[2].at.byte_length, 8);
  EXPECT_EQ(table.rows[0].raw + table.rows[1].raw + table.rows[2].raw, text);
}

TEST(Csv, SaysThatAFileIsCutOffInsideAQuotedCell) {
  const Table table = read("a,b,c\n1,\"x\ny\",3\n2,\"x\ny");
  EXPECT_TRUE(table.cut_off);
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.rows[2].damage, Damage::unclosed_quote);
  EXPECT_EQ(table.rows[3].damage, Damage::cut_off);
}

TEST(Csv, SaysThatAFileIsCutOffInsideARow) {
  const Table table = read("a,b,c\n1,2,3\n4,5");
  EXPECT_TRUE(table.cut_off);
  EXPECT_EQ(table.rows[2].damage, Damage::cut_off);
  EXPECT_FALSE(read("a,b,c\n1,2,3\n4,5\n").cut_off) << "a short row that ends is ragged";
}

TEST(Csv, SaysThatAFileIsCutOffWhereTheLimitAndTheFileEndTogether) {
  const std::string bytes = "a,b\n1,\"" + std::string(12, 'x') + "\n";
  for (const std::size_t step : {std::size_t{1}, std::size_t{4096}}) {
    EXPECT_TRUE(drain(CsvStream::from_bytes(bytes, {.max_record_bytes = 16}, step)).cut_off);
  }
}

TEST(Csv, SaysThatAUtf16FileIsCutOffInsideAUnit) {
  const Table table = read("\xFE\xFF\0a\0,\0b\0\n\0c\0,\0d\0"s);
  EXPECT_TRUE(table.cut_off);
  EXPECT_EQ(table.rows[1].cells[1], "d\xEF\xBF\xBD");
  EXPECT_EQ(table.rows[1].at.byte_length, 7);
}

TEST(Csv, CutsARecordOverTheLimitIntoFlaggedPieces) {
  const Table table = read("a,b\n" + std::string(100, 'x') + "\n1,2\n", {.max_record_bytes = 40});
  ASSERT_EQ(table.rows.size(), 5U);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(table.rows[i].damage, Damage::too_long);
  EXPECT_EQ(table.rows[4].damage, Damage::none);
  EXPECT_EQ(table.rows[4].at.line, 3);
}

TEST(Csv, LeavesCellsOverTheLimitInTheLast) {
  const Table table = read("a,b,c\n1,\"2\",\"3\",4\n1,2,\"3\"\n", {.max_cells = 3});
  EXPECT_EQ(table.rows[1].cells, (Cells{"1", "2", "\"3\",4"}));
  EXPECT_EQ(table.rows[1].damage, Damage::too_many_cells);
  EXPECT_EQ(table.rows[2].cells, (Cells{"1", "2", "3"}));
  EXPECT_EQ(table.rows[2].damage, Damage::none);
}

TEST(Csv, AnEmptyFileHasNoRecords) {
  for (const std::string& bytes : {""s, "\xEF\xBB\xBF"s, "\xFF\xFE"s}) {
    const Table table = read(bytes);
    EXPECT_TRUE(table.rows.empty());
    EXPECT_EQ(table.bytes, static_cast<std::int64_t>(bytes.size()));
    EXPECT_FALSE(table.cut_off);
  }
}

TEST(Csv, StopsWithAnErrorOverItsBudget) {
  EXPECT_EQ(CsvStream::from_bytes("a,b\n1,2\n", {.max_bytes = 4}).error().code, Code::over_budget);
  Result<CsvStream> stream = CsvStream::from_bytes("a,b\n1,2\n", {.max_rows = 1});
  ASSERT_TRUE(stream);
  EXPECT_EQ(stream->next().error().code, Code::over_budget);
}

TEST(Csv, RefusesWhatIsNoFile) {
  EXPECT_EQ(CsvStream::open("/", {}).error().code, Code::bad_input);
  EXPECT_EQ(CsvStream::open("/nowhere/at/all.csv", {}).error().code, Code::not_found);
}

TEST(Csv, ReadsTheSameFromAFileAsFromMemoryWhateverTheBlocks) {
  std::string bytes = "id,frame,reason\n";
  for (int i = 0; i < 60000; ++i) {
    bytes += std::to_string(i) + ",\"a\r\nb, \"\"c\"\"\",\"" +
             std::string(static_cast<std::size_t>(i % 7), 'z') + "\"\r\n";
  }
  const Result<TempDir> dir = TempDir::make();
  ASSERT_TRUE(dir);
  ASSERT_TRUE(write_file(dir->path() / "a.csv", bytes));
  const Table memory = read(bytes);
  ASSERT_EQ(memory.rows.size(), 60001U);
  for (const std::size_t step : {std::size_t{100}, std::size_t{4096}, CsvStream::kBlockBytes}) {
    const Table file = drain(CsvStream::open(dir->path() / "a.csv", {}, step));
    ASSERT_EQ(file.rows.size(), memory.rows.size());
    for (std::size_t i = 0; i < file.rows.size(); ++i) {
      ASSERT_EQ(file.rows[i].cells, memory.rows[i].cells);
      ASSERT_EQ(file.rows[i].at.line, memory.rows[i].at.line);
      ASSERT_EQ(file.rows[i].at.byte_offset, memory.rows[i].at.byte_offset);
    }
  }
}

TEST(Csv, NamesEachFlag) {
  EXPECT_EQ(names(Damage::none), "");
  EXPECT_EQ(names(Damage::cut_off | Damage::stray_quote), "stray_quote cut_off");
}

}  // namespace
}  // namespace onus::source

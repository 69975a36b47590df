// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/zip_writer.h"

namespace onus::source {
namespace {

using support::sheet_xml;
using support::styles_xml;
using support::Workbook;
using support::ZipEntry;

struct Row {
  std::int64_t number = 0;
  std::vector<std::string> cells;
  std::string damage;
  std::int64_t offset = 0, length = 0;
};

struct Table {
  std::vector<Row> rows = {};
  std::vector<std::string> notes = {};
  bool cut_off = false;
  std::string error = {};

  std::vector<std::string> row(std::size_t number) const {
    return number <= rows.size() ? rows[number - 1].cells : std::vector<std::string>{"no such row"};
  }
};

Table read_zip(std::string bytes, std::int32_t sheet = 1, const Budget& budget = {},
               const PackageLimits& limits = {}) {
  Table out;
  Result<Package> package = Package::over(std::move(bytes), limits);
  if (!package) return {.error = package.error().message};
  Result<std::unique_ptr<TableStream>> stream = open_xlsx(std::move(*package), sheet, budget);
  if (!stream) return {.error = stream.error().message};
  for (;;) {
    Result<std::optional<Block>> block = (*stream)->next();
    if (!block) {
      out.error = block.error().message;
      return out;
    }
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      Row& row = out.rows.emplace_back();
      row = {record.at.row, {}, names(record.damage), record.at.byte_offset, record.at.byte_length};
      for (const Cell& cell : record.cells) row.cells.emplace_back(cell.text);
    }
  }
  EXPECT_EQ((*stream)->rows(), static_cast<std::int64_t>(out.rows.size()));
  out.notes = (*stream)->notes();
  out.cut_off = (*stream)->cut_off();
  return out;
}

Table read_book(const Workbook& book, std::int32_t sheet = 1, const Budget& budget = {}) {
  return read_zip(support::zip_of(support::entries_of(book)), sheet, budget);
}

Table read_rows(const std::string& rows, const std::string& after = {}) {
  return read_book({.sheets = {{"Audit", sheet_xml(rows, after)}}});
}

using Cells = std::vector<std::string>;

TEST(Xlsx, ReadsSharedAndInlineStrings) {
  const Table table = read_book(
      {.sheets = {{"A", sheet_xml("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" "
                                  "t=\"inlineStr\"><is><t>in line</t></is></c><c r=\"C1\" "
                                  "t=\"s\"><v>0</v></c></row>")}},
       .strings =
           "<sst><si><t>first</t></si><si><t xml:space=\"preserve\"> second </t></si></sst>"});
  EXPECT_EQ(table.row(1), (Cells{" second ", "in line", "first"}));
}

TEST(Xlsx, JoinsRunsOfRichTextAndLeavesOutReadingsOfCharacters) {
  const Table table = read_book(
      {.sheets = {{"A", sheet_xml("<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><r>"
                                  "<t>a</t></r><r><rPr><b/></rPr><t>b</t></r><rPh><t>no</t></rPh>"
                                  "</is></c></row>")}},
       .strings = "<sst><si><r><t>stolen </t></r><r><rPr><b/></rPr><t>vehicle</t></r><rPh sb=\"0\" "
                  "eb=\"1\"><t>reading</t></rPh><phoneticPr fontId=\"1\"/></si></sst>"});
  EXPECT_EQ(table.row(1), (Cells{"stolen vehicle", "ab"}));
}

TEST(Xlsx, ReadsWhatWritersEscapeInText) {
  const Table table = read_rows(
      "<row><c t=\"inlineStr\"><is><t>a_x000D_b_x005F_x000D_ _x00e9_ _x12 &amp; &#233;</t></is></c>"
      "<c t=\"str\"><f>A1</f><v>1&lt;2</v></c></row>");
  EXPECT_EQ(table.row(1), (Cells{"a\rb_x000D_ \u00e9 _x12 & \u00e9", "1<2"}));
}

TEST(Xlsx, ReadsBooleansErrorsAndFormulaResults) {
  const Table table = read_rows(
      "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c><c><f>1+1</f>"
      "<v>2</v></c><c "
      "t=\"d\"><v>2025-04-01T10:00:00</v></c><c><f>NOW()</f></c><c><v>7</v></c></row>");
  EXPECT_EQ(table.row(1), (Cells{"TRUE", "FALSE", "#N/A", "2", "2025-04-01T10:00:00", "", "7"}));
  EXPECT_EQ(table.notes, (Cells{"formulas_without_result|1"}));
}

TEST(Xlsx, PutsCellsInTheColumnsOfTheirReferences) {
  const Table table = read_rows(
      "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c></row>"
      "<row r=\"2\"><c r=\"C2\"><v>9</v></c></row><row r=\"3\"><c r=\"A3\"><v>8</v></c></row>");
  EXPECT_EQ(table.row(1), (Cells{"1", "2", "3"}));
  EXPECT_EQ(table.row(2), (Cells{"", "", "9"}));
  EXPECT_EQ(table.row(3), (Cells{"8", "", ""}));
}

TEST(Xlsx, CountsRowsWithoutReferences) {
  const Table table =
      read_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>");
  EXPECT_EQ(table.row(1), (Cells{"1", "2"}));
  EXPECT_EQ(table.row(2), (Cells{"3", ""}));
  EXPECT_EQ(table.rows[1].number, 2);
}

TEST(Xlsx, NumbersRowsAsTheSheetDoesAndCountsAbsentOnesAsBlank) {
  const Table table = read_rows(
      "<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"4\" ht=\"9\"/><row r=\"6\"><c r=\"A6\">"
      "<v>2</v></c></row><row r=\"9\"><c r=\"A9\" s=\"0\"/></row>");
  ASSERT_EQ(table.rows.size(), 6U);
  for (const std::size_t blank : {1, 2, 4, 5}) EXPECT_EQ(table.row(blank), Cells{}) << blank;
  EXPECT_EQ(table.row(3), Cells{"1"});
  EXPECT_EQ(table.rows[5].number, 6);
}

TEST(Xlsx, PointsAtTheBytesOfARow) {
  const std::string xml =
      sheet_xml("<row r=\"1\"><c><v>1</v></c></row>\n<row r=\"3\"><c><v>2</v></c></row>");
  const Table table = read_book({.sheets = {{"A", xml}}});
  ASSERT_EQ(table.rows.size(), 3U);
  const auto bytes = [&](const Row& row) {
    return xml.substr(static_cast<std::size_t>(row.offset), static_cast<std::size_t>(row.length));
  };
  EXPECT_EQ(bytes(table.rows[0]), "<row r=\"1\"><c><v>1</v></c></row>");
  EXPECT_EQ(bytes(table.rows[1]), "");
  EXPECT_EQ(bytes(table.rows[2]), "<row r=\"3\"><c><v>2</v></c></row>");
}

TEST(Xlsx, KeepsRowsWhoseNumbersGoBackAndSaysSo) {
  const Table table = read_rows(
      "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\">"
      "<v>3</v></c></row><row r=\"99999999999\"><c r=\"ZZZZ9\"><v>4</v></c><c "
      "r=\"9\"><v>5</v></c></row>");
  EXPECT_EQ(table.row(2), (Cells{"", "1", "2"}));
  EXPECT_EQ(table.row(3), (Cells{"3", "", ""}));
  EXPECT_EQ(table.row(4), (Cells{"4", "5", ""}));
  EXPECT_EQ(table.notes, (Cells{"misplaced_cells|5"}));
}

TEST(Xlsx, ReadsDatesByTheStyleOfTheCell) {
  const std::vector<std::string> formats = {
      "0",     "14", "22", "20", "46", "h:mm:ss", "[$-409]m/d/yy h:mm AM/PM;@", "yyyy\\-mm\\-dd",
      "[h]:mm"};
  const auto cell = [](int style, const std::string& value) {
    return "<c s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c>";
  };
  const Table table = read_book(
      {.sheets = {{"A", sheet_xml("<row>" + cell(0, "45748") + cell(1, "45748") +
                                  cell(2, "45748.797326388885") + cell(3, "0.5") + cell(4, "1.25") +
                                  cell(5, "0.999988425925926") + cell(6, "45748.5") +
                                  cell(7, "45748") + cell(8, "30.5") + "</row>")}},
       .styles = styles_xml(formats)});
  EXPECT_EQ(table.row(1),
            (Cells{"45748", "2025-04-01", "2025-04-01T19:08:09", "12:00:00", "30:00:00", "23:59:59",
                   "2025-04-01T12:00:00", "2025-04-01", "732:00:00"}));
}

TEST(Xlsx, CountsFrom1904WhereTheWorkbookDoes) {
  const Table table =
      read_book({.sheets = {{"A", sheet_xml("<row><c s=\"0\"><v>44286</v></c></row>")}},
                 .styles = styles_xml({"14"}),
                 .properties = "<workbookPr date1904=\"1\"/>"});
  EXPECT_EQ(table.row(1), Cells{"2025-04-01"});
}

TEST(Xlsx, ReadsEachSheetByTheNumberOfItsTab) {
  const Workbook book = {
      .sheets = {{"One", sheet_xml("<row><c><v>1</v></c></row>")},
                 {"Two & more", sheet_xml("<row><c><v>2</v></c></row>"), "state=\"veryHidden\""}}};
  Result<Package> package = Package::over(support::zip_of(support::entries_of(book)), {});
  ASSERT_TRUE(package);
  const Result<std::vector<Sheet>> sheets = list_sheets(*package);
  ASSERT_TRUE(sheets);
  EXPECT_EQ(*sheets, (std::vector<Sheet>{{1, "One"}, {2, "Two & more"}}));
  const Table second = read_book(book, 2);
  EXPECT_EQ(second.row(1), Cells{"2"});
  EXPECT_EQ(second.notes, Cells{"hidden_sheet"});
  EXPECT_NE(read_book(book, 3).error.find("no sheet 3"), std::string::npos);
}

TEST(Xlsx, SaysWhatIsMergedAndHidden) {
  const Table table = read_book(
      {.sheets = {{"A",
                   "<worksheet><cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><sheetData>"
                   "<row hidden=\"1\"><c><v>1</v></c></row><row hidden=\"1\"/></sheetData>"
                   "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>"}}});
  EXPECT_EQ(table.row(1), Cells{"1"});
  EXPECT_EQ(table.notes, (Cells{"hidden_rows|1", "hidden_columns|1", "merged_cells|1"}));
}

TEST(Xlsx, ReadsStrictNamesPrefixesAndAbsolutePaths) {
  const std::string strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
  const std::vector<ZipEntry> entries = {
      {"[Content_Types].xml", "<Types/>"},
      {"_rels/.rels", "<p:Relationships xmlns:p=\"p\"><p:Relationship Id=\"a\" Type=\"" + strict +
                          "officeDocument\" Target=\"/book/Main.xml\"/></p:Relationships>"},
      {"book/Main.xml",
       "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
       "xmlns:q=\"q\"><x:sheets><x:sheet name=\"S\" q:id=\"s1\"/></x:sheets>"
       "</x:workbook>"},
      {"book/_rels/Main.xml.rels", "<Relationships><Relationship Id=\"s1\" Type=\"" + strict +
                                       "worksheet\" Target=\"../Tables/./one.xml\"/>"
                                       "</Relationships>"},
      {"tables/ONE.xml",
       "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>"
       "</x:row></x:sheetData></x:worksheet>"}};
  const Table table = read_zip(support::zip_of(entries));
  EXPECT_EQ(table.error, "");
  EXPECT_EQ(table.row(1), Cells{"1"});
}

TEST(Xlsx, GivesWhatStandsBeforeABreak) {
  const Table table = read_book({.sheets = {{"A",
                                             "<worksheet><sheetData><row><c><v>1</v></c></row>"
                                             "<row><c><v>2</v></c><c><v>3"}}});
  EXPECT_TRUE(table.cut_off);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.row(2), Cells{"2"});
  EXPECT_EQ(table.rows[1].damage, "cut_off");
}

TEST(Xlsx, SaysWhenASharedTextIsNotThere) {
  const Table table = read_rows("<row><c><v>1</v></c><c t=\"s\"><v>5</v></c></row>");
  EXPECT_EQ(table.notes, Cells{"lost_strings|1"});
}

TEST(Xlsx, RefusesADocumentType) {
  const Table table = read_book(
      {.sheets = {{"A", "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><worksheet/>"}}});
  EXPECT_NE(table.error.find("document type"), std::string::npos) << table.error;
}

TEST(Xlsx, RefusesWhatInflatesTooFar) {
  const std::string bytes = support::zip_of(
      support::entries_of({.sheets = {{"A", sheet_xml(std::string(std::size_t{1} << 22, ' '))}}}));
  PackageLimits limits;
  limits.free_bytes = 1 << 16;
  limits.max_ratio = 100;
  EXPECT_NE(read_zip(bytes, 1, {}, limits).error.find("inflates"), std::string::npos);
  limits.max_ratio = 2000;
  EXPECT_EQ(read_zip(bytes, 1, {}, limits).error, "");
}

TEST(Xlsx, RefusesXmlNestedTooDeepAndTagsTooLong) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  EXPECT_NE(read_rows(deep).error.find("nested"), std::string::npos);
  std::string noise;
  for (std::uint32_t i = 0; i < 1'500'000; ++i) noise += std::to_string(i * 2654435761U);
  EXPECT_NE(read_rows("<row a=\"" + noise + "\"/>").error.find("too long"), std::string::npos);
}

TEST(Xlsx, BoundsCellsOfARowAndBytesOfARecord) {
  Budget budget;
  budget.max_cells = 3;
  const Workbook wide = {
      .sheets = {{"A", sheet_xml("<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2"
                                 "</v></c><c><v>3</v></c></row>")}}};
  const Table table = read_book(wide, 1, budget);
  EXPECT_EQ(table.row(1), (Cells{"1", "", ""}));
  EXPECT_EQ(table.rows[0].damage, "too_many_cells");
  budget.max_record_bytes = 32;
  const Table cut = read_book(
      {.sheets = {{"A",
                   sheet_xml("<row><c t=\"str\"><v>" + std::string(100, 'x') + "</v></c></row>")}}},
      1, budget);
  ASSERT_EQ(cut.rows.size(), 1U);
  EXPECT_EQ(cut.rows[0].damage, "too_long");
}

TEST(Xlsx, SaysWhatToDoWithOtherFormats) {
  const auto error = [](const std::vector<ZipEntry>& entries) {
    return read_zip(support::zip_of(entries)).error;
  };
  EXPECT_NE(error({{"xl/workbook.bin", "x"}}).find(".xlsb"), std::string::npos);
  EXPECT_NE(error({{"content.xml", "x"}, {"META-INF/manifest.xml", "x"}}).find("OpenDocument"),
            std::string::npos);
  EXPECT_NE(error({{"a.txt", "x"}}).find("no .xlsx workbook"), std::string::npos);
  EXPECT_NE(read_zip("id,name\n1,2\n").error.find("no zip file"), std::string::npos);
  std::string old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
  old[30] = 9;
  EXPECT_NE(read_zip(old).error.find(".xls"), std::string::npos);
  for (const char c : std::string("EncryptedPackage")) old.append({c, '\0'});
  EXPECT_NE(read_zip(old).error.find("password"), std::string::npos);
}

TEST(Xlsx, IsReadOrRefusedWithEachByteOfItChanged) {
  const std::string bytes = support::zip_of(
      support::entries_of({.sheets = {{"A", sheet_xml("<row><c t=\"s\"><v>0</v></c></row>")}},
                           .strings = "<sst><si><t>x</t></si></sst>"}));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x5A);
    const Table table = read_zip(changed);
    EXPECT_TRUE(!table.error.empty() || table.cut_off || table.rows.size() <= 1U) << i;
    EXPECT_TRUE(read_zip(bytes.substr(0, i)).error != "") << i;
  }
}

}  // namespace
}  // namespace onus::source

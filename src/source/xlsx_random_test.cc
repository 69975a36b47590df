// SPDX-License-Identifier: Apache-2.0
// Random tables, written in many of the forms that a workbook may take, read back as they were.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "source/xlsx.h"
#include "support/random.h"
#include "support/zip_writer.h"

namespace onus::source {
namespace {

using makelogs::Rng;

struct Row {
  std::int64_t number = 0;
  std::vector<std::string> cells;
};
using Table = std::vector<Row>;

std::string random_text(Rng& rng) {
  static constexpr const char* kPieces[] = {
      "a", "Z", "0",      " ",      "\n",         "<",  "&",   "\"",
      "'", ",", "\u00e9", "\u20ac", "\U0001F694", "_x", "]]>", "REDACTED"};
  std::string text;
  for (std::uint32_t left = rng.below(6); left > 0; --left) text += rng.pick(kPieces);
  return text;
}

// Rows with gaps between them, cells with gaps between them, the last one never empty.
Table random_table(Rng& rng) {
  Table table;
  std::int64_t number = 0;
  for (std::uint32_t left = 1 + rng.below(40); left > 0; --left) {
    number += 1 + (rng.chance(100'000) ? rng.below(5) : 0);
    Row& row = table.emplace_back();
    row.number = number;
    for (std::uint32_t cells = rng.below(8); cells > 0; --cells) {
      row.cells.push_back(rng.chance(300'000) ? std::to_string(rng.below(100'000))
                                              : random_text(rng));
    }
    row.cells.push_back("end");
  }
  return table;
}

class Writer {
 public:
  explicit Writer(Rng& rng) : rng_(rng), references_(rng.chance(700'000)) {}

  std::string write(const Table& table) {
    std::string rows;
    std::int64_t next = 1;
    for (const Row& row : table) {
      for (; next < row.number; ++next) {
        if (!references_ || rng_.chance(500'000)) rows += row_tag(next) + "</row>";
      }
      rows += row_tag(next++);
      for (std::size_t i = 0; i < row.cells.size(); ++i) rows += cell(row, i);
      rows += "</row>" + std::string(rng_.below(2), ' ');
    }
    if (rng_.chance(200'000)) rows += "<row/><row><c s=\"1\"/></row>";
    const support::Workbook book = {.sheets = {{"S", support::sheet_xml(rows)}},
                                    .strings = "<sst>" + strings_ + "</sst>"};
    return support::zip_of(support::entries_of(book));
  }

 private:
  std::string row_tag(std::int64_t number) {
    return references_ ? "<row r=\"" + std::to_string(number) + "\">" : "<row>";
  }
  std::string cell(const Row& row, std::size_t column) {
    const std::string& text = row.cells[column];
    const std::string at = references_ ? " r=\"" + std::string(1, static_cast<char>('A' + column)) +
                                             std::to_string(row.number) + '"'
                                       : "";
    if (text.empty()) return references_ && rng_.chance(500'000) ? "" : "<c" + at + "/>";
    const bool number = text.find_first_not_of("0123456789") == std::string::npos &&
                        (text[0] != '0' || text.size() == 1);
    if (number && rng_.chance(800'000)) return "<c" + at + "><v>" + text + "</v></c>";
    const std::string inside = escaped(text);
    switch (rng_.below(3)) {
      case 0:
        return "<c" + at + " t=\"inlineStr\"><is><t>" + inside + "</t></is></c>";
      case 1:
        return "<c" + at + " t=\"str\"><f>A1</f><v>" + inside + "</v></c>";
      default:
        strings_ += rng_.chance(500'000) ? "<si><t>" + inside + "</t></si>"
                                         : "<si><r><t>" + inside + "</t></r></si>";
        return "<c" + at + " t=\"s\"><v>" + std::to_string(count_++) + "</v></c>";
    }
  }
  std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c == '_') {
        out += "_x005F_";
      } else if (c == '\n' && rng_.chance(500'000)) {
        out += "&#10;";
      } else {
        out += support::xml_escaped(std::string(1, c));
      }
    }
    return out;
  }

  Rng& rng_;
  bool references_;
  std::string strings_;
  std::size_t count_ = 0;
};

void expect_same(const Table& table, std::string bytes, const Budget& budget) {
  Result<Package> package = Package::over(std::move(bytes), {});
  ASSERT_TRUE(package.has_value());
  Result<std::unique_ptr<TableStream>> stream = open_xlsx(std::move(*package), 1, budget);
  ASSERT_TRUE(stream.has_value());
  std::int64_t number = 0;
  auto want = table.begin();
  for (;;) {
    const Result<std::optional<Block>> block = (*stream)->next();
    ASSERT_TRUE(block.has_value());
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      ASSERT_EQ(record.at.row, ++number);
      ASSERT_EQ(record.damage, Damage::none);
      if (record.blank) continue;
      ASSERT_NE(want, table.end());
      ASSERT_EQ(record.at.row, want->number);
      std::vector<std::string> cells;
      for (const Cell& cell : record.cells) cells.emplace_back(cell.text);
      while (!cells.empty() && cells.back().empty()) cells.pop_back();
      ASSERT_EQ(cells, want->cells);
      ++want;
    }
  }
  EXPECT_EQ(want, table.end());
  EXPECT_FALSE((*stream)->cut_off());
  EXPECT_EQ((*stream)->notes(), std::vector<std::string>());
}

TEST(XlsxRandom, ReadsBackWhatWasWritten) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    Rng rng(seed);
    const Table table = random_table(rng);
    Budget budget;
    if (seed % 2 == 1) budget.max_held_bytes = 0;  // every shared text comes from the file
    expect_same(table, Writer(rng).write(table), budget);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace onus::source

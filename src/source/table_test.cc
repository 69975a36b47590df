// SPDX-License-Identifier: Apache-2.0
#include "source/table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onus::source {
namespace {

using Cells = std::vector<std::string>;
using namespace std::string_literals;

struct Row {
  Cells cells;
  Position at;
  Damage damage = Damage::none;
  bool blank = false;
};

std::vector<Row> rows_of(const Block& block) {
  std::vector<Row> out;
  Records records(block);
  for (Record record; records.next(record);) {
    Row& row = out.emplace_back(Row{{}, record.at, record.damage, record.blank});
    for (const Cell& cell : record.cells) row.cells.emplace_back(cell.text);
  }
  return out;
}

void add(BlockBuilder& builder, std::int64_t row, const Cells& cells, std::int32_t part = 0) {
  const std::vector<std::string_view> views(cells.begin(), cells.end());
  builder.add({.row = row, .part = part}, views);
}

TEST(BlockBuilder, GivesBackTheCellsThatWerePutIn) {
  BlockBuilder builder({});
  add(builder, 1, {"a,b", "", "\"c\"\n"});
  add(builder, 2, {});
  add(builder, 3, {""});
  const std::optional<Block> block = builder.take();
  ASSERT_TRUE(block);
  EXPECT_EQ(block->rows(), 3U);
  EXPECT_EQ(block->first_row(), 1);
  const std::vector<Row> rows = rows_of(*block);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].cells, (Cells{"a,b", "", "\"c\"\n"}));
  EXPECT_TRUE(rows[1].blank);
  EXPECT_EQ(rows[2].cells, Cells{""});
  EXPECT_FALSE(rows[2].blank);
  EXPECT_EQ(rows[2].at.row, 3);
}

TEST(BlockBuilder, IsEmptyAgainOnceItsBlockWasTaken) {
  BlockBuilder builder({});
  add(builder, 1, {"x", "y"});
  ASSERT_TRUE(builder.take());
  EXPECT_FALSE(builder.take());
  add(builder, 2, {"z"});
  const std::vector<Row> rows = rows_of(*builder.take());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].cells, Cells{"z"});
}

TEST(BlockBuilder, SaysWhereEachPartBegins) {
  BlockBuilder builder({});
  add(builder, 1, {"a"}, 1);
  add(builder, 2, {"b"}, 1);
  add(builder, 3, {"c"}, 4);
  const std::optional<Block> block = builder.take();
  ASSERT_EQ(block->parts().size(), 2U);
  EXPECT_EQ(block->parts()[0], (PartStart{1, 1}));
  EXPECT_EQ(block->parts()[1], (PartStart{3, 4}));
  EXPECT_EQ(rows_of(*block)[2].at.part, 4);
}

TEST(BlockBuilder, CutsARecordOverTheLimitAtACharacter) {
  BlockBuilder builder({.max_record_bytes = 4});
  add(builder, 1, {"ab", "x\u00e9\u00e9", "lost"});
  add(builder, 2, {"abcd"});
  const std::vector<Row> rows = rows_of(*builder.take());
  EXPECT_EQ(rows[0].cells, (Cells{"ab", "x"}));
  EXPECT_EQ(rows[0].damage, Damage::too_long);
  EXPECT_EQ(rows[1].cells, Cells{"abcd"});
  EXPECT_EQ(rows[1].damage, Damage::none);
}

TEST(BlockBuilder, LosesNoCellInSilenceOverTheLimitOnCells) {
  BlockBuilder builder({.max_cells = 2});
  add(builder, 1, {"a", "b", "c"});
  const std::vector<Row> rows = rows_of(*builder.take());
  EXPECT_EQ(rows[0].cells, (Cells{"a", "b"}));
  EXPECT_EQ(rows[0].damage, Damage::too_many_cells);
}

TEST(BlockBuilder, GivesValidUtf8AndSaysWhereItWasNot) {
  BlockBuilder builder({});
  add(builder, 1, {"caf\xE9", "a\0b"s});
  const std::vector<Row> rows = rows_of(*builder.take());
  EXPECT_EQ(rows[0].cells, (Cells{"caf\u00e9", "a\0b"s}));
  EXPECT_EQ(rows[0].damage, Damage::bad_encoding | Damage::nul_byte);
}

}  // namespace
}  // namespace onus::source

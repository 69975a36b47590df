// SPDX-License-Identifier: Apache-2.0
#include "source/parquet.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "source/open.h"
#include "source/parquet_footer.h"
#include "store/database.h"

namespace onus::source {
namespace {

using Cells = std::vector<std::string>;

class Parquet : public ::testing::Test {
 protected:
  void SetUp() override { dir_.emplace(std::move(*TempDir::make())); }
  std::filesystem::path file() const { return dir_->path() / "log [1]*.parquet"; }

  void write(const std::string& query, const std::string& options = "") {
    auto db =
        store::Database::open({.file = {}, .spill_dir = dir_->path(), .export_dir = dir_->path()});
    ASSERT_TRUE(db) << db.error().text();
    const Result<void> made = db->run("COPY (" + query + ") TO " + store::literal(file().string()) +
                                      " (FORMAT parquet" + options + ")");
    ASSERT_TRUE(made) << made.error().text();
  }
  void write_bytes(const std::string& bytes) { std::ofstream(file(), std::ios::binary) << bytes; }
  std::string bytes() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // The cells of all rows, or the error.
  Result<std::vector<Cells>> read(const std::vector<std::string>& paths,
                                  const Budget& budget = {}) {
    std::vector<Cells> out;
    ONUS_TRY(const auto stream, open_parquet(file(), "a.parquet", paths, budget));
    for (;;) {
      ONUS_TRY(const std::optional<Block> block, stream->next());
      if (!block) break;
      Records records(*block);
      for (Record record; records.next(record);) {
        Cells& row = out.emplace_back();
        for (const Cell& cell : record.cells) row.emplace_back(cell.text);
        damage_ |= record.damage;
        EXPECT_EQ(record.at.row, static_cast<std::int64_t>(out.size()));
      }
    }
    EXPECT_EQ(stream->rows(), static_cast<std::int64_t>(out.size()));
    EXPECT_EQ(stream->bytes(), static_cast<std::int64_t>(std::filesystem::file_size(file())));
    return out;
  }
  std::string cell(const std::string& path) {
    const auto rows = read({path});
    return rows ? rows->at(0).at(0) : rows.error().text();
  }
  std::string refusal(const std::vector<std::string>& paths = {"a"}, const Budget& budget = {}) {
    const auto rows = read(paths, budget);
    return rows ? "read" : rows.error().text();
  }

  std::optional<TempDir> dir_;
  Damage damage_ = Damage::none;
};

TEST_F(Parquet, EachTypeHasOneFormAsText) {
  write(
      "SELECT true AS b, -7::TINYINT AS i8, 18446744073709551615::UBIGINT AS u64, "
      "12345::DOUBLE AS whole, 0.1::DOUBLE AS tenth, 'nan'::DOUBLE AS nan, "
      "-0.05::DECIMAL(9, 2) AS cents, 123456789012345678901234.5::DECIMAL(30, 1) AS wide, "
      "DATE '2026-03-04' AS d, TIME '21:17:08.5' AS t, TIMESTAMP '2026-03-04 21:17:08' AS ts, "
      "TIMESTAMPTZ '2026-03-04 21:17:08.412+01' AS tz, TIMESTAMP_NS '1969-12-31 "
      "23:59:59.000000001' "
      "AS ns, 'a \"q\" \\ b'::VARCHAR AS v, '5b0a6f10-3c51-4e7e-9d2a-00000000000f'::UUID AS u, "
      "NULL::VARCHAR AS none, encode('Zoë') AS legacy, '\\xFF\\x00'::BLOB AS bytes, "
      "INTERVAL 2 DAY AS span, {'n': 'nan'::FLOAT} AS inner");
  const std::vector<std::pair<std::string, std::string>> want = {
      {"b", "true"},
      {"i8", "-7"},
      {"u64", "18446744073709551615"},
      {"whole", "12345"},
      {"tenth", "0.1"},
      {"nan", "NaN"},
      {"cents", "-0.05"},
      {"wide", "123456789012345678901234.5"},
      {"d", "2026-03-04"},
      {"t", "21:17:08.500000"},
      {"ts", "2026-03-04T21:17:08"},
      {"tz", "2026-03-04T20:17:08.412000Z"},
      {"ns", "1969-12-31T23:59:59.000000001"},
      {"v", "a \"q\" \\ b"},
      {"u", "5b0a6f10-3c51-4e7e-9d2a-00000000000f"},
      {"none", ""},
      {"legacy", "Zoë"},
      {"bytes", "ff00"},
      {"span", "2 days"},
      {"inner.n", "NaN"},
  };
  for (const auto& [path, text] : want) EXPECT_EQ(cell(path), text) << path;
}

TEST_F(Parquet, NestedColumnsAreAddressedAsInJson) {
  write(
      "SELECT {'email': 'a@example.org', 'groups': ['x', 'y']} AS who, "
      "MAP {'full_name_arg': 'reg.person', 'n': NULL} AS params, "
      "[{'k': 1, 'v': 'one'}, {'k': 2, 'v': 'two'}] AS pairs, MAP {3: 'three'} AS numbers");
  EXPECT_EQ(cell("who.email"), "a@example.org");
  EXPECT_EQ(cell("who.groups[*]"), "x; y");
  EXPECT_EQ(cell("params.full_name_arg"), "reg.person");
  EXPECT_EQ(cell("params"), R"({"full_name_arg":"reg.person","n":null})");
  EXPECT_EQ(cell("pairs[k=2].v"), "two");
  EXPECT_EQ(cell("numbers.3"), "three");
}

TEST_F(Parquet, TextThatIsJsonAsAWholeIsAddressedToo) {
  write("SELECT '[{\"objectName\": \"REG.PERSON\"}]' AS objects, '[REDACTED]' AS reason");
  EXPECT_EQ(cell("objects[0].objectName"), "REG.PERSON");
  EXPECT_EQ(cell("objects"), "[{\"objectName\": \"REG.PERSON\"}]");
  EXPECT_EQ(cell("reason"), "[REDACTED]");
}

TEST_F(Parquet, ColumnWhoseNameIsThePathWins) {
  write("SELECT 'flat' AS \"user.email\", {'email': 'nested'} AS user");
  EXPECT_EQ(cell("user.email"), "flat");
}

TEST_F(Parquet, EveryRowComesInItsOrderThroughAllRowGroups) {
  write("SELECT range AS n, 'row ' || range AS t FROM range(10000)", ", ROW_GROUP_SIZE 2048");
  const auto rows = read({"n", "t"});
  ASSERT_TRUE(rows) << rows.error().text();
  ASSERT_EQ(rows->size(), 10'000U);
  for (std::size_t i = 0; i < rows->size(); ++i) {
    ASSERT_EQ(rows->at(i), (Cells{std::to_string(i), "row " + std::to_string(i)}));
  }
  EXPECT_EQ(damage_, Damage::none);
}

TEST_F(Parquet, SurveyKnowsWhatTheTypesHoldAndLooksIntoMaps) {
  write(
      "SELECT NULL::STRUCT(status INTEGER) AS response, MAP {'late': range} AS params, "
      "1 AS other FROM range(3)");
  const std::vector<std::string> paths = {"response.status", "response.message", "params.late",
                                          "params.never", "absent"};
  const auto found = survey_parquet(file(), "a.parquet", paths, {}, 100);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->present, (Cells{"response.status", "params.late"}));
  EXPECT_EQ(found->others, (Cells{"other"}));
}

TEST_F(Parquet, FileWithoutRowsHasNone) {
  write("SELECT 1 AS a WHERE false");
  const auto rows = read({"a"});
  ASSERT_TRUE(rows) << rows.error().text();
  EXPECT_TRUE(rows->empty());
}

TEST_F(Parquet, CutFileIsRefusedWhereverItEnds) {
  write("SELECT range AS a FROM range(100)");
  const std::string whole = bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write_bytes(whole.substr(0, size));
    ASSERT_NE(refusal(), "read") << size;
  }
}

TEST_F(Parquet, RefusalSaysWhatIsWrongAndNoValueOfTheFile) {
  write("SELECT 'secret' || range AS a FROM range(100)", ", COMPRESSION uncompressed");
  std::string broken = bytes();
  for (std::size_t at = broken.find("secret"); at != std::string::npos;
       at = broken.find("secret", at + 1)) {
    broken[at] = '\xFF';
  }
  write_bytes(broken);
  EXPECT_EQ(refusal(), "a.parquet: a text in it is not UTF-8");
  write_bytes("PAR1 and no more, but long enough");
  EXPECT_EQ(refusal(), "a.parquet: cut off: its end is missing");
  write_bytes("PAR1xxxx\xFF\xFF\xFF\x7FPAR1");
  EXPECT_EQ(refusal(), "a.parquet: damaged: its footer is none");
  write_bytes("PARExxxxxxxxPARE");
  EXPECT_EQ(refusal(), "a.parquet: it is encrypted");
}

TEST_F(Parquet, BudgetsAreKept) {
  write("SELECT range AS a, range AS b, repeat('x', 300) AS long FROM range(10)");
  EXPECT_EQ(refusal({"a"}, {.max_rows = 9}), "a.parquet: more than 9 rows");
  EXPECT_EQ(refusal({"a"}, {.max_cells = 2}), "a.parquet: more than 2 columns");
  EXPECT_EQ(refusal({"long"}, {.max_bytes = 1000}), "a.parquet: it inflates more than 400 times");
  const auto rows = read({"long"}, {.max_record_bytes = 100});
  ASSERT_TRUE(rows) << rows.error().text();
  EXPECT_EQ(rows->size(), 10U);
  EXPECT_EQ(rows->at(0)[0].size(), 100U);
  EXPECT_TRUE(has(damage_, Damage::too_long));
}

TEST_F(Parquet, RowsThatInflateWithoutEndAreRefused) {
  write("SELECT repeat('x', 1000) AS a FROM range(200000)");
  EXPECT_LT(bytes().size(), 50'000U);
  EXPECT_EQ(refusal(), "a.parquet: it inflates more than 400 times");
}

// One element of a schema in Thrift's compact protocol: repetition, name, children or a type.
std::string element(int children) {
  std::string out = children > 0 ? std::string("\x35", 1) : std::string("\x15\x02\x25", 3);
  out += std::string("\0\x18\x01", 3) + "a";
  if (children > 0) out += std::string("\x15", 1) + static_cast<char>(children * 2);
  return out + '\0';
}

std::string footer_of_depth(std::size_t depth) {
  std::string out("\x15\x02\x19\xFC", 4);
  const std::size_t count = depth + 1;
  for (std::size_t left = count;; left >>= 7) {
    out += static_cast<char>((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
    if (left <= 0x7F) break;
  }
  for (std::size_t i = 0; i < depth; ++i) out += element(1);
  return out + element(0) + std::string("\x16\0\x19\x0C\0", 5);
}

TEST_F(Parquet, TypesThatNestTooDeepAreRefusedBeforeTheEngineSeesThem) {
  EXPECT_TRUE(parse_parquet_footer(footer_of_depth(31)));
  const auto deep = parse_parquet_footer(footer_of_depth(32));
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().code, Code::over_budget);
  EXPECT_FALSE(parse_parquet_footer(footer_of_depth(60'000)));
}

TEST_F(Parquet, FooterCutOrTurnedAnywhereNeverPassesForADeeperOne) {
  const std::string good = footer_of_depth(3);
  ASSERT_TRUE(parse_parquet_footer(good));
  for (std::size_t at = 0; at < good.size(); ++at) {
    EXPECT_FALSE(parse_parquet_footer(good.substr(0, at))) << at;
    for (int bit = 0; bit < 8; ++bit) {
      std::string turned = good;
      turned[at] = static_cast<char>(turned[at] ^ (1 << bit));
      const auto footer = parse_parquet_footer(turned);
      if (!footer) continue;
      EXPECT_LE(footer->columns, 8) << at;
    }
  }
}

}  // namespace
}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
#include "source/json.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "source/json_path.h"
#include "source/json_records.h"

namespace onus::source {
namespace {

using Cells = std::vector<std::string>;

struct Row {
  Cells cells;
  Position at;
  Damage damage = Damage::none;
};

struct Table {
  std::vector<Row> rows;
  bool cut_off = false;
  std::int64_t bytes = 0;
};

Table read(const std::string& bytes, const std::vector<std::string>& paths,
           const Budget& budget = {}) {
  Table table;
  auto stream = open_json(*ByteSource::over(bytes, 1 << 30), paths, budget);
  EXPECT_TRUE(stream.has_value());
  for (;;) {
    const auto block = (*stream)->next();
    EXPECT_TRUE(block.has_value());
    if (!block || !*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      Row& row = table.rows.emplace_back(Row{{}, record.at, record.damage});
      for (const Cell& cell : record.cells) row.cells.emplace_back(cell.text);
    }
  }
  table.cut_off = (*stream)->cut_off();
  table.bytes = (*stream)->bytes();
  return table;
}

std::string column(const std::string& bytes, const std::string& path) {
  std::string out;
  for (const Row& row : read(bytes, {path}).rows) out += row.cells[0] + '|';
  return out;
}

std::string at_path(const std::string& json, const std::string& text) {
  JsonValue value(64);
  EXPECT_TRUE(value.parse(json));
  const std::optional<JsonPath> path = JsonPath::parse(text);
  EXPECT_TRUE(path) << text;
  std::string out;
  if (path) path->text(value, out);
  return out;
}

constexpr const char* kEvent =
    R"({"agent":[{"requestor":false,"who":{"display":"A"}},{"requestor":true,"who":{"display":"B"}}],)"
    R"("entity":[{"what":{"reference":"Patient/1"},"type":{"code":"1"}},{"what":{"reference":"Doc/2"}}],)"
    R"("a.b":{"c\"d":7},"n":1.10,"big":123456789012345678901234567890,"none":null,"deep":[[1,2],[3]]})";

TEST(JsonPath, GoesByMemberByElementAndByCondition) {
  EXPECT_EQ(at_path(kEvent, "entity[0].what.reference"), "Patient/1");
  EXPECT_EQ(at_path(kEvent, "agent[requestor=true].who.display"), "B");
  EXPECT_EQ(at_path(kEvent, "entity[type.code=1].what.reference"), "Patient/1");
  EXPECT_EQ(at_path(kEvent, "entity[*].what.reference"), "Patient/1; Doc/2");
  EXPECT_EQ(at_path(kEvent, "deep[1][0]"), "3");
  EXPECT_EQ(at_path(kEvent, "deep[*][*]"), "1; 2; 3");
  EXPECT_EQ(at_path(kEvent, "\"a.b\".\"c\"\"d\""), "7");
  EXPECT_EQ(at_path(kEvent, "ENTITY[0].What.Reference"), "Patient/1") << "case does not count";
}

TEST(JsonPath, TakesTheFirstWayThatGivesSomething) {
  EXPECT_EQ(at_path(kEvent, "none | x.y | n"), "1.10");
  EXPECT_EQ(at_path(kEvent, "n | big"), "1.10");
  EXPECT_EQ(at_path(kEvent, "x|none"), "");
}

TEST(JsonPath, KeepsNumbersAsTheyAreWritten) {
  EXPECT_EQ(at_path(kEvent, "n"), "1.10");
  EXPECT_EQ(at_path(kEvent, "big"), "123456789012345678901234567890");
}

TEST(JsonPath, GivesNothingForWhatIsNotThere) {
  for (const char* path :
       {"x", "agent.who", "agent[7].who", "n.m", "none", "none[0]", "agent[x=1]"}) {
    EXPECT_EQ(at_path(kEvent, path), "") << path;
  }
  EXPECT_EQ(at_path(kEvent, "entity[0].type"), R"({"code":"1"})") << "an object is its text";
}

TEST(JsonPath, RefusesWhatIsNoPath) {
  for (const char* path : {"", ".", "a.", ".a", "a[", "a[]", "a[-1]", "a[1x]", "a]", "\"a",
                           "a[.b=1]", "a[1]b", "\"\"", "a..b", "a |", "| a"}) {
    EXPECT_FALSE(JsonPath::parse(path)) << path;
  }
  std::string deep = "a";
  for (std::size_t i = 1; i < JsonPath::kMaxSteps; ++i) deep += ".a";
  EXPECT_TRUE(JsonPath::parse(deep));
  EXPECT_FALSE(JsonPath::parse(deep + ".a"));
}

TEST(JsonPath, OfTwoMembersOfOneNameTheLastCounts) {
  EXPECT_EQ(at_path(R"({"a":1,"a":2})", "a"), "2");
}

TEST(JsonValue, RefusesWhatIsNoJson) {
  JsonValue value(3);
  for (const char* text :
       {"",     "{",          "[1,]", "{,}",       "{\"a\"}", "{\"a\":}", "[1 2]",
        "01",   "1.",         "-",    "+1",        "nul",     "\"\\x\"",  "\"\\u12g4\"",
        "[1]]", "{\"a\":1,}", "[}",   "[[[[1]]]]", "1 2",     "\"a\nb\""}) {
    EXPECT_FALSE(value.parse(text)) << text;
    EXPECT_TRUE(value.nodes().empty());
  }
  for (const char* text :
       {"{}", "[]", " [ 1 , -0.5e+7, true ] ", "[[{}]]", "\"\\u00e9\\n\"", "null"}) {
    EXPECT_TRUE(value.parse(text)) << text;
  }
}

TEST(JsonValue, UndoesEscapes) {
  EXPECT_EQ(at_path(R"({"a":"x\"\\\/\n\u00e9\ud83d\ude00\ud800y\u0041"})", "a"),
            "x\"\\/\n\u00e9\U0001F600\uFFFDyA");
}

TEST(Json, ReadsEachWayOfHoldingRecords) {
  for (const char* bytes : {
           "[{\"a\":1},{\"a\":2}]",
           "\xEF\xBB\xBF[\r\n {\"a\":1},\r\n {\"a\":2}\r\n]\r\n",
           "{\"a\":1}\n{\"a\":2}\n",
           "{\"a\":1}\n\n{\"a\":2}",
           "{\n \"a\":1\n}\n{\n \"a\":2\n}\n",
           "{\"a\":1}{\"a\":2}",
           "{\"Records\":[{\"a\":1},{\"a\":2}]}",
           "{\"next\":\"x\",\"link\":[{\"u\":1}],\"entry\":[{\"a\":1},{\"a\":2}],\"n\":2}\n",
           "{\"total\":2,\"things\":[{\"a\":1},{\"a\":2}]}",
       }) {
    const Table table = read(bytes, {"a"});
    ASSERT_EQ(table.rows.size(), 2U) << bytes;
    EXPECT_EQ(table.rows[0].cells, Cells{"1"}) << bytes;
    EXPECT_EQ(table.rows[1].cells, Cells{"2"}) << bytes;
    EXPECT_EQ(table.rows[0].damage | table.rows[1].damage, Damage::none) << bytes;
    EXPECT_FALSE(table.cut_off) << bytes;
    EXPECT_EQ(table.bytes, static_cast<std::int64_t>(std::string(bytes).size())) << bytes;
  }
}

TEST(Json, ReadsOneObjectAsOneRecordThoughItHoldsArraysOfObjects) {
  EXPECT_EQ(column(kEvent, "agent[0].who.display"), "A|");
}

TEST(Json, SaysWhereARecordStands) {
  const std::string bytes = "[\n{\"a\":\n1},\n  {\"a\":2}]";
  const Table table = read(bytes, {"a"});
  EXPECT_EQ(table.rows[1].at.row, 2);
  EXPECT_EQ(table.rows[1].at.line, 4);
  EXPECT_EQ(table.rows[1].at.byte_offset, 14);
  EXPECT_EQ(table.rows[1].at.byte_length, 7);
  EXPECT_EQ(bytes.substr(14, 7), "{\"a\":2}");
}

TEST(Json, KeepsDamageInItsRecord) {
  const Table lines = read("{\"a\":1}\n{\"a\":\"x}\n{\"a\":3}\n[4]\n{\"a\":5}\n", {"a"});
  ASSERT_EQ(lines.rows.size(), 5U);
  EXPECT_EQ(lines.rows[1].damage, Damage::malformed);
  EXPECT_EQ(lines.rows[2].cells, Cells{"3"});
  EXPECT_EQ(lines.rows[3].damage, Damage::malformed) << "no object";
  EXPECT_EQ(lines.rows[4].cells, Cells{"5"});
  const Table array = read("[{\"a\":1},\n{\"a\":\"x},\n{\"a\":3},\n{\"a\":[4},\n{\"a\":5}]", {"a"});
  EXPECT_EQ(array.rows.front().cells, Cells{"1"});
  EXPECT_EQ(array.rows.back().cells, Cells{"5"});
  EXPECT_FALSE(array.cut_off);
}

TEST(Json, NotesThatAFileEndsInsideARecord) {
  for (const char* bytes : {"[{\"a\":1},{\"a\":", "{\"a\":1}\n{\"a\":2}\n{\"a\":"}) {
    const Table table = read(bytes, {"a"});
    EXPECT_TRUE(table.cut_off) << bytes;
    EXPECT_TRUE(has(table.rows.back().damage, Damage::cut_off)) << bytes;
  }
  EXPECT_TRUE(read("[{\"a\":1}", {"a"}).cut_off) << "the array is not closed";
}

TEST(Json, GoesOnBehindARecordOverTheLimit) {
  const std::string large = "{\"a\":\"" + std::string(1000, 'x') + "\"}";
  const Table table =
      read("{\"a\":1}\n" + large + "\n{\"a\":3}\n", {"a"}, {.max_record_bytes = 16});
  EXPECT_TRUE(has(table.rows[1].damage, Damage::too_long));
  EXPECT_TRUE(has(table.rows[1].damage, Damage::malformed));
  EXPECT_EQ(table.rows.back().cells, Cells{"3"});
  EXPECT_EQ(table.rows.back().damage, Damage::none);
  std::int64_t bytes = 0;
  for (const Row& row : table.rows) bytes += row.at.byte_length;
  EXPECT_EQ(bytes, 8 + 1009 + 8) << "each byte stands in one record";
}

TEST(Json, RefusesUtf16) {
  const std::string wide("\xFF\xFE[\0]\0", 6);
  EXPECT_EQ(open_json(*ByteSource::over(wide, 100), {}, {}).error().code, Code::bad_input);
}

TEST(JsonSurvey, FindsWhichPathsThereAreAndWhatElse) {
  const std::vector<std::string> paths = {"user.name", "user.mail", "why", "no[way"};
  const auto survey = survey_json(
      *ByteSource::over("{\"user\":{\"name\":\"x\"}}\n{\"why\":null,\"a.b\":1,\"User\":2}\n", 1000),
      paths, {}, 100);
  ASSERT_TRUE(survey);
  EXPECT_EQ(survey->present, (Cells{"user.name", "why"}));
  EXPECT_EQ(survey->others, Cells{"\"a.b\""});
}

}  // namespace
}  // namespace onus::source

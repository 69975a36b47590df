// SPDX-License-Identifier: Apache-2.0
#include "source/cef.h"

#include <gtest/gtest.h>

#include "source/cef_stream.h"
#include "support/random.h"

namespace onus::source {
namespace {

std::string read(std::string_view line) {
  std::vector<CefPair> pairs;
  if (!parse_cef(line, pairs)) return "none";
  std::string out;
  for (const CefPair& pair : pairs) out += pair.key + "=" + pair.value + "\n";
  return out;
}

TEST(Cef, ValuesRunUpToTheNextKeyAndLabelsNameTheNumberedOnes) {
  EXPECT_EQ(
      read("Mar  4 21:17:08 gw1 CEF:0|Ex|Gate|4.2|QRY|Vehicle lookup|3|rt=1772659028412 "
           "reason=traffic stop cs1Label=plate cs1=ABC 1234 cn1Label=hits cn1=1"),
      "vendor=Ex\nproduct=Gate\nversion=4.2\nevent_class=QRY\nname=Vehicle lookup\nseverity=3\n"
      "rt=1772659028412\nreason=traffic stop\nplate=ABC 1234\nhits=1\n");
}

TEST(Cef, EscapesAreUndone) {
  EXPECT_EQ(read(R"(CEF:0|A\|B|P\\|1|2|N|3|msg=a\=b c\\ d\ne x=y)"),
            "vendor=A|B\nproduct=P\\\nversion=1\nevent_class=2\nname=N\nseverity=3\n"
            "msg=a=b c\\ d\ne\nx=y\n");
}

TEST(Cef, LeefHasTabsOrTheSeparatorThatItNames) {
  const std::string head = "vendor=Ex\nproduct=Gate\nversion=4.2\nevent_class=QRY\n";
  EXPECT_EQ(read("LEEF:1.0|Ex|Gate|4.2|QRY|usrName=a b\tcat=q"), head + "usrName=a b\ncat=q\n");
  EXPECT_EQ(read("LEEF:2.0|Ex|Gate|4.2|QRY|^|usrName=a b^cat=q"), head + "usrName=a b\ncat=q\n");
  EXPECT_EQ(read("LEEF:2.0|Ex|Gate|4.2|QRY|x5E|usrName=a^cat=q"), head + "usrName=a\ncat=q\n");
}

TEST(Cef, AHeadThatIsCutOffIsNoRecord) {
  EXPECT_EQ(read("CEF:0|A|B|1|2|Name"), "none");
  EXPECT_EQ(read("plain text"), "none");
  EXPECT_EQ(read(""), "none");
}

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '=') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

TEST(Cef, WhatWasWrittenIsReadBack) {
  makelogs::Rng random(7);
  constexpr std::string_view kLetters = "ab =\\\n|x1";
  for (int round = 0; round < 2000; ++round) {
    std::string line = "CEF:0|v|p|1|e|n|s|";
    std::string wanted = "vendor=v\nproduct=p\nversion=1\nevent_class=e\nname=n\nseverity=s\n";
    for (int key = 0; key < 3; ++key) {
      std::string value;
      for (std::uint32_t i = random.below(8); i > 0; --i) {
        value += kLetters[random.below(static_cast<std::uint32_t>(kLetters.size()))];
      }
      while (value.ends_with(' ')) value.pop_back();
      const std::string name = "k" + std::to_string(key);
      line += name + "=" + escaped(value) + (key < 2 ? " " : "");
      wanted += name + "=" + value + "\n";
    }
    EXPECT_EQ(read(line), wanted) << line;
  }
}

std::vector<std::string> cells_of(std::string bytes, const std::vector<std::string>& keys,
                                  const Budget& budget = {}) {
  Result<ByteSource> source = ByteSource::over(std::move(bytes), 1 << 20);
  EXPECT_TRUE(source);
  Result<std::unique_ptr<TableStream>> stream = open_cef(std::move(*source), keys, budget);
  EXPECT_TRUE(stream);
  std::vector<std::string> out;
  for (;;) {
    Result<std::optional<Block>> block = (*stream)->next();
    EXPECT_TRUE(block);
    if (!block || !*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      std::string row = std::to_string(record.at.row) + "@" + std::to_string(record.at.byte_offset);
      if (record.blank) row += " blank";
      if (has(record.damage, Damage::malformed)) row += " malformed";
      for (const Cell& cell : record.cells) row += "|" + std::string(cell.text);
      out.push_back(row);
    }
  }
  return out;
}

TEST(CefStream, EachLineIsARecordAtItsPlaceWithTheKeysThatAreAskedFor) {
  const std::string line = "CEF:0|v|p|1|e|n|3|suser=a b act=q\n";
  EXPECT_EQ(cells_of(line + "\nnothing\n" + line, {"SUSER", "missing", "act"}),
            (std::vector<std::string>{"1@0|a b||q", "2@34 blank", "3@35 malformed|nothing\n",
                                      "4@43|a b||q"}));
}

TEST(CefStream, ALineOverTheLimitComesInPiecesAndNoneIsLost) {
  Budget budget;
  budget.max_record_bytes = 40;
  const std::vector<std::string> rows = cells_of(
      "CEF:0|v|p|1|e|n|3|k=" + std::string(50, 'x') + "\nCEF:0|v|p|1|e|n|3|k=y\n", {"k"}, budget);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], "1@0|" + std::string(20, 'x'));
  EXPECT_TRUE(rows[1].starts_with("2@40 malformed")) << rows[1];
  EXPECT_EQ(rows[2], "3@71|y");
}

TEST(CefStream, TellsWhichKeysThereAreAndWhichNobodyAskedFor) {
  Result<ByteSource> source =
      ByteSource::over("CEF:0|v|p|1|e|n|3|suser=a cs1Label=Tag cs1=q\n", 1000);
  const std::vector<std::string> keys = {"suser", "tag", "act", "vendor"};
  const Result<JsonSurvey> found = survey_cef(std::move(*source), keys, Budget{}, 10);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->present, (std::vector<std::string>{"suser", "tag", "vendor"}));
  EXPECT_EQ(found->others,
            (std::vector<std::string>{"product", "version", "event_class", "name", "severity"}));
}

}  // namespace
}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
#include "source/cef.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace onus::source

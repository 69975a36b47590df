// SPDX-License-Identifier: Apache-2.0
#include "source/sniff.h"

#include <gtest/gtest.h>

#include <string>

namespace onus::source {
namespace {

struct Case {
  const char* why;
  std::string text;
  char delimiter;
  int width;
};

TEST(Sniff, TellsTheDelimiter) {
  const Case cases[] = {
      {"commas", "a,b,c\n1,2,3\n", ',', 3},
      {"semicolons with decimal commas", "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ';', 3},
      {"tabs with commas in times", "a\tb\n11/13/2025, 02:00 PM\tx\n11/13/2025, 02:00 PM\ty\n",
       '\t', 2},
      {"pipes", "a|b|c|d\n1|2|3|4\n", '|', 4},
      {"quoted delimiters do not count", "\"a;b;c;d\",x\n\"a;b;c;d\",x\n", ',', 2},
      {"a title above the table", "Audit of May\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n", ',', 3},
      {"two exports stacked", "a,b,c\n1,2,3\n1,2,3\n1,2,3\nx,y,z,w\n1,2,3,4\n", ',', 3},
      {"ragged rows", "id,reason\n1,a, b\n2,c, d, e\n3,x\n4,a, b, c, d\n", ',', 2},
      {"header only", "ID,Name,Org Name\n", ',', 3},
      {"nothing", "", ',', 0},
      {"blank lines only", "\n\r\n", ',', 0},
  };
  for (const Case& c : cases) {
    const Layout layout = sniff(c.text, true);
    EXPECT_EQ(layout.delimiter, c.delimiter) << c.why;
    EXPECT_EQ(layout.width, c.width) << c.why;
  }
}

TEST(Sniff, TellsAFileOfOneColumn) {
  for (const char* text : {"reason\ninv\nstolen, vehicle\ntheft; burglary\n", "reason\n", "x",
                           "Name\nDoe, J.\nRoe, K.\n", "reason\n\"a, b\"\n\"c\"\n"}) {
    EXPECT_EQ(sniff(text, true).delimiter, '\0') << text;
    EXPECT_EQ(sniff(text, true).width, 1) << text;
  }
}

TEST(Sniff, LeavesOutARecordThatTheSampleCuts) { EXPECT_EQ(sniff("a,b,c\n1,2", false).width, 3); }

}  // namespace
}  // namespace onus::source

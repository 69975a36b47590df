// SPDX-License-Identifier: Apache-2.0
#include "ledger/anchor.h"

#include <gtest/gtest.h>

namespace onus::ledger {
namespace {

using tlog::AnchorLine;
using tlog::AnchorStatement;
using tlog::line_was_there;
using tlog::parse_anchor;
using tlog::parse_anchor_line;

std::string row(std::uint64_t i) { return "row " + std::to_string(i) + ",ABC1234"; }

Anchor anchored(const Digest& key, std::uint64_t rows) {
  Anchor anchor(key);
  for (std::uint64_t i = 0; i < rows; ++i) anchor.add(row(i));
  return anchor;
}

TEST(Anchor, ProvesEachRowAtItsPlaceAndNoOther) {
  for (const std::uint64_t rows : {1, 2, 7, 64, 65}) {
    const Anchor anchor = anchored(sha256("k"), rows);
    const AnchorStatement said{"march.csv", rows, anchor.root()};
    for (std::uint64_t i = 0; i < rows; ++i) {
      const AnchorLine good{i, anchor.salt(i), row(i), anchor.path(i), "receipt\n"};
      EXPECT_TRUE(line_was_there(said, good));
      AnchorLine bad = good;
      bad.text += ' ';
      EXPECT_FALSE(line_was_there(said, bad));
      bad = good;
      ++bad.row;
      EXPECT_FALSE(line_was_there(said, bad));
      bad = good;
      bad.salt = anchor.salt(i + 1);
      EXPECT_FALSE(line_was_there(said, bad));
      const AnchorLine again = parse_anchor_line(good.print()).value();
      EXPECT_TRUE(line_was_there(said, again));
      EXPECT_EQ(again.receipt, "receipt\n");
    }
  }
}

TEST(Anchor, ADroppedChangedOrMovedRowChangesTheRoot) {
  const Digest key = sha256("k");
  const tlog::Hash root = anchored(key, 20).root();
  EXPECT_EQ(anchored(key, 20).root(), root);
  EXPECT_NE(anchored(key, 19).root(), root);
  for (std::uint64_t gone = 0; gone < 20; ++gone) {
    Anchor other(key);
    Anchor moved(key);
    for (std::uint64_t i = 0; i < 20; ++i) {
      if (i != gone) other.add(row(i));
      moved.add(row(i == gone ? (i + 1) % 20 : i));
    }
    EXPECT_NE(other.root(), root);
    EXPECT_NE(moved.root(), root);
  }
}

TEST(Anchor, WithoutItsKeyTheSameFileGivesAnotherRoot) {
  EXPECT_NE(anchored(sha256("k"), 5).root(), anchored(sha256("other"), 5).root());
}

TEST(AnchorStatement, ReadsWhatItPrintsAndNothingElse) {
  const AnchorStatement said{"march 2026.csv", 7, sha256("r")};
  EXPECT_EQ(parse_anchor(said.text()).value(), said);
  EXPECT_FALSE(parse_anchor(said.text() + "x"));
  EXPECT_FALSE(parse_anchor(said.text().substr(1)));
  EXPECT_FALSE(parse_anchor("onus-anchor/v1\nfile a\nrows 01\nroot x\n"));
}

TEST(AnchorLine, IsRefusedWhereAnyOfItIsNotAsPrinted) {
  const std::string good = AnchorLine{2, sha256("s"), "a", {sha256("p")}, "r"}.print();
  ASSERT_TRUE(parse_anchor_line(good));
  for (const char* part : {"onus-anchor-line/v1\n", "line 3\n", "salt ", "text "}) {
    std::string bad = good;
    bad.erase(bad.find(part), 1);
    EXPECT_FALSE(parse_anchor_line(bad)) << part;
  }
  for (std::size_t size = 0; size + 3 < good.size(); ++size) {
    EXPECT_FALSE(parse_anchor_line(good.substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace onus::ledger

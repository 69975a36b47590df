// SPDX-License-Identifier: Apache-2.0
#include "ledger/anchor.h"

#include <gtest/gtest.h>

namespace onus::ledger {
namespace {

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
      EXPECT_TRUE(row_was_there(said, i, row(i), anchor.salt(i), anchor.path(i)));
      EXPECT_FALSE(row_was_there(said, i, row(i) + " ", anchor.salt(i), anchor.path(i)));
      EXPECT_FALSE(row_was_there(said, i + 1, row(i), anchor.salt(i), anchor.path(i)));
      EXPECT_FALSE(row_was_there(said, i, row(i), anchor.salt(i + 1), anchor.path(i)));
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

}  // namespace
}  // namespace onus::ledger

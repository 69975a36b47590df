// SPDX-License-Identifier: Apache-2.0
#include "tlog/entry.h"

#include <gtest/gtest.h>

#include <set>

namespace onus::tlog {
namespace {

Opening sample() {
  return {{"subject", sha256("s1"), "IL|ABC1234"},
          {"actor", sha256("s2"), std::string(63, 'a')},
          {"purpose", sha256("s3"), ""},
          {"decision", sha256("s4"), std::string("yes\x80\0", 5)}};
}
const EntryId kId{1, 2, 3};

TEST(Entry, ReadsWhatItPrintsOfEachKind) {
  const std::vector<Entry> kinds{commit_all(kId, sample()),
                                 Erasure{7, {"subject", "actor"}, "Art. 17 GDPR"},
                                 Statement{"rules 1\n"}, Plain{"a line"}, Plain{""}};
  for (const Entry& entry : kinds) EXPECT_EQ(parse_entry(print_entry(entry)).value(), entry);
}

TEST(Entry, EveryBeginningAndEveryLongerTextIsAnotherOrNone) {
  for (const Entry& entry : std::vector<Entry>{commit_all(kId, sample()), Erasure{7, {"s"}, "x"}}) {
    const std::string bytes = print_entry(entry);
    for (std::size_t size = kEntryMagic.size(); size < bytes.size(); ++size) {
      EXPECT_FALSE(parse_entry(bytes.substr(0, size))) << size;
    }
    EXPECT_NE(parse_entry(bytes + "x").value_or(Entry(Plain{})), entry);
  }
  EXPECT_FALSE(parse_entry("onus-entry/v1 other\n"));
  EXPECT_FALSE(parse_entry("onus-entry/v1 statement\n\xff"));
}

TEST(Opening, ReadsWhatItPrintsAndOpensItsEntry) {
  const Opening opening = sample();
  EXPECT_EQ(parse_opening(print_opening(opening)).value(), opening);
  EXPECT_TRUE(check_opening(commit_all(kId, opening), opening));
}

TEST(Opening, AnyOtherContentSaltOrGroupIsNamed) {
  const Record record = commit_all(kId, sample());
  for (std::size_t i = 0; i < sample().size(); ++i) {
    Opening other = sample();
    other[i].content += "x";
    EXPECT_NE(check_opening(record, other).error().message.find("'" + other[i].group + "'"),
              std::string::npos);
    other = sample();
    other[i].salt[31] ^= 1;
    EXPECT_FALSE(check_opening(record, other));
    other = sample();
    other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(check_opening(record, other));
  }
}

TEST(Opening, ErasingAGroupInPlaceLeavesTheOthersOpenAndNothingOfIt) {
  const std::string bytes = print_opening(sample());
  for (const Opened& gone : sample()) {
    const Place place = place_of(bytes, gone.group).value();
    std::string erased = bytes;
    erased.replace(place.offset, place.size, place.size, '\0');
    const Opening left = parse_opening(erased).value();
    EXPECT_TRUE(check_opening(commit_all(kId, sample()), left));
    for (const Opened& opened : left) {
      EXPECT_EQ(opened.erased, opened.group == gone.group);
      EXPECT_EQ(opened.salt == Digest{}, opened.erased);
    }
    if (gone.content.empty()) continue;
    EXPECT_EQ(erased.find(gone.content), std::string::npos);
  }
  EXPECT_EQ(place_of(bytes, "other").error().code, Code::not_found);
}

TEST(Opening, HidesTheLengthUpToTheNextBlock) {
  std::set<std::size_t> sizes;
  for (std::size_t size = 0; size < 64; ++size) {
    sizes.insert(print_opening({{"a", {}, std::string(size, 'x')}}).size());
  }
  EXPECT_EQ(sizes.size(), 1U);
}

TEST(Commitment, DiffersBySaltIdGroupAndContent) {
  const Opened base{"subject", sha256("salt"), "ABC1234"};
  std::set<Hash> seen{commit(kId, base)};
  Opened other = base;
  other.salt[0] ^= 1;
  seen.insert(commit(kId, other));
  other = base;
  other.group = "actor";
  seen.insert(commit(kId, other));
  other = base;
  other.content += '\0';
  seen.insert(commit(kId, other));
  seen.insert(commit(EntryId{9}, base));
  EXPECT_EQ(seen.size(), 5U);
}

TEST(Extra, CarriesEntryAndOpening) {
  const std::string entry = print_entry(commit_all(kId, sample()));
  const Extra read = parse_extra(print_extra(entry, print_opening(sample()))).value();
  EXPECT_EQ(read.entry, entry);
  EXPECT_EQ(read.opening, print_opening(sample()));
  EXPECT_FALSE(parse_extra("\1"));
  EXPECT_FALSE(parse_extra(std::string("\0\2a", 3)));
}

}  // namespace
}  // namespace onus::tlog

// SPDX-License-Identifier: Apache-2.0
#include "ingest/link_model.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "ingest/link_block.h"

namespace onus::ingest {
namespace {

Dictionary dictionary() {
  Dictionary out;
  for (int i = 0; i < 8; ++i) {
    const std::string agency = "agency " + std::to_string(i);
    out.agencies.add(agency, hash_of(agency));
  }
  for (const char* name : {"john smith", "j. smith", "mary jones", "a. b."}) {
    out.actors.add(name, hash_of(sorted_words(name)));
  }
  for (const char* text : {"investigation", "inv", "theft", "in"}) {
    out.texts.add(text, hash_of(text));
  }
  return out;
}

// A row of everything that a log can show, by a number.
LinkRow full_row(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  LinkRow row;
  row.second = static_cast<std::int64_t>(random() % 1'000'000);
  row.row = static_cast<std::int64_t>(random() % 1000);
  row.key = {random(), static_cast<std::int64_t>(random() >> 1)};
  row.subject = random() | 1;
  row.case_number = random() | 1;
  row.window = random() % 1000 + 1;
  row.search_type = random() % 5 + 1;
  row.agency = static_cast<std::int32_t>(random() % 8);
  row.actor = static_cast<std::int32_t>(random() % 4);
  row.reason = static_cast<std::int32_t>(random() % 4);
  row.offence = -1;
  row.networks = static_cast<std::int32_t>(random() % 300 + 2);
  row.devices = row.networks * 13;
  return row;
}

void hide(LinkRow& row, LinkField field) {
  switch (field) {
    case LinkField::agency:
      row.agency = -1;
      break;
    case LinkField::actor:
      row.actor = -1;
      break;
    case LinkField::subject:
      row.subject = 0;
      break;
    case LinkField::reason:
      row.reason = -1;
      break;
    case LinkField::offence:
      row.offence = -1;
      break;
    case LinkField::case_number:
      row.case_number = 0;
      break;
    case LinkField::window:
      row.window = 0;
      break;
    case LinkField::reach:
      row.networks = row.devices = -1;
      break;
    case LinkField::search_type:
      row.search_type = 0;
      break;
  }
}

std::vector<LinkRow> sample_rows(std::size_t count) {
  std::vector<LinkRow> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(full_row(i));
  return out;
}

Model some_model(const Chance& chance) {
  std::vector<std::int64_t> counts(kPatterns);
  const Dictionary words = dictionary();
  for (std::uint64_t i = 0; i < 400; ++i) {
    const LinkRow a = full_row(i);
    LinkRow b = full_row(i % 3 == 0 ? i + 5000 : i);
    if (i % 2 == 0) hide(b, LinkField::actor);
    ++counts[pattern_of(compare(words, a, b))];
  }
  return learn(counts, chance);
}

TEST(LinkModel, AHiddenFieldWeighsExactlyNothing) {
  const Dictionary words = dictionary();
  const std::vector<LinkRow> sample = sample_rows(500);
  const Chance chance(words, sample);
  const Model model = some_model(chance);
  const Weights weights(model, chance, words);
  LinkRow nothing;  // shows no field at all
  const double prior = std::log2(model.one_act / (1 - model.one_act));
  for (std::uint64_t i = 0; i < 50; ++i) {
    EXPECT_EQ(weights.weight(full_row(i), nothing), prior);
    EXPECT_EQ(weights.weight(nothing, full_row(i)), prior);
  }
  // Hiding a field takes away what it said, and nothing else; agency aside, on which others rest.
  for (std::size_t f = 1; f < kLinkFields; ++f) {
    LinkRow a = full_row(7);
    LinkRow b = full_row(7);
    hide(a, static_cast<LinkField>(f));
    const double one_side = weights.weight(a, b);
    hide(b, static_cast<LinkField>(f));
    EXPECT_EQ(weights.weight(a, b), one_side) << kLinkFieldNames[f];
  }
}

TEST(LinkModel, WeighsAPairTheSameFromBothSides) {
  const Dictionary words = dictionary();
  const std::vector<LinkRow> sample = sample_rows(500);
  const Chance chance(words, sample);
  const Model model = some_model(chance);
  const Weights weights(model, chance, words);
  for (std::uint64_t i = 0; i < 200; ++i) {
    const LinkRow a = full_row(i);
    const LinkRow b = full_row(i * 31 % 57);
    EXPECT_EQ(weights.weight(a, b), weights.weight(b, a));
  }
}

TEST(LinkModel, LearnsTheSharesThatPairsWereDrawnWith) {
  const Dictionary words = dictionary();
  const Chance chance(words, sample_rows(4000));
  std::vector<std::int64_t> counts(kPatterns);
  std::mt19937_64 random(11);
  const auto draw = [&](double agree, double compatible) {
    const double roll = static_cast<double>(random() % 1'000'000) / 1e6;
    if (roll < agree) return Level::agree;
    return roll < agree + compatible ? Level::compatible : Level::disagree;
  };
  for (int i = 0; i < 40'000; ++i) {
    Levels levels{};
    const bool one_act = i % 4 == 0;
    for (std::size_t f = 0; f < kLinkFields; ++f) {
      const auto& u = chance.any()[f];
      const bool hidden = random() % 3 == 0 || f == 0;  // the agency always: u of any two acts
      levels[f] = hidden ? Level::none : one_act ? draw(0.85, 0.1) : draw(u[1], u[2]);
    }
    ++counts[pattern_of(levels)];
  }
  const Model model = learn(counts, chance);
  EXPECT_NEAR(model.one_act, 0.25, 0.02);
  for (std::size_t f = 1; f < kLinkFields; ++f) {
    EXPECT_NEAR(model.m[f][1], 0.85, 0.04) << kLinkFieldNames[f];
    EXPECT_NEAR(model.m[f][3], 0.05, 0.04) << kLinkFieldNames[f];
  }
  EXPECT_LT(model.rounds, 200);
}

TEST(LinkModel, LearnsTheSameBitsAgain) {
  const Dictionary words = dictionary();
  const Chance chance(words, sample_rows(300));
  const Model once = some_model(chance);
  const Model again = some_model(chance);
  EXPECT_EQ(once.one_act, again.one_act);
  EXPECT_EQ(once.m, again.m);
}

TEST(LinkModel, WithoutPairsItKeepsToWhatItStartsWith) {
  const Dictionary words = dictionary();
  const Chance chance(words, {});
  const Model model = learn(std::vector<std::int64_t>(kPatterns), chance);
  EXPECT_EQ(model.rounds, 0);
  EXPECT_GT(model.m[1][1], 0.9);
}

TEST(LinkForms, NamesThatSayTheSameInLessAreCompatible) {
  EXPECT_TRUE(compatible_names("J. Smith", "John Smith"));
  EXPECT_TRUE(compatible_names("SMITH, John #12", "John Smith"));
  EXPECT_TRUE(compatible_names("jsmith", "John Smith"));
  EXPECT_TRUE(compatible_names("John Smi", "John Smith"));
  EXPECT_TRUE(compatible_names("A. B.", "Anna Berg"));
  EXPECT_FALSE(compatible_names("J. Smith", "Mary Smith"));
  EXPECT_FALSE(compatible_names("J. Smith", "John Smythe"));
  EXPECT_FALSE(compatible_names("", "John Smith"));
  EXPECT_FALSE(compatible_names("#12", "John Smith"));
}

TEST(LinkForms, AReasonIsCompatibleWithItsBeginning) {
  EXPECT_TRUE(compatible_texts("inv", "investigation"));
  EXPECT_TRUE(compatible_texts("investigat...", "investigation"));
  EXPECT_FALSE(compatible_texts("in", "investigation"));
  EXPECT_FALSE(compatible_texts("theft", "investigation"));
}

TEST(LinkForms, AnAgencyIsItsWordsInAnyOrder) {
  EXPECT_EQ(sorted_words("Fairhollow PD, IL"), sorted_words("fairhollow il pd [Inactive]"));
  EXPECT_NE(sorted_words("Fairhollow PD"), sorted_words("Fairhollow SO"));
}

class LinkBlocks : public ::testing::Test {
 protected:
  LinkBlocks()
      : words_(dictionary()),
        chance_(words_, sample_rows(2000)),
        weights_(even_model(chance_), chance_, words_),
        block_(words_) {}
  static Model even_model(const Chance& chance) {
    Model model = some_model(chance);
    model.one_act = 0.5;
    return model;
  }
  LinkRow row(std::uint64_t act, std::uint32_t file) {
    LinkRow out = full_row(act);
    out.second = 5;
    out.file = file;
    out.key = {++keys_, 0};
    return out;
  }
  std::size_t acts(const std::vector<LinkRow>& rows) {
    EXPECT_TRUE(block_.gather(rows));
    return block_.join_all(weights_, LinkBlock::Demand::sure);
  }
  Dictionary words_;
  Chance chance_;
  Weights weights_;
  LinkBlock block_;
  std::uint64_t keys_ = 0;
};

TEST_F(LinkBlocks, NeverJoinTwoRowsOfOneFileOrTwoVendorIds) {
  EXPECT_EQ(acts({row(1, 0), row(1, 1)}), 1U);
  EXPECT_EQ(acts({row(1, 0), row(1, 0)}), 2U);
  LinkRow a = row(1, 0);
  LinkRow b = row(1, 1);
  a.vendor = b.vendor = true;
  EXPECT_EQ(acts({a, b}), 2U);
}

TEST_F(LinkBlocks, ARowThatFitsTwoActsAlikeIsLeftAlone) {
  LinkRow first = row(1, 0);
  LinkRow second = first;  // another officer and subject, all else alike
  second.key = {++keys_, 0};
  second.actor = (first.actor + 2) % 4 == 3 ? 2 : (first.actor + 2) % 4;
  second.subject ^= 2;
  LinkRow masked = row(1, 1);
  hide(masked, LinkField::actor);
  hide(masked, LinkField::subject);
  EXPECT_EQ(acts({first, masked}), 1U);
  EXPECT_EQ(acts({first, second, masked}), 3U);
}

TEST_F(LinkBlocks, AMaskedCopyIsOneMoreActAtMostAndJoinsNoTwoThatWereApart) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 200; ++i) {
    std::vector<LinkRow> rows = {row(random() % 40, 0), row(random() % 40, 1)};
    const std::size_t before = acts(rows);
    LinkRow copy = rows[0];
    copy.key = {++keys_, 0};
    copy.file = 2;
    for (std::size_t f = 0; f < kLinkFields; ++f) {
      if (random() % 3 == 0) hide(copy, static_cast<LinkField>(f));
    }
    rows.push_back(copy);
    const std::size_t after = acts(rows);
    EXPECT_GE(after, before);
    EXPECT_LE(after, before + 1);
  }
}

TEST_F(LinkBlocks, WhatMayBeIsNeverMoreThanWhatIsSure) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 200; ++i) {
    std::vector<LinkRow> rows;
    for (std::uint32_t k = 0; k < 12; ++k) {
      rows.push_back(row(random() % 4, k / 2));
      for (std::size_t f = 0; f < kLinkFields; ++f) {
        if (random() % 2 == 0) hide(rows.back(), static_cast<LinkField>(f));
      }
    }
    const std::size_t sure = acts(rows);
    EXPECT_GE(sure, 2U);  // two rows of each file
    EXPECT_LE(block_.join_all(weights_, LinkBlock::Demand::maybe), sure);
  }
}

// Eight acts, five seconds apart in file 0, the second and the seventh alike in all they show. File
// 1 states the minute alone and has their rows in the given places.
class LinkOrder : public LinkBlocks {
 protected:
  std::size_t acts_with(const std::array<std::int64_t, 8>& places) {
    std::vector<LinkRow> rows;
    for (std::uint32_t file : {0U, 1U}) {
      for (std::uint64_t act = 0; act < 8; ++act) {
        LinkRow& each = rows.emplace_back(row(act == 6 ? 1 : act, file));
        each.second = file == 0 ? static_cast<std::int64_t>(act * 5) : 0;
        each.minute = file == 1;
        each.row = places[act];
      }
    }
    EXPECT_EQ(acts(rows), 10U) << "without the order, a row that fits two acts is left alone";
    if (block_.narrow()) return block_.join_all(weights_, LinkBlock::Demand::sure);
    return 10;
  }
};

TEST_F(LinkOrder, ARowBetweenTwoWhoseSecondsAreKnownIsOfTheActBetweenThem) {
  EXPECT_EQ(acts_with({1, 2, 3, 4, 5, 6, 7, 8}), 8U);
  EXPECT_EQ(acts_with({8, 7, 6, 5, 4, 3, 2, 1}), 8U) << "the latest first";
}

TEST_F(LinkOrder, SaysNothingWhereRowsAreNotInTheOrderOfTime) {
  EXPECT_EQ(acts_with({3, 2, 1, 4, 5, 6, 7, 8}), 10U);
}

TEST_F(LinkBlocks, TooManyInOneSecondAreRefused) {
  std::vector<LinkRow> rows;
  for (std::uint32_t i = 0; i <= kMostNodes; ++i) rows.push_back(row(i, i));
  EXPECT_FALSE(block_.gather(rows));
}

}  // namespace
}  // namespace onus::ingest

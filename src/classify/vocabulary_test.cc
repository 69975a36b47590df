// SPDX-License-Identifier: Apache-2.0
// Look-ups against searches through all words.
#include "classify/vocabulary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "support/slipped.h"
#include "text/edit_distance.h"

namespace onus::classify {
namespace {

// Letters of a few, none beside itself.
std::string word(std::mt19937& random, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    const char letter = static_cast<char>('a' + random() % 6);
    if (text.empty() || text.back() != letter) text += letter;
  }
  return text;
}

std::vector<std::string> words(std::mt19937& random, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(word(random, 8 + i % 6));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::shuffle(all.begin(), all.end(), random);
  return all;
}

// The nearest of all words, of those the first; the first letter may be wrong by one slip only.
Word nearest(const std::vector<std::string>& all, const std::string& typed) {
  Word best = kNoWord;
  int least = 3;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const int distance = text::edit_distance(typed, all[i], 2);
    const bool start =
        distance == 1 || all[i][0] == typed[0] || (all[i][0] == typed[1] && all[i][1] == typed[0]);
    if (distance >= least || !start) continue;
    least = distance;
    best = static_cast<Word>(i);
  }
  return best;
}

TEST(Vocabulary, FindsForAMisspellingTheNearestOfAllWords) {
  std::mt19937 random(1);
  const std::vector<std::string> all = words(random, 600);
  Vocabulary vocabulary;
  for (const std::string& each : all) vocabulary.add(each);
  vocabulary.seal();
  Vocabulary::Memory memory;
  for (int round = 0; round < 4000; ++round) {
    const std::string typed = slipped(random, slipped(random, all[random() % all.size()], 6), 6);
    EXPECT_EQ(vocabulary.find(typed, memory).first, nearest(all, typed)) << typed;
  }
}

TEST(Vocabulary, FindsAnExactWordWithTwoLettersTurnedOrOneTwiceAndNoOther) {
  std::mt19937 random(2);
  const std::vector<std::string> all = words(random, 600);
  Vocabulary vocabulary;
  for (const std::string& each : all) vocabulary.only_exact(vocabulary.add(each));
  vocabulary.seal();
  Vocabulary::Memory memory;
  const auto found = [&](const std::string& typed) {
    const Word id = vocabulary.find(typed, memory).first;
    return id == kNoWord ? "" : all[static_cast<std::size_t>(id)];
  };
  for (const std::string& each : all) {
    std::string turned = each, twice = each, changed = each;
    const std::size_t at = 1 + random() % (each.size() - 2);
    std::swap(turned[at], turned[at + 1]);
    EXPECT_EQ(text::edit_distance(found(turned), turned, 1), found(turned) == turned ? 0 : 1);
    EXPECT_EQ(found(twice.insert(at, 1, each[at])), each);
    changed[at] = 'z';
    EXPECT_EQ(found(changed), "");
  }
}

TEST(Vocabulary, KnowsAnExactWordWithUmlautsTurnedWithoutThem) {
  Vocabulary vocabulary;
  const Word word = vocabulary.add("überführung");
  vocabulary.only_exact(word);
  vocabulary.seal();
  Vocabulary::Memory memory;
  EXPECT_EQ(vocabulary.find("ueberfuehrnug", memory).first, word);
  EXPECT_EQ(vocabulary.find("uberfuhrnug", memory).first, word);
}

}  // namespace
}  // namespace onus::classify

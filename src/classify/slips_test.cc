// SPDX-License-Identifier: Apache-2.0
#include "classify/slips.h"
#include "support/slipped.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace onus::classify {
namespace {

std::string word(std::mt19937& random, std::size_t size) {
  std::string text;
  while (text.size() < size) text += static_cast<char>('a' + random() % 4);
  return text;
}

TEST(Slips, FindEveryWordThatIsOneSlipAway) {
  std::mt19937 random(1);
  Slips slips;
  std::vector<std::string> words;
  for (std::int32_t id = 0; id < 500; ++id) {
    words.push_back(word(random, 5 + static_cast<std::size_t>(id) % 18));
    slips.add(words.back(), id);
  }
  slips.seal();
  for (int round = 0; round < 5000; ++round) {
    const auto id = static_cast<std::int32_t>(random() % words.size());
    const std::string typed = slipped(random, words[static_cast<std::size_t>(id)], 4);
    bool found = false;
    slips.near(typed, [&](std::int32_t near) { found = found || near == id; });
    EXPECT_TRUE(found) << typed << " for " << words[static_cast<std::size_t>(id)];
  }
}

TEST(Slips, VisitNothingForWordsThatAreFarFromAll) {
  Slips slips;
  slips.add("burglary", 0);
  slips.seal();
  slips.near("stolen", [](std::int32_t) { ADD_FAILURE(); });
}

}  // namespace
}  // namespace onus::classify

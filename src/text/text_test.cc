// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/edit_distance.h"
#include "text/normalise.h"
#include "text/tokens.h"

namespace onus::text {
namespace {

std::string normal(std::string_view original) {
  Normalised normalised;
  normalised.assign(original);
  return std::string(normalised.text());
}

TEST(Normalise, FoldsCaseBlanksAndCompatibilityForms) {
  EXPECT_EQ(normal("  Stolen\t\tVEHICLE "), "stolen vehicle");
  EXPECT_EQ(normal("person+crime_x"), "person crime x");
  EXPECT_EQ(normal("ＩＣＥ\u00a0Hold"), "ice hold");
  EXPECT_EQ(normal("STRASSE"), normal("Straße"));
  EXPECT_EQ(normal("Ko\u0308rper"), normal("K\u00f6rper"));
  EXPECT_EQ(normal("sheriff\u2019s \u2013 x"), "sheriff's - x");
}

TEST(Normalise, TakesBadBytesAndControlsForBlanks) {
  EXPECT_EQ(normal("a\xff\xfe b"), "a b");
  EXPECT_EQ(normal(std::string_view("a\0b", 3)), "a b");
  EXPECT_EQ(normal("a\xc3"), "a");
  EXPECT_EQ(normal("\xff"), "");
}

// Byte by byte: runs of what counts as a blank are one, none at the ends.
std::string plain_by_hand(std::string_view original) {
  std::string text;
  bool blank = false;
  for (const char c : original) {
    if (c <= ' ' || c == 0x7f || c == '+' || c == '_') {
      blank = true;
      continue;
    }
    if (blank && !text.empty()) text += ' ';
    blank = false;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '`' ? '\'' : c;
  }
  return text;
}

TEST(Normalise, FoldsPlainTextsOfAnyLengthAndKnowsWhereEachByteStood) {
  std::mt19937 random(4);
  Normalised normalised;
  for (int round = 0; round < 20'000; ++round) {
    std::string original;
    for (std::size_t n = random() % 70; n > 0; --n)
      original += random() % 5 == 0 ? " +_\t"[random() % 4] : static_cast<char>(random() % 128);
    normalised.assign(original);
    const std::string text(normalised.text());
    ASSERT_EQ(text, plain_by_hand(original));
    for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size()); ++at) {
      const Span from = normalised.to_original({at, at + 1});
      const std::string wanted = text.substr(static_cast<std::size_t>(at), 1);
      ASSERT_EQ(wanted == " " ? wanted : plain_by_hand(from.in(original)), wanted) << original;
    }
  }
}

TEST(Normalise, PointsBackIntoTheOriginal) {
  const std::string original = " \u00c4\u00c4  ICE\u00a0hold\xff";
  Normalised normalised;
  normalised.assign(original);
  const std::size_t at = normalised.text().find("ice");
  const auto begin = static_cast<std::int32_t>(at);
  EXPECT_EQ(normalised.to_original({begin, begin + 3}).in(original), "ICE");
  EXPECT_EQ(normalised.to_original({begin, begin + 8}).in(original), "ICE\u00a0hold");
}

TEST(Normalise, ReadsNoFurtherThanItsBudget) {
  EXPECT_EQ(normal(std::string(kMaxTextBytes + 5, 'a')).size(), kMaxTextBytes);
}

std::vector<std::string> words(std::string_view text) {
  std::vector<Token> tokens;
  tokenise(text, tokens);
  std::vector<std::string> result;
  for (const Token& token : tokens)
    result.push_back((token.glued ? "~" : "") + std::string(token.span.in(text)));
  return result;
}

TEST(Tokens, CutsLettersFromDigitsAndKnowsThatTheyAreOneWord) {
  EXPECT_EQ(words("211pc 245(a)(2)"), (std::vector<std::string>{"211", "~pc", "245", "a", "2"}));
  EXPECT_EQ(words("273.5 pc. 1.2.3"), (std::vector<std::string>{"273.5", "pc", "1.2", "3"}));
}

TEST(Tokens, KeepsAnApostropheEndingWithItsWord) {
  std::vector<Token> tokens;
  const std::string_view text = "sheriff's inv'";
  tokenise(text, tokens);
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].span.in(text), "sheriff's");
  EXPECT_EQ(tokens[0].stem.in(text), "sheriff");
  EXPECT_EQ(tokens[1].span.in(text), "inv");
}

TEST(Tokens, StopsAtItsBudget) {
  std::string text;
  for (std::size_t i = 0; i < 2 * kMaxTokens; ++i) text += "a ";
  std::vector<Token> tokens;
  tokenise(text, tokens);
  EXPECT_EQ(tokens.size(), kMaxTokens);
}

TEST(EditDistance, CountsEachKindOfSlipOnce) {
  EXPECT_EQ(edit_distance("theft", "theft", 2), 0);
  EXPECT_EQ(edit_distance("thft", "theft", 2), 1);
  EXPECT_EQ(edit_distance("thefft", "theft", 2), 1);
  EXPECT_EQ(edit_distance("thaft", "theft", 2), 1);
  EXPECT_EQ(edit_distance("htetf", "theft", 2), 2);
  EXPECT_EQ(edit_distance("", "ab", 2), 2);
  EXPECT_EQ(edit_distance("abcd", "wxyz", 2), 3);
}

// The definition, without bound or memory tricks.
int slow_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      const int change = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(EditDistance, AgreesWithItsDefinitionOnRandomWords) {
  std::mt19937 random(20251122);
  for (int round = 0; round < 20000; ++round) {
    std::string a, b;
    for (auto n = random() % 9; n > 0; --n) a.push_back(static_cast<char>('a' + random() % 3));
    for (auto n = random() % 9; n > 0; --n) b.push_back(static_cast<char>('a' + random() % 3));
    const int limit = static_cast<int>(random() % 4);
    EXPECT_EQ(edit_distance(a, b, limit), std::min(slow_distance(a, b), limit + 1))
        << a << ' ' << b;
  }
}

}  // namespace
}  // namespace onus::text

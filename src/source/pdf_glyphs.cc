// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_glyphs.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "source/pdf_lines.h"

namespace onus::source {
namespace {

constexpr std::int32_t kFarthest = 96;    // a shift beyond leaves ASCII
constexpr std::size_t kWordsTried = 400;  // of the first pages: the header is among them
constexpr std::size_t kWordsNeeded = 3;

constexpr std::array<std::string_view, 28> kHeaderWords = {
    "agency",   "case",         "count",   "date",   "devices", "event",    "filters",
    "frame",    "id",           "license", "name",   "network", "networks", "number",
    "org",      "organization", "plate",   "prompt", "query",   "reason",   "search",
    "searched", "state",        "time",    "total",  "type",    "user",     "username"};

bool is_no_text(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) ||
         c >= 0xF0000;
}

bool is_letter_or_digit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

std::u32string shifted(std::string_view text, std::int32_t shift) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = static_cast<std::int64_t>(next_point(text, at)) + shift;
    out += point < 1 || point > 0x10FFFF ? char32_t{0xFFFD} : static_cast<char32_t>(point);
  }
  return out;
}

void collect(const std::u32string& text, std::set<std::string>& found) {
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char32_t c = i < text.size() ? text[i] : U' ';
    if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else if (c >= 'a' && c <= 'z') {
      word += static_cast<char>(c);
    } else {
      if (std::ranges::find(kHeaderWords, word) != kHeaderWords.end()) found.insert(word);
      word.clear();
    }
  }
}

std::size_t header_words(std::span<const Page> pages, std::int32_t shift) {
  std::set<std::string> found;
  std::size_t tried = 0;
  for (const Page& page : pages) {
    for (const Word& word : page.words) {
      if (++tried > kWordsTried) return found.size();
      collect(shifted(word.text, shift), found);
    }
  }
  return found.size();
}

}  // namespace

PageText text_of(const Page& page) {
  std::size_t all = 0, none = 0, solid = 0;
  for (const Word& word : page.words) {
    for (std::size_t at = 0; at < word.text.size();) {
      const char32_t c = next_point(word.text, at);
      ++all;
      none += is_no_text(c);
      solid += is_letter_or_digit(c);
    }
  }
  if (all == 0) return PageText::none;
  return none * 5 >= all || (all >= 100 && solid * 10 < all * 4) ? PageText::coded
                                                                 : PageText::plain;
}

std::optional<std::int32_t> find_shift(std::span<const Page> pages) {
  if (header_words(pages, 0) >= kWordsNeeded) return std::nullopt;
  std::pair<std::size_t, std::int32_t> best{0, 0};
  for (std::int32_t shift = -kFarthest; shift <= kFarthest; ++shift) {
    if (shift != 0) best = std::max(best, {header_words(pages, shift), shift});
  }
  if (best.first < kWordsNeeded) return std::nullopt;
  return best.second;
}

void decode(Page& page, std::int32_t shift) {
  std::vector<Word> words;
  for (const Word& word : page.words) {
    std::string text;
    for (const char32_t c : shifted(word.text, shift)) append_utf8(text, c);
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find(' ', from), text.size());
      if (end > from) {
        words.push_back({.x0 = word.x0 + word.width() * share_before(text, from),
                         .y0 = word.y0,
                         .x1 = word.x0 + word.width() * share_before(text, end),
                         .y1 = word.y1,
                         .text = text.substr(from, end - from)});
      }
      from = end + 1;
    }
  }
  page.words = std::move(words);
}

}  // namespace onus::source

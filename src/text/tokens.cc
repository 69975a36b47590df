// SPDX-License-Identifier: Apache-2.0
#include "text/tokens.h"

#include <utf8proc.h>

#include <array>
#include <cstdint>

namespace onus::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum class Kind : std::uint8_t { other, letter, digit, high };

constexpr std::array<Kind, 256> make_kinds() {
  std::array<Kind, 256> kinds{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = Kind::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = Kind::digit;
  for (std::size_t c = 0x80; c < 256; ++c) kinds[c] = Kind::high;
  return kinds;
}
constexpr std::array<Kind, 256> kKinds = make_kinds();

Kind kind_at(std::string_view text, std::size_t at) {
  return kKinds[static_cast<unsigned char>(text[at])];
}

// Length of the letter at `at` that is no plain one, 0 if there is none.
std::size_t high_letter_at(std::string_view text, std::size_t at) {
  utf8proc_int32_t value = -1;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (length <= 0) return 0;
  const utf8proc_category_t category = utf8proc_category(value);
  const bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
  return letter ? static_cast<std::size_t>(length) : 0;
}

std::size_t letters_end(std::string_view text, std::size_t at) {
  for (;;) {
    while (at < text.size() && kind_at(text, at) == Kind::letter) ++at;
    if (at == text.size() || kind_at(text, at) != Kind::high) return at;
    const std::size_t length = high_letter_at(text, at);
    if (length == 0) return at;
    at += length;
  }
}

std::size_t digits_end(std::string_view text, std::size_t at) {
  bool point = false;
  for (; at < text.size(); ++at) {
    if (is_digit(text[at])) continue;
    const bool decimal =
        text[at] == '.' && !point && at + 1 < text.size() && is_digit(text[at + 1]);
    if (!decimal) break;
    point = true;
  }
  return at;
}

Span span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)};
}

void put_token(std::string_view text, std::size_t at, Token& token) {
  token.digits = kind_at(text, at) == Kind::digit;
  std::size_t end = token.digits ? digits_end(text, at) : letters_end(text, at);
  token.stem = span_of(at, end);
  if (!token.digits && end + 1 < text.size() && text[end] == '\'') {
    const std::size_t tail = letters_end(text, end + 1);
    if (tail > end + 1) end = tail;
  }
  token.span = span_of(at, end);
}

}  // namespace

void tokenise(std::string_view normalised, std::vector<Token>& tokens) {
  tokens.clear();
  std::size_t at = 0;
  std::size_t last_end = 0;
  while (at < normalised.size() && tokens.size() < kMaxTokens) {
    const Kind kind = kind_at(normalised, at);
    if (kind == Kind::other || (kind == Kind::high && high_letter_at(normalised, at) == 0)) {
      ++at;
      continue;
    }
    const bool first = tokens.empty();
    Token& token = tokens.emplace_back();
    put_token(normalised, at, token);
    token.gap = static_cast<std::int32_t>(at - last_end);
    token.glued = !first && token.gap == 0;
    token.before = at == 0 || token.glued ? '\0' : normalised[at - 1];
    at = last_end = static_cast<std::size_t>(token.span.end);
  }
}

}  // namespace onus::text

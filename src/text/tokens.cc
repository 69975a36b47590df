// SPDX-License-Identifier: Apache-2.0
#include "text/tokens.h"

#include <utf8proc.h>

namespace onus::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Length of the letter at `at`, 0 if there is none.
std::size_t letter_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c >= 'a' && c <= 'z') return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;
  utf8proc_int32_t value = -1;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (length <= 0) return 0;
  const utf8proc_category_t category = utf8proc_category(value);
  const bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
  return letter ? static_cast<std::size_t>(length) : 0;
}

std::size_t letters_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t length = letter_at(text, at);
    if (length == 0) break;
    at += length;
  }
  return at;
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

Token token_at(std::string_view text, std::size_t at) {
  Token token;
  token.digits = is_digit(text[at]);
  std::size_t end = token.digits ? digits_end(text, at) : letters_end(text, at);
  token.stem = span_of(at, end);
  if (!token.digits && end + 1 < text.size() && text[end] == '\'') {
    const std::size_t tail = letters_end(text, end + 1);
    if (tail > end + 1) end = tail;
  }
  token.span = span_of(at, end);
  return token;
}

}  // namespace

void tokenise(std::string_view normalised, std::vector<Token>& tokens) {
  tokens.clear();
  std::size_t at = 0;
  std::size_t last_end = 0;
  while (at < normalised.size() && tokens.size() < kMaxTokens) {
    if (!is_digit(normalised[at]) && letter_at(normalised, at) == 0) {
      ++at;
      continue;
    }
    Token token = token_at(normalised, at);
    token.gap = static_cast<std::int32_t>(at - last_end);
    token.glued = !tokens.empty() && token.gap == 0;
    token.before = at == 0 || token.glued ? '\0' : normalised[at - 1];
    tokens.push_back(token);
    at = last_end = static_cast<std::size_t>(token.span.end);
  }
}

}  // namespace onus::text

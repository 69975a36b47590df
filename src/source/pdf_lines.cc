// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_lines.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace onus::source {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

std::size_t uuid_prefix(std::string_view text) {
  if (text.size() < 36) return 0;
  for (std::size_t i = 0; i < 36; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) return 0;
  }
  return 36;
}

// 1-4 digits, a mark, 1-2 digits, the same mark, 2-4 digits; four digits at one end.
std::size_t date_prefix(std::string_view text) {
  const std::size_t first = digits_at(text, 0);
  if (first == 0 || first > 4 || first == 3 || first >= text.size()) return 0;
  const char mark = text[first];
  if (mark != '/' && mark != '-' && mark != '.') return 0;
  const std::size_t second = digits_at(text, first + 1);
  const std::size_t at = first + 1 + second;
  if (second == 0 || second > 2 || at >= text.size() || text[at] != mark) return 0;
  std::size_t third = digits_at(text, at + 1);
  if (first == 4) third = std::min<std::size_t>(third, 2);
  if (first < 4) third = std::min<std::size_t>(third, 4);
  if (third == 0 || (first < 4 && third != 4 && third != 2)) return 0;
  const std::size_t end = at + 1 + third;
  return end < text.size() && text[end] == ',' ? end + 1 : end;
}

std::size_t clock_prefix(std::string_view text) {
  std::size_t at = digits_at(text, 0);
  if (at == 0 || at > 2 || at >= text.size() || text[at] != ':') return 0;
  if (digits_at(text, at + 1) < 2) return 0;
  at += 3;
  if (at < text.size() && text[at] == ':' && digits_at(text, at + 1) >= 2) at += 3;
  return at;
}

double width_of(char32_t c) {
  if (c < 0x80) {
    const std::string_view narrow = "iljtfrI.,:;'|!()[]/- \"";
    if (narrow.find(static_cast<char>(c)) != std::string_view::npos) return 0.31;
    if (c == 'm' || c == 'M' || c == 'w' || c == 'W' || c == '@' || c == '%') return 0.85;
    if (c >= 'A' && c <= 'Z') return 0.69;
  }
  return 0.55;
}

}  // namespace

std::vector<Line> lines_of(const Page& page) {
  std::vector<std::size_t> order(page.words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(page.words[i].middle(), i); });
  std::vector<Line> lines;
  for (const std::size_t i : order) {
    const Word& word = page.words[i];
    const double em = std::max(word.height(), 1.0);
    const bool joins =
        !lines.empty() && word.middle() - lines.back().y <= 0.25 * std::max(em, lines.back().em);
    if (!joins) lines.push_back({.y = word.middle(), .em = em});
    lines.back().em = std::max(lines.back().em, em);
    lines.back().words.push_back(i);
  }
  for (Line& line : lines) {
    std::ranges::sort(line.words, {},
                      [&](std::size_t i) { return std::pair(page.words[i].x0, i); });
  }
  return lines;
}

std::vector<Piece> pieces_of(const Page& page, const Line& line, double gap) {
  std::vector<Piece> pieces;
  for (const std::size_t i : line.words) {
    const Word& word = page.words[i];
    const double apart = pieces.empty() ? 0 : word.x0 - pieces.back().x1;
    if (pieces.empty() || apart > gap * line.em) {
      pieces.push_back({.x0 = word.x0, .x1 = word.x1, .text = word.text});
      continue;
    }
    if (apart > kGlueGap * line.em) pieces.back().text += ' ';
    pieces.back().text += word.text;
    pieces.back().x1 = std::max(pieces.back().x1, word.x1);
  }
  return pieces;
}

std::string mask_of(const Page& page, const Line& line) {
  std::string mask;
  for (const std::size_t i : line.words) {
    for (const char c : page.words[i].text) {
      if (!is_digit(c)) mask += c;
      if (is_digit(c) && (mask.empty() || mask.back() != '#')) mask += '#';
    }
    mask += ' ';
  }
  return mask;
}

ValueKind kind_of(std::string_view text) {
  for (const ValueKind kind :
       {ValueKind::uuid, ValueKind::date, ValueKind::clock, ValueKind::integer}) {
    if (!text.empty() && prefix_of_kind(text, kind) == text.size()) return kind;
  }
  return ValueKind::text;
}

std::size_t prefix_of_kind(std::string_view text, ValueKind kind) {
  switch (kind) {
    case ValueKind::uuid:
      return uuid_prefix(text);
    case ValueKind::date:
      return date_prefix(text);
    case ValueKind::clock:
      return clock_prefix(text);
    case ValueKind::integer:
      return digits_at(text, 0);
    case ValueKind::text:
      break;
  }
  return text.size();
}

double share_before(std::string_view text, std::size_t at) {
  double before = 0, all = 0;
  for (std::size_t i = 0; i < text.size();) {
    const bool counts = i < at;
    const double width = width_of(next_point(text, i));
    all += width;
    if (counts) before += width;
  }
  return all > 0 ? before / all : 0;
}

}  // namespace onus::source

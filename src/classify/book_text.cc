// SPDX-License-Identifier: Apache-2.0
#include "classify/book_text.h"

#include <algorithm>
#include <string>

namespace onus::classify {
namespace {

constexpr std::size_t kBookWords = 5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_bracket(char c) { return c == '(' || c == ')'; }

std::uint8_t roles_in(const WordTable& table, std::string_view word) {
  const std::int32_t found = table.find(word);
  return static_cast<std::uint8_t>(found == WordTable::kAbsent ? 0 : found);
}

std::uint8_t roles_of(const WordTable& table, std::string_view text, const text::Token& token) {
  const std::uint8_t roles = roles_in(table, token.span.in(text));
  if (token.stem == token.span) return roles;
  // "unit's 459"
  const std::uint8_t stem = roles_in(table, token.stem.in(text)) & kNoCode;
  return static_cast<std::uint8_t>((roles & ~kNoCode) | stem);
}

}  // namespace

void Books::add(std::int32_t book, std::string_view section, std::int32_t pattern) {
  std::string form(section);
  sections.put(key(book) + form, pattern);
  for (char& c : form) c = c == '#' ? '0' : c;
  if (book == kNone) alone.put(start_of(form).view(), 0);
  for (char& c : form) c = is_digit(c) ? '#' : c;
  forms.put(key(book) + form, 0);
}

CodeForm Books::start_of(std::string_view section) {
  CodeForm start;
  std::size_t size = 0;  // up to its last digit
  bool number = true, bracket = false;
  for (const char c : section) {
    const bool digit = is_digit(c), hangs = c == '-' || c == '/' || c == ':';
    if (!digit && !hangs && !is_bracket(c)) break;
    if (digit && bracket && size == start.size) break;  // "81(2)"
    bracket = is_bracket(c);
    number = number && digit;
    if (!bracket && !start.append(digit && !number ? "#" : std::string_view(&c, 1))) break;
    if (digit) size = start.size;
  }
  start.cut(size);
  return start;
}

void BookText::assign(std::string_view text, std::span<const text::Token> tokens,
                      const WordTable& roles, const Books& books) {
  text_ = text;
  tokens_ = tokens;
  books_ = &books;
  roles_.assign(tokens.size(), 0);
  named_.clear();
  if (std::ranges::none_of(tokens, &text::Token::digits)) return;
  for (std::size_t at = 0; at < tokens.size(); ++at) roles_[at] = roles_of(roles, text, tokens[at]);
  for (std::size_t at = 0; at < tokens.size(); ++at) find_names(at);
}

void BookText::find_names(std::size_t first) {
  if (!is(first, kBookBegins)) return;
  const std::size_t end = std::min(tokens_.size(), first + kBookWords);
  for (std::size_t last = first; last < end && (last == first || joins(last)); ++last) {
    if (!is(last, kBookEnds) || (last == first && !is(last, kBook))) continue;
    if (const auto book = named(first, last)) named_.push_back(*book);
  }
}

// Whether a name may go on from the token before: "o.c.g.a", "h & s".
bool BookText::joins(std::size_t at) const {
  const text::Token& token = tokens_[at];
  if (token.gap == 3) return text_[static_cast<std::size_t>(token.span.begin) - 2] == '&';
  return token.gap <= 2;
}

std::optional<Book> BookText::named(std::size_t first, std::size_t last) const {
  CodeForm name;
  for (std::size_t i = first; i <= last; ++i) {
    if (!name.append(word(i))) return std::nullopt;
  }
  const std::int32_t found = books_->names.find(name.view());
  if (found == WordTable::kAbsent) return std::nullopt;
  return Book{found / 2, (found & Books::kPlain) != 0, first, last};
}

// The longest of them.
std::optional<Book> BookText::from(std::size_t at) const {
  const auto found = std::find_if(named_.rbegin(), named_.rend(),
                                  [&](const Book& book) { return book.first == at; });
  return found == named_.rend() ? std::nullopt : std::optional(*found);
}

// Whether the token stands near what is before it, or a sign of sections between them.
bool BookText::follows(std::size_t at) const {
  constexpr std::string_view kSign = "§";
  const std::string_view between = gap(at);
  return between.size() <= 2 || (between.size() <= 6 && between.find(kSign) != between.npos);
}

// The longest of them; a name is a word of its own.
std::optional<Book> BookText::before(std::size_t at) const {
  constexpr std::size_t kReach = 8;
  if (named_.empty()) return std::nullopt;
  for (std::size_t end = at; end > 0 && at - end < kReach && follows(end); --end) {
    const auto found = std::find_if(named_.begin(), named_.end(), [&](const Book& book) {
      return book.last + 1 == end && !tokens_[book.first].glued;
    });
    if (found != named_.end()) return *found;
    if (!is(end - 1, kSectionPart) || tokens_[end - 1].glued) break;
  }
  return std::nullopt;
}

}  // namespace onus::classify

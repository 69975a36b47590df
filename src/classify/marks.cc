// SPDX-License-Identifier: Apache-2.0
#include "classify/marks.h"

#include <algorithm>
#include <array>

namespace onus::classify {
namespace {

using text::Token;

// Words that scrubbers leave in brackets in place of what they took out.
constexpr std::array<std::string_view, 8> kMasks = {"subject", "plate",    "name",   "licence",
                                                    "license", "redacted", "person", "phone"};

bool has(const WordTable& table, std::string_view word) {
  return table.find(word) != WordTable::kAbsent;
}

// A run of tokens with nothing or a hyphen between them: "pa2026-9525".
struct Cluster {
  std::size_t first = 0;
  std::size_t end = 0;  // one past the last
  std::size_t digits = 0;
  std::size_t groups = 0;  // runs of digits
  std::size_t letters = 0;
  std::size_t hyphens = 0;
  bool books_only = true;      // every run of letters names a code book
  bool knows_letters = false;  // a run of letters is a word of the lexicon
};

// Grows the form of a code piece by piece: "245", "245a", "245a2".
struct CodeForm {
  std::array<char, 24> bytes;
  std::size_t size = 0;
  bool append(std::string_view piece) {
    if (size + piece.size() > bytes.size()) return false;
    std::copy(piece.begin(), piece.end(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    size += piece.size();
    return true;
  }
  void cut(std::size_t to) { size = to; }
  std::string_view view() const { return {bytes.data(), size}; }
};

// "(a)", "(1)", or letters glued to the number that name no book.
bool is_subsection(std::string_view text, const Token& token, const Numbers& numbers) {
  const std::string_view word = token.span.in(text);
  if (token.before == '(' && token.gap <= 2) return word.size() <= 3;
  return token.glued && word.size() <= 3 && !has(numbers.books, word) && !has(numbers.words, word);
}

bool is_book(std::string_view text, const Token& token, const Numbers& numbers) {
  return !token.digits && has(numbers.books, token.span.in(text));
}

// "PC 459"; what stands before the book, and how far, is no matter: "per Sgt - PC 459".
bool is_behind_book(std::string_view text, const std::vector<Token>& tokens, const Numbers& numbers,
                    std::size_t at) {
  return at > 0 && tokens[at].gap <= 2 && is_book(text, tokens[at - 1], numbers);
}

bool is_near_book(std::string_view text, const Token& token, const Numbers& numbers) {
  return token.gap <= 2 && is_book(text, token, numbers);
}

// "200002" for "20002": of a digit that stands three times or more, once less.
CodeForm held_digit(std::string_view number) {
  CodeForm form;
  bool cut = false;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const bool run = i >= 2 && number[i] == number[i - 1] && number[i] == number[i - 2];
    if (run && !cut) {
      cut = true;
      continue;
    }
    if (!form.append(number.substr(i, 1))) return {};
  }
  return form;
}

// Whether a book stands before the number or behind its subsections.
bool beside_book(std::string_view text, const std::vector<Token>& tokens, const Numbers& numbers,
                 std::size_t at) {
  if (is_behind_book(text, tokens, numbers, at)) return true;
  std::size_t next = at + 1;
  while (next < tokens.size() && is_subsection(text, tokens[next], numbers)) ++next;
  return next < tokens.size() && is_near_book(text, tokens[next], numbers);
}

bool is_section_part(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '/' ||
         c == ':';
}

// Where the section that begins with the number ends: "13-1802(a)(1)"; no longer than a form.
std::size_t section_end(std::string_view text, const Token& number) {
  auto end = static_cast<std::size_t>(number.span.begin);
  std::size_t parts = 0;
  for (; end < text.size(); ++end) {
    const bool part = is_section_part(text[end]);
    if (!part && text[end] != '(' && text[end] != ')') break;
    if (part && ++parts > CodeForm().bytes.size()) break;
  }
  return end;
}

// Adds the section that begins with the number, without its brackets.
CodeForm section_at(std::string_view text, const Token& number, CodeForm form) {
  for (auto at = static_cast<std::size_t>(number.span.begin); at < text.size(); ++at) {
    const bool part = is_section_part(text[at]);
    if (!part && text[at] != '(' && text[at] != ')') break;
    if (part && !form.append(text.substr(at, 1))) break;
  }
  return form;
}

// Shortened at its last dot, dash or bracket until the table knows it.
std::int32_t longest_known(CodeForm form, std::size_t least, const WordTable& table) {
  for (std::size_t size = form.size; size > least; --size) {
    form.cut(size);
    const std::int32_t found = table.find(form.view());
    if (found != WordTable::kAbsent) return found;
  }
  return WordTable::kAbsent;
}

// The book behind a section that ends before tokens[at]: "224 abs. 1 nr. 2 stgb".
std::optional<std::size_t> book_behind(std::string_view text, const std::vector<Token>& tokens,
                                       const Numbers& numbers, std::size_t at) {
  constexpr std::size_t kReach = 8;
  for (std::size_t i = at; i < std::min(tokens.size(), at + kReach); ++i) {
    if (is_near_book(text, tokens[i], numbers)) return i;
    if (!tokens[i].digits && !has(numbers.section_parts, tokens[i].span.in(text))) break;
  }
  return std::nullopt;
}

// A section of a book that must be named beside it, before or behind.
std::optional<CodeHit> booked_code_at(std::string_view text, const std::vector<Token>& tokens,
                                      const Numbers& numbers, std::size_t at) {
  if (numbers.booked.empty()) return std::nullopt;
  const bool before = is_behind_book(text, tokens, numbers, at);
  if (!before && at + 1 == tokens.size()) return std::nullopt;
  const std::size_t end = section_end(text, tokens[at]);
  std::size_t last = at;
  while (last + 1 < tokens.size() && static_cast<std::size_t>(tokens[last + 1].span.end) <= end)
    ++last;
  const std::optional<std::size_t> book =
      before ? std::optional(at - 1) : book_behind(text, tokens, numbers, last + 1);
  if (!book) return std::nullopt;
  CodeForm form;
  if (!form.append(tokens[*book].span.in(text)) || !form.append(" ")) return std::nullopt;
  const std::size_t least = form.size;
  const std::int32_t pattern =
      longest_known(section_at(text, tokens[at], form), least, numbers.booked);
  if (pattern == WordTable::kAbsent) return std::nullopt;
  return CodeHit{pattern, static_cast<std::int32_t>(std::min(at, *book)),
                 static_cast<std::int32_t>(std::max(last, *book))};
}

class Marker {
 public:
  Marker(std::string_view text, const std::vector<Token>& tokens, const Numbers& numbers,
         std::vector<Mark>& marks)
      : text_(text), tokens_(tokens), numbers_(numbers), marks_(marks) {
    marks_.assign(tokens.size(), Mark::none);
  }

  void run() {
    std::size_t at = first_number_or_mask();
    while (at < tokens_.size()) {
      if (is_word(at)) {
        ++at;
        continue;
      }
      std::size_t past = booked_end(at);
      if (past == at) past = std::max({masked_end(at), slashed_date_end(at), clock_end(at)});
      if (past > at) {
        at = past;
        continue;
      }
      const Cluster cluster = cluster_at(at);
      if (cluster.groups > 0) judge(described(cluster));
      at = cluster.end;
    }
  }

 private:
  // With the letters that hang on it: "pa-2026"; nothing before it is marked.
  std::size_t first_number_or_mask() const {
    std::size_t at = 0;
    while (at < tokens_.size() && !tokens_[at].digits && tokens_[at].before != '[') ++at;
    while (at < tokens_.size() && at > 0 && (tokens_[at].glued || behind(at, '-'))) --at;
    return at;
  }
  std::string_view word(std::size_t i) const { return tokens_[i].span.in(text_); }
  std::size_t length(std::size_t i) const { return word(i).size(); }
  bool digits(std::size_t i) const { return i < tokens_.size() && tokens_[i].digits; }
  bool behind(std::size_t i, char separator) const {
    return i < tokens_.size() && tokens_[i].gap == 1 && tokens_[i].before == separator;
  }
  void mark(std::size_t from, std::size_t end, Mark value) {
    for (std::size_t i = from; i < end; ++i) marks_[i] = value;
  }

  // Letters that belong to no number, and no mask.
  bool is_word(std::size_t at) const {
    if (tokens_[at].digits || tokens_[at].before == '[') return false;
    return at + 1 == tokens_.size() || (!tokens_[at + 1].glued && !behind(at + 1, '-'));
  }

  std::size_t masked_end(std::size_t at) {
    if (tokens_[at].before != '[' ||
        std::find(kMasks.begin(), kMasks.end(), word(at)) == kMasks.end())
      return at;
    const auto from = static_cast<std::size_t>(tokens_[at].span.end);
    const std::size_t close = text_.find(']', from);
    if (close == std::string_view::npos || close - from > 70) return at;
    std::size_t end = at + 1;
    while (end < tokens_.size() && static_cast<std::size_t>(tokens_[end].span.end) <= close) ++end;
    mark(at, end, Mark::masked);
    return end;
  }

  // "3/12" and "3/12/2026" with parts as long as dates have them; codes have three digits.
  std::size_t slashed_date_end(std::size_t at) {
    if (!digits(at) || length(at) > 2 || !digits(at + 1) || !behind(at + 1, '/')) return at;
    if (length(at + 1) > 2) return at;
    const bool year = digits(at + 2) && behind(at + 2, '/');
    const std::size_t end = year ? at + 3 : at + 2;
    mark(at, end, Mark::date);
    return end;
  }

  // "21:59", "21:59:46.749z"
  std::size_t clock_end(std::size_t at) {
    if (!digits(at) || length(at) > 2 || !digits(at + 1) || !behind(at + 1, ':')) return at;
    std::size_t end = at + 2;
    while (end < tokens_.size() && (behind(end, ':') || tokens_[end].glued)) ++end;
    mark(at, end, Mark::date);
    return end;
  }

  // A section of a named book is no date and no reference: "ARS 13-1802".
  std::size_t booked_end(std::size_t at) const {
    if (!digits(at)) return at;
    const auto code = booked_code_at(text_, tokens_, numbers_, at);
    return code ? static_cast<std::size_t>(code->last) + 1 : at;
  }

  Cluster cluster_at(std::size_t at) const {
    Cluster cluster{.first = at, .end = at};
    for (std::size_t i = at; i < tokens_.size(); ++i) {
      if (i > at && !tokens_[i].glued && !behind(i, '-')) break;
      cluster.end = i + 1;
      cluster.hyphens += i > at && behind(i, '-') ? 1 : 0;
      (tokens_[i].digits ? cluster.digits : cluster.letters) += length(i);
      cluster.groups += tokens_[i].digits ? 1 : 0;
    }
    return cluster;
  }

  Cluster described(Cluster cluster) const {
    for (std::size_t i = cluster.first; i < cluster.end; ++i) {
      if (tokens_[i].digits) continue;
      cluster.books_only = cluster.books_only && has(numbers_.books, word(i));
      cluster.knows_letters = cluster.knows_letters || has(numbers_.words, word(i));
    }
    return cluster;
  }

  bool iso_date(const Cluster& c) const {
    return c.groups >= 3 && c.hyphens == 2 && digits(c.first) && length(c.first) == 4 &&
           digits(c.first + 1) && length(c.first + 1) == 2 && digits(c.first + 2) &&
           length(c.first + 2) == 2;
  }

  bool ten_code(const Cluster& c) const {
    const std::string_view start = word(c.first);
    return c.groups == 2 && c.hyphens == 1 && c.letters <= 2 && (start == "10" || start == "11") &&
           behind(c.first + 1, '-') && length(c.first + 1) <= 2;
  }

  // "case 2211", "#2211"
  bool after_reference_word(const Cluster& c) const {
    if (tokens_[c.first].before == '#') return true;
    return c.first > 0 && has(numbers_.reference_words, word(c.first - 1));
  }

  // "signal 20", "code 4"
  bool after_radio_word(const Cluster& c) const {
    return c.first > 0 && digits(c.first) && c.groups == 1 && c.digits <= 3 && c.letters <= 1 &&
           !code(c) && has(numbers_.radio_words, word(c.first - 1));
  }

  bool code(const Cluster& c) const {
    const std::string_view start = word(c.first);
    if (c.hyphens > 0 || !digits(c.first)) return false;
    if (c.groups == 1 && beside_book(text_, tokens_, numbers_, c.first))
      return has(numbers_.codes, start) || has(numbers_.codes, held_digit(start).view());
    if (c.groups == 1) return has(numbers_.codes, start);
    CodeForm form;  // "243e1"
    for (std::size_t i = c.first; i < c.end; ++i) {
      if (!form.append(word(i))) return false;
    }
    return has(numbers_.codes, form.view());
  }

  // Two known codes behind each other: "187-211".
  bool joined_codes(const Cluster& c) const {
    if (c.letters > 0 || c.groups != 2) return false;
    return has(numbers_.codes, word(c.first)) && has(numbers_.codes, word(c.first + 1));
  }

  bool reference(const Cluster& c) const {
    if (c.letters > 0 && c.books_only) return false;
    if (c.hyphens == c.groups && c.groups == 1 && c.letters > 0 && c.digits < 5) return false;
    if (code(c) || joined_codes(c)) return false;
    if (c.letters > 8) return c.digits >= 5;
    if (c.letters > 0) return c.digits >= 4 && !(c.knows_letters && c.digits < 5);
    if (c.groups > 1) return c.digits >= 4;
    return c.digits >= 6 || (c.digits >= 4 && after_reference_word(c));
  }

  void judge(const Cluster& c) {
    if (iso_date(c)) {
      std::size_t end = c.end;
      while (end < tokens_.size() && (behind(end, ':') || tokens_[end].glued)) ++end;
      mark(c.first, end, Mark::date);
    } else if (ten_code(c)) {
      mark(c.first, c.end, Mark::ten_code);
    } else if (after_radio_word(c)) {
      mark(c.first - 1, c.end, Mark::ten_code);
    } else if (reference(c)) {
      for (std::size_t i = c.first; i > 0 && has(numbers_.reference_words, word(i - 1)); --i)
        marks_[i - 1] = Mark::reference;
      for (std::size_t i = c.first; i < c.end; ++i) {
        if (!c.knows_letters || tokens_[i].digits) marks_[i] = Mark::reference;
      }
    }
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  const Numbers& numbers_;
  std::vector<Mark>& marks_;
};

}  // namespace

void mark_tokens(std::string_view text, const std::vector<Token>& tokens, const Numbers& numbers,
                 std::vector<Mark>& marks) {
  Marker(text, tokens, numbers, marks).run();
}

std::optional<CodeHit> code_at(std::string_view text, const std::vector<Token>& tokens,
                               const std::vector<Mark>& marks, const Numbers& numbers,
                               std::size_t at) {
  const Token& number = tokens[at];
  if (!number.digits || marks[at] != Mark::none) return std::nullopt;
  if (const auto booked = booked_code_at(text, tokens, numbers, at)) return booked;
  const bool book_before = is_behind_book(text, tokens, numbers, at) && marks[at - 1] == Mark::none;
  if (number.glued && !book_before) return std::nullopt;
  if (at > 0 && !beside_book(text, tokens, numbers, at) &&
      has(numbers.code_not_after, tokens[at - 1].stem.in(text)))
    return std::nullopt;
  CodeForm form;
  if (!form.append(number.span.in(text))) return std::nullopt;
  std::int32_t pattern = numbers.codes.find(form.view());
  std::size_t last = at;
  while (last + 1 < tokens.size() && is_subsection(text, tokens[last + 1], numbers)) {
    if (!form.append(tokens[last + 1].span.in(text))) break;
    ++last;
    const std::int32_t finer = numbers.codes.find(form.view());
    if (finer != WordTable::kAbsent) pattern = finer;
  }
  if (pattern == WordTable::kAbsent && at + 1 < tokens.size() && last == at) {
    // "273 5" for "273.5"
    const Token& next = tokens[at + 1];
    const bool decimal = next.digits && next.span.size() == 1 && next.before == ' ' &&
                         form.append(".") && form.append(next.span.in(text));
    if (decimal) pattern = numbers.codes.find(form.view());
    last = at + 1;
  }
  if (pattern == WordTable::kAbsent && beside_book(text, tokens, numbers, at))
    pattern = numbers.codes.find(held_digit(number.span.in(text)).view());
  if (pattern == WordTable::kAbsent) return std::nullopt;
  if (last + 1 < tokens.size() && is_near_book(text, tokens[last + 1], numbers)) ++last;
  return CodeHit{pattern, static_cast<std::int32_t>(book_before ? at - 1 : at),
                 static_cast<std::int32_t>(last)};
}

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "classify/marks.h"

#include <algorithm>
#include <array>

#include "classify/code_form.h"

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
  bool books_only = true;      // every run of letters names a book of plain codes
  bool knows_letters = false;  // a run of letters is a word of the lexicon
};

// "(a)", "(1)", or letters glued to the number that name no book.
bool is_subsection(const BookText& here, const Numbers& numbers, std::size_t at) {
  const Token& token = here.tokens()[at];
  const std::string_view word = here.word(at);
  if (token.before == '(' && token.gap <= 2) return word.size() <= 3;
  const bool book = !token.digits && here.is(at, kBook);
  return token.glued && word.size() <= 3 && !book && !has(numbers.words, word);
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

// The book that begins with tokens[at], near what stands before it.
std::optional<Book> near_book(const BookText& here, std::size_t at) {
  if (at >= here.tokens().size() || here.tokens()[at].gap > 2) return std::nullopt;
  return here.from(at);
}

// Whether a book stands before the number or behind its subsections.
bool beside_book(const BookText& here, const Numbers& numbers, std::size_t at) {
  if (!here.names_book()) return false;
  if (here.before(at)) return true;
  std::size_t next = at + 1;
  while (next < here.tokens().size() && is_subsection(here, numbers, next)) ++next;
  return near_book(here, next).has_value();
}

CodeHit hit_of(const SectionHit& section) {
  return {section.pattern, static_cast<std::int32_t>(section.first),
          static_cast<std::int32_t>(section.last)};
}

bool all_plain(const std::vector<Mark>& marks, const Book& book) {
  return std::all_of(marks.begin() + static_cast<std::ptrdiff_t>(book.first),
                     marks.begin() + static_cast<std::ptrdiff_t>(book.last) + 1,
                     [](Mark mark) { return mark == Mark::none; });
}

// A code of the lexicon's that needs no book, with its book if that stands beside it.
std::optional<CodeHit> plain_code_at(const BookText& here, const std::vector<Mark>& marks,
                                     const Numbers& numbers, std::size_t at) {
  const std::span<const Token> tokens = here.tokens();
  const Token& number = tokens[at];
  std::optional<Book> book = here.before(at);
  if (book && !all_plain(marks, *book)) book.reset();
  if (number.glued && !book) return std::nullopt;
  const bool beside = beside_book(here, numbers, at);
  if (at > 0 && !beside && here.is(at - 1, kNoCode)) return std::nullopt;
  CodeForm form;
  if (!form.append(here.word(at))) return std::nullopt;
  std::int32_t pattern = numbers.codes.find(form.view());
  std::size_t last = at;
  while (last + 1 < tokens.size() && is_subsection(here, numbers, last + 1)) {
    if (!form.append(here.word(last + 1))) break;
    ++last;
    const std::int32_t finer = numbers.codes.find(form.view());
    if (finer != WordTable::kAbsent) pattern = finer;
  }
  if (pattern == WordTable::kAbsent && at + 1 < tokens.size() && last == at) {
    // "273 5" for "273.5"
    const Token& next = tokens[at + 1];
    const bool decimal = next.digits && next.span.size() == 1 && next.before == ' ' &&
                         form.append(".") && form.append(here.word(at + 1));
    if (decimal) pattern = numbers.codes.find(form.view());
    last = at + 1;
  }
  if (pattern == WordTable::kAbsent && beside)
    pattern = numbers.codes.find(held_digit(here.word(at)).view());
  if (pattern == WordTable::kAbsent) return std::nullopt;
  if (const auto behind = near_book(here, last + 1)) last = behind->last;
  return CodeHit{pattern, static_cast<std::int32_t>(book ? book->first : at),
                 static_cast<std::int32_t>(last)};
}

class Marker {
 public:
  Marker(const BookText& here, const Numbers& numbers, Sections& sections, std::vector<Mark>& marks)
      : tokens_(here.tokens()), numbers_(numbers), here_(here), sections_(sections), marks_(marks) {
    marks_.assign(tokens_.size(), Mark::none);
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
  std::string_view word(std::size_t i) const { return here_.word(i); }
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
    const std::size_t close = here_.text().find(']', from);
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

  // A section of a named book is no date and no reference: "ARS 13-1802", "720-5/18-2".
  std::size_t booked_end(std::size_t at) {
    if (digits(at)) {
      if (const auto& section = sections_.at(here_, at)) return section->last + 1;
    }
    if (!here_.is(at, kBookBegins)) return at;
    const auto hangs = [&](std::size_t i) {
      return i < tokens_.size() && (tokens_[i].glued || behind(i, '-'));
    };
    for (std::size_t i = at + 1; hangs(i); ++i) {
      if (!digits(i)) continue;
      const auto& section = sections_.at(here_, i);
      if (section) return section->first <= at ? section->last + 1 : at;
    }
    return at;
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
      cluster.books_only = cluster.books_only && here_.is(i, kPlainBook);
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
    return c.first > 0 && here_.is(c.first - 1, kReference);
  }

  // "signal 20", "code 4"
  bool after_radio_word(const Cluster& c) const {
    return c.first > 0 && digits(c.first) && c.groups == 1 && c.digits <= 3 && c.letters <= 1 &&
           !code(c) && here_.is(c.first - 1, kRadio);
  }

  bool code(const Cluster& c) const {
    const std::string_view start = word(c.first);
    if (c.hyphens > 0 || !digits(c.first)) return false;
    if (c.groups == 1 && beside_book(here_, numbers_, c.first))
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
      for (std::size_t i = c.first; i > 0 && here_.is(i - 1, kReference); --i)
        marks_[i - 1] = Mark::reference;
      for (std::size_t i = c.first; i < c.end; ++i) {
        if (!c.knows_letters || tokens_[i].digits) marks_[i] = Mark::reference;
      }
    }
  }

  std::span<const Token> tokens_;
  const Numbers& numbers_;
  const BookText& here_;
  Sections& sections_;
  std::vector<Mark>& marks_;
};

}  // namespace

void mark_tokens(const BookText& here, const Numbers& numbers, Sections& sections,
                 std::vector<Mark>& marks) {
  sections.clear();
  Marker(here, numbers, sections, marks).run();
}

std::optional<CodeHit> code_at(const BookText& here, const Numbers& numbers, Sections& sections,
                               const std::vector<Mark>& marks, std::size_t at) {
  if (!here.tokens()[at].digits || marks[at] != Mark::none) return std::nullopt;
  const auto& section = sections.at(here, at);
  if (section && !section->yields) return hit_of(*section);
  const auto plain = plain_code_at(here, marks, numbers, at);
  const bool reaches =
      plain && (!section || plain->last >= static_cast<std::int32_t>(section->number_last));
  if (section && !reaches) return hit_of(*section);
  return plain;
}

}  // namespace onus::classify

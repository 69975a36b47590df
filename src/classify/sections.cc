// SPDX-License-Identifier: Apache-2.0
#include "classify/sections.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "classify/code_form.h"

namespace onus::classify {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kReach = 8;  // tokens between a section and its book

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_separator(char c) { return c == '.' || c == '-' || c == '/' || c == ':'; }
bool is_section_part(char c) { return is_digit(c) || is_letter(c) || is_separator(c); }
bool is_bracket(char c) { return c == '(' || c == ')'; }

// A section as it is typed, without its brackets, and where it may be cut: at a bracket, and where
// digits, letters and separators meet. "81(2)" ends at its bracket: "812" is another section.
struct Typed {
  CodeForm form;
  std::array<bool, CodeForm::kBytes + 1> cuts = {};
  std::size_t bare = CodeForm::kBytes;                 // of the form before its first bracket
  std::size_t end = 0;                                 // in the text
  std::array<std::size_t, CodeForm::kBytes + 1> ends;  // in the text, of what may be kept

  Typed(std::string_view text, std::size_t begin, char book) {
    form.append({&book, 1});
    bool whole = true;
    for (end = begin; end < text.size(); ++end) {
      const char c = text[end];
      if (is_bracket(c)) bare = std::min(bare, form.size);
      if (is_bracket(c)) continue;
      if (!is_section_part(c)) break;
      if (end > begin && is_bracket(text[end - 1])) {
        cuts[form.size] = true;
        whole = whole && !(is_digit(c) && is_digit(form.bytes[form.size - 1]));
      }
      if (whole && !form.append({&c, 1})) break;
      ends[form.size] = end + 1;
      if (whole && form.size > 2) cuts[form.size - 1] |= kind(form.size - 1) != kind(form.size - 2);
    }
    cuts[form.size] = true;
  }
  // Cut away may be separators with nothing behind them, a letter, what stands behind a dot, and
  // where the book stands before it another section or a subsection of two digits at most.
  bool may_cut(std::size_t size, bool is_behind) const {
    if (!cuts[size]) return false;
    const std::string_view rest = form.view().substr(size);
    if (rest.find_first_not_of(".-/:") == rest.npos || !is_separator(rest[0])) return true;
    if (rest[0] == '.' || !is_behind) return rest[0] == '.';
    const std::size_t digits = std::min(rest.find_first_not_of(kDigits, 1), rest.size()) - 1;
    return rest[0] != '-' || digits == 1 || digits == 2;
  }
  // Where a section ends of which so much was known; its subsections belong to it.
  std::size_t end_of(std::size_t size) const {
    const std::size_t another = form.view().find('/', size);
    return another == form.view().npos ? end : ends[another];
  }

 private:
  char kind(std::size_t at) const {
    const char c = form.bytes[at];
    return is_digit(c) ? '0' : is_letter(c) ? 'a' : '.';
  }
};

// Where Typed ends.
std::size_t typed_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin, size = 1;
  char last = 0;
  for (bool whole = true; end < text.size(); ++end) {
    const char c = text[end];
    if (is_bracket(c)) continue;
    if (!is_section_part(c)) break;
    if (end > begin && is_bracket(text[end - 1])) whole = whole && !(is_digit(c) && is_digit(last));
    if (!whole) continue;
    if (size++ == CodeForm::kBytes) break;
    last = c;
  }
  return end;
}

struct Known {
  std::int32_t pattern = WordTable::kAbsent;
  bool by_shape = false;
  std::size_t end = 0;  // in the text
};

CodeForm without_digits(CodeForm form) {
  for (std::size_t i = 1; i < form.size; ++i)
    form.bytes[i] = is_digit(form.bytes[i]) ? '#' : form.bytes[i];
  return form;
}

// With '#' for its digits, from the last to the first.
std::int32_t by_shape(CodeForm form, const WordTable& sections) {
  std::int32_t found = WordTable::kAbsent;
  for (std::size_t at = form.size; at > 1 && found == WordTable::kAbsent; --at) {
    if (!is_digit(form.bytes[at - 1])) continue;
    form.bytes[at - 1] = '#';
    found = sections.find(form.view());
  }
  return found;
}

// Shortened until the table knows it, as it stands or by its shape.
Known longest_known(const Typed& typed, bool is_behind, const Books& books) {
  const WordTable& sections = books.sections;
  CodeForm form = typed.form, blank = without_digits(form);
  for (std::size_t size = form.size; size > 1; --size) {
    if (!typed.may_cut(size, is_behind)) continue;
    form.cut(size);
    blank.cut(size);
    if (books.forms.find(blank.view()) == WordTable::kAbsent) continue;
    const std::int32_t exact = sections.find(form.view());
    if (exact != WordTable::kAbsent) return {exact, false, typed.end_of(size)};
    const std::int32_t shape = size <= typed.bare ? by_shape(form, sections) : exact;
    if (shape != WordTable::kAbsent) return {shape, true, typed.end_of(size)};
  }
  return {};
}

std::size_t last_token(const BookText& here, std::size_t at, std::size_t end) {
  std::size_t last = at;
  while (last + 1 < here.tokens().size() &&
         static_cast<std::size_t>(here.tokens()[last + 1].span.end) <= end)
    ++last;
  return last;
}

struct Behind {
  Book book;
  bool beside = true;  // no number between
};

// The book behind a section that ends before tokens[at]: "224 abs. 1 nr. 2 stgb".
std::optional<Behind> book_behind(const BookText& here, std::size_t at) {
  bool beside = true;
  for (std::size_t i = at; i < std::min(here.tokens().size(), at + kReach); ++i) {
    const auto book = here.tokens()[i].gap <= 2 ? here.from(i) : std::nullopt;
    if (book) return Behind{*book, beside};
    if (!here.tokens()[i].digits && !here.is(i, kSectionPart)) break;
    beside = beside && !here.tokens()[i].digits;
  }
  return std::nullopt;
}

std::size_t begin_of(const BookText& here, std::size_t at) {
  return static_cast<std::size_t>(here.tokens()[at].span.begin);
}

std::optional<SectionHit> behind_book(const BookText& here, std::size_t at, const Book& book) {
  const Typed typed(here.text(), begin_of(here, at), Books::key(book.number));
  const Known known = longest_known(typed, true, here.books());
  if (known.pattern == WordTable::kAbsent) return std::nullopt;
  const std::size_t last = last_token(here, at, known.end);
  return SectionHit{known.pattern, book.first, last, last, false, known.by_shape && book.plain};
}

std::optional<SectionHit> before_book(const BookText& here, std::size_t at) {
  if (!here.names_book() || at + 1 == here.tokens().size()) return std::nullopt;
  const std::size_t end = typed_end(here.text(), begin_of(here, at));
  const std::size_t last = last_token(here, at, end);
  auto behind = book_behind(here, last + 1);
  const bool glued = last > at && !here.tokens()[last].digits;  // "22.02pc"
  if (!behind && glued) behind = book_behind(here, last);
  if (!behind) return std::nullopt;
  const char key = Books::key(behind->book.number);
  const std::string_view until = here.text().substr(0, begin_of(here, behind->book.first));
  const Typed typed(until, begin_of(here, at), key);
  const Known known = longest_known(typed, false, here.books());
  if (known.pattern == WordTable::kAbsent || (known.by_shape && !behind->beside))
    return std::nullopt;
  return SectionHit{known.pattern,
                    at,
                    behind->book.last,
                    last_token(here, at, known.end),
                    false,
                    known.by_shape && behind->book.plain};
}

// Whether a section that needs no book may begin here: "18.2-57.2", and not "26-18.2-57".
bool may_stand_alone(const BookText& here, std::size_t at) {
  const std::string_view gap = here.gap(at);
  const bool open =
      gap.size() == 1 ? gap == " " || gap == "(" : gap.find_first_of("$#") == gap.npos;
  if (here.tokens()[at].glued || !open) return false;
  const CodeForm start = Books::start_of(here.text().substr(begin_of(here, at)));
  return here.books().alone.find(start.view()) != WordTable::kAbsent;
}

std::optional<SectionHit> alone_at(const BookText& here, std::size_t at) {
  if (!may_stand_alone(here, at)) return std::nullopt;
  const Typed typed(here.text(), begin_of(here, at), Books::key(Books::kNone));
  const Known known = longest_known(typed, false, here.books());
  if (known.pattern == WordTable::kAbsent) return std::nullopt;
  const std::size_t last = last_token(here, at, known.end);
  return SectionHit{known.pattern, at, last, last, true, false};
}

std::optional<SectionHit> section_at(const BookText& here, std::size_t at) {
  if (!here.tokens()[at].digits) return std::nullopt;
  if (const auto book = here.before(at)) {
    if (const auto hit = behind_book(here, at, *book)) return hit;
  }
  if (const auto hit = before_book(here, at)) return hit;
  return alone_at(here, at);
}

}  // namespace

const std::optional<SectionHit>& Sections::at(const BookText& here, std::size_t at) {
  static const std::optional<SectionHit> kNone;
  if (!here.names_book() && !may_stand_alone(here, at)) return kNone;
  if (asked_.empty()) asked_.resize(here.tokens().size());
  Asked& asked = asked_[at];
  if (asked.is) return asked.section;
  asked.is = true;
  asked.section = section_at(here, at);
  const bool after = at > 0 && here.is(at - 1, kNoCode);
  if (asked.section && asked.section->alone && after) asked.section.reset();
  return asked.section;
}

}  // namespace onus::classify

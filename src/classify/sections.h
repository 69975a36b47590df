// SPDX-License-Identifier: Apache-2.0
// Sections of law: "ARS 13-1802(A)(1)", "459 PC", "18 U.S.C. § 922(g)". A number is a section where
// its book stands before or behind it, or where its form is no other number's ("18.2-57.2").
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "classify/word_table.h"
#include "text/tokens.h"

namespace onus::classify {

// Grows the form of a code piece by piece: "245", "245a", "245a2".
struct CodeForm {
  static constexpr std::size_t kBytes = 24;
  std::array<char, kBytes> bytes;
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

// What the lexicons know of books and their sections.
struct Books {
  // Of a word of a book's name: where it may stand.
  static constexpr std::int32_t kBegins = 1, kEnds = 2;
  // Of a name: twice the number of its book, and one more where plain codes are its sections.
  static constexpr std::int32_t kPlain = 1;
  // The book of what stands alone.
  static constexpr std::int32_t kNone = 0;

  WordTable names;          // joined: "ars", "penalcode", "18usc"
  WordTable words;          // what a name begins or ends with: "18", "usc", "a", "s"
  WordTable sections;       // key() and form, with '#' for any digit: "13-1802", "13-####"
  WordTable alone;          // digits that a section begins with which needs no book: "18"
  WordTable section_parts;  // "abs"

  static char key(std::int32_t book) { return static_cast<char>(book + 1); }

  template <typename Each>
  void each_array(Each& each) {
    for (WordTable* table : {&names, &words, &sections, &alone, &section_parts})
      table->each_array(each);
  }
};

struct Book {
  std::int32_t number = 0;
  bool plain = false;
  std::size_t first = 0;  // tokens of its name
  std::size_t last = 0;   // inclusive
};

// Some tokens of a text, and the books that may stand between them.
struct BookText {
  std::string_view text;
  const std::vector<text::Token>& tokens;
  const Books& books;

  std::string_view word(std::size_t at) const { return tokens[at].span.in(text); }
  // What stands before the token and after the one before.
  std::string_view gap(std::size_t at) const {
    const text::Token& token = tokens[at];
    return text.substr(static_cast<std::size_t>(token.span.begin - token.gap),
                       static_cast<std::size_t>(token.gap));
  }
  bool is_name(std::size_t at) const {
    return books.names.find(word(at)) != WordTable::kAbsent && !tokens[at].digits;
  }
  bool is_plain_name(std::size_t at) const {
    return is_name(at) && (books.names.find(word(at)) & Books::kPlain) != 0;
  }
  bool is_part(std::size_t at) const {
    return books.section_parts.find(word(at)) != WordTable::kAbsent;
  }
  bool may_begin(std::size_t at) const { return may(at, Books::kBegins); }
  // The book whose name ends before tokens[at], or before what a section is made of.
  std::optional<Book> before(std::size_t at) const;
  // The book whose name begins with tokens[at].
  std::optional<Book> from(std::size_t at) const;

 private:
  std::optional<Book> named(std::size_t first, std::size_t last) const;
  bool may(std::size_t at, std::int32_t place) const;
  bool joins(std::size_t at) const;
};

struct SectionHit {
  std::int32_t pattern = 0;
  std::size_t first = 0;  // tokens, book included
  std::size_t last = 0;   // inclusive
  std::size_t number_last = 0;
  bool alone = false;   // no book
  bool yields = false;  // known by its shape alone, of a book whose sections are plain codes too
};

// The section whose number is tokens[at].
std::optional<SectionHit> section_at(const BookText& here, std::size_t at);

}  // namespace onus::classify

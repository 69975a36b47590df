// SPDX-License-Identifier: Apache-2.0
// What the words of a text are to the numbers among them, and which books of law it names: asked
// once a text, and only where there is a number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "classify/code_form.h"
#include "classify/word_table.h"
#include "text/tokens.h"

namespace onus::classify {

// What the lexicons know of books and their sections.
struct Books {
  // Of a name: twice the number of its book, and one more where plain codes are its sections.
  static constexpr std::int32_t kPlain = 1;
  // The book of what stands alone.
  static constexpr std::int32_t kNone = 0;

  WordTable names;     // joined: "ars", "penalcode", "18usc"
  WordTable sections;  // key() and form, with '#' for any digit: "13-1802", "13-####"
  WordTable forms;     // of sections, with '#' for every digit: "##-####"
  WordTable alone;     // starts of sections that need no book: "18", "26-##"

  void add(std::int32_t book, std::string_view section, std::int32_t pattern);
  // Of a section its first number, and with '#' for digits what hangs on it up to a dot or letter.
  static CodeForm start_of(std::string_view section);
  static char key(std::int32_t book) { return static_cast<char>(book + 1); }

  template <typename Each>
  void each_array(Each& each) {
    for (WordTable* table : {&names, &sections, &forms, &alone}) table->each_array(each);
  }
};

// Of a word to numbers.
enum Role : std::uint8_t {
  kBookBegins = 1,    // the first of a book's name: "ars", "18"
  kBookEnds = 2,      // the last of one: "usc"
  kBook = 4,          // all of one
  kPlainBook = 8,     // of one whose sections are plain codes
  kSectionPart = 16,  // "abs"
  kNoCode = 32,       // a number behind it is no code: "unit"
  kRadio = 64,        // "signal"
  kReference = 128,   // "case"
};

struct Book {
  std::int32_t number = 0;
  bool plain = false;
  std::size_t first = 0;  // tokens of its name
  std::size_t last = 0;   // inclusive
};

// Meant to be kept and assigned again. Looks into what it was given.
class BookText {
 public:
  // `roles` has those of each word, taken together.
  void assign(std::string_view text, std::span<const text::Token> tokens, const WordTable& roles,
              const Books& books);

  std::string_view text() const { return text_; }
  std::span<const text::Token> tokens() const { return tokens_; }
  std::string_view word(std::size_t at) const { return tokens_[at].span.in(text_); }
  // What stands before the token and after the one before.
  std::string_view gap(std::size_t at) const {
    const text::Token& token = tokens_[at];
    return text_.substr(static_cast<std::size_t>(token.span.begin - token.gap),
                        static_cast<std::size_t>(token.gap));
  }
  const Books& books() const { return *books_; }

  bool is(std::size_t token, Role role) const { return (roles_[token] & role) != 0; }
  bool names_book() const { return !named_.empty(); }
  // The book whose name ends before tokens[at], or before what a section is made of.
  std::optional<Book> before(std::size_t at) const;
  // The book whose name begins with tokens[at].
  std::optional<Book> from(std::size_t at) const;

 private:
  void find_names(std::size_t first);
  std::optional<Book> named(std::size_t first, std::size_t last) const;
  bool joins(std::size_t at) const;
  bool follows(std::size_t at) const;

  std::string_view text_;
  std::span<const text::Token> tokens_;
  const Books* books_ = nullptr;
  std::vector<std::uint8_t> roles_;  // by token
  std::vector<Book> named_;          // in the order of their first tokens, then of their last
};

}  // namespace onus::classify

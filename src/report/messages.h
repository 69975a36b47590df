// SPDX-License-Identifier: Apache-2.0
// Every sentence a reader sees, in the reader's language: messages/<language>.toml. A message may
// name its arguments ("{n} rows in {file}"); a table with `one` and `other` is a plural, decided by
// the argument `n`. Arguments are plain text: the writer of a page escapes the finished sentence.
//
// An id or an argument that is not there is our bug (ONUS_CHECK). For words that come from data
// (a purpose, a rule's code) there is word(), which falls back to the word as it stands.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace onus::report {

struct Arg {
  template <class Integer>
  requires std::is_integral_v<Integer> Arg(std::string_view arg_name, Integer value)
      : name(arg_name), number(static_cast<std::int64_t>(value)) {}
  Arg(std::string_view arg_name, std::string value) : name(arg_name), text(std::move(value)) {}
  Arg(std::string_view arg_name, std::string_view value) : name(arg_name), text(value) {}
  Arg(std::string_view arg_name, const char* value) : name(arg_name), text(value) {}

  std::string_view name;
  std::string text;
  std::optional<std::int64_t> number;  // written with the language's separators
};

class Messages {
 public:
  // Code::usage for a language that has no catalogue; the message names those there are.
  static Result<Messages> load(std::string_view language);
  // A catalogue from text, for tests and for the check of two catalogues against each other.
  static Result<Messages> parse(std::string_view toml, std::string_view file);

  std::string text(std::string_view id, std::initializer_list<Arg> args = {}) const;
  bool has(std::string_view id) const;
  // The message "<group>.<word>", or the word itself where the catalogue does not know it.
  std::string word(std::string_view group, std::string_view word) const;
  // A message written as data: "row_limit|1000000" is the message "<group>.row_limit" with the
  // arguments {1}, {2}, ... An unknown one is shown as it stands.
  std::string coded(std::string_view group, std::string_view code) const;

  std::string number(std::int64_t value) const;                    // 1,234,567
  std::string percent(double share, int decimals = 1) const;       // 12.3 %
  std::string share(std::int64_t hits, std::int64_t total) const;  // "0.02 %", "under 0.01 %"
  std::string date(std::string_view iso) const;                    // "2024-01-01" -> 1 January 2024
  const std::string& language() const { return language_; }

  // For the check of catalogues: ids with their forms ("a.b#one"), in order, and the sorted names
  // of a form's arguments.
  std::vector<std::string> ids() const;
  std::vector<std::string> placeholders(std::string_view id_and_form) const;

 private:
  struct Entry {
    std::string id;
    std::string one;  // empty: no plural
    std::string other;
  };
  const Entry* find(std::string_view id) const;
  std::string language_;
  std::string thousands_;
  std::string decimal_;
  std::string percent_;         // with the space before it, if any
  std::vector<Entry> entries_;  // sorted by id
};

}  // namespace onus::report

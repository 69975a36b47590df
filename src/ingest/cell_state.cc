// SPDX-License-Identifier: Apache-2.0
#include "ingest/cell_state.h"

#include <algorithm>
#include <array>

#include "ingest/fold.h"

namespace onus::ingest {
namespace {

using record::CellState;

constexpr auto kPlaceholders = std::to_array<std::string_view>(
    {"n/a",     "na",        "n.a.",    "n/a.",  "none", "null", "nil",  "(none)",
     "(blank)", "test",      "testing", "x",     "xx",   "xxx",  "xxxx", "not applicable",
     "unknown", "undefined", "tbd",     "blank", "?",    "??",   "n-a",  "no reason"});

constexpr auto kAgencyMarks = std::to_array<std::string_view>(
    {"redacted", "[redacted]", "(redacted)", "<redacted>", "withheld", "[withheld]", "(withheld)",
     "removed", "[removed]", "confidential", "exempt", "[exempt]"});

// What a copyist puts in place of a part of a text.
constexpr auto kPartMarks =
    std::to_array<std::string_view>({"redacted", "[plate]", "[name]", "[removed]", "[withheld]",
                                     "***", "###", "\xE2\x96\x88", "\xE2\x96\xA0", "\xE2\x96\x93"});

template <class List>
bool any_is(const List& list, std::string_view form) {
  return std::find(list.begin(), list.end(), form) != list.end();
}

// Only `mark` and spaces, at least `least` marks.
bool only_mark(std::string_view form, std::string_view mark, std::size_t least) {
  std::size_t count = 0;
  while (!form.empty()) {
    if (form.starts_with(mark)) {
      form.remove_prefix(mark.size());
      ++count;
    } else if (form[0] == ' ') {
      form.remove_prefix(1);
    } else {
      return false;
    }
  }
  return count >= least;
}

bool only_blocks(std::string_view form) {
  return only_mark(form, "\xE2\x96\x88", 1) || only_mark(form, "\xE2\x96\xA0", 1) ||
         only_mark(form, "\xE2\x96\x93", 1);
}

bool only_punctuation(std::string_view form) {
  return std::all_of(form.begin(), form.end(), [](char c) {
    return c == '.' || c == '-' || c == '_' || c == ',' || c == '/' || c == ' ' || c == '\'' ||
           c == '`' || c == '"' || c == ';' || c == ':' || c == '+' || c == '=';
  });
}

bool counts(Field field) { return field == Field::networks || field == Field::devices; }

bool only_zeros(std::string_view form) {
  return form.find_first_not_of('0') == std::string_view::npos;
}

// One letter or digit of a code is a value: "X" and "0" are codes of real systems.
bool is_placeholder(std::string_view form, Field field, const Marks& marks) {
  if (is_code(field) && form.size() == 1 && is_alnum(form[0])) return false;
  if (only_punctuation(form) || any_is(kPlaceholders, form)) return true;
  if (!counts(field) && only_zeros(form)) return true;
  return any_is(marks.placeholder, form);
}

bool has_part_mark(std::string_view form, Field field) {
  return std::any_of(kPartMarks.begin(), kPartMarks.end(), [&](std::string_view mark) {
    if (mark == "***" && (field == Field::filters || field == Field::subject)) return false;
    return form.find(mark) != std::string_view::npos;
  });
}

// What a byte may be part of: the tables below tell most cells from every mark in one pass.
enum : std::uint8_t { kLetter = 1, kDigit = 2, kNotZero = 4, kGap = 8, kMark = 16, kLetterR = 32 };

constexpr std::array<std::uint8_t, 256> kBytes = [] {
  std::array<std::uint8_t, 256> out{};
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    std::uint8_t& byte = out[static_cast<std::size_t>(i)];
    if (is_letter(c)) byte |= kLetter;
    if (is_digit(c)) byte |= kDigit;
    if (is_digit(c) && c != '0') byte |= kNotZero;
    if (c == ' ') byte |= kGap;
    if (c == 'R' || c == 'r' || c == 'W' || c == 'w') byte |= kLetterR;
    const bool begins_a_mark = i >= 0x80 || c == '*' || c == '#' || c == '[' || c == '(';
    if (begins_a_mark || c == '.' || c == ';') byte |= kMark;
  }
  return out;
}();

std::uint8_t bytes_of(std::string_view text, int& digits) {
  std::uint8_t all = 0;
  for (const char c : text) {
    const std::uint8_t byte = kBytes[static_cast<unsigned char>(c)];
    all |= byte;
    digits += byte >> 1 & 1;
  }
  return all;
}

// Surely no mark, no part of one, no placeholder and no exemption, whatever the field: a plate, a
// number, a longer text without the signs that those have. (Illinois's exemption has none of them.)
bool is_plain(std::string_view text) {
  int digits = 0;
  const std::uint8_t all = bytes_of(text, digits);
  if ((all & kMark) || !(all & (kLetter | kNotZero)) || text.starts_with("5 ")) return false;
  if (text.size() > 14 && !(all & kLetterR)) return true;
  const bool words = (all & kLetter) && (all & kGap);
  const bool holds_redacted = (all & kLetterR) && text.size() > 10;
  return digits >= 3 && (all & kNotZero) && !words && !holds_redacted;
}

std::string_view without(std::string_view form, std::string_view word) {
  if (form.starts_with(word)) form.remove_prefix(word.size());
  return trimmed(form);
}

// "(b)(7)(c)", "b6", "(b)(6)": the federal act's exemptions.
bool is_federal_exemption(std::string_view form) {
  std::string core;
  for (const char c : form) {
    if (c != '(' && c != ')' && c != ' ') core += c;
  }
  if (core.size() < 2 || core.size() > 3 || core[0] != 'b') return false;
  if (core[1] < '1' || core[1] > '9') return false;
  return core.size() == 2 || (core[1] == '7' && core[2] >= 'a' && core[2] <= 'f');
}

// California's records act, Gov. Code 7920.000 to 7931.000: four digits, a point, three digits.
bool is_californian(std::string_view form) {
  if (form.size() < 8 || form.substr(0, 2) != "79" || form[4] != '.') return false;
  const int number = (form[2] - '0') * 10 + (form[3] - '0');
  const bool digits = is_digit(form[2]) && is_digit(form[3]) && is_digit(form[5]) &&
                      is_digit(form[6]) && is_digit(form[7]);
  return digits && number >= 20 && number <= 31 && (form.size() == 8 || !is_digit(form[8]));
}

}  // namespace

bool is_exemption(std::string_view form) {
  if (form.size() > 60) return false;
  if (is_federal_exemption(form)) return true;
  if (form.starts_with("5 ilcs 140/7")) return true;
  for (const std::string_view word :
       {"exempt", ":", "per", "cal.", "ca", "government code", "gov. code", "gov code", "govt code",
        "gc", "section", "sec.", "\xC2\xA7", "cpra"}) {
    form = without(form, word);
  }
  return is_californian(form) || form.starts_with("6254(");
}

CellState cell_state(std::string_view text, Field field, const Marks& marks) {
  text = trimmed(text);
  if (text.empty()) return CellState::empty;
  const bool own_marks =
      !marks.placeholder.empty() || !marks.masked_vendor.empty() || !marks.masked_agency.empty();
  if (!own_marks && is_plain(text)) return CellState::value;
  const std::string form = folded(text);
  if (any_is(marks.masked_vendor, form)) return CellState::masked_vendor;
  if (any_is(marks.masked_agency, form)) return CellState::masked_agency;
  if (only_mark(form, "*", 3)) return CellState::masked_vendor;
  if (only_mark(form, "#", 3) || only_blocks(form) || any_is(kAgencyMarks, form) ||
      is_exemption(form)) {
    return CellState::masked_agency;
  }
  if (is_placeholder(form, field, marks)) return CellState::placeholder;
  return has_part_mark(form, field) ? CellState::partial : CellState::value;
}

}  // namespace onus::ingest

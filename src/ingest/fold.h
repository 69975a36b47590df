// SPDX-License-Identifier: Apache-2.0
// Small, locale-free forms of text: what two spellings of a header, a mark or an identifier have in
// common. ASCII only: bytes from 0x80 up are left as they are, apart from the spaces named below.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace onus::ingest {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }
constexpr bool is_hex(char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); }

// How many bytes at the front of `text` are one space: ASCII white space, U+00A0, U+202F, U+FEFF
// (a byte order mark kept by a careless tool); 0 if there is none.
std::size_t space_at_front(std::string_view text);

// No kind of space begins or ends with such a byte.
constexpr bool is_ink(char c) { return c > ' ' && c != '\x7f'; }

std::string_view trimmed_slowly(std::string_view text);

// Without white space (as above) at both ends. A view into `text`.
inline std::string_view trimmed(std::string_view text) {
  if (!text.empty() && is_ink(text.front()) && is_ink(text.back())) return text;
  return trimmed_slowly(text);
}

// Trimmed, lower case, each run of white space one ' '.
std::string folded(std::string_view text);
void fold_into(std::string_view text, std::string& out);  // replaces `out`, keeps its capacity

bool same_folded(std::string_view text, std::string_view already_folded);

// "8-4-4-4-12" hexadecimal digits, with nothing before or after.
bool is_uuid(std::string_view text);

}  // namespace onus::ingest

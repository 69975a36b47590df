// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace onus::source {
namespace {

using Kind = NumberStyle::Kind;

constexpr int kDigits = 15;  // significant ones that a spreadsheet shows
constexpr std::int64_t kDayMs = 86'400'000;
constexpr double kLastDay = 2'958'466;  // 10000-01-01, the first that a date cannot be

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits as they stand, also more than a spreadsheet would show: they are what the file says.
bool is_plain_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > 32 || (text[0] == '0' && text.size() > 1)) return false;
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return true;
}

std::optional<double> parse(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

// "-d.ddde+xx", with 15 digits, without the point where it can be: never an exponent from 1e-9 to
// 1e21, so that an id stays an id.
void append_decimal(double value, std::string& out) {
  std::array<char, 64> buffer;
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                  std::chars_format::scientific, kDigits - 1);
  std::string_view text(buffer.data(), static_cast<std::size_t>(done.ptr - buffer.data()));
  if (text.starts_with('-')) {
    if (value != 0) out += '-';
    text.remove_prefix(1);
  }
  const std::size_t e = text.find('e');
  int exponent = 0;
  const std::size_t sign = text[e + 1] == '+' ? 1 : 0;
  std::from_chars(text.data() + e + 1 + sign, text.data() + text.size(), exponent);
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c != '.') digits += c;
  }
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (exponent < -9 || exponent > 20) {
    out += digits[0];
    if (digits.size() > 1) out.append(".").append(digits, 1);
    out.append(exponent < 0 ? "E-" : "E+").append(std::to_string(std::abs(exponent)));
  } else if (exponent < 0) {
    out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
  } else {
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() < whole) digits.append(whole - digits.size(), '0');
    out.append(digits, 0, whole);
    if (digits.size() > whole) out.append(".").append(digits, whole);
  }
}

void append_padded(std::int64_t value, int width, std::string& out) {
  std::array<char, 24> buffer;
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const auto size = static_cast<int>(done.ptr - buffer.data());
  out.append(static_cast<std::size_t>(std::max(0, width - size)), '0');
  out.append(buffer.data(), static_cast<std::size_t>(size));
}

void append_clock(std::int64_t ms, std::string& out) {
  append_padded(ms / 3'600'000, 2, out);
  out += ':';
  append_padded(ms / 60'000 % 60, 2, out);
  out += ':';
  append_padded(ms / 1000 % 60, 2, out);
  if (ms % 1000 == 0) return;
  out += '.';
  append_padded(ms % 1000, 3, out);
}

// Gregorian date of a day counted from 1970-01-01, by eras of 400 years that begin in March.
void append_civil(std::int64_t days, std::string& out) {
  days += 719'468;
  const std::int64_t era = days / 146'097;
  const std::int64_t day_of_era = days % 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  const std::int64_t year = era * 400 + year_of_era + (month >= 10 ? 1 : 0);
  append_padded(year, 4, out);
  out += '-';
  append_padded(month < 10 ? month + 3 : month - 9, 2, out);
  out += '-';
  append_padded(day_of_year - (153 * month + 2) / 5 + 1, 2, out);
}

// The 1900 system has a 29 February 1900 (day 60), which never was; days before it count from one
// day later. It is written as the spreadsheet shows it, and no reader of times takes it.
void append_date(std::int64_t day, Epoch epoch, std::string& out) {
  if (epoch == Epoch::y1904) return append_civil(day - 24'107, out);
  if (day == 60) {
    out += "1900-02-29";
    return;
  }
  append_civil(day - (day < 60 ? 25'568 : 25'569), out);
}

// False: there is no such date or time.
bool append_moment(double value, NumberStyle style, Epoch epoch, std::string& out) {
  if (value < 0 || value >= kLastDay) return false;
  const std::int64_t ms = std::llround(value * static_cast<double>(kDayMs));
  if (style.kind == Kind::duration) {
    append_clock(ms, out);
    return true;
  }
  const std::int64_t day = ms / kDayMs;
  const std::int64_t clock = ms % kDayMs;
  const bool no_date = day == 0 && (epoch == Epoch::y1900 || style.kind == Kind::time);
  if (no_date && style.kind == Kind::date && clock == 0) return false;
  if (!no_date) append_date(day, epoch, out);
  if (style.kind == Kind::date && clock == 0) return true;
  if (!no_date) out += 'T';
  append_clock(clock, out);
  return true;
}

// What a code says apart from quoted text, escapes and colours.
struct CodeLetters {
  bool date = false;  // y, d
  bool clock = false;
  bool month_or_minute = false;
  bool elapsed = false;  // [h], [mm], [ss]
  bool other = false;    // anything but 0
};

void read_bracket(std::string_view inside, CodeLetters& letters) {
  if (inside.empty()) return;
  for (const char c : inside) {
    const char lower = static_cast<char>(c | 0x20);
    if (lower != 'h' && lower != 'm' && lower != 's') return;
  }
  letters.elapsed = true;
}

CodeLetters read_code(std::string_view code) {
  CodeLetters letters;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    letters.other |= c != '0';
    if (c == '"' || c == '[') {
      const std::size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) return letters;
      if (c == '[') read_bracket(code.substr(i + 1, end - i - 1), letters);
      i = end;
      continue;
    }
    if (c == '\\' || c == '_' || c == '*') ++i;
    if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') letters.date = true;
    if (c == 'h' || c == 'H' || c == 's' || c == 'S') letters.clock = true;
    if (c == 'm' || c == 'M') letters.month_or_minute = true;
  }
  return letters;
}

void append_utf8(std::uint32_t code, std::string& out) {
  if (code >= 0xD800 && code <= 0xDFFF) code = 0xFFFD;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

bool is_escape(std::string_view text) {
  if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return false;
  for (const char c : text.substr(2, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (lower < 'a' || lower > 'f')) return false;
  }
  return true;
}

}  // namespace

NumberStyle builtin_style(int id) {
  const auto within = [id](int from, int to) { return id >= from && id <= to; };
  if (within(14, 17) || within(27, 31) || within(50, 54) || within(57, 58)) return {Kind::date, 0};
  if (within(18, 21) || within(32, 35) || within(55, 56) || id == 45 || id == 47) {
    return {Kind::time, 0};
  }
  if (id == 22) return {Kind::date_time, 0};
  if (id == 36) return {Kind::date, 0};
  if (id == 46) return {Kind::duration, 0};
  return {};
}

NumberStyle style_of_code(std::string_view code) {
  if (code == "General" || code == "@") return {};
  const CodeLetters letters = read_code(code);
  if (letters.elapsed) return {Kind::duration, 0};
  if (letters.date && letters.clock) return {Kind::date_time, 0};
  if (letters.clock) return {Kind::time, 0};
  if (letters.date || letters.month_or_minute) return {Kind::date, 0};
  if (!letters.other && code.size() > 1 && code.size() <= 32) {
    return {Kind::zeros, static_cast<std::uint8_t>(code.size())};
  }
  return {};
}

void append_number(std::string_view text, NumberStyle style, Epoch epoch, std::string& out) {
  if (style.kind == Kind::plain && is_plain_integer(text)) {
    out += text;
    return;
  }
  if (style.kind == Kind::zeros && is_plain_integer(text) && text[0] != '-') {
    out.append(style.digits > text.size() ? style.digits - text.size() : 0, '0').append(text);
    return;
  }
  const std::optional<double> value = parse(text);
  if (!value) {
    out += text;
    return;
  }
  const bool moment = style.kind != Kind::plain && style.kind != Kind::zeros;
  if (moment && append_moment(*value, style, epoch, out)) return;
  append_decimal(*value, out);
}

void append_unescaped(std::string_view text, std::string& out) {
  for (;;) {
    const std::size_t at = text.find("_x");
    if (at == std::string_view::npos) break;
    out += text.substr(0, at);
    text.remove_prefix(at);
    if (is_escape(text)) {
      std::uint32_t code = 0;
      std::from_chars(text.data() + 2, text.data() + 6, code, 16);
      append_utf8(code, out);
      text.remove_prefix(7);
    } else {
      out += text.substr(0, 2);
      text.remove_prefix(2);
    }
  }
  out += text;
}

}  // namespace onus::source

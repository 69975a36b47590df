// SPDX-License-Identifier: Apache-2.0
#include "report/html.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "base/check.h"

namespace onus::report {
namespace {

constexpr char32_t kInvalid = 0xFFFFFFFF;

// One character of UTF-8 from `text` at `at`, which moves past it. Refuses overlong forms,
// surrogates and what lies past U+10FFFF, one byte at a time.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at++);
  if (lead < 0x80) return lead;
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4 || at + more > text.size()) return kInvalid;
  char32_t code = lead & (0x3Fu >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return kInvalid;
    code = code << 6 | (byte(at + i) & 0x3Fu);
  }
  constexpr std::array<char32_t, 4> kLeast = {0, 0x80, 0x800, 0x10000};
  if (code < kLeast[more] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return kInvalid;
  at += more;
  return code;
}

// Characters that change how others are shown, or show nothing.
bool acts_unseen(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

void append_escaped(std::string& out, char32_t c, std::string_view bytes) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    case '\n':
      out += "\u23CE";
      return;  // a line break inside a cell, shown as a return sign
    case kInvalid:
      out += "\uFFFD";
      return;
    default:
      break;
  }
  if (acts_unseen(c)) {
    out += fmt::format("[U+{:04X}]", static_cast<std::uint32_t>(c));
  } else {
    out += bytes;
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    append_escaped(out, c, text.substr(begin, at - begin));
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t max_characters) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++count) {
    if (count == max_characters) return std::string(text.substr(0, at)) + "\u2026";
    next_character(text, at);
  }
  return std::string(text);
}

void Html::tag(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    out_ += escaped(value);
    out_ += '"';
  }
  out_ += '>';
}

Html& Html::open(std::string_view name, Attributes attributes) {
  tag(name, attributes);
  open_.push_back(name);
  return *this;
}

Html& Html::close() {
  ONUS_CHECK(!open_.empty());
  out_ += "</";
  out_ += open_.back();
  out_ += '>';
  open_.pop_back();
  return *this;
}

Html& Html::text(std::string_view text) {
  out_ += escaped(text);
  return *this;
}

Html& Html::line() {
  out_ += '\n';
  return *this;
}

Html& Html::element(std::string_view name, std::string_view content, Attributes attributes) {
  tag(name, attributes);
  out_ += escaped(content);
  out_ += "</";
  out_ += name;
  out_ += '>';
  return *this;
}

Html& Html::empty(std::string_view name, Attributes attributes) {
  tag(name, attributes);
  return *this;
}

Html& Html::link(std::string_view href, std::string_view content) {
  return element("a", content, {{"href", href}});
}

Html& Html::value(std::string_view content) { return element("bdi", content); }

std::string Html::take() {
  ONUS_CHECK(open_.empty());
  return std::move(out_);
}

}  // namespace onus::report

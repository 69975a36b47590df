// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_page.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace onus::source {
namespace {

constexpr double kMost = 1e6;  // points: no page is as large

std::optional<double> attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  const char* const from = tag.data() + at + name.size();
  double value = 0;
  const auto [end, error] = std::from_chars(from, tag.data() + tag.size(), value);
  if (error != std::errc() || !std::isfinite(value) || std::abs(value) > kMost) return std::nullopt;
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<char32_t> entity(std::string_view name) {
  if (name == "amp") return U'&';
  if (name == "lt") return U'<';
  if (name == "gt") return U'>';
  if (name == "quot") return U'"';
  if (name == "apos") return U'\'';
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  const bool hex = name[1] == 'x';
  unsigned value = 0;
  const char* const from = name.data() + (hex ? 2 : 1);
  const auto [end, error] = std::from_chars(from, name.data() + name.size(), value, hex ? 16 : 10);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return static_cast<char32_t>(value);
}

}  // namespace

void append_utf8(std::string& out, char32_t point) {
  if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) point = 0xFFFD;
  const auto byte = [&](char32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | point >> 6);
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

char32_t next_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4 || at + more > text.size()) return 0xFFFD;
  char32_t point = lead & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0xFFFD;
    point = point << 6 | (byte(at + i) & 0x3FU);
  }
  at += more;
  return point;
}

std::size_t count_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_point(text, at);
  return count;
}

std::string unescape_xml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '&' ? text.substr(at, 12).find(';') : std::string::npos;
    const auto point =
        end == std::string::npos ? std::nullopt : entity(text.substr(at + 1, end - 1));
    if (point) {
      append_utf8(out, *point);
      at += end + 1;
    } else {
      out += text[at++];
    }
  }
  return out;
}

void BboxReader::feed(std::string_view bytes, std::vector<Page>& pages) {
  const bool whole = rest_.empty();
  if (!whole) rest_ += bytes;
  std::string_view text = whole ? bytes : std::string_view(rest_);
  while (take_one(text, pages)) {
  }
  rest_ = std::string(text);
}

// Takes one tag, with its content if it is a word; false if it is not all there yet.
bool BboxReader::take_one(std::string_view& text, std::vector<Page>& pages) {
  const std::size_t open = text.find('<');
  if (open == std::string_view::npos) {
    text = {};
    return false;
  }
  text.remove_prefix(open);
  const std::size_t close = text.find('>');
  if (close == std::string_view::npos) return false;
  const std::string_view tag = text.substr(0, close);
  if (in_page_ && tag.starts_with("<word ")) {
    const std::size_t end = text.find('<', close);
    if (end == std::string_view::npos) return false;
    take_word(tag, text.substr(close + 1, end - close - 1));
    text.remove_prefix(end);
    return true;
  }
  if (tag.starts_with("<page ")) take_page(tag);
  if (in_page_ && tag == "</page") {
    pages.push_back(std::move(page_));
    in_page_ = false;
  }
  text.remove_prefix(close + 1);
  return true;
}

void BboxReader::take_page(std::string_view tag) {
  page_ = Page{.number = next_page_++,
               .width = attribute(tag, "width=\"").value_or(0),
               .height = attribute(tag, "height=\"").value_or(0)};
  in_page_ = true;
}

void BboxReader::take_word(std::string_view tag, std::string_view content) {
  const auto x0 = attribute(tag, "xMin=\"");
  const auto y0 = attribute(tag, "yMin=\"");
  const auto x1 = attribute(tag, "xMax=\"");
  const auto y1 = attribute(tag, "yMax=\"");
  std::string text = unescape_xml(trimmed(content));
  const bool box = x0 && y0 && x1 && y1 && *x0 <= *x1 && *y0 <= *y1;
  if (!box || page_.words.size() >= max_words_) {
    page_.too_many |= box;
    ++page_.lost;
  } else if (!text.empty()) {
    page_.words.push_back({*x0, *y0, *x1, *y1, std::move(text)});
  }
}

}  // namespace onus::source

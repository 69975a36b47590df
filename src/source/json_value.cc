// SPDX-License-Identifier: Apache-2.0
#include "source/json_value.h"

#include <algorithm>

namespace onus::source {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The four digits at `at`, or -1.
std::int32_t hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  std::int32_t code = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

void append_utf8(std::int32_t code, std::string& out) {
  const auto put = [&](std::int32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | (code >> 6));
    return put(0x80 | (code & 0x3F));
  }
  if (code < 0x10000) {
    put(0xE0 | (code >> 12));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
  }
  put(0x80 | ((code >> 6) & 0x3F));
  put(0x80 | (code & 0x3F));
}

bool is_high(std::int32_t code) { return code >= 0xD800 && code < 0xDC00; }
bool is_low(std::int32_t code) { return code >= 0xDC00 && code < 0xE000; }

// The character behind "\u" at `at`; returns where it ends.
std::size_t unescape_unit(std::string_view text, std::size_t at, std::string& out) {
  std::int32_t code = hex4(text, at);
  at += 4;
  if (is_high(code) && at + 6 <= text.size() && text[at] == '\\' && text[at + 1] == 'u') {
    const std::int32_t low = hex4(text, at + 2);
    if (is_low(low)) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    }
  }
  append_utf8(code < 0 || is_high(code) || is_low(code) ? 0xFFFD : code, out);
  return at;
}

}  // namespace

void unescape_json(std::string_view inside, std::string& out) {
  static constexpr std::string_view kFrom = "bfnrt";
  static constexpr std::string_view kTo = "\b\f\n\r\t";
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t next = std::min(inside.find('\\', at), inside.size());
    out.append(inside.substr(at, next - at));
    if (next + 1 >= inside.size()) return;
    const char c = inside[next + 1];
    at = next + 2;
    if (c == 'u') {
      at = std::min(unescape_unit(inside, at, out), inside.size());
      continue;
    }
    const std::size_t known = kFrom.find(c);
    out += known == std::string_view::npos ? c : kTo[known];
  }
}

void JsonValue::skip_space() {
  while (at_ < text_.size() &&
         (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
    ++at_;
  }
}

bool JsonValue::take(char c) {
  if (at_ == text_.size() || text_[at_] != c) return false;
  ++at_;
  return true;
}

bool JsonValue::word(std::string_view spelled, JsonKind kind) {
  if (!text_.substr(at_).starts_with(spelled)) return false;
  nodes_.push_back({.kind = kind,
                    .escaped = false,
                    .end = static_cast<std::uint32_t>(nodes_.size() + 1),
                    .key = key_,
                    .source = text_.substr(at_, spelled.size())});
  at_ += spelled.size();
  return true;
}

bool JsonValue::number() {
  const std::size_t from = at_;
  const auto digits = [&] {
    const std::size_t first = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > first;
  };
  take('-');
  if (!take('0') && !digits()) return false;
  if (take('.') && !digits()) return false;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (!digits()) return false;
  }
  const std::size_t size = at_ - from;
  at_ = from;
  return word(text_.substr(from, size), JsonKind::number);
}

bool JsonValue::string(std::string_view& inside, bool& escaped) {
  if (!take('"')) return false;
  const std::size_t from = at_;
  escaped = false;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      inside = text_.substr(from, at_++ - from);
      return true;
    }
    if (c == '\n' || c == '\r') return false;
    if (c != '\\') continue;
    escaped = true;
    if (++at_ == text_.size()) return false;
    if (text_[at_] == 'u' && hex4(text_, at_ + 1) < 0) return false;
    if (std::string_view("\"\\/bfnrtu").find(text_[at_]) == std::string_view::npos) return false;
  }
  return false;
}

bool JsonValue::member_key() {
  bool escaped = false;
  skip_space();
  if (!string(key_, escaped)) return false;
  skip_space();
  return take(':');
}

bool JsonValue::open(JsonKind kind) {
  if (open_.size() == max_depth_) return false;
  open_.push_back(static_cast<std::uint32_t>(nodes_.size()));
  nodes_.push_back(
      {.kind = kind, .escaped = false, .end = 0, .key = key_, .source = text_.substr(at_)});
  ++at_;
  return true;
}

bool JsonValue::close(JsonKind kind) {
  if (open_.empty() || nodes_[open_.back()].kind != kind) return false;
  ++at_;
  JsonNode& node = nodes_[open_.back()];
  node.end = static_cast<std::uint32_t>(nodes_.size());
  node.source = node.source.substr(0, node.source.size() - (text_.size() - at_));
  open_.pop_back();
  return true;
}

// One value, or the begin of one that holds others.
bool JsonValue::value() {
  skip_space();
  if (at_ == text_.size()) return false;
  switch (text_[at_]) {
    case '{':
      return open(JsonKind::object);
    case '[':
      return open(JsonKind::array);
    case '"': {
      std::string_view inside;
      bool escaped = false;
      const std::string_view key = key_;
      if (!string(inside, escaped)) return false;
      nodes_.push_back({.kind = JsonKind::text,
                        .escaped = escaped,
                        .end = static_cast<std::uint32_t>(nodes_.size() + 1),
                        .key = key,
                        .source = inside});
      return true;
    }
    case 't':
      return word("true", JsonKind::boolean);
    case 'f':
      return word("false", JsonKind::boolean);
    case 'n':
      return word("null", JsonKind::null);
    default:
      return number();
  }
}

// Closes what ends here; true with something open: a value must follow.
bool JsonValue::after_value() {
  bool just_opened = !open_.empty() && open_.back() + 1 == nodes_.size() &&
                     nodes_.back().kind >= JsonKind::array && nodes_.back().end == 0;
  while (!open_.empty()) {
    const JsonKind kind = nodes_[open_.back()].kind;
    skip_space();
    if (at_ == text_.size()) return false;
    if (text_[at_] == (kind == JsonKind::object ? '}' : ']')) {
      if (!close(kind)) return false;
      just_opened = false;
      continue;
    }
    if (!just_opened && !take(',')) return false;
    key_ = {};
    return kind == JsonKind::array || member_key();
  }
  return true;
}

bool JsonValue::parse(std::string_view text) {
  text_ = text;
  at_ = 0;
  key_ = {};
  nodes_.clear();
  open_.clear();
  bool good = true;
  do {
    good = value() && after_value();
  } while (good && !open_.empty());
  skip_space();
  if (good && at_ == text_.size()) return true;
  nodes_.clear();
  return false;
}

}  // namespace onus::source

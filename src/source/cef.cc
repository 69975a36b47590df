// SPDX-License-Identifier: Apache-2.0
#include "source/cef.h"

#include <algorithm>
#include <array>
#include <utility>

namespace onus::source {
namespace {

constexpr auto kHead = std::to_array<std::string_view>(
    {"vendor", "product", "version", "event_class", "name", "severity"});
constexpr std::string_view kLabel = "Label";
constexpr std::size_t kMaxLabels = 64;  // CEF has 22; a hostile line has no more time than that

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-' || c == '[' || c == ']';
}

// Cuts the next field of the head, up to a '|' that is not escaped.
bool head_field(std::string_view& rest, std::string& field) {
  field.clear();
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '|') {
      rest.remove_prefix(i + 1);
      return true;
    }
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '|' || rest[i + 1] == '\\')) ++i;
    field += rest[i];
  }
  return false;
}

std::string undone(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out += value[i];
      continue;
    }
    const char next = value[++i];
    if (next == 'n') {
      out += '\n';
    } else if (next == 'r') {
      out += '\r';
    } else {
      if (next != '=' && next != '\\' && next != '|') out += '\\';
      out += next;
    }
  }
  return out;
}

// Where the key begins whose '=' stands at `equals`; `equals` where none does.
std::size_t key_begin(std::string_view text, std::size_t from, std::size_t equals) {
  std::size_t begin = equals;
  while (begin > from && is_key_character(text[begin - 1])) --begin;
  const bool apart = begin == from || text[begin - 1] == ' ';
  return apart ? begin : equals;
}

// The next '=' behind `from` that has a key before it.
struct KeyAt {
  std::size_t begin = 0;
  std::size_t equals = std::string_view::npos;
};
KeyAt next_key(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '=') {
      const std::size_t begin = key_begin(text, from, i);
      if (begin < i) return {begin, i};
    }
  }
  return {text.size(), std::string_view::npos};
}

std::string_view without_end_spaces(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

void read_extension(std::string_view text, std::vector<CefPair>& out) {
  KeyAt key = next_key(text, 0);
  while (key.equals != std::string_view::npos) {
    const KeyAt next = next_key(text, key.equals + 1);
    const std::string_view value = text.substr(key.equals + 1, next.begin - key.equals - 1);
    out.push_back({std::string(text.substr(key.begin, key.equals - key.begin)),
                   undone(without_end_spaces(value))});
    key = next;
  }
}

void read_pairs(std::string_view text, char separator, std::vector<CefPair>& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view pair = text.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && equals > 0) {
      out.push_back({std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1))});
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The sixth field of LEEF 2.0: a character, or its code such as "x09" or "0x5E".
char separator_of(std::string_view field) {
  if (field.size() == 1) return field[0];
  const std::size_t x = field.find('x');
  if (x == std::string_view::npos || field.size() - x < 2 || field.size() - x > 3) return '\t';
  int code = 0;
  for (const char c : field.substr(x + 1)) {
    const std::size_t digit = std::string_view("0123456789abcdef")
                                  .find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    if (digit == std::string_view::npos) return '\t';
    code = code * 16 + static_cast<int>(digit);
  }
  return static_cast<char>(code);
}

// "cs1Label=plate cs1=ABC" to "plate=ABC".
void name_by_label(std::vector<CefPair>& pairs) {
  std::vector<CefPair> labels;
  std::erase_if(pairs, [&](CefPair& pair) {
    if (labels.size() == kMaxLabels) return false;
    if (!pair.key.ends_with(kLabel) || pair.value.empty()) return false;
    pair.key.resize(pair.key.size() - kLabel.size());
    labels.push_back(std::move(pair));
    return true;
  });
  for (CefPair& pair : pairs) {
    for (const CefPair& label : labels) {
      if (pair.key == label.key) {
        pair.key = label.value;
        break;
      }
    }
  }
}

bool read_head(std::string_view& rest, std::size_t fields, std::vector<CefPair>& out) {
  std::string field;
  if (!head_field(rest, field)) return false;  // the format's own version
  for (std::size_t i = 0; i < fields; ++i) {
    if (!head_field(rest, field)) return false;
    out.push_back({std::string(kHead[i]), field});
  }
  return true;
}

bool read_leef(std::string_view rest, std::vector<CefPair>& out) {
  const bool second = rest.starts_with("2.");
  if (!read_head(rest, 4, out)) return false;
  char separator = '\t';
  if (second) {
    std::string field;
    if (!head_field(rest, field)) return false;
    separator = separator_of(field);
  }
  read_pairs(rest, separator, out);
  return true;
}

bool read_line(std::string_view line, std::vector<CefPair>& out) {
  const std::size_t leef = line.find("LEEF:");
  const std::size_t cef = line.find("CEF:");
  if (leef != std::string_view::npos && leef < cef) return read_leef(line.substr(leef + 5), out);
  if (cef == std::string_view::npos) return false;
  std::string_view rest = line.substr(cef + 4);
  if (!read_head(rest, kHead.size(), out)) return false;
  read_extension(rest, out);
  name_by_label(out);
  return true;
}

}  // namespace

bool parse_cef(std::string_view line, std::vector<CefPair>& out) {
  out.clear();
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (read_line(line, out)) return true;
  out.clear();
  return false;
}

}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
// Where a JSON value ends, and how a file holds its records.
#include <algorithm>
#include <array>
#include <vector>

#include "source/json_records.h"

namespace onus::source {
namespace {

// Members that hold the records of an export, whatever stands beside them.
constexpr auto kWrappers =
    std::to_array<std::string_view>({"Records", "records", "events", "Events", "entry", "value",
                                     "data", "items", "results", "rows", "logs", "Logs"});

constexpr std::array<bool, 256> bytes_in(std::string_view set) {
  std::array<bool, 256> out{};
  for (const char c : set) out[static_cast<unsigned char>(c)] = true;
  return out;
}
constexpr auto kStructure = bytes_in("\"{}[]");
constexpr auto kStringEnd = bytes_in("\"\\\n");

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::size_t past_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Behind an opening quote: past the closing one, or at a line break, where a broken one ends.
std::size_t past_string(std::string_view text, std::size_t at, bool& broken) {
  while (at < text.size()) {
    std::size_t next = at;
    while (next < text.size() && !kStringEnd[static_cast<unsigned char>(text[next])]) ++next;
    if (next == text.size()) return next;
    if (text[next] == '"') return next + 1;
    broken = text[next] == '\n';
    if (broken) return next;
    at = next + 2;
  }
  return text.size() + 1;  // an escape stands last: the string goes on
}

// Closes the brackets up to the one that fits; false where none does.
bool close(std::string& open, char bracket) {
  const std::size_t at = open.rfind(bracket == '}' ? '{' : '[');
  if (at == std::string::npos) return false;
  open.resize(at);
  return true;
}

JsonExtent scalar_extent(std::string_view text) {
  if (text[0] == '"') {
    bool broken = false;
    const std::size_t end = std::min(past_string(text, 1, broken), text.size());
    return {end, broken || (end > 1 && text[end - 1] == '"')};
  }
  const std::size_t end = text.find_first_of(",[]{}\" \n\r\t", 1);
  if (end == std::string_view::npos) return {text.size(), false};
  return {end, true};
}

struct Member {
  std::string_view key;
  std::size_t value = 0;
  bool nested = false;   // an object, or an array of objects
  bool records = false;  // an array of objects
};

// The members of the object that `text` begins with, as far as it goes.
std::vector<Member> members(std::string_view text) {
  std::vector<Member> out;
  std::size_t at = 1;
  while (out.size() < 4096) {
    at = past_space(text, at);
    if (at >= text.size() || text[at] != '"') return out;
    bool broken = false;
    const std::size_t key_end = std::min(past_string(text, at + 1, broken), text.size());
    if (broken) return out;
    Member member{.key = text.substr(at + 1, key_end - at - 2)};
    at = past_space(text, key_end);
    if (at >= text.size() || text[at] != ':') return out;
    at = past_space(text, at + 1);
    if (at >= text.size()) return out;
    const std::size_t inside = past_space(text, at + 1);
    const bool of_objects = inside < text.size() && (text[inside] == '{' || text[inside] == ']');
    member.value = at;
    member.records = text[at] == '[' && of_objects;
    member.nested = text[at] == '{' || member.records;
    out.push_back(member);
    const JsonExtent extent = json_extent(text.substr(at), text.size());
    if (!extent.complete) return out;
    at = past_space(text, at + extent.end);
    if (at >= text.size() || text[at] != ',') return out;
    ++at;
  }
  return out;
}

// The array that holds the records of an object; nothing where the object is a record itself.
const Member* wrapper(const std::vector<Member>& all) {
  for (const Member& member : all) {
    const bool known = std::find(kWrappers.begin(), kWrappers.end(), member.key) != kWrappers.end();
    if (known && member.records) return &member;
  }
  const auto nested = [](const Member& member) { return member.nested; };
  if (std::count_if(all.begin(), all.end(), nested) != 1) return nullptr;
  const auto only = std::find_if(all.begin(), all.end(), nested);
  return only->records ? &*only : nullptr;
}

bool is_by_line(std::string_view text, bool whole) {
  int lines = 0;
  int objects = 0;
  for (std::size_t at = 0; at < text.size() && lines < 1000;) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos && !whole) break;
    std::string_view line = text.substr(at, end - at);
    while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
    line.remove_prefix(past_space(line, 0));
    lines += line.empty() ? 0 : 1;
    objects += line.starts_with('{') && line.ends_with('}') ? 1 : 0;
    at = std::min(end, text.size() - 1) + 1;
  }
  return lines >= 2 && objects * 2 > lines;
}

}  // namespace

JsonExtent json_extent(std::string_view text, std::size_t limit) {
  const bool over = text.size() > limit;
  if (over) text = text.substr(0, limit);
  if (text.empty()) return {};
  if (text[0] != '{' && text[0] != '[') return scalar_extent(text);
  std::string open;
  for (std::size_t at = 0; at < text.size();) {
    if (!kStructure[static_cast<unsigned char>(text[at])]) {
      ++at;
      continue;
    }
    const std::size_t next = at++;
    const char c = text[next];
    if (c == '"') {
      bool broken = false;
      at = past_string(text, at, broken);
      if (broken) return {at, true};
    } else if (c == '{' || c == '[') {
      open += c;
    } else if (!close(open, c)) {
      return {next, true};  // it closes what this value stands in
    } else if (open.empty()) {
      return {at, true};
    }
  }
  return {text.size(), false};
}

JsonLayout json_layout(std::string_view begin, bool whole) {
  JsonLayout out;
  const std::size_t first = past_space(begin, 0);
  if (is_by_line(begin, whole)) {
    out.kind = JsonLayout::Kind::lines;
  } else if (first < begin.size() && begin[first] == '[') {
    out.kind = JsonLayout::Kind::elements;
    out.begin = first + 1;
  } else if (first < begin.size() && begin[first] == '{') {
    const std::string_view object = begin.substr(first);
    const std::vector<Member> all = members(object);
    if (const Member* const records = wrapper(all)) {
      out = {.kind = JsonLayout::Kind::elements,
             .begin = first + records->value + 1,
             .in_object = true};
    }
  }
  return out;
}

}  // namespace onus::source

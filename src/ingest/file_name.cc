// SPDX-License-Identifier: Apache-2.0
#include "ingest/file_name.h"

#include <algorithm>

#include "ingest/fold.h"
#include "ingest/time_parse.h"

namespace onus::ingest {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

std::string_view stem_of(std::string_view path) {
  path.remove_prefix(path.find_last_of('/') + 1);
  if (const std::size_t dot = path.rfind('.'); dot != std::string_view::npos && dot > 0) {
    path = path.substr(0, dot);
  }
  path = trimmed(path);
  if (path.size() > 3 && path.ends_with(')') && path[path.size() - 3] == '(') {  // "name (1)"
    path = trimmed(path.substr(0, path.size() - 3));
  }
  return path;
}

int take_number(std::string_view& text, std::size_t most) {
  std::size_t size = 0;
  int value = 0;
  while (size < most && size < text.size() && is_digit(text[size])) {
    value = value * 10 + (text[size++] - '0');
  }
  text.remove_prefix(size);
  return size == 0 ? -1 : value;
}

bool take_one_of(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// "9_1_2025" or "9-1-2025"; moves `text` past it only if it is there.
std::optional<std::int64_t> take_date(std::string_view& text) {
  std::string_view rest = text;
  const int month = take_number(rest, 2);
  if (!take_one_of(rest, "_-.")) return std::nullopt;
  const int day = take_number(rest, 2);
  if (!take_one_of(rest, "_-.")) return std::nullopt;
  const int year = take_number(rest, 4);
  if (!is_date(year, month, day)) return std::nullopt;
  text = rest;
  return days_from_civil(year, month, day) * kDay;
}

// Without "-Network-Audit" or "-Audit" at its end; nothing if neither is there.
std::optional<std::string_view> organisation_in(std::string_view text) {
  const std::string form = folded(text);
  for (const std::string_view end : {"network-audit", "network_audit", "network audit", "audit"}) {
    if (form.size() != text.size() || !form.ends_with(end)) continue;
    text.remove_suffix(end.size());
    if (!take_one_of(text, "-_ ") || text.empty()) return std::nullopt;
    while (!text.empty() && (text.back() == '-' || text.back() == '_' || text.back() == ' ')) {
      text.remove_suffix(1);
    }
    return trimmed(text);
  }
  return std::nullopt;
}

}  // namespace

FileName read_file_name(std::string_view path) {
  std::string_view rest = stem_of(path);
  FileName out;
  out.stem = folded(rest);
  const std::optional<std::int64_t> from = take_date(rest);
  if (!from || !take_one_of(rest, "-_ ")) return out;
  take_one_of(rest, "-_ ");
  const std::optional<std::int64_t> to = take_date(rest);
  if (!to || *to < *from) return out;
  out.from = from;
  out.to = *to + kDay;
  const std::optional<std::string_view> organisation = organisation_in(rest);
  if (!organisation) return out;
  out.organisation = std::string(*organisation);
  std::replace(out.organisation.begin(), out.organisation.end(), '_', ' ');
  return out;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "source/json_path.h"

#include <algorithm>
#include <charconv>

namespace onus::source {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_key(const JsonNode& node, std::string_view key) {
  if (node.key.find('\\') == std::string_view::npos) return same_name(node.key, key);
  std::string plain;
  unescape_json(node.key, plain);
  return same_name(plain, key);
}

// The member of that name; of several the last, as in most readers of JSON.
std::optional<std::uint32_t> member(const JsonValue& record, std::uint32_t object,
                                    std::string_view key) {
  const auto nodes = record.nodes();
  std::optional<std::uint32_t> found;
  if (nodes[object].kind != JsonKind::object) return found;
  for (std::uint32_t at = object + 1; at < nodes[object].end; at = nodes[at].end) {
    if (same_key(nodes[at], key)) found = at;
  }
  return found;
}

void append_text(const JsonNode& node, std::string& out) {
  if (node.kind == JsonKind::null) return;
  if (node.kind == JsonKind::text && node.escaped) return unescape_json(node.source, out);
  out.append(node.source);
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

std::string quoted_key(std::string_view key) {
  if (!key.empty() && key.find_first_of(".[]|\"") == std::string_view::npos)
    return std::string(key);
  std::string out = "\"";
  for (const char c : key) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

// Reads the text of a path.
struct JsonPath::Reader {
  std::string_view text;
  std::size_t at = 0;

  bool at_end() const { return at == text.size(); }
  bool take(char c) {
    if (at_end() || text[at] != c) return false;
    ++at;
    return true;
  }
  bool quoted(std::string& key) {
    while (!at_end()) {
      const char c = text[at++];
      if (c == '"' && !take('"')) return !key.empty();
      key += c;
    }
    return false;
  }
  bool key(std::string& out) {
    if (take('"')) return quoted(out);
    const std::size_t end = std::min(text.find_first_of(".[]|\"", at), text.size());
    out = text.substr(at, end - at);
    while (end < text.size() && text[end] == '|' && out.ends_with(' ')) out.pop_back();
    at = end;
    return !out.empty();
  }
  void skip_space() {
    while (take(' ')) continue;
  }
  bool selector(Step& step);
};

// Behind '['.
bool JsonPath::Reader::selector(Step& step) {
  const std::size_t end = text.find(']', at);
  if (end == std::string_view::npos) return false;
  const std::string_view inside = text.substr(at, end - at);
  at = end + 1;
  if (inside == "*") {
    step.kind = Kind::each;
    return true;
  }
  const std::size_t equals = inside.find('=');
  if (equals == std::string_view::npos) {
    step.kind = Kind::element;
    const auto [stop, error] =
        std::from_chars(inside.data(), inside.data() + inside.size(), step.number);
    return error == std::errc() && stop == inside.data() + inside.size();
  }
  step.kind = Kind::where;
  step.value = inside.substr(equals + 1);
  std::string_view keys = inside.substr(0, equals);
  for (std::size_t dot = 0; dot != std::string_view::npos;) {
    dot = keys.find('.');
    step.keys.emplace_back(keys.substr(0, dot));
    if (step.keys.back().empty()) return false;
    if (dot != std::string_view::npos) keys.remove_prefix(dot + 1);
  }
  return true;
}

std::optional<JsonPath::Way> JsonPath::parse_way(Reader& reader) {
  Way way;
  do {
    if (!reader.key(way.emplace_back().keys.emplace_back())) return std::nullopt;
    while (reader.take('[')) {
      if (!reader.selector(way.emplace_back())) return std::nullopt;
    }
  } while (reader.take('.') && way.size() < kMaxSteps);
  if (way.size() > kMaxSteps) return std::nullopt;
  return way;
}

std::optional<JsonPath> JsonPath::parse(std::string_view text) {
  JsonPath path;
  Reader reader{text};
  do {
    reader.skip_space();
    std::optional<Way> way = parse_way(reader);
    if (!way || path.ways_.size() == kMaxWays) return std::nullopt;
    path.ways_.push_back(std::move(*way));
  } while (reader.take('|'));
  if (!reader.at_end()) return std::nullopt;
  return path;
}

bool JsonPath::holds(const JsonValue& record, std::uint32_t element, const Step& step) {
  std::uint32_t at = element;
  for (const std::string& key : step.keys) {
    const std::optional<std::uint32_t> next = member(record, at, key);
    if (!next) return false;
    at = *next;
  }
  const JsonNode& node = record.nodes()[at];
  if (!node.escaped) return same_name(node.source, step.value);
  std::string plain;
  append_text(node, plain);
  return same_name(plain, step.value);
}

void JsonPath::take_step(const JsonValue& record, const Step& step, const Found& from, Found& to) {
  const auto nodes = record.nodes();
  for (const std::uint32_t start : from) {
    if (step.kind == Kind::member) {
      if (const auto found = member(record, start, step.keys[0])) to.push_back(*found);
      continue;
    }
    if (nodes[start].kind != JsonKind::array) continue;
    std::uint32_t number = 0;
    for (std::uint32_t at = start + 1; at < nodes[start].end; at = nodes[at].end, ++number) {
      if (step.kind == Kind::element && number != step.number) continue;
      if (step.kind == Kind::where && !holds(record, at, step)) continue;
      to.push_back(at);
      if (step.kind != Kind::each) break;
    }
  }
}

JsonPath::Found JsonPath::find(const JsonValue& record, const Way& way) {
  Found found;
  if (!record.nodes().empty()) found.push_back(0);
  Found next;
  for (const Step& step : way) {
    next.clear();
    take_step(record, step, found, next);
    found.swap(next);
    if (found.empty()) break;
  }
  return found;
}

void JsonPath::text(const JsonValue& record, std::string& out) const {
  const std::size_t before = out.size();
  for (const Way& way : ways_) {
    for (const std::uint32_t at : find(record, way)) {
      if (record.nodes()[at].kind == JsonKind::null) continue;
      if (out.size() > before) out += "; ";
      append_text(record.nodes()[at], out);
    }
    if (out.size() > before) return;
  }
}

bool JsonPath::is_in(const JsonValue& record) const {
  return std::any_of(ways_.begin(), ways_.end(),
                     [&](const Way& way) { return !find(record, way).empty(); });
}

bool JsonPath::begins_with(std::string_view key) const {
  return std::any_of(ways_.begin(), ways_.end(),
                     [&](const Way& way) { return same_name(way[0].keys[0], key); });
}

}  // namespace onus::source

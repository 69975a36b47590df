// SPDX-License-Identifier: Apache-2.0
// One JSON value (RFC 8259) as a flat list of nodes in the order of the text: no recursion, no tree
// of allocations. Numbers stay as they are written, so that no id loses a digit. A detail of module
// source.
//
// Refuses what is no JSON, and nesting over the limit. Inside strings it is laxer than the
// standard: bytes that are not UTF-8, and control characters but line breaks, are let through.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace onus::source {

enum class JsonKind : std::uint8_t { null, boolean, number, text, array, object };

struct JsonNode {
  JsonKind kind = JsonKind::null;
  bool escaped = false;     // the text has escapes in it
  std::uint32_t end = 0;    // past its last descendant, in the list
  std::string_view key;     // of a member, as written between the quotes; may have escapes
  std::string_view source;  // as it stands; of a text, between the quotes
};

class JsonValue {
 public:
  explicit JsonValue(std::size_t max_depth) : max_depth_(max_depth) {}

  // False: `text` is not one value and white space around it. Views look into `text`.
  bool parse(std::string_view text);

  // The first is the value itself; none after a parse() that failed.
  std::span<const JsonNode> nodes() const { return nodes_; }

 private:
  bool value();
  bool open(JsonKind kind);
  bool close(JsonKind kind);
  bool after_value();
  bool member_key();
  bool string(std::string_view& inside, bool& escaped);
  bool number();
  bool word(std::string_view spelled, JsonKind kind);
  void skip_space();
  bool take(char c);

  std::size_t max_depth_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view key_;
  std::vector<JsonNode> nodes_;
  std::vector<std::uint32_t> open_;  // arrays and objects that are open, in nodes_
};

// The text that is meant: escapes undone, a lone surrogate as U+FFFD. Appends to `out`.
void unescape_json(std::string_view inside, std::string& out);

}  // namespace onus::source

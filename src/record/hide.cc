// SPDX-License-Identifier: Apache-2.0
#include "record/hide.h"

#include <fmt/format.h>

namespace onus::record {
namespace {

constexpr std::string_view kMark = "[subject:";

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

std::string without_tokens(std::string_view text) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t mark = text.find(kMark, at);
    if (mark == std::string_view::npos) return out += text.substr(at);
    out += text.substr(at, mark - at);
    out += "[subject";
    at = mark + kMark.size();
    while (at < text.size() && is_hex_digit(text[at])) ++at;
    if (at == text.size() || text[at] != ']') out += ']';  // the mark was cut off
  }
}

std::string without_tokens_sql(std::string_view column) {
  return fmt::format(
      "CASE WHEN contains({0}, '{1}') THEN regexp_replace({0}, '\\[subject:[0-9a-fA-F]*\\]?', "
      "'[subject]', 'g') ELSE {0} END",
      column, kMark);
}

}  // namespace onus::record

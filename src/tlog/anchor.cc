// SPDX-License-Identifier: Apache-2.0
#include "tlog/anchor.h"

#include <fmt/format.h>

#include <optional>

#include "base/check.h"
#include "base/encode.h"
#include "tlog/checkpoint.h"
#include "tlog/proof.h"

namespace onus::tlog {
namespace {

constexpr std::string_view kHeader = "onus-anchor/v1\n";

std::string big_endian(std::uint64_t value) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 255);
  return out;
}

std::optional<std::string_view> line_off(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == rest.npos) return {};
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

// "name value\n" off the front; the value.
std::optional<std::string_view> field(std::string_view& rest, std::string_view name) {
  const auto line = line_off(rest);
  if (!line || !line->starts_with(name) || line->substr(name.size(), 1) != " ") return {};
  return line->substr(name.size() + 1);
}

}  // namespace

std::string AnchorStatement::text() const {
  ONUS_CHECK(file.find('\n') == file.npos);
  return fmt::format("{}file {}\nrows {}\nroot {}\n", kHeader, file, rows, print_hash(root));
}

Result<AnchorStatement> parse_anchor(std::string_view text) {
  const auto none = fail(Code::bad_input, "the entry is not the anchor of a file");
  if (!text.starts_with(kHeader)) return none;
  text.remove_prefix(kHeader.size());
  const auto file = field(text, "file");
  const auto rows = field(text, "rows");
  const auto root = field(text, "root");
  if (!file || !rows || !root || !text.empty()) return none;
  const auto count = parse_decimal(*rows);
  const auto hash = parse_hash(*root);
  if (!count || !hash) return none;
  return AnchorStatement{std::string(*file), *count, *hash};
}

Digest anchor_salt(const Hmac& key, std::uint64_t row) { return key(big_endian(row)); }

Hash anchor_leaf(TreeHasher& hasher, const Digest& salt, std::string_view row) {
  const Digest committed = Hmac(salt)(row);
  return hasher.leaf(view(committed));
}

std::string AnchorLine::print() const {
  std::string out = fmt::format("{}line {}\nsalt {}\ntext {}\n", kAnchorLine, row + 1,
                                to_base64(view(salt)), to_base64(text));
  for (const Hash& hash : path) out += print_hash(hash) + "\n";
  return out + "\n" + receipt;
}

Result<AnchorLine> parse_anchor_line(std::string_view bytes) {
  const auto none = fail(Code::bad_input, "this does not show a line of an anchored file");
  if (!bytes.starts_with(kAnchorLine)) return none;
  bytes.remove_prefix(kAnchorLine.size());
  const auto number = parse_decimal(field(bytes, "line").value_or(""));
  const auto salt = parse_hash(field(bytes, "salt").value_or(""));
  const auto text = from_base64(field(bytes, "text").value_or("*"));
  if (!number || *number == 0 || !salt || !text) return none;
  AnchorLine out{*number - 1, *salt, *text, {}, {}};
  for (auto line = line_off(bytes); !line || !line->empty(); line = line_off(bytes)) {
    const auto hash = parse_hash(line.value_or(""));
    if (!hash || out.path.size() == kMaxProof) return none;
    out.path.push_back(*hash);
  }
  if (bytes.starts_with(kAnchorLine)) return none;  // nothing in itself
  out.receipt = bytes;
  return out;
}

bool line_was_there(const AnchorStatement& anchor, const AnchorLine& line) {
  TreeHasher hasher;
  return includes(line.row, anchor.rows, anchor_leaf(hasher, line.salt, line.text), line.path,
                  anchor.root);
}

}  // namespace onus::tlog

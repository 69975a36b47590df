// SPDX-License-Identifier: Apache-2.0
#include "ledger/anchor.h"

#include <fmt/format.h>

#include "base/check.h"
#include "tlog/checkpoint.h"
#include "tlog/frontier.h"

namespace onus::ledger {
namespace {

constexpr std::string_view kHeader = "onus-anchor/v1\n";

std::string big_endian(std::uint64_t value) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 255);
  return out;
}

tlog::Hash leaf_of(tlog::TreeHasher& hasher, const Digest& salt, std::string_view row) {
  const Digest committed = Hmac(salt)(row);
  return hasher.leaf(tlog::view(committed));
}

// "name value\n" off the front; the value.
std::optional<std::string_view> field(std::string_view& rest, std::string_view name) {
  const std::size_t end = rest.find('\n');
  if (end == rest.npos || !rest.starts_with(name) || rest.substr(name.size(), 1) != " ") return {};
  const std::string_view value = rest.substr(name.size() + 1, end - name.size() - 1);
  rest.remove_prefix(end + 1);
  return value;
}

}  // namespace

Anchor::Anchor(const Digest& key) : key_(key), hmac_(key) {}

void Anchor::add(std::string_view row) {
  leaves_.push_back(leaf_of(hasher_, hmac_(big_endian(leaves_.size())), row));
}

tlog::Hash Anchor::root() const {
  tlog::Frontier frontier;
  for (const tlog::Hash& leaf : leaves_) frontier.append(leaf);
  return frontier.root();
}

Digest Anchor::salt(std::uint64_t i) const { return Hmac(key_)(big_endian(i)); }

std::vector<tlog::Hash> Anchor::path(std::uint64_t i) const {
  const tlog::NodeReader nodes = [this](unsigned height,
                                        std::uint64_t index) -> Result<tlog::Hash> {
    tlog::Frontier part;
    for (std::uint64_t at = index << height; at < (index + 1) << height; ++at) {
      part.append(leaves_[at]);
    }
    return part.root();
  };
  const auto ranges = tlog::inclusion_ranges(i, rows());
  return tlog::read_proof(nodes, ranges).value();
}

std::string AnchorStatement::text() const {
  ONUS_CHECK(file.find('\n') == file.npos);
  return fmt::format("{}file {}\nrows {}\nroot {}\n", kHeader, file, rows, tlog::print_hash(root));
}

Result<AnchorStatement> parse_anchor(std::string_view text) {
  const auto none = fail(Code::bad_input, "the entry is not the anchor of a file");
  if (!text.starts_with(kHeader)) return none;
  text.remove_prefix(kHeader.size());
  const auto file = field(text, "file");
  const auto rows = field(text, "rows");
  const auto root = field(text, "root");
  if (!file || !rows || !root || !text.empty()) return none;
  const auto count = tlog::parse_decimal(*rows);
  const auto hash = tlog::parse_hash(*root);
  if (!count || !hash) return none;
  return AnchorStatement{std::string(*file), *count, *hash};
}

bool row_was_there(const AnchorStatement& anchor, std::uint64_t i, std::string_view row,
                   const Digest& salt, std::span<const tlog::Hash> path) {
  tlog::TreeHasher hasher;
  return tlog::includes(i, anchor.rows, leaf_of(hasher, salt, row), path, anchor.root);
}

}  // namespace onus::ledger

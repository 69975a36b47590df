// SPDX-License-Identifier: Apache-2.0
#include "cli/anchors.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/encode.h"
#include "base/file.h"
#include "cli/ledger.h"
#include "cli/signals.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxKeys = 16U << 20;

fs::path keys_path(const fs::path& ledger_dir) { return ledger_dir / "private" / "anchors"; }

Result<std::string> keys_text(const fs::path& ledger_dir) {
  if (!fs::exists(keys_path(ledger_dir))) return std::string();
  return read_file(keys_path(ledger_dir), kMaxKeys);
}

Result<between::Anchored> anchored_file(const ledger::Ledger& ledger,
                                        const std::vector<AnchorKey>& keys, const fs::path& file) {
  ONUS_TRY(const Digest digest, sha256_file(file));
  const auto found = std::ranges::find(keys, to_hex(digest), &AnchorKey::sha256);
  if (found == keys.end()) {
    return fail(
        Code::not_found,
        fmt::format("{} was not anchored in this ledger; `onus ledger anchor` does it on the "
                    "day a file arrives",
                    file.string()));
  }
  ONUS_TRY(const ledger::Anchor now, anchor_of(file, found->key));
  ONUS_TRY(const tlog::AnchorStatement said, anchor_at(ledger, found->entry));
  if (said.rows != now.rows() || said.root != now.root()) {
    return fail(Code::conflict,
                fmt::format("entry {} anchored another file than {}", found->entry, file.string()));
  }
  return between::Anchored{said.file, ledger.checkpoint().origin,
                           static_cast<std::int64_t>(found->entry),
                           static_cast<std::int64_t>(said.rows)};
}

}  // namespace

Result<std::vector<AnchorKey>> anchor_keys(const fs::path& ledger_dir) {
  ONUS_TRY(const std::string text, keys_text(ledger_dir));
  std::istringstream lines(text);
  std::vector<AnchorKey> keys;
  for (std::string root, key, sha256, entry; lines >> root >> key >> sha256 >> entry;) {
    const auto root_hash = tlog::parse_hash(root);
    const auto key_bytes = tlog::parse_hash(key);
    const auto number = tlog::parse_decimal(entry);
    if (!root_hash || !key_bytes || !number) {
      return fail(Code::bad_input, fmt::format("{} is damaged", keys_path(ledger_dir).string()));
    }
    keys.push_back({*root_hash, *key_bytes, sha256, *number});
  }
  return keys;
}

Result<void> keep_anchor_key(const fs::path& ledger_dir, const AnchorKey& key) {
  ONUS_TRY(std::string all, keys_text(ledger_dir));
  all += fmt::format("{} {} {} {}\n", tlog::print_hash(key.root), to_base64(tlog::view(key.key)),
                     key.sha256, key.entry);
  return write_file(keys_path(ledger_dir), all, true);
}

Result<ledger::Anchor> anchor_of(const fs::path& file, const Digest& key) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Code::not_found, fmt::format("cannot open {}", file.string()));
  ledger::Anchor anchor(key);
  for (std::string line; std::getline(in, line);) {
    if (interrupted()) return fail(Code::interrupted, "interrupted");
    anchor.add(line);
  }
  if (in.bad()) return fail(Code::io, fmt::format("cannot read {}", file.string()));
  return anchor;
}

Result<tlog::AnchorStatement> anchor_at(const ledger::Ledger& ledger, std::uint64_t entry) {
  ONUS_TRY(const std::string bytes, ledger.entry(entry));
  ONUS_TRY(const tlog::Entry parsed, tlog::parse_entry(bytes));
  const auto* statement = std::get_if<tlog::Statement>(&parsed);
  return tlog::parse_anchor(statement ? statement->text : "");
}

Result<std::vector<between::Anchored>> anchored(const fs::path& ledger_dir,
                                                const std::vector<fs::path>& files) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(ledger_dir));
  ONUS_TRY(const std::vector<AnchorKey> keys, anchor_keys(ledger_dir));
  std::vector<between::Anchored> out;
  for (const fs::path& file : files) {
    ONUS_TRY(between::Anchored one, anchored_file(ledger, keys, file));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace onus::cli

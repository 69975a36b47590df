// SPDX-License-Identifier: Apache-2.0
// onus ledger anchor: commits to files line by line. The key of each anchor is kept in
// DIR/private/anchors, mode 0600: with it and the file any single line can be shown later.
#include "ledger/anchor.h"

#include <fmt/format.h>

#include <fstream>

#include "base/encode.h"
#include "base/file.h"
#include "cli/ledger.h"
#include "cli/signals.h"
#include "ledger/seal.h"
#include "tlog/utf8.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxKeys = 16U << 20;

// Lines as they stand, without their line break: a release that only changes breaks differs, too.
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

// Keys first, entry second: an anchor whose key is lost shows nothing.
Result<void> keep_key(const fs::path& keys, const ledger::AnchorStatement& said,
                      const Digest& key) {
  std::string all;
  if (fs::exists(keys)) {
    ONUS_TRY(all, read_file(keys, kMaxKeys));
  }
  all += fmt::format("{} {}\n", tlog::print_hash(said.root), to_base64(tlog::view(key)));
  return write_file(keys, all, true);
}

Result<Digest> key_of(const fs::path& keys, const tlog::Hash& root) {
  ONUS_TRY(const std::string all, read_file(keys, kMaxKeys));
  const std::size_t at = all.find(tlog::print_hash(root) + " ");
  const auto key = at == all.npos ? std::nullopt : tlog::parse_hash(all.substr(at + 45, 44));
  if (!key) return fail(Code::not_found, "the key of this anchor is not in DIR/private/anchors");
  return *key;
}

Result<void> anchor_file(ledger::Ledger& ledger, const fs::path& keys, const fs::path& file) {
  const std::string name = file.filename().string();
  if (!tlog::is_utf8(name) || name.find('\n') != name.npos) {
    return fail(Code::bad_input, "the name of a file to be anchored is one line of UTF-8");
  }
  ONUS_TRY(const Digest key, random_key());
  ONUS_TRY(const ledger::Anchor anchor, anchor_of(file, key));
  const ledger::AnchorStatement said{name, anchor.rows(), anchor.root()};
  ONUS_TRY_VOID(keep_key(keys, said, key));
  ONUS_TRY(const ledger::Item item, ledger::state(said.text()));
  ONUS_TRY(const std::uint64_t at, ledger.append({&item, 1}));
  fmt::print("{}: {} rows, entry {}\n", name, said.rows, at);
  return {};
}

}  // namespace

Result<Exit> ledger_anchor(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  for (const fs::path& file : request.files) {
    ONUS_TRY_VOID(anchor_file(ledger, request.dir / "private" / "anchors", file));
  }
  ONUS_TRY_VOID(ledger.publish());
  return Exit::done;
}

Result<Exit> anchor_check(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const std::string bytes, ledger.entry(request.index));
  ONUS_TRY(const tlog::Entry entry, tlog::parse_entry(bytes));
  const auto* statement = std::get_if<tlog::Statement>(&entry);
  ONUS_TRY(const ledger::AnchorStatement said,
           ledger::parse_anchor(statement ? statement->text : ""));
  ONUS_TRY(const Digest key, key_of(request.dir / "private" / "anchors", said.root));
  ONUS_TRY(const ledger::Anchor now, anchor_of(request.files.front(), key));
  const bool same = now.rows() == said.rows && now.root() == said.root;
  fmt::print("{} {} the file {} of {} rows that entry {} anchored{}\n",
             request.files.front().string(), same ? "is" : "is NOT", said.file, said.rows,
             request.index, same ? "." : fmt::format(": it has {} rows.", now.rows()));
  return same ? Exit::done : Exit::findings;
}

}  // namespace onus::cli

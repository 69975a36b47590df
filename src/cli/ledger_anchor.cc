// SPDX-License-Identifier: Apache-2.0
// onus ledger anchor, anchor-check, anchor-prove: commits to files line by line.
#include <fmt/format.h>

#include <fstream>

#include "base/file.h"
#include "cli/anchors.h"
#include "cli/ledger.h"
#include "ledger/seal.h"
#include "tlog/utf8.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

Result<void> anchor_file(ledger::Ledger& ledger, const fs::path& dir, const fs::path& file) {
  const std::string name = file.filename().string();
  if (!tlog::is_utf8(name) || name.find('\n') != name.npos) {
    return fail(Code::bad_input, "the name of a file to be anchored is one line of UTF-8");
  }
  ONUS_TRY(const Digest key, random_key());
  ONUS_TRY(const Digest digest, sha256_file(file));
  ONUS_TRY(const ledger::Anchor anchor, anchor_of(file, key));
  const tlog::AnchorStatement said{name, anchor.rows(), anchor.root()};
  ONUS_TRY_VOID(keep_anchor_key(dir, {said.root, key, to_hex(digest), ledger.size()}));
  ONUS_TRY(const ledger::Item item, ledger::state(said.text()));
  ONUS_TRY(const std::uint64_t at, ledger.append({&item, 1}));
  fmt::print("{}: {} rows, entry {}\n", name, said.rows, at);
  return {};
}

Result<Digest> key_of(const fs::path& dir, const tlog::Hash& root) {
  ONUS_TRY(const std::vector<AnchorKey> keys, anchor_keys(dir));
  for (const AnchorKey& one : keys) {
    if (one.root == root) return one.key;
  }
  return fail(Code::not_found, "the key of this anchor is not in DIR/private/anchors");
}

// Whether the file is the one; and its anchor, to prove lines of it.
struct Check {
  tlog::AnchorStatement said;
  ledger::Anchor now;
  bool same() const { return now.rows() == said.rows && now.root() == said.root; }
};

Result<Check> check_of(const ledger::Ledger& ledger, const LedgerRequest& request,
                       const fs::path& file) {
  ONUS_TRY(const tlog::AnchorStatement said, anchor_at(ledger, request.index));
  ONUS_TRY(const Digest key, key_of(request.dir, said.root));
  ONUS_TRY(ledger::Anchor now, anchor_of(file, key));
  return Check{said, std::move(now)};
}

Result<std::string> line_of(const fs::path& file, std::uint64_t number) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  for (std::uint64_t at = 0; at < number; ++at) {
    if (!std::getline(in, line)) {
      return fail(Code::usage, fmt::format("{} has no line {}", file.string(), number));
    }
  }
  if (number == 0) return fail(Code::usage, "lines are numbered from 1");
  return line;
}

}  // namespace

Result<Exit> ledger_anchor(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  for (const fs::path& file : request.files) {
    ONUS_TRY_VOID(anchor_file(ledger, request.dir, file));
  }
  ONUS_TRY_VOID(ledger.publish());
  return Exit::done;
}

Result<Exit> anchor_check(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const Check check, check_of(ledger, request, request.files.front()));
  fmt::print("{} {} the file {} of {} rows that entry {} anchored{}\n",
             request.files.front().string(), check.same() ? "is" : "is NOT", check.said.file,
             check.said.rows, request.index,
             check.same() ? "." : fmt::format(": it has {} rows.", check.now.rows()));
  return check.same() ? Exit::done : Exit::findings;
}

Result<Exit> anchor_prove(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(std::string text, line_of(request.file, request.line));
  ONUS_TRY(const Check check, check_of(ledger, request, request.file));
  if (!check.same()) {
    return fail(Code::conflict, fmt::format("{} is not the file that entry {} anchored",
                                            request.file.string(), request.index));
  }
  ONUS_TRY(const tlog::ProofFile receipt, ledger.prove(request.index, true));
  const std::uint64_t row = request.line - 1;
  const tlog::AnchorLine line{row, check.now.salt(row), std::move(text), check.now.path(row),
                              receipt.print()};
  if (request.output.empty()) {
    fmt::print("{}", line.print());
    return Exit::done;
  }
  ONUS_TRY_VOID(write_file(request.output, line.print(), true));
  return Exit::done;
}

}  // namespace onus::cli

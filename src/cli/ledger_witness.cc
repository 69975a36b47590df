// SPDX-License-Identifier: Apache-2.0
// onus ledger witness: who cosigns, the request to carry to them, and their answer (C2SP
// tlog-witness, add-checkpoint). The exchange is by file, so that a ledger needs no way out.
#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "cli/ledger.h"
#include "tlog/policy.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFile = 1U << 20;

// The witnesses of a ledger as lines of a policy: DIR/witnesses.
Result<std::string> witness_lines(const fs::path& dir) {
  const Result<std::string> text = read_file(dir / "witnesses", kMaxFile);
  if (text) return *text;
  if (text.error().code == Code::not_found) return std::string();
  return tl::unexpected(text.error());
}

Result<std::vector<tlog::Verifier>> witnesses_of(const std::string& lines) {
  ONUS_TRY(const tlog::Policy policy, tlog::Policy::parse(lines + "quorum none\n"));
  return policy.verifiers();
}

}  // namespace

Result<Exit> witness_add(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(std::string lines, witness_lines(request.dir));
  lines += fmt::format("witness {} {}{}{}\n", request.name, request.vkey,
                       request.url.empty() ? "" : " ", request.url);
  ONUS_TRY(const std::vector<tlog::Verifier> all, witnesses_of(lines));
  ONUS_TRY_VOID(write_file(request.dir / "witnesses", lines));
  fmt::print("{} witnesses. A policy for those who verify begins:\nlog {}\n{}", all.size(),
             ledger.verifier().vkey(), lines);
  return Exit::done;
}

Result<Exit> witness_request(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const std::vector<tlog::Hash> proof, ledger.prove_since(request.old_size));
  std::string body = fmt::format("old {}\n", request.old_size);
  for (const tlog::Hash& hash : proof) body += tlog::print_hash(hash) + "\n";
  fmt::print("{}\n{}", body, ledger.note());
  return Exit::done;
}

Result<Exit> witness_accept(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const std::string lines, witness_lines(request.dir));
  ONUS_TRY(const std::vector<tlog::Verifier> known, witnesses_of(lines));
  std::vector<tlog::Line> good;
  for (const fs::path& file : request.files) {
    ONUS_TRY(const std::string answer, read_file(file, kMaxFile));
    ONUS_TRY(const tlog::Note note, tlog::parse_note(ledger.checkpoint().text() + "\n" + answer));
    for (const tlog::Line& line : note.lines) {
      const bool holds = std::any_of(known.begin(), known.end(), [&](const tlog::Verifier& who) {
        return who.name == line.name && who.id() == line.id &&
               tlog::check_line(who, note.text, line).has_value();
      });
      if (holds) good.push_back(line);
    }
  }
  if (good.empty()) {
    return fail(Code::bad_input,
                "no known witness cosigned the present checkpoint in what was given");
  }
  ONUS_TRY_VOID(ledger.add_cosignatures(good));
  fmt::print("{} cosignatures of the checkpoint of {} entries.\n", good.size(), ledger.published());
  return Exit::done;
}

}  // namespace onus::cli

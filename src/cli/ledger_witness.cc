// SPDX-License-Identifier: Apache-2.0
// onus ledger witness: who cosigns, and the exchange with them by file, for a ledger that has no
// way out. `onus ledger checkpoint` and `serve` ask those that have a URL (cli/witness.h).
#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "cli/ledger.h"
#include "cli/witness.h"
#include "tlog/policy.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFile = 1U << 20;

std::string witness_line(const Witness& one) {
  return fmt::format("witness {} {}{}{}\n", one.name, one.key.vkey(), one.url.empty() ? "" : " ",
                     one.url);
}

std::string lines_of(const std::vector<Witness>& witnesses) {
  std::string lines;
  for (const Witness& one : witnesses) lines += witness_line(one);
  return lines;
}

}  // namespace

Result<Exit> witness_add(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const std::vector<Witness> known, witnesses_of(request.dir));
  const std::string lines =
      lines_of(known) + fmt::format("witness {} {}{}{}\n", request.name, request.vkey,
                                    request.url.empty() ? "" : " ", request.url);
  ONUS_TRY(const tlog::Policy policy, tlog::Policy::parse(lines + "quorum none\n"));
  ONUS_TRY_VOID(write_file(request.dir / "witnesses", lines));
  fmt::print(
      "{} witnesses. `onus ledger witness policy {}` prints a policy for those who verify.\n"
      "Give them, and the witness, this key of the log:\n  {}\n",
      policy.members().size(), request.dir.string(), ledger.verifier().vkey());
  return Exit::done;
}

Result<Exit> witness_policy(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Settings settings,
           ledger::read_settings(ledger::system_disk(), request.dir));
  ONUS_TRY(const std::vector<Witness> witnesses, witnesses_of(request.dir));
  std::string text = fmt::format("log {}\n{}", settings.vkey, lines_of(witnesses));
  if (request.quorum > 0) {
    text += fmt::format("group witnesses {}", request.quorum);
    for (const Witness& one : witnesses) text += " " + one.name;
    text += "\n";
  }
  text += request.quorum > 0 ? "quorum witnesses\n" : "quorum none\n";
  ONUS_TRY(const tlog::Policy good, tlog::Policy::parse(text));
  fmt::print("{}", text);
  return Exit::done;
}

Result<Exit> witness_request(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const std::string body, witness_body(signable(ledger), request.old_size));
  fmt::print("{}", body);
  return Exit::done;
}

Result<Exit> witness_accept(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const std::vector<Witness> known, witnesses_of(request.dir));
  std::vector<tlog::Line> good;
  for (const fs::path& file : request.files) {
    ONUS_TRY(const std::string answer, read_file(file, kMaxFile));
    ONUS_TRY(const tlog::Note note, tlog::parse_note(ledger.checkpoint().text() + "\n" + answer));
    for (const tlog::Line& line : note.lines) {
      const bool holds = std::any_of(known.begin(), known.end(), [&](const Witness& who) {
        return who.key.name == line.name && who.key.id() == line.id &&
               tlog::check_line(who.key, note.text, line).has_value();
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

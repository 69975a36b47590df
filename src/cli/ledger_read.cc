// SPDX-License-Identifier: Apache-2.0
// onus ledger checkpoint, prove, verify, fsck, export.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/file.h"
#include "cli/ledger.h"
#include "cli/witness.h"
#include "ledger/fsck.h"
#include "tlog/tile.h"
#include "verify/verify.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using verify::Report;

constexpr std::size_t kMaxFile = 4U << 20;

unsigned threads() { return std::max(1U, std::thread::hardware_concurrency()); }

void print_report(const Report& report, bool json) {
  if (json) {
    ordered_json out{{"good", report.good()},
                     {"entries", report.entries},
                     {"proven", report.proven},
                     {"not_proven", report.not_proven}};
    if (!report.good()) out["bad"] = report.bad;
    if (report.first_bad) out["first_bad"] = *report.first_bad;
    fmt::print("{}\n", out.dump(2));
    return;
  }
  if (!report.proven.empty()) fmt::print("Proven:\n");
  for (const std::string& line : report.proven) fmt::print("  {}\n", line);
  if (!report.not_proven.empty()) fmt::print("Not proven:\n");
  for (const std::string& line : report.not_proven) fmt::print("  {}\n", line);
  if (!report.good()) fmt::print("BAD: {}\n", report.bad);
}

// As asked; else the key that the folder itself names, which the report then says.
Result<tlog::Policy> policy_for(const LedgerRequest& request, bool& own_word) {
  if (!request.policy.empty()) {
    ONUS_TRY(const std::string text, read_file(request.policy, kMaxFile));
    return tlog::Policy::parse(text);
  }
  std::string vkey = request.log_key;
  if (vkey.empty()) {
    const auto settings = ledger::read_settings(ledger::system_disk(), request.dir);
    if (!settings) {
      return fail(Code::usage, "say whom you trust: --policy FILE, or --log KEY of the ledger");
    }
    vkey = settings->vkey;
    own_word = true;
  }
  return tlog::Policy::parse("log " + vkey + "\nquorum none\n");
}

Result<Report> report_of(const LedgerRequest& request, const tlog::Policy& policy) {
  if (!fs::is_directory(request.dir)) {
    ONUS_TRY(const std::string receipt, read_file(request.dir, kMaxFile));
    return verify::check_receipt(receipt, policy);
  }
  verify::FolderOptions options;
  ONUS_TRY(
      options.checkpoint,
      read_file(request.at.empty() ? request.dir / "checkpoint" : fs::path(request.at), kMaxFile));
  if (!request.since.empty()) {
    ONUS_TRY(options.since, read_file(request.since, kMaxFile));
  }
  if (request.range.size() == 2)
    options.range = tlog::Range{request.range[0], request.range[1] + 1};
  options.threads = threads();
  return verify::check_folder(verify::files_in(request.dir), policy, options);
}

// The growing files of a ledger, cut to what the checkpoint covers.
Result<void> export_tile(const ledger::Ledger& ledger, const tlog::Tile& tile, const fs::path& to) {
  const fs::path path = to / tile.path();
  std::error_code error;
  if (tile.width == tlog::kTileWidth && fs::exists(path, error)) return {};  // it never changes
  fs::create_directories(path.parent_path(), error);
  if (error) return fail(Code::io, fmt::format("cannot make {}", path.parent_path().string()));
  ONUS_TRY(const std::string bytes, ledger.tile(tile));
  return write_file(path, bytes);
}

// Asks all, also those who cosigned this one before: one that remembers a longer log says so.
Result<void> cosign(ledger::Ledger& ledger, const fs::path& dir) {
  ONUS_TRY(const std::vector<Witness> witnesses, witnesses_of(dir));
  const Cosigned asked = collect(witnesses, signable(ledger), post_over_network());
  for (const std::string& one : asked.problems) fmt::print(stderr, "onus: {}\n", one);
  if (!asked.contradiction.empty()) return fail(Code::conflict, asked.contradiction);
  return asked.lines.empty() ? Result<void>() : ledger.add_cosignatures(asked.lines);
}

// Exit::findings where a policy was given and the checkpoint does not have its quorum.
Result<Exit> has_quorum(const LedgerRequest& request, const std::string& note_bytes) {
  if (request.policy.empty()) return Exit::done;
  ONUS_TRY(const std::string text, read_file(request.policy, kMaxFile));
  ONUS_TRY(const tlog::Policy policy, tlog::Policy::parse(text));
  ONUS_TRY(const tlog::Note note, tlog::parse_note(note_bytes));
  ONUS_TRY(const tlog::Policy::Verdict verdict, policy.check(note));
  return verdict.quorum ? Exit::done : Exit::findings;
}

}  // namespace

Result<Exit> ledger_checkpoint(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY_VOID(cosign(ledger, request.dir));
  if (request.json) {
    const ordered_json out{{"origin", ledger.checkpoint().origin},
                           {"size", ledger.published()},
                           {"root", tlog::print_hash(ledger.checkpoint().root)},
                           {"vkey", ledger.verifier().vkey()},
                           {"note", ledger.note()}};
    fmt::print("{}\n", out.dump(2));
  } else {
    fmt::print("{}", ledger.note());
  }
  return has_quorum(request, ledger.note());
}

Result<Exit> ledger_prove(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const tlog::ProofFile proof, ledger.prove(request.index, request.sealed));
  if (request.output.empty()) {
    fmt::print("{}", proof.print());
  } else {
    ONUS_TRY_VOID(write_file(request.output, proof.print(), true));
  }
  return Exit::done;
}

Result<Exit> ledger_verify(const LedgerRequest& request) {
  bool own_word = false;
  ONUS_TRY(const tlog::Policy policy, policy_for(request, own_word));
  ONUS_TRY(Report report, report_of(request, policy));
  if (own_word) {
    report.not_proven.emplace_back(
        "That this is the log you mean: its key was taken from the folder itself (see --log).");
  }
  print_report(report, request.json);
  return report.good() ? Exit::done : Exit::findings;
}

Result<Exit> ledger_fsck(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  const std::string policy_text = "log " + ledger.verifier().vkey() + "\nquorum none\n";
  ONUS_TRY(const tlog::Policy policy, tlog::Policy::parse(policy_text));
  Report report = verify::check_folder(
      verify::files_in(request.dir), policy,
      {.checkpoint = ledger.note(), .since = {}, .range = {}, .threads = threads()});
  if (report.good()) {
    ONUS_TRY(const ledger::PrivateReport sealed, ledger::check_private(ledger));
    report.bad = sealed.bad;
    report.first_bad = sealed.first_bad;
    if (report.good()) {
      report.proven.push_back(
          fmt::format("The private store opens all {} records, but for {} groups that the log says "
                      "were erased.",
                      sealed.records, sealed.erased_groups));
    }
  }
  print_report(report, request.json);
  return report.good() ? Exit::done : Exit::findings;
}

Result<Exit> ledger_export(const LedgerRequest& request) {
  ONUS_TRY(const ledger::Ledger ledger, open_ledger(request.dir));
  for (const tlog::Tile& tile : tlog::tiles_of(ledger.published())) {
    ONUS_TRY_VOID(export_tile(ledger, tile, request.output));
  }
  std::error_code error;
  fs::create_directories(request.output, error);
  ONUS_TRY_VOID(
      write_file(request.output / "checkpoint", ledger.note()));  // last: readers begin here
  if (!request.json) {
    fmt::print(
        "Wrote {} entries and their tiles to {}: a folder for any web server.\n"
        "Verify it with: onus-verify folder {} --log '{}'\n",
        ledger.published(), request.output.string(), request.output.string(),
        ledger.verifier().vkey());
  } else {
    fmt::print("{}\n", ordered_json{{"size", ledger.published()}}.dump());
  }
  return Exit::done;
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// onus verify: a stranger with the same files makes a report again, and sees whether every finding
// comes out the same.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/audit_record.h"
#include "cli/case_folder.h"
#include "cli/commands.h"
#include "cli/stages.h"
#include "cli/verify_compare.h"
#include "cli/verify_inputs.h"
#include "tlog/checkpoint.h"
#include "tlog/entry.h"
#include "verify/verify.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using report::Messages;

constexpr std::size_t kShown = 20;
constexpr std::size_t kMaxFile = 4U << 20;

struct VerifyRequest {
  fs::path report_dir;
  std::vector<fs::path> given;
  std::vector<fs::path> receipts;
  std::string log_key, policy;
  std::string language;  // empty: the report's
  bool quiet = false;
};

std::string line(std::string_view text, int indent = 0) {
  return std::string(static_cast<std::size_t>(indent), ' ') + std::string(text) + "\n";
}

std::string lines_of(const std::vector<std::string>& texts, int indent = 0) {
  std::string out;
  for (std::size_t i = 0; i < texts.size() && i < kShown; ++i) out += line(texts[i], indent);
  return out;
}

std::string more_of(std::size_t count, const Messages& say) {
  if (count <= kShown) return {};
  return line(say.text("verify.more", {{"n", static_cast<std::int64_t>(count - kShown)}}), 2);
}

std::string findings_text(std::string_view head, const std::vector<FindingLine>& findings,
                          const Messages& say) {
  if (findings.empty()) return {};
  std::vector<std::string> texts;
  texts.reserve(findings.size());
  for (const FindingLine& one : findings) {
    texts.push_back(say.text("verify.finding", {{"rule", one.rule},
                                                {"outcome", say.word("outcome", one.outcome)},
                                                {"file", one.file},
                                                {"row", one.row}}));
  }
  return line(say.text(head)) + lines_of(texts, 2) + more_of(texts.size(), say);
}

std::string count_text(std::int64_t findings, std::int64_t of, const Messages& say) {
  return findings < 0 ? say.text("verify.did_not_run")
                      : say.text("verify.count", {{"n", findings}, {"of", of}});
}

std::string counts_text(const Comparison& compared, const Messages& say) {
  std::vector<std::string> texts;
  texts.reserve(compared.counts.size());
  for (const RuleCounts& rule : compared.counts) {
    texts.push_back(
        say.text("verify.rule_differs", {{"rule", rule.rule},
                                         {"then", count_text(rule.then, rule.then_of, say)},
                                         {"now", count_text(rule.now, rule.now_of, say)}}));
  }
  return lines_of(texts, 2) + more_of(texts.size(), say);
}

std::string result_text(const Comparison& compared, bool same_beginnings, const Messages& say) {
  std::string out;
  if (!compared.findings_same()) {
    out += line(say.text("verify.differ")) + counts_text(compared, say);
    out += findings_text("verify.only_then", compared.only_then, say);
    out += findings_text("verify.only_now", compared.only_now, say);
  } else {
    out += line(say.text("verify.same", {{"rules", compared.rules}, {"n", compared.findings}}));
  }
  if (!compared.other_bytes.empty()) {
    if (!same_beginnings && !compared.findings_same()) return out;  // every page, of course
    out += line(say.text("verify.other_bytes")) + lines_of(compared.other_bytes, 2);
    out += more_of(compared.other_bytes.size(), say);
  } else if (compared.other_order.empty()) {
    out += line(say.text("verify.same_bytes", {{"n", compared.files}}));
  } else {
    out += line(say.text("verify.same_rows", {{"n", compared.files}}));
    out += lines_of(compared.other_order, 2);
  }
  for (const std::string& name : compared.not_ours) {
    out += line(say.text("verify.not_ours", {{"file", name}}));
  }
  return out;
}

Result<tlog::Policy> policy_of(const VerifyRequest& request) {
  if (request.policy.empty() == request.log_key.empty()) {
    return fail(Code::usage, "with --receipt say whom you trust: --log KEY, or --policy FILE");
  }
  if (request.policy.empty()) {
    return tlog::Policy::parse("log " + request.log_key + "\nquorum none\n");
  }
  ONUS_TRY(const std::string text, read_file(request.policy, kMaxFile));
  return tlog::Policy::parse(text);
}

struct Receipt {
  std::uint64_t index = 0;
  std::string statement;  // "": the entry is none
  std::vector<std::string> proven;
};

Result<Receipt> read_receipt(const fs::path& path, const tlog::Policy& policy) {
  ONUS_TRY(const std::string bytes, read_file(path, kMaxFile));
  verify::Report checked = verify::check_receipt(bytes, policy);
  if (!checked.good()) {
    return fail(Code::bad_input, fmt::format("{}: {}", path.string(), checked.bad));
  }
  ONUS_TRY(const tlog::ProofFile proof, tlog::parse_proof_file(bytes));
  ONUS_TRY(const tlog::Extra extra, tlog::parse_extra(*proof.extra));
  ONUS_TRY(const tlog::Entry entry, tlog::parse_entry(extra.entry));
  const auto* statement = std::get_if<tlog::Statement>(&entry);
  std::erase_if(checked.proven,
                [](const std::string& text) { return text.find('\n') != text.npos; });
  return Receipt{proof.index, statement ? statement->text : "", std::move(checked.proven)};
}

// Whether the receipts are of entries that hold what the report says of itself. One that is not is
// the end: what was signed is another audit.
Result<std::string> check_receipts(const VerifyRequest& request, const Messages& say) {
  if (request.receipts.empty()) return std::string();
  ONUS_TRY(const tlog::Policy policy, policy_of(request));
  ONUS_TRY(std::vector<std::string> wanted, audit_statements(request.report_dir));
  std::string out;
  for (const fs::path& path : request.receipts) {
    ONUS_TRY(const Receipt receipt, read_receipt(path, policy));
    if (std::erase(wanted, receipt.statement) == 0) {
      return fail(Code::conflict, say.text("verify.other_audit", {{"file", path.string()}}));
    }
    out += line(say.text("verify.recorded", {{"n", receipt.index}})) + lines_of(receipt.proven, 2);
  }
  if (!wanted.empty()) return fail(Code::not_found, say.text("verify.receipts_missing"));
  return out;
}

Result<std::string> run_again(const VerifyRequest& request, const Rerun& rerun, const Messages& say,
                              bool& same) {
  ONUS_TRY(const Messages report_words, Messages::load(rerun.job.run.language));
  ONUS_TRY(const TempDir made, TempDir::make());
  ONUS_TRY(CaseFolder folder, CaseFolder::open("", made.path()));
  Screen screen(request.quiet ? Verbosity::quiet : Verbosity::normal);
  ONUS_TRY(const Audited again, audit(folder, rerun.job, report_words, made.path(), screen));
  ONUS_TRY_VOID(all_were_read(again.read));
  ONUS_TRY(const Comparison compared, compare_reports(request.report_dir, made.path()));
  const bool same_beginnings = rerun.differences.empty();
  same = compared.findings_same() && (compared.other_bytes.empty() || !same_beginnings);
  return result_text(compared, same_beginnings, say);
}

std::string beginnings_text(const AuditRecord& record, const Rerun& rerun, const Messages& say) {
  std::string out = lines_of(rerun.differences) + more_of(rerun.differences.size(), say);
  if (rerun.differences.empty()) {
    out += line(say.text("verify.same_beginnings", {{"n", record.files.size()}}));
  }
  if (!record.run.unread.empty()) {
    out += line(say.text("verify.unread", {{"n", record.run.unread.size()}}));
  }
  return out;
}

Result<Exit> verify_command(const VerifyRequest& request) {
  ONUS_TRY(const AuditRecord record, read_audit_record(request.report_dir));
  ONUS_TRY(const Messages say,
           Messages::load(request.language.empty() ? record.run.language : request.language));
  ONUS_TRY(std::string text, check_receipts(request, say));
  ONUS_TRY(const Rerun rerun, rerun_of(record, request.given, say));
  if (!rerun.missing.empty()) {
    ONUS_TRY_VOID(print_result(text + lines_of(rerun.differences) + lines_of(rerun.missing) +
                               more_of(rerun.missing.size(), say)));
    return fail(Code::not_found, say.text("verify.cannot"));
  }
  bool same = false;
  ONUS_TRY(const std::string result, run_again(request, rerun, say, same));
  text += beginnings_text(record, rerun, say) + result + line(say.text("verify.limits"));
  ONUS_TRY_VOID(print_result(text));
  return same ? Exit::done : Exit::findings;
}

void add_options(CLI::App& verify, VerifyRequest& request) {
  verify.add_option("REPORT", request.report_dir, "Folder of a report")->required()->type_name("");
  verify
      .add_option("FILES", request.given,
                  "The files that it was made from, and folders of them; also packs, profiles\n"
                  "and registers that do not come with onus")
      ->required()
      ->type_name("");
  verify
      .add_option("--receipt", request.receipts,
                  "Receipt of the entry by which a ledger recorded this audit")
      ->type_name("FILE");
  verify.add_option("--log", request.log_key, "Key of that ledger")->type_name("KEY");
  verify.add_option("--policy", request.policy, "Or whom you trust (C2SP tlog-policy)")
      ->type_name("FILE");
  verify.add_option("--lang", request.language, "Language: en, de; default: the report's")
      ->type_name("LANG");
  verify.add_flag("-q,--quiet", request.quiet, "No progress");
}

}  // namespace

void add_verify(CLI::App& app, Program& program) {
  auto request = std::make_shared<VerifyRequest>();
  CLI::App* verify = app.add_subcommand(
      "verify", "Make a report again, and see whether every finding is the same");
  add_options(*verify, *request);
  verify->footer(
      "Example: somebody published a report and the logs that it is made from.\n\n"
      "  onus verify report logs/\n\n"
      "Files are told by their hash, whatever they are called now. Exit code 0: every finding\n"
      "comes out the same; 1: something does not, and it is named; 3: files are missing.");
  verify->callback(
      [request, &program] { program.chosen = [request] { return verify_command(*request); }; });
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// onus-verify: checks a ledger without trusting the program that wrote it.
#include <cstdio>
#include <exception>
#include <string_view>
#include <thread>

#include "base/file.h"
#include "verify/verify.h"

namespace {

using namespace onus;

constexpr const char* kHelp =
    "onus-verify checks a ledger, or a receipt of it, from its published files alone.\n\n"
    "  onus-verify receipt FILE WHOM           is this entry in the log, and does it say this?\n"
    "  onus-verify folder DIR WHOM [OPTIONS]   are these all the entries that were signed?\n\n"
    "WHOM you trust, one of\n"
    "  --policy FILE        logs, witnesses and quorum (C2SP tlog-policy)\n"
    "  --log VKEY           this log's key, without asking for witnesses\n"
    "OPTIONS\n"
    "  --checkpoint FILE    hold the folder to this one; default DIR/checkpoint\n"
    "  --since FILE         an older checkpoint that you kept: the log must continue it\n"
    "  --range FIRST LAST   only these entries, each by its own proof\n\n"
    "It says what is proven and what is not, and names the first bad entry.\n"
    "Exit codes: 0 proven, 1 something does not hold, 2 usage, 3 a file cannot be read.\n";

constexpr std::size_t kMaxFile = 4U << 20;

struct Call {
  std::string command;
  std::string target;
  std::string policy;
  std::string log;
  std::string checkpoint;
  std::string since;
  std::optional<tlog::Range> range;
};

std::optional<Call> parse(const std::vector<std::string>& words) {
  Call call;
  if (words.size() < 2 || (words[0] != "receipt" && words[0] != "folder")) return std::nullopt;
  call.command = words[0];
  call.target = words[1];
  for (std::size_t i = 2; i < words.size(); i += 2) {
    if (i + 1 >= words.size()) return std::nullopt;
    const std::string& value = words[i + 1];
    if (words[i] == "--policy") {
      call.policy = value;
    } else if (words[i] == "--log") {
      call.log = value;
    } else if (words[i] == "--checkpoint") {
      call.checkpoint = value;
    } else if (words[i] == "--since") {
      call.since = value;
    } else if (words[i] == "--range" && i + 2 < words.size()) {
      const auto first = tlog::parse_decimal(value);
      const auto last = tlog::parse_decimal(words[i + 2]);
      if (!first || !last) return std::nullopt;
      call.range = tlog::Range{*first, *last + 1};
      ++i;
    } else {
      return std::nullopt;
    }
  }
  return call.policy.empty() == call.log.empty() ? std::nullopt : std::optional(call);
}

Result<tlog::Policy> policy_of(const Call& call) {
  if (!call.log.empty()) return tlog::Policy::parse("log " + call.log + "\nquorum none\n");
  ONUS_TRY(const std::string text, read_file(call.policy, kMaxFile));
  return tlog::Policy::parse(text);
}

Result<verify::Report> run(const Call& call) {
  ONUS_TRY(const tlog::Policy policy, policy_of(call));
  if (call.command == "receipt") {
    ONUS_TRY(const std::string receipt, read_file(call.target, kMaxFile));
    return verify::check_receipt(receipt, policy);
  }
  verify::FolderOptions options;
  const std::string checkpoint =
      call.checkpoint.empty() ? call.target + "/checkpoint" : call.checkpoint;
  ONUS_TRY(options.checkpoint, read_file(checkpoint, kMaxFile));
  if (!call.since.empty()) {
    ONUS_TRY(options.since, read_file(call.since, kMaxFile));
  }
  options.range = call.range;
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  return verify::check_folder(verify::files_in(call.target), policy, options);
}

int say(const verify::Report& report) {
  if (!report.proven.empty()) std::puts("Proven:");
  for (const std::string& line : report.proven) std::printf("  %s\n", line.c_str());
  if (!report.not_proven.empty()) std::puts("Not proven:");
  for (const std::string& line : report.not_proven) std::printf("  %s\n", line.c_str());
  if (report.good()) return 0;
  std::printf("BAD: %s\n", report.bad.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const bool help = !words.empty() && (words[0] == "--help" || words[0] == "-h");
  const std::optional<Call> call = help ? std::nullopt : parse(words);
  if (!call) {
    std::fputs(kHelp, help ? stdout : stderr);
    return help ? 0 : 2;
  }
  try {
    const Result<verify::Report> report = run(*call);
    if (report) return say(*report);
    std::fprintf(stderr, "onus-verify: %s\n", report.error().text().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "onus-verify: a bug: %s\n", error.what());
  }
  return 3;
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/witness.h"

#include <fmt/format.h>

#include "base/file.h"
#include "tlog/policy.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFile = 1U << 20;
constexpr auto kPatience = std::chrono::seconds(10);
constexpr int kTurns = 4;  // it may cosign another size between two of our requests

// "1234\n", as text/x.tlog.size.
std::optional<std::uint64_t> size_of(std::string_view body) {
  if (body.ends_with('\n')) body.remove_suffix(1);
  return tlog::parse_decimal(body);
}

Result<std::vector<tlog::Line>> good_lines(const Witness& witness, const Signable& what,
                                           const std::string& answer) {
  ONUS_TRY(const tlog::Note note, tlog::parse_note(what.checkpoint.text() + "\n" + answer));
  std::vector<tlog::Line> good;
  for (const tlog::Line& line : note.lines) {
    const bool known = line.name == witness.key.name && line.id == witness.key.id();
    if (known && tlog::check_line(witness.key, note.text, line)) good.push_back(line);
  }
  if (good.empty()) return fail(Code::bad_input, "its answer has no signature of its key");
  return good;
}

class Asking {
 public:
  Asking(const Witness& witness, const Signable& what, const Post& post, Cosigned& out)
      : witness_(witness), what_(what), post_(post), out_(out) {}

  void run() {
    std::uint64_t old_size = what_.checkpoint.size;
    for (int turn = 0; turn < kTurns; ++turn) {
      const Result<std::string> body = witness_body(what_, old_size);
      if (!body) return problem(body.error().message);
      const Result<HttpAnswer> answer = post_(witness_.url + "/add-checkpoint", *body);
      if (!answer) return problem(answer.error().message);
      if (answer->status != 409) return take(*answer, old_size);
      const std::optional<std::uint64_t> size = size_of(answer->body);
      if (!size) return problem("it answers 409 without a size");
      if (*size > what_.checkpoint.size) return longer(*size);
      old_size = *size;
    }
    problem("it names another size each time");
  }

 private:
  void problem(const std::string& why) {
    out_.problems.push_back(fmt::format("witness {}: {}", witness_.name, why));
  }

  void longer(std::uint64_t size) {
    out_.contradiction = fmt::format(
        "witness {} cosigned {} entries of this log, and here are {}: the ledger and its guard "
        "were "
        "set back. Nothing is signed",
        witness_.name, size, what_.checkpoint.size);
  }

  void take(const HttpAnswer& answer, std::uint64_t old_size) {
    if (answer.status == 422) {
      out_.contradiction = fmt::format(
          "witness {} cosigned {} entries of this log that are not the {} entries here: this is "
          "another log under the same name. Nothing is signed",
          witness_.name, old_size, old_size);
      return;
    }
    if (answer.status == 404) return problem("it does not know this log: give it the log's key");
    if (answer.status != 200) return problem(fmt::format("it answers {}", answer.status));
    const Result<std::vector<tlog::Line>> lines = good_lines(witness_, what_, answer.body);
    if (!lines) return problem(lines.error().message);
    out_.lines.insert(out_.lines.end(), lines->begin(), lines->end());
  }

  const Witness& witness_;
  const Signable& what_;
  const Post& post_;
  Cosigned& out_;
};

}  // namespace

Result<std::vector<Witness>> witnesses_of(const fs::path& ledger_dir) {
  std::vector<Witness> out;
  if (!fs::exists(ledger_dir / "witnesses")) return out;
  ONUS_TRY(const std::string lines, read_file(ledger_dir / "witnesses", kMaxFile));
  ONUS_TRY(const tlog::Policy policy, tlog::Policy::parse(lines + "quorum none\n"));
  for (const tlog::Policy::Member& member : policy.members()) {
    out.push_back({member.name, policy.verifiers()[member.verifier], member.url});
    while (out.back().url.ends_with('/')) out.back().url.pop_back();
  }
  return out;
}

Signable signable(const ledger::Ledger& ledger) {
  return {ledger.note(), ledger.checkpoint(),
          [&ledger](std::uint64_t old_size) { return ledger.prove_since(old_size); }};
}

Post post_over_network() {
  return [](const std::string& url, const std::string& body) {
    return http_post(url, body, kPatience);
  };
}

Result<std::string> witness_body(const Signable& what, std::uint64_t old_size) {
  ONUS_TRY(const std::vector<tlog::Hash> proof, what.prove_since(old_size));
  std::string body = fmt::format("old {}\n", old_size);
  for (const tlog::Hash& hash : proof) body += tlog::print_hash(hash) + "\n";
  return body + "\n" + what.note;
}

Cosigned collect(const std::vector<Witness>& witnesses, const Signable& what, const Post& post) {
  Cosigned out;
  for (const Witness& witness : witnesses) {
    if (!witness.url.empty()) Asking(witness, what, post, out).run();
    if (!out.contradiction.empty()) break;
  }
  return out;
}

ledger::Check witness_check(const fs::path& ledger_dir) {
  return [ledger_dir](const ledger::Ledger& ledger) -> Result<void> {
    ONUS_TRY(const std::vector<Witness> witnesses, witnesses_of(ledger_dir));
    const Cosigned asked = collect(witnesses, signable(ledger), post_over_network());
    for (const std::string& one : asked.problems) fmt::print(stderr, "onus: {}\n", one);
    if (asked.contradiction.empty()) return {};
    return fail(Code::conflict, asked.contradiction);
  };
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// One receipt; what both kinds of check say; files of a folder.
#include <fmt/format.h>

#include <ctime>

#include "base/file.h"
#include "tlog/anchor.h"
#include "tlog/entry.h"
#include "tlog/proof.h"
#include "tlog/tile.h"
#include "tlog/utf8.h"
#include "verify/verify.h"
#include "verify/words.h"

namespace onus::verify {
namespace {

constexpr std::size_t kMaxFile = 256 * (tlog::kMaxEntry + 2);

std::string utc(std::uint64_t unix_seconds) {
  const auto time = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  char text[64] = "";
  if (gmtime_r(&time, &parts)) std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

bool steers(char32_t letter) {  // controls, and those that change the direction of writing
  return letter < 0x20 || (letter >= 0x7f && letter < 0xa0) ||
         (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069);
}

// What stands in the log, below a line of ours: indented and without control characters, so that
// nothing in it passes for a line of ours or steers a terminal.
std::string shown(std::string_view text) {
  if (!tlog::is_utf8(text)) return fmt::format("({} bytes that are no text)", text.size());
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t letter = *tlog::take_character(text);
    if (letter == '\n') {
      out += "\n    ";
    } else if (steers(letter)) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(letter));
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

void check_record(const tlog::Record& record, const std::string& opening_bytes, Report& report) {
  if (opening_bytes.empty()) {
    report.not_proven.emplace_back("What the record says: the receipt is sealed (no opening).");
    return;
  }
  const Result<tlog::Opening> opening = tlog::parse_opening(opening_bytes);
  const Result<void> opens = opening ? tlog::check_opening(record, *opening)
                                     : Result<void>(tl::unexpected(opening.error()));
  if (!opens) {
    report.bad = fmt::format("the entry is in the log, but {}", opens.error().message);
    return;
  }
  std::string open;
  std::vector<std::string> erased;
  for (const tlog::Opened& one : *opening) {
    if (one.erased) erased.push_back(one.group);
    if (!one.erased) open += fmt::format("\n    {}: {}", one.group, shown(one.content));
  }
  if (!open.empty()) {
    report.proven.push_back(
        fmt::format("The record says what was committed to when it was appended:{}", open));
  }
  if (!erased.empty()) {
    report.not_proven.push_back(fmt::format("What stood under {}: it was erased.", joined(erased)));
  }
}

void check_entry(const tlog::Extra& extra, Report& report) {
  const Result<tlog::Entry> entry = tlog::parse_entry(extra.entry);
  if (!entry) {
    report.bad = fmt::format("the entry is in the log, but {}", entry.error().message);
  } else if (const auto* record = std::get_if<tlog::Record>(&*entry)) {
    check_record(*record, extra.opening, report);
  } else if (const auto* statement = std::get_if<tlog::Statement>(&*entry)) {
    report.proven.push_back(fmt::format("The entry states:\n    {}", shown(statement->text)));
  } else if (const auto* erasure = std::get_if<tlog::Erasure>(&*entry)) {
    report.proven.push_back(
        fmt::format("The entry says that {} of entry {} was erased, on this ground: {}",
                    joined(erasure->groups), erasure->index, shown(erasure->ground)));
  }
}

// A line of an anchored file, with the receipt of the statement that anchored it.
// NOLINTNEXTLINE(misc-no-recursion): parse_anchor_line() lets none stand in another
Report check_anchor_line(std::string_view bytes, const tlog::Policy& policy) {
  Report report;
  const Result<tlog::AnchorLine> line = tlog::parse_anchor_line(bytes);
  if (!line) {
    report.bad = line.error().message;
    return report;
  }
  report = check_receipt(line->receipt, policy);
  if (!report.good()) return report;
  const auto proof = tlog::parse_proof_file(line->receipt).value();
  const auto entry = tlog::parse_entry(tlog::parse_extra(*proof.extra)->entry).value();
  const auto* statement = std::get_if<tlog::Statement>(&entry);
  const auto said = tlog::parse_anchor(statement ? statement->text : "");
  if (!said || !tlog::line_was_there(*said, *line)) {
    report.bad = said ? fmt::format("line {} did not say that in the anchored file", line->row + 1)
                      : said.error().message;
    return report;
  }
  report.proven.push_back(fmt::format("Line {} of the anchored file {} was:\n    {}", line->row + 1,
                                      shown(said->file), shown(line->text)));
  return report;
}

}  // namespace

Files files_in(std::filesystem::path folder) {
  return [folder = std::move(folder)](const std::string& path) {
    return read_file(folder / path, kMaxFile);
  };
}

std::optional<tlog::Checkpoint> check_checkpoint(std::string_view note, const tlog::Policy& policy,
                                                 Report& report) {
  const Result<tlog::Note> parsed = tlog::parse_note(note);
  const Result<tlog::Policy::Verdict> verdict =
      parsed ? policy.check(*parsed)
             : Result<tlog::Policy::Verdict>(tl::unexpected(parsed.error()));
  if (!verdict) {
    report.bad = fmt::format("the checkpoint cannot be trusted: {}", verdict.error().message);
    return std::nullopt;
  }
  report.proven.push_back(fmt::format("The log {} signed for {} entries with root {}.",
                                      verdict->log, verdict->checkpoint.size,
                                      tlog::print_hash(verdict->checkpoint.root)));
  if (!verdict->quorum) {
    report.bad = fmt::format(
        "the quorum of the policy is not reached: {}",
        verdict->witnesses.empty() ? "no witness cosigned" : "only " + joined(verdict->witnesses));
    return std::nullopt;
  }
  if (verdict->witnesses.empty()) {
    report.not_proven.emplace_back(
        "That everybody is shown the same log: no witness that you trust cosigned, so whoever "
        "holds "
        "the log's key could show others another log.");
  } else {
    report.proven.push_back(fmt::format("Seen and cosigned by {}, last on {}.",
                                        joined(verdict->witnesses), utc(verdict->latest)));
  }
  return verdict->checkpoint;
}

void say_limits(Report& report) {
  report.not_proven.emplace_back(
      "That what was recorded is true, or that all that happened was recorded.");
}

// NOLINTNEXTLINE(misc-no-recursion): the same
Report check_receipt(std::string_view receipt, const tlog::Policy& policy) {
  if (receipt.starts_with(tlog::kAnchorLine)) return check_anchor_line(receipt, policy);
  Report report;
  const Result<tlog::ProofFile> proof = tlog::parse_proof_file(receipt);
  if (!proof) {
    report.bad = fmt::format("this is no receipt: {}", proof.error().message);
    return report;
  }
  const auto checkpoint = check_checkpoint(proof->checkpoint, policy, report);
  if (!checkpoint) return report;
  const Result<tlog::Extra> extra = tlog::parse_extra(proof->extra.value_or(""));
  if (!extra || !proof->extra) {
    report.bad = "the receipt does not hold its entry";
    return report;
  }
  if (!tlog::includes(proof->index, checkpoint->size, tlog::TreeHasher().leaf(extra->entry),
                      proof->proof, checkpoint->root)) {
    report.first_bad = proof->index;
    report.bad = fmt::format(
        "entry {} is not proven by the checkpoint: entry, index or path was "
        "changed",
        proof->index);
    return report;
  }
  report.entries = 1;
  report.proven.push_back(fmt::format("The entry is number {} of that log.", proof->index));
  check_entry(*extra, report);
  say_limits(report);
  return report;
}

}  // namespace onus::verify

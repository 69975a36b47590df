// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/file.h"
#include "ingest/notes.h"

namespace onus::cli {
namespace {

using report::Messages;

constexpr std::size_t kMaxRunJson = 64U << 20;

bool is_law(const report::RuleUse& rule) {
  return rule.kind != "quality" && rule.kind != "detector";
}

std::string read_line(const ingest::IngestSummary& read, const Messages& messages) {
  std::int64_t fresh = 0;
  std::int64_t seen = 0;
  for (const ingest::FileSummary& file : read.files) {
    (file.status == ingest::FileStatus::read ? fresh : seen) += 1;
  }
  std::string line = messages.text("screen.read", {{"n", fresh},
                                                   {"rows", read.rows},
                                                   {"sightings", read.sightings},
                                                   {"rejects", read.rejects}});
  if (seen > 0) line += "\n" + messages.text("screen.seen", {{"n", seen}});
  return line + "\n";
}

std::string lookups_line(const ingest::LinkSummary& linked, const report::Model& model,
                         const Messages& messages) {
  std::string line = messages.text("screen.lookups",
                                   {{"n", model.totals.lookups},
                                    {"agencies", model.totals.agencies},
                                    {"first", messages.date(model.totals.first_when.substr(0, 10))},
                                    {"last", messages.date(model.totals.last_when.substr(0, 10))}});
  if (linked.cross_file_duplicates > 0) {
    line += "\n" + messages.text("screen.elsewhere", {{"n", linked.cross_file_duplicates}});
  }
  if (linked.lookups_high > linked.lookups_low) {
    line += "\n" + messages.text("screen.range",
                                 {{"low", linked.lookups_low}, {"high", linked.lookups_high}});
  }
  return line + "\n";
}

std::string unread_lines(const report::Model& model, const Messages& messages) {
  std::string out;
  for (const report::UnreadFile& file : model.run.unread) {
    out += messages.text("screen.unread",
                         {{"file", file.name}, {"reason", messages.word("unread", file.reason)}}) +
           "\n";
  }
  return out;
}

std::string owner_line(const report::Model& model, const Messages& messages) {
  std::int64_t files = 0;
  for (const report::FileUse& file : model.files) {
    files += std::count(file.notes.begin(), file.notes.end(), ingest::note::kOwnerUnknown);
  }
  return files == 0 ? "" : messages.text("screen.owner_unknown", {{"n", files}}) + "\n";
}

// What laws could not be put to the log; without the places, which the report has.
std::string jurisdiction_line(const report::Model& model, const Messages& messages) {
  std::int64_t packs = 0;
  for (const report::PackUse& pack : model.packs) {
    packs += pack.governed == 0 && pack.governs_unknown > 0 ? 1 : 0;
  }
  return packs == 0 ? "" : messages.text("screen.laws_unknown", {{"n", packs}}) + "\n";
}

// "      14  625 ILCS 5/2-130 (b): Access given to ..."
std::string rule_line(const report::RuleUse& rule, std::int64_t lookups, const Messages& messages) {
  const std::string& title = messages.language() == "de" ? rule.title_de : rule.title_en;
  const std::string law = rule.law.empty() ? "" : fmt::format("{} {}: ", rule.law, rule.section);
  return fmt::format("{:>12}  {}{}\n", messages.number(lookups), law, title);
}

std::string findings_of(const report::Model& model, std::string_view outcome,
                        const Messages& messages) {
  std::string lines;
  for (const report::RuleUse& rule : model.rules) {
    const std::int64_t lookups = rule.lookups(outcome);
    if (is_law(rule) && lookups > 0) lines += rule_line(rule, lookups, messages);
  }
  return lines.empty() ? "" : fmt::format("  {}\n{}", messages.word("outcome", outcome), lines);
}

std::string findings(const report::Model& model, const Messages& messages) {
  std::string out;
  for (const std::string_view outcome : {"breach", "missing", "cannot_tell"}) {
    out += findings_of(model, outcome, messages);
  }
  const std::string head = messages.text(out.empty() ? "screen.no_findings" : "screen.findings");
  return "\n" + head + "\n" + out;
}

}  // namespace

std::string summary_text(const ingest::IngestSummary& read, const ingest::LinkSummary& linked,
                         const report::Model& model, const Messages& messages,
                         const std::string& report_path) {
  return read_line(read, messages) + lookups_line(linked, model, messages) +
         unread_lines(model, messages) + owner_line(model, messages) +
         jurisdiction_line(model, messages) + findings(model, messages) + "\n" +
         messages.text("screen.report", {{"path", report_path}}) + "\n";
}

Result<void> print_summary(const AuditRequest& request, const ingest::IngestSummary& read,
                           const ingest::LinkSummary& linked, const report::Model& model,
                           const Messages& messages) {
  if (request.json) {
    ONUS_TRY(const std::string json, read_file(request.report_dir / "run.json", kMaxRunJson));
    std::fwrite(json.data(), 1, json.size(), stdout);
  } else if (!request.quiet) {
    const std::string text =
        summary_text(read, linked, model, messages, (request.report_dir / "index.html").string());
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  if (std::fflush(stdout) != 0) return fail(Code::io, "cannot write to standard output");
  return {};
}

Exit exit_of(const report::Model& model, std::optional<record::Outcome> fail_on) {
  if (!fail_on) return Exit::done;
  for (const report::RuleUse& rule : model.rules) {
    for (auto outcome = *fail_on; is_law(rule) && outcome <= record::Outcome::breach;
         outcome = static_cast<record::Outcome>(static_cast<int>(outcome) + 1)) {
      if (rule.accesses(record::name(outcome)) > 0) return Exit::findings;
    }
  }
  return Exit::done;
}

}  // namespace onus::cli

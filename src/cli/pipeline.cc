// SPDX-License-Identifier: Apache-2.0
#include "cli/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "base/builtin.h"
#include "classify/reading.h"
#include "cli/builtin_lexicon.h"
#include "cli/case_folder.h"
#include "cli/case_ledger.h"
#include "cli/pack_choice.h"
#include "cli/stages.h"
#include "cli/summary.h"
#include "ingest/profile.h"
#include "record/tables.h"
#include "report/report.h"
#include "resolve/resolve.h"
#include "rules/rules.h"

namespace onus::cli {
namespace {

Result<std::optional<record::Outcome>> outcome_to_fail_on(const std::string& word) {
  if (word.empty()) return std::optional<record::Outcome>();
  const std::optional<record::Outcome> outcome = record::parse<record::Outcome>(word);
  if (!outcome || *outcome < record::Outcome::cannot_tell) {
    return fail(Code::usage,
                fmt::format("--fail-on takes breach, missing or cannot_tell, not '{}'", word));
  }
  return outcome;
}

Result<std::optional<Register>> register_of(const AuditRequest& request) {
  if (request.agreements.empty()) return std::optional<Register>();
  ONUS_TRY(Register read, load_agreements(request.agreements));
  return std::optional<Register>(std::move(read));
}

Result<void> use_register(store::Database& db, const std::optional<Register>& papers) {
  if (!papers) return resolve::forget_agreements(db);
  return resolve::store_agreements(db, papers->agreements, papers->name, papers->sha256,
                                   papers->complete);
}

Result<ingest::IngestSummary> read_all_logs(CaseFolder& folder,
                                            const std::vector<Reading>& readings, Screen& screen) {
  ingest::IngestSummary all;
  for (const Reading& one : readings) {
    ONUS_TRY(ingest::IngestSummary read,
             read_logs(folder.db(), one.inputs, one.owner, folder.key(), screen));
    std::ranges::move(read.files, std::back_inserter(all.files));
    std::ranges::move(read.refused, std::back_inserter(all.refused));
    all.rows += read.rows;
    all.sightings += read.sightings;
    all.rejects += read.rejects;
  }
  return all;
}

// The profiles that files were read by. One that an earlier run was given and this one was not is
// not known any more.
std::vector<report::Ruler> profiles_used(const report::Model& model,
                                         const std::vector<report::Ruler>& known) {
  std::vector<report::Ruler> used;
  for (const report::Ruler& profile : known) {
    const bool is_used = std::ranges::any_of(
        model.files, [&](const report::FileUse& file) { return file.profile == profile.id; });
    if (is_used) used.push_back(profile);
  }
  return used;
}

report::CollectOptions collect_options(const Job& job, const ingest::IngestSummary& read) {
  report::CollectOptions options;
  options.run = job.run;
  for (const ingest::RefusedFile& file : read.refused) {
    const Unread what = unread(file.file, file.error);
    options.run.unread.push_back({what.file, what.reason});
  }
  return options;
}

Result<Job> job_of(const AuditRequest& request) {
  Job job;
  ONUS_TRY(job.packs, choose_packs(request.packs));
  ONUS_TRY(job.papers, register_of(request));
  ONUS_TRY(job.names, load_name_books(request.agencies, request.alias));
  ONUS_TRY(job.by_people, load_labels(request.labels));
  ONUS_TRY(Inputs inputs, choose_inputs(request.inputs, request.profile));
  job.run = {.version = ONUS_VERSION,
             .engine = store::Database::version(),
             .command = request.command,
             .language = request.language,
             .lexicon_sha256 = lexicon_sha256()};
  for (const Unread& file : inputs.unread) job.run.unread.push_back({file.file, file.reason});
  ONUS_TRY(job.run.profiles, known_profiles(inputs.extra_profiles));
  if (job.papers) job.run.agreements = {job.papers->name, job.papers->sha256};
  job.run.agencies = job.names.agencies;
  job.run.aliases = job.names.aliases;
  if (job.by_people) job.run.labels = job.by_people->file;
  job.readings.push_back({std::move(inputs), request.owner});
  return job;
}

// Once reasons are read; Code::conflict where the sample is not of these logs.
Result<report::ByPeople> true_shares(store::Database& db, const Job& job) {
  if (!job.by_people) return report::ByPeople();
  ONUS_TRY(const auto units, measure::units_of(db));
  ONUS_TRY(const measure::Estimates all, measure::estimate(units, job.by_people->labels));
  return by_people_of(all);
}

Result<void> say_recorded(const AuditRequest& request, const report::Messages& messages,
                          std::uint64_t entry) {
  if (request.quiet || request.json) return {};
  return print_result(
      messages.text("screen.ledger",
                    {{"path", (request.case_dir / "ledger").string()}, {"n", entry}}) +
      "\n");
}

}  // namespace

std::string lexicon_sha256() {
  Sha256 hash;
  for (const std::string_view folder : {"packs/models/", "packs/purposes/"}) {
    for (const BuiltinFile& file : builtin_files_in(folder))
      hash.add(fmt::format("{} {}\n", file.path, to_hex(sha256(file.bytes))));
  }
  return to_hex(hash.finish());
}

Result<std::vector<report::Ruler>> known_profiles(
    const std::vector<std::pair<std::string, std::string>>& extra) {
  std::map<std::string, std::string> all;
  const auto add = [&](std::string_view name, std::string_view toml) -> Result<void> {
    ONUS_TRY(const ingest::Profile profile, ingest::parse_profile(toml, name));
    const std::string hash = to_hex(sha256(toml));
    for (const ingest::Variant& variant : profile.variants) all[variant.id] = hash;
    return {};
  };
  for (const BuiltinFile& file : builtin_files_in("profiles/")) {
    ONUS_TRY_VOID(add(file.path, file.bytes));
  }
  for (const auto& [name, toml] : extra) ONUS_TRY_VOID(add(name, toml));
  std::vector<report::Ruler> out;
  out.reserve(all.size());
  for (const auto& [id, hash] : all) out.push_back({id, hash});
  return out;
}

namespace {

Result<void> read_and_link(CaseFolder& folder, const Job& job, Screen& screen, Audited& out) {
  ONUS_TRY_VOID(next_step(screen, "reading"));
  ONUS_TRY(out.read, read_all_logs(folder, job.readings, screen));
  ONUS_TRY_VOID(next_step(screen, "linking sightings of one lookup"));
  ONUS_TRY(out.linked, ingest::link(folder.db(), threads()));
  return folder.db().run(record::views_sql());
}

Result<void> resolve_and_judge(store::Database& db, const Job& job, Screen& screen) {
  ONUS_TRY_VOID(next_step(screen, "reading agency names"));
  ONUS_TRY_VOID(resolve::run(db, job.names.books));
  ONUS_TRY_VOID(use_register(db, job.papers));
  ONUS_TRY_VOID(next_step(screen, "judging"));
  ONUS_TRY_VOID(rules::run(db, job.packs));
  return {};
}

}  // namespace

Result<Audited> audit(CaseFolder& folder, const Job& job, const report::Messages& messages,
                      const std::filesystem::path& report_dir, Screen& screen) {
  store::Database& db = folder.db();
  Audited out;
  ONUS_TRY(const classify::Lexicon lexicon, builtin_lexicon());
  ONUS_TRY_VOID(read_and_link(folder, job, screen, out));
  ONUS_TRY_VOID(next_step(screen, "reading reasons"));
  ONUS_TRY_VOID(classify::run(db, lexicon, threads()));
  ONUS_TRY(report::ByPeople by_people, true_shares(db, job));
  ONUS_TRY_VOID(resolve_and_judge(db, job, screen));
  ONUS_TRY_VOID(next_step(screen, "writing the report"));
  ONUS_TRY(out.model, report::collect(db, collect_options(job, out.read)));
  out.model.reasons.by_people = std::move(by_people);
  out.model.run.profiles = profiles_used(out.model, job.run.profiles);
  ONUS_TRY_VOID(report::write(db, out.model, messages, report_dir));
  screen.done();
  return out;
}

Result<Exit> audit_command(const AuditRequest& request) {
  ONUS_TRY(const std::optional<record::Outcome> fail_on, outcome_to_fail_on(request.fail_on));
  ONUS_TRY(const report::Messages messages, report::Messages::load(request.language));
  ONUS_TRY(const Job job, job_of(request));
  ONUS_TRY_VOID(prepare_output_dir(request.report_dir, "run.json"));
  ONUS_TRY(CaseFolder folder, CaseFolder::open(request.case_dir, request.report_dir));
  std::optional<ledger::Ledger> ledger;
  if (folder.kept()) {
    ONUS_TRY(ledger, open_case_ledger(request.case_dir));
  }
  Screen screen(request.quiet ? Verbosity::quiet : Verbosity::normal);
  ONUS_TRY(const Audited done, audit(folder, job, messages, request.report_dir, screen));
  ONUS_TRY_VOID(print_summary(request, done.read, done.linked, done.model, messages));
  if (ledger) {
    ONUS_TRY(const std::uint64_t entry, record_audit(*ledger, request.report_dir));
    ONUS_TRY_VOID(say_recorded(request, messages, entry));
  }
  return exit_of(done.model, fail_on);
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/pipeline.h"

#include <fmt/format.h>

#include <optional>

#include "classify/reading.h"
#include "cli/agreements.h"
#include "cli/case_folder.h"
#include "cli/inputs.h"
#include "cli/pack_choice.h"
#include "cli/screen.h"
#include "cli/stages.h"
#include "cli/summary.h"
#include "ingest/ingest.h"
#include "ingest/link.h"
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
  return resolve::store_agreements(db, papers->agreements, papers->name, papers->sha256);
}

report::CollectOptions collect_options(const AuditRequest& request, const Inputs& inputs,
                                       const ingest::IngestSummary& read) {
  report::CollectOptions options;
  options.run = {
      .version = ONUS_VERSION, .engine = store::Database::version(), .command = request.command};
  for (const Unread& file : inputs.unread) {
    options.run.unread.push_back({file.file, file.reason});
  }
  for (const ingest::RefusedFile& file : read.refused) {
    const Unread what = unread(file.file, file.error);
    options.run.unread.push_back({what.file, what.reason});
  }
  return options;
}

}  // namespace

Result<Exit> audit_command(const AuditRequest& request) {
  ONUS_TRY(const std::optional<record::Outcome> fail_on, outcome_to_fail_on(request.fail_on));
  ONUS_TRY(const report::Messages messages, report::Messages::load(request.language));
  ONUS_TRY(const std::vector<rules::Pack> packs, choose_packs(request.packs));
  ONUS_TRY(const std::optional<Register> papers, register_of(request));
  ONUS_TRY(const classify::Lexicon lexicon, classify::Lexicon::load_builtin());
  ONUS_TRY(const Inputs inputs, choose_inputs(request.inputs, request.profile));
  ONUS_TRY_VOID(prepare_output_dir(request.report_dir, "run.json"));
  ONUS_TRY(CaseFolder folder, CaseFolder::open(request.case_dir, request.report_dir));
  store::Database& db = folder.db();

  Screen screen(request.quiet ? Verbosity::quiet : Verbosity::normal);
  ONUS_TRY_VOID(next_step(screen, "reading"));
  ONUS_TRY(const ingest::IngestSummary read,
           read_logs(db, inputs, request.owner, folder.key(), screen));
  ONUS_TRY_VOID(next_step(screen, "linking sightings of one lookup"));
  ONUS_TRY(const ingest::LinkSummary linked, ingest::link(db, threads()));
  ONUS_TRY_VOID(db.run(record::views_sql()));
  ONUS_TRY_VOID(next_step(screen, "reading reasons"));
  ONUS_TRY_VOID(classify::run(db, lexicon));
  ONUS_TRY_VOID(next_step(screen, "reading agency names"));
  ONUS_TRY_VOID(resolve::run(db));
  ONUS_TRY_VOID(use_register(db, papers));
  ONUS_TRY_VOID(next_step(screen, "judging"));
  ONUS_TRY_VOID(rules::run(db, packs));
  ONUS_TRY_VOID(next_step(screen, "writing the report"));
  ONUS_TRY(const report::Model model, report::collect(db, collect_options(request, inputs, read)));
  ONUS_TRY_VOID(report::write(db, model, messages, request.report_dir));
  screen.done();

  ONUS_TRY_VOID(print_summary(request, read, linked, model, messages));
  return exit_of(model, fail_on);
}

}  // namespace onus::cli

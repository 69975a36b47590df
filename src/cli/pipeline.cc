// SPDX-License-Identifier: Apache-2.0
#include "cli/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "classify/reading.h"
#include "cli/case_folder.h"
#include "cli/inputs.h"
#include "cli/pack_choice.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "cli/summary.h"
#include "ingest/ingest.h"
#include "ingest/link.h"
#include "record/tables.h"
#include "report/report.h"
#include "resolve/resolve.h"
#include "rules/rules.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

// An empty folder, or an earlier report, which is replaced. Anything else is somebody's.
Result<void> prepare_report_dir(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (error)
    return fail(Code::io, fmt::format("cannot make {}: {}", dir.string(), error.message()));
  if (!fs::is_empty(dir, error) && !fs::exists(dir / "run.json")) {
    return fail(Code::usage, fmt::format("{} is neither empty nor a report of onus; choose another "
                                         "folder with -o",
                                         dir.string()));
  }
  return {};
}

Result<std::optional<record::Outcome>> outcome_to_fail_on(const std::string& word) {
  if (word.empty()) return std::optional<record::Outcome>();
  const std::optional<record::Outcome> outcome = record::parse<record::Outcome>(word);
  if (!outcome || *outcome < record::Outcome::cannot_tell) {
    return fail(Code::usage,
                fmt::format("--fail-on takes breach, missing or cannot_tell, not '{}'", word));
  }
  return outcome;
}

int threads() { return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 16U)); }

ingest::IngestOptions ingest_options(const AuditRequest& request, const Inputs& inputs,
                                     const Digest& key, Screen& screen) {
  ingest::IngestOptions options;
  options.files = inputs.files;
  options.profile = inputs.profile;
  options.extra_profiles = inputs.extra_profiles;
  options.owner = request.owner;
  options.key = key;
  options.threads = threads();
  options.progress = [&screen](const ingest::Progress& now) {
    screen.reading({.file = static_cast<std::int64_t>(now.file_index) + 1,
                    .files = static_cast<std::int64_t>(now.file_count),
                    .rows = now.rows,
                    .bytes = now.bytes_read,
                    .bytes_total = now.bytes_total});
    return !interrupted();
  };
  return options;
}

Result<void> next_step(Screen& screen, std::string_view name) {
  if (interrupted()) return fail(Code::interrupted, fmt::format("interrupted before {}", name));
  screen.step(name);
  return {};
}

report::CollectOptions collect_options(const AuditRequest& request, const Inputs& inputs) {
  report::CollectOptions options;
  options.run = {
      .version = ONUS_VERSION, .engine = store::Database::version(), .command = request.command};
  for (const Unread& file : inputs.unread) {
    options.run.unread.push_back({file.file, file.reason});
  }
  return options;
}

}  // namespace

Result<Exit> audit_command(const AuditRequest& request) {
  ONUS_TRY(const std::optional<record::Outcome> fail_on, outcome_to_fail_on(request.fail_on));
  ONUS_TRY(const report::Messages messages, report::Messages::load(request.language));
  ONUS_TRY(const std::vector<rules::Pack> packs, choose_packs(request.packs));
  ONUS_TRY(const classify::Lexicon lexicon, classify::Lexicon::load_builtin());
  ONUS_TRY(const Inputs inputs, choose_inputs(request.inputs, request.profile));
  ONUS_TRY_VOID(prepare_report_dir(request.report_dir));
  ONUS_TRY(CaseFolder folder, CaseFolder::open(request.case_dir, request.report_dir));
  store::Database& db = folder.db();

  Screen screen(request.quiet ? Verbosity::quiet : Verbosity::normal);
  ONUS_TRY_VOID(next_step(screen, "reading"));
  ONUS_TRY(const ingest::IngestSummary read,
           ingest::ingest(db, ingest_options(request, inputs, folder.key(), screen)));
  ONUS_TRY_VOID(next_step(screen, "linking sightings of one lookup"));
  ONUS_TRY(const ingest::LinkSummary linked, ingest::link(db, threads()));
  ONUS_TRY_VOID(db.run(record::views_sql()));
  ONUS_TRY_VOID(next_step(screen, "reading reasons"));
  ONUS_TRY_VOID(classify::run(db, lexicon));
  ONUS_TRY_VOID(next_step(screen, "reading agency names"));
  ONUS_TRY_VOID(resolve::run(db));
  ONUS_TRY_VOID(next_step(screen, "judging"));
  ONUS_TRY_VOID(rules::run(db, packs));
  ONUS_TRY_VOID(next_step(screen, "writing the report"));
  ONUS_TRY(const report::Model model, report::collect(db, collect_options(request, inputs)));
  ONUS_TRY_VOID(report::write(db, model, messages, request.report_dir));
  screen.done();

  ONUS_TRY_VOID(print_summary(request, read, linked, model, messages));
  return exit_of(model, fail_on);
}

}  // namespace onus::cli

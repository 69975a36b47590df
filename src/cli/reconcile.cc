// SPDX-License-Identifier: Apache-2.0
// onus reconcile: an agency's own log against the network logs of others.
#include "between/reconcile.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "cli/case_folder.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/screen.h"
#include "cli/sharing_list.h"
#include "cli/stages.h"
#include "resolve/resolve.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

struct ReconcileRequest {
  std::vector<fs::path> own, others;
  fs::path output_dir = "reconcile";
  std::string owner, with_owner;
  fs::path shared_with;
  std::string profile;
  std::string language = "en";
  std::string fail_on;
  bool json = false;
  bool quiet = false;
};

Result<void> check(const ReconcileRequest& request) {
  if (!request.fail_on.empty() && request.fail_on != "difference") {
    return fail(Code::usage, fmt::format("--fail-on takes difference, not '{}'", request.fail_on));
  }
  if (request.others.empty() && request.shared_with.empty()) {
    return fail(Code::usage, "give the logs of others with --with, or a list with --shared-with");
  }
  return {};
}

Result<Inputs> choose_others(const ReconcileRequest& request) {
  if (request.others.empty()) return Inputs{};
  return choose_inputs(request.others, request.profile);
}

// The files of one side, read into the store; none given: none read.
Result<std::vector<std::int32_t>> read_side(store::Database& db, const Inputs& inputs,
                                            const std::string& owner, const Digest& key,
                                            Screen& screen) {
  if (inputs.files.empty()) return std::vector<std::int32_t>();
  ONUS_TRY(const ingest::IngestSummary read, read_logs(db, inputs, owner, key, screen));
  ONUS_TRY_VOID(all_were_read(read));
  return file_ids(read);
}

Result<between::Reconciliation> compare(CaseFolder& folder, const ReconcileRequest& request,
                                        const Inputs& own, const Inputs& others,
                                        between::ReconcileOptions options, Screen& screen) {
  store::Database& db = folder.db();
  ONUS_TRY_VOID(next_step(screen, "reading the own log"));
  ONUS_TRY(options.own_ids, read_side(db, own, request.owner, folder.key(), screen));
  ONUS_TRY_VOID(next_step(screen, "reading the network logs"));
  ONUS_TRY(options.other_ids, read_side(db, others, request.with_owner, folder.key(), screen));
  ONUS_TRY_VOID(next_step(screen, "reading agency names"));
  ONUS_TRY_VOID(resolve::run(db));
  ONUS_TRY_VOID(next_step(screen, "comparing"));
  ONUS_TRY(between::Reconciliation found, between::reconcile(db, options));
  ONUS_TRY_VOID(next_step(screen, "writing the comparison"));
  return found;
}

Result<void> print_summary(const ReconcileRequest& request, const between::Reconciliation& found,
                           const std::string& unread, const report::Messages& messages) {
  if (request.json) return print_result(between::reconciliation_json(found, ONUS_VERSION));
  if (request.quiet) return {};
  const std::string page = (request.output_dir / "index.html").string();
  return print_result(unread + between::reconciliation_screen(found, messages, page));
}

Result<Exit> reconcile_command(const ReconcileRequest& request) {
  ONUS_TRY_VOID(check(request));
  ONUS_TRY(const report::Messages messages, report::Messages::load(request.language));
  between::ReconcileOptions options;
  if (!request.shared_with.empty()) {
    ONUS_TRY(options.shared_with, read_sharing_list(request.shared_with));
  }
  ONUS_TRY(const Inputs own, choose_inputs(request.own, request.profile));
  ONUS_TRY(const Inputs others, choose_others(request));
  ONUS_TRY_VOID(prepare_output_dir(request.output_dir, "reconcile.json"));
  ONUS_TRY(CaseFolder folder, CaseFolder::open("", request.output_dir));

  Screen screen(request.quiet ? Verbosity::quiet : Verbosity::normal);
  ONUS_TRY(const between::Reconciliation found,
           compare(folder, request, own, others, std::move(options), screen));
  ONUS_TRY_VOID(between::write_reconciliation(folder.db(), found, messages, ONUS_VERSION,
                                              request.output_dir));
  screen.done();
  const std::string unread = unread_lines(own, messages) + unread_lines(others, messages);
  ONUS_TRY_VOID(print_summary(request, found, unread, messages));
  return !request.fail_on.empty() && found.any() ? Exit::findings : Exit::done;
}

void add_options(CLI::App& app, ReconcileRequest& request) {
  app.add_option("own", request.own,
                 "The agency's own log: what its people searched. With --shared-with alone: the\n"
                 "log of the agency whose list it is")
      ->required()
      ->type_name("A");
  app.add_option("--with", request.others, "Network logs of others: who searched their data")
      ->type_name("B");
  app.add_option(
         "--owner", request.owner,
         "Whose log A is, with the state: \"Fairhollow PD, IL\", where the files do not say")
      ->type_name("NAME");
  app.add_option("--with-owner", request.with_owner, "Whose log B is, where the files do not say")
      ->type_name("NAME");
  app.add_option("--shared-with", request.shared_with,
                 "A sharing list: one agency a line, or the first column of a CSV")
      ->type_name("FILE");
  app.add_option("-o,--output", request.output_dir, "Folder for the comparison")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--profile", request.profile,
                 "Read every file by this profile: an id (see `onus profiles list`) or a TOML file")
      ->type_name("PROFILE");
  app.add_option("--lang", request.language, "Language of page and summary: en, de")
      ->type_name("LANG")
      ->capture_default_str();
  app.add_option("--fail-on", request.fail_on,
                 "Exit with 1 if a search is missing that must be there, or contradicts the list")
      ->type_name("difference");
  app.add_flag("--json", request.json, "Print the counts as JSON (the same as reconcile.json)");
  app.add_flag("-q,--quiet", request.quiet, "No progress and no summary");
}

}  // namespace

void add_reconcile(CLI::App& app, Program& program) {
  auto request = std::make_shared<ReconcileRequest>();
  CLI::App* reconcile =
      app.add_subcommand("reconcile", "An agency's own log against the logs of others");
  add_options(*reconcile, *request);
  reconcile->footer(
      "Example: Fairhollow's own log, and what two others' logs show of Fairhollow.\n\n"
      "  onus reconcile fairhollow-own.csv --with larchmere.csv quillmarch.csv \\\n"
      "      --owner \"Fairhollow PD, IL\" -o fairhollow\n\n"
      "A search that Larchmere's log shows and Fairhollow's own log lacks is listed with its\n"
      "row, and with what its absence does not prove. The other way round a search need not\n"
      "have reached Larchmere: only where it reached as many networks as the widest search\n"
      "of that day is it said to be expected there; else it cannot be told.\n\n"
      "  onus reconcile larchmere.csv --shared-with larchmere-list.txt -o list\n\n"
      "lists the agencies that searched and are not on the list. See\n"
      "docs/diff-and-reconcile.md");
  reconcile->callback(
      [request, &program] { program.chosen = [request] { return reconcile_command(*request); }; });
}

}  // namespace onus::cli

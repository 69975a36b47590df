// SPDX-License-Identifier: Apache-2.0
// onus audit: the command line of it. What it does stands in cli/pipeline.h.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/pipeline.h"

namespace onus::cli {
namespace {

void add_options(CLI::App& audit, AuditRequest& request) {
  audit.add_option("inputs", request.inputs, "Log files, and folders of them")
      ->required()
      ->type_name("FILE_OR_FOLDER");
  audit.add_option("-o,--output", request.report_dir, "Folder for the report")
      ->type_name("DIR")
      ->capture_default_str();
  audit
      .add_option(
          "--owner", request.owner,
          "Agency whose data was searched, with its state: \"Danville PD, IL\". Needed where\n"
          "the files do not say; the law depends on it")
      ->type_name("NAME");
  audit
      .add_option("--case", request.case_dir,
                  "Keep store and key in this folder: files given later are added, and the report\n"
                  "covers all. Keep its file `key` as you keep the logs")
      ->type_name("DIR");
  audit
      .add_option("--pack", request.packs,
                  "Rules to judge by: ids (see `onus packs`) or TOML files. Default: all built in")
      ->type_name("PACK");
  audit
      .add_option(
          "--agreements", request.agreements,
          "Register of declarations, certifications and agreements between agencies, TOML or\n"
          "CSV: see docs/rule-packs.md")
      ->type_name("FILE");
  audit
      .add_option("--agencies", request.agencies,
                  "Register of agencies, CSV: settles states and kinds that names leave open, see\n"
                  "docs/agency-names.md")
      ->type_name("FILE");
  audit
      .add_option("--alias", request.alias,
                  "CSV of spellings and the agencies that they stand for; wins over all else")
      ->type_name("FILE");
  audit
      .add_option(
          "--labels", request.labels,
          "A sample of these logs that people read (onus sample): the report then says the\n"
          "true share of each purpose, with its interval")
      ->type_name("LABELS.csv");
  audit
      .add_option(
          "--profile", request.profile,
          "Read every file by this profile: an id (see `onus profiles list`) or a TOML file")
      ->type_name("PROFILE");
  audit.add_option("--lang", request.language, "Language of report and summary: en, de")
      ->type_name("LANG")
      ->capture_default_str();
  audit
      .add_option("--fail-on", request.fail_on,
                  "Exit with 1 if any access got this outcome or a graver one of a law rule")
      ->type_name("breach|missing|cannot_tell");
  audit.add_flag("--json", request.json, "Print the summary as JSON (the same as report/run.json)");
  audit.add_flag("-q,--quiet", request.quiet, "No progress and no summary");
}

}  // namespace

void add_audit(CLI::App& app, Program& program) {
  auto request = std::make_shared<AuditRequest>();
  CLI::App* audit = app.add_subcommand("audit", "Judge released logs and write a report");
  add_options(*audit, *request);
  audit->footer(
      "Examples:\n"
      "  onus audit logs/ --owner \"Fairhollow PD, IL\" -o report\n"
      "  onus audit march.csv april.csv --case case-2026 -o report --lang de\n"
      "  onus audit logs/ --json --fail-on breach > summary.json\n\n"
      "Plates and other subjects become keyed tokens before anything is stored. Without --case "
      "the\n"
      "key is never written.");
  audit->callback([request, &program] {
    request->command = program.command;
    program.chosen = [request] { return audit_command(*request); };
  });
}

}  // namespace onus::cli

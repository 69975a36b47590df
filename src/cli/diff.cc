// SPDX-License-Identifier: Apache-2.0
#include "cli/diff.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "between/diff.h"
#include "cli/anchors.h"
#include "cli/case_folder.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/screen.h"
#include "cli/stages.h"

namespace onus::cli {

namespace {

Result<void> check(const DiffRequest& request) {
  if (request.fail_on.empty() || request.fail_on == "difference") return {};
  return fail(Code::usage, fmt::format("--fail-on takes difference, not '{}'", request.fail_on));
}

// Of the files as they lie on disk: an archive or workbook is one, whatever is in it.
Result<std::vector<between::Anchored>> anchors_of(const std::filesystem::path& ledger,
                                                  const Inputs& logs) {
  if (ledger.empty()) return std::vector<between::Anchored>();
  std::vector<std::filesystem::path> files;
  for (const source::InputFile& input : logs.files) {
    if (files.empty() || files.back() != input.path) files.push_back(input.path);
  }
  return anchored(ledger, files);
}

Result<ingest::IngestSummary> read_release(CaseFolder& folder, const Inputs& logs,
                                           std::string_view step, Screen& screen) {
  ONUS_TRY_VOID(next_step(screen, step));
  ONUS_TRY(ingest::IngestSummary read, read_logs(folder.db(), logs, "", folder.key(), screen));
  ONUS_TRY_VOID(all_were_read(read));
  return read;
}

Result<between::Diff> compare(CaseFolder& folder, const Inputs& old_logs, const Inputs& new_logs,
                              Screen& screen) {
  ONUS_TRY(const auto old_read, read_release(folder, old_logs, "reading the old release", screen));
  ONUS_TRY(const auto new_read, read_release(folder, new_logs, "reading the new release", screen));
  ONUS_TRY_VOID(next_step(screen, "comparing"));
  return between::diff(folder.db(), file_ids(old_read), file_ids(new_read), {});
}

std::string summary(const DiffRequest& request, const between::Diff& diff, const Inputs& old_logs,
                    const Inputs& new_logs, const report::Messages& messages) {
  if (request.json) return between::diff_json(diff, ONUS_VERSION);
  if (request.quiet) return "";
  const std::string page = (request.output_dir / "index.html").string();
  return unread_lines(old_logs, messages) + unread_lines(new_logs, messages) +
         between::diff_screen(diff, messages, page);
}

}  // namespace

Result<Exit> diff_command(const DiffRequest& request) {
  ONUS_TRY_VOID(check(request));
  ONUS_TRY(const report::Messages messages, report::Messages::load(request.language));
  ONUS_TRY(const Inputs old_logs, choose_inputs({request.old_input}, request.profile));
  ONUS_TRY(const Inputs new_logs, choose_inputs({request.new_input}, request.profile));
  ONUS_TRY(std::vector<between::Anchored> anchors, anchors_of(request.ledger, old_logs));
  ONUS_TRY_VOID(prepare_output_dir(request.output_dir, "diff.json"));
  ONUS_TRY(CaseFolder folder, CaseFolder::open("", request.output_dir));
  Screen screen(request.quiet ? Verbosity::quiet : Verbosity::normal);
  ONUS_TRY(between::Diff diff, compare(folder, old_logs, new_logs, screen));
  diff.anchored = std::move(anchors);
  ONUS_TRY_VOID(next_step(screen, "writing the comparison"));
  ONUS_TRY_VOID(between::write_diff(folder.db(), diff, messages, ONUS_VERSION, request.output_dir));
  screen.done();
  ONUS_TRY_VOID(print_result(summary(request, diff, old_logs, new_logs, messages)));
  return !request.fail_on.empty() && diff.any() ? Exit::findings : Exit::done;
}

void add_diff(CLI::App& app, Program& program) {
  auto request = std::make_shared<DiffRequest>();
  CLI::App* diff = app.add_subcommand("diff", "What changed between two releases of one log");
  diff->add_option("old", request->old_input, "The earlier release: a file or a folder")
      ->required()
      ->type_name("OLD");
  diff->add_option("new", request->new_input, "The later release: a file or a folder")
      ->required()
      ->type_name("NEW");
  diff->add_option("-o,--output", request->output_dir, "Folder for the comparison")
      ->type_name("DIR")
      ->capture_default_str();
  diff->add_option("--profile", request->profile,
                   "Read every file by this profile: an id (see `onus profiles list`) or a TOML "
                   "file")
      ->type_name("PROFILE");
  diff->add_option("--ledger", request->ledger,
                   "Ledger that anchored the earlier release on the day it arrived (`onus ledger\n"
                   "anchor`): then it is proven that its rows stood in it")
      ->type_name("DIR");
  diff->add_option("--lang", request->language, "Language of page and summary: en, de")
      ->type_name("LANG")
      ->capture_default_str();
  diff->add_option("--fail-on", request->fail_on, "Exit with 1 if there is any difference")
      ->type_name("difference");
  diff->add_flag("--json", request->json, "Print the counts as JSON (the same as diff.json)");
  diff->add_flag("-q,--quiet", request->quiet, "No progress and no summary");
  diff->footer(
      "Example: the log of May was released in June, and once more in September.\n\n"
      "  onus diff may-released-in-june.csv may-released-in-september.csv -o may\n\n"
      "  412 rows are gone. 1 row was added. 6,204 cells that had a value are masked now.\n\n"
      "Then may/index.html shows where, month by month and field by field, and may/diff.csv\n"
      "has one line per difference with the row and the byte offset in both files. Rows may\n"
      "be in another order, columns too. Plates are compared and never shown. How rows are\n"
      "matched, and what a difference does not prove: docs/diff-and-reconcile.md");
  diff->callback(
      [request, &program] { program.chosen = [request] { return diff_command(*request); }; });
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// onus sample, onus estimate, onus agree: reasons read by hand, and what follows from them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/file.h"
#include "cli/by_people.h"
#include "cli/case_folder.h"
#include "cli/commands.h"
#include "cli/stages.h"
#include "measure/agree.h"
#include "measure/sample.h"
#include "report/form_page.h"
#include "report/messages.h"
#include "report/words.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;

// A case that is there; opening one that is not would make it.
Result<std::vector<measure::Unit>> units_of(const fs::path& dir) {
  if (!fs::exists(dir / "store.duckdb"))
    return fail(Code::not_found,
                fmt::format("{} is no case: make one with onus audit --case", dir.string()));
  ONUS_TRY(CaseFolder folder, CaseFolder::open(dir, dir));
  return measure::units_of(folder.db());
}

struct SampleRequest {
  std::string case_dir;
  std::string output = "sample.csv";
  std::string form_dir;  // "": no form
  std::string language = "en";
  measure::Plan plan;
};

Result<void> write_form(const SampleRequest& request, std::span<const measure::Unit> units,
                        std::span<const measure::Drawn> sample) {
  if (request.form_dir.empty()) return {};
  ONUS_TRY(const report::Messages say, report::Messages::load(request.language));
  ONUS_TRY_VOID(prepare_output_dir(request.form_dir, "form.html"));
  std::vector<std::string> reasons;
  for (const measure::Drawn& drawn : sample) reasons.push_back(units[drawn.unit].text);
  const std::string file = fs::path(request.output).filename().string();
  const report::Page page = report::form_page(reasons, file, say);
  ONUS_TRY_VOID(write_file(fs::path(request.form_dir) / page.file, page.bytes));
  return write_file(fs::path(request.form_dir) / "style.css", report::style_sheet());
}

Result<Exit> sample_command(const SampleRequest& request) {
  ONUS_TRY(const auto units, units_of(request.case_dir));
  const auto sample = measure::draw_sample(units, request.plan);
  ONUS_TRY_VOID(write_file(request.output, measure::sample_csv(units, sample)));
  ONUS_TRY_VOID(write_form(request, units, sample));
  ONUS_TRY_VOID(print_result(fmt::format(
      "{}: {} reasons to read, of {} distinct ones. Fill purpose (docs/vocabulary.md) in each row, "
      "then: onus estimate {} {}\n",
      request.output, sample.size(), units.size(), request.case_dir, request.output)));
  return Exit::done;
}

struct EstimateRequest {
  std::string case_dir, labels;
  std::string language = "en";
};

Result<Exit> estimate_command(const EstimateRequest& request) {
  ONUS_TRY(const report::Messages say, report::Messages::load(request.language));
  ONUS_TRY(const measure::Labels labels, measure::read_labels(request.labels));
  ONUS_TRY(const auto units, units_of(request.case_dir));
  ONUS_TRY(const measure::Estimates all, measure::estimate(units, labels));
  std::string out;
  const report::ByPeople by_people = by_people_of(all);
  for (const report::TrueShare& one : by_people.shares)
    out += report::true_share_sentence(by_people, one, say) + "\n";
  out += "\n" + fmt::format("{:<22}{:>9}{:>9}{:>19}{:>9}{:>19}\n", "", "program", "strata",
                            "95 % interval", "powered", "95 % interval");
  for (const measure::Estimate& one : all.purposes) {
    out += fmt::format("{:<22}{:>9.4f}{:>9.4f}{:>10.4f} - {:.4f}{:>9.4f}{:>10.4f} - {:.4f}\n",
                       one.purpose, one.program, one.stratified, one.stratified_interval.low,
                       one.stratified_interval.high, one.powered, one.powered_interval.low,
                       one.powered_interval.high);
  }
  ONUS_TRY_VOID(print_result(out));
  return Exit::done;
}

Result<Exit> agree_command(const std::string& first, const std::string& second) {
  ONUS_TRY(const measure::Labels ours, measure::read_labels(first));
  ONUS_TRY(const measure::Labels theirs, measure::read_labels(second));
  ONUS_TRY_VOID(print_result(measure::agreement_text(measure::compare(ours, theirs))));
  return Exit::done;
}

}  // namespace

void add_sample(CLI::App& app, Program& program) {
  auto request = std::make_shared<SampleRequest>();
  CLI::App* sample = app.add_subcommand("sample", "Draw reasons of a case for reading by hand");
  sample->add_option("case", request->case_dir, "Folder of onus audit --case")
      ->required()
      ->type_name("CASE");
  sample->add_option("-n", request->plan.n, "How many reasons to read, at most")
      ->check(CLI::Range(10, 1'000'000))
      ->capture_default_str();
  sample->add_option("--seed", request->plan.seed, "The same seed draws the same reasons")
      ->capture_default_str();
  sample->add_flag("--simple", request->plan.simple, "A plain random sample, without strata");
  sample->add_option("-o,--output", request->output, "File to write")
      ->type_name("FILE")
      ->capture_default_str();
  sample
      ->add_option(
          "--form", request->form_dir,
          "Folder for a page on which to mark the purposes, on the screen or on paper; they\n"
          "are then copied into the file")
      ->type_name("DIR");
  sample->add_option("--lang", request->language, "Language of the page: en, de")
      ->type_name("LANG")
      ->capture_default_str();
  sample->footer(
      "The file does not say what the program read, so that it does not sway who reads. Two\n"
      "readers: give each a copy, then compare them with onus agree. docs/measuring.md");
  sample->callback(
      [request, &program] { program.chosen = [request] { return sample_command(*request); }; });
}

void add_estimate(CLI::App& app, Program& program) {
  auto request = std::make_shared<EstimateRequest>();
  CLI::App* estimate =
      app.add_subcommand("estimate", "True shares of purposes, from a sample read by hand");
  estimate->add_option("case", request->case_dir, "The case that the sample is of")
      ->required()
      ->type_name("CASE");
  estimate->add_option("labels", request->labels, "The sample, with its purposes filled in")
      ->required()
      ->type_name("LABELS.csv");
  estimate->add_option("--lang", request->language, "Language of the sentences: en, de")
      ->type_name("LANG")
      ->capture_default_str();
  estimate->callback(
      [request, &program] { program.chosen = [request] { return estimate_command(*request); }; });
}

void add_agree(CLI::App& app, Program& program) {
  auto files = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App* agree = app.add_subcommand("agree", "How far two readers of the same strings agree");
  agree->add_option("first", files->first, "Labels of one reader")->required()->type_name("A.csv");
  agree->add_option("second", files->second, "Labels of another")->required()->type_name("B.csv");
  agree->callback([files, &program] {
    program.chosen = [files] { return agree_command(files->first, files->second); };
  });
}

}  // namespace onus::cli

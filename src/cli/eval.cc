// SPDX-License-Identifier: Apache-2.0
// onus eval: the built-in reading of reasons against strings that a person labelled.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/builtin_lexicon.h"
#include "cli/commands.h"
#include "cli/read_axes.h"
#include "cli/stages.h"
#include "measure/eval.h"

namespace onus::cli {
namespace {

struct EvalRequest {
  std::string labels;
  std::vector<std::string> thresholds;
  std::string origin;
  bool lexicon_only = false;
  bool json = false;
};

Result<measure::Labels> labels_of(const EvalRequest& request) {
  ONUS_TRY(measure::Labels labels, measure::read_labels(request.labels));
  if (request.origin.empty()) return labels;
  std::erase_if(labels.rows,
                [&](const measure::Label& label) { return label.origin != request.origin; });
  if (labels.rows.empty())
    return fail(Code::usage, fmt::format("no string has the origin '{}'", request.origin));
  return labels;
}

Result<classify::Lexicon> reader_of(bool lexicon_only) {
  return builtin_lexicon(lexicon_only ? Reader::lexicon_only : Reader::with_model);
}

Result<Exit> eval_command(const EvalRequest& request) {
  std::vector<measure::Threshold> thresholds;
  for (const std::string& text : request.thresholds) {
    ONUS_TRY(measure::Threshold threshold, measure::parse_threshold(text));
    thresholds.push_back(std::move(threshold));
  }
  ONUS_TRY(const measure::Labels labels, labels_of(request));
  ONUS_TRY(const classify::Lexicon lexicon, reader_of(request.lexicon_only));
  classify::Scratch scratch;
  const measure::Evaluation evaluation = measure::evaluate(
      labels, [&](std::string_view text) { return read_axes(lexicon, text, scratch); });
  ONUS_TRY_VOID(print_result(request.json ? measure::evaluation_json(evaluation)
                                          : measure::evaluation_text(evaluation)));
  const std::vector<std::string> wrong = measure::below(evaluation, thresholds);
  for (const std::string& line : wrong) fmt::print(stderr, "onus: {}\n", line);
  return wrong.empty() ? Exit::done : Exit::findings;
}

}  // namespace

void add_eval(CLI::App& app, Program& program) {
  auto request = std::make_shared<EvalRequest>();
  CLI::App* eval =
      app.add_subcommand("eval", "How often reasons are read right, by labels of your own");
  eval->add_option("labels", request->labels, "CSV of strings and what they say")
      ->required()
      ->type_name("LABELS.csv");
  eval->add_option("--threshold", request->thresholds,
                   "Exit with 1 if a figure is below: purpose.macro_f1=0.93,\n"
                   "purpose.immigration.precision=0.98, offence.stated_accuracy.row=0.93")
      ->type_name("NAME=SHARE");
  eval->add_option("--origin", request->origin, "Only strings of this origin: real, made")
      ->type_name("WORD");
  eval->add_flag("--lexicon-only", request->lexicon_only, "Without the model of reasons");
  eval->add_flag("--json", request->json, "Print all figures as JSON");
  eval->footer("The format of the labels, and how the intervals are made: docs/measuring.md");
  eval->callback(
      [request, &program] { program.chosen = [request] { return eval_command(*request); }; });
}

}  // namespace onus::cli

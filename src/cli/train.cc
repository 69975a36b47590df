// SPDX-License-Identifier: Apache-2.0
// onus train: a model of reasons from strings that a person labelled (docs/reasons-model.md).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "classify/train.h"
#include "cli/builtin_lexicon.h"
#include "cli/commands.h"
#include "cli/stages.h"
#include "measure/labels.h"

namespace onus::cli {
namespace {

struct TrainRequest {
  std::string labels;
  std::string out;
  classify::Target target;
  bool json = false;
};

std::vector<classify::Taught> taught_by(const measure::Labels& labels) {
  std::vector<classify::Taught> taught;
  taught.reserve(labels.rows.size());
  for (const measure::Label& label : labels.rows)
    taught.push_back({label.text, label.axes[0], label.axes[1], label.axes[2],
                      label.group.empty() ? label.text : label.group});
  return taught;
}

std::string told(const classify::Trained& trained) {
  const classify::Crossed& c = trained.crossed;
  return fmt::format(
      "{} pieces of words, {} bytes\n"
      "Strings read by a model that had not learned from them: {}. Left open by the lexicons: {}, "
      "of\n"
      "which {} say a matter. Decided at probability {:.4f}: {}, of them right {}.\n"
      "On protected grounds, at probability {:.4f}: {}, of them right {}.\n",
      trained.pieces, trained.model.size(), c.strings, c.open, c.sayable, c.threshold, c.decided,
      c.right, c.topic_threshold, c.topics_decided, c.topics_right);
}

std::string as_json(const classify::Trained& trained) {
  const classify::Crossed& c = trained.crossed;
  const nlohmann::ordered_json json = {{"pieces", trained.pieces},
                                       {"bytes", trained.model.size()},
                                       {"strings", c.strings},
                                       {"open", c.open},
                                       {"sayable", c.sayable},
                                       {"threshold", c.threshold},
                                       {"decided", c.decided},
                                       {"right", c.right},
                                       {"topic_threshold", c.topic_threshold},
                                       {"topics_decided", c.topics_decided},
                                       {"topics_right", c.topics_right}};
  return json.dump(2) + "\n";
}

Result<Exit> train_command(const TrainRequest& request) {
  ONUS_TRY(const measure::Labels labels, measure::read_labels(request.labels));
  ONUS_TRY(const classify::Lexicon lexicon, builtin_lexicon(Reader::lexicon_only));
  ONUS_TRY(const classify::Trained trained,
           classify::train(lexicon, taught_by(labels), request.target));
  ONUS_TRY_VOID(write_file(request.out, trained.model));
  ONUS_TRY_VOID(print_result(request.json ? as_json(trained) : told(trained)));
  return Exit::done;
}

}  // namespace

void add_train(CLI::App& app, Program& program) {
  auto request = std::make_shared<TrainRequest>();
  CLI::App* train = app.add_subcommand(
      "train", "A model for reasons that the lexicons leave open, by labels of your own");
  train->add_option("labels", request->labels, "CSV of strings and what they say")
      ->required()
      ->type_name("LABELS.csv");
  train->add_option("-o,--out", request->out, "The model to write")->required()->type_name("FILE");
  train
      ->add_option("--precision", request->target.precision,
                   "Least lower limit of the precision of what it decides")
      ->check(CLI::Range(0.5, 0.999))
      ->capture_default_str();
  train->add_flag("--json", request->json, "Print the figures as JSON");
  train->footer("What it learns from, and what it may not decide: docs/reasons-model.md");
  train->callback(
      [request, &program] { program.chosen = [request] { return train_command(*request); }; });
}

}  // namespace onus::cli

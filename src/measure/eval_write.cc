// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "measure/eval.h"

namespace onus::measure {
namespace {

using Json = nlohmann::ordered_json;

std::string_view shown(std::string_view word) { return word.empty() ? "none" : word; }

}  // namespace

std::string evaluation_text(const Evaluation& evaluation) {
  std::string out = fmt::format("{} strings, {} rows\n\n", evaluation.strings, evaluation.rows);
  auto to = std::back_inserter(out);
  fmt::format_to(to, "{:<44} {:>6}  {:>15} {:>9}\n", "", "share", "95 % interval", "of");
  for (const Figure& f : evaluation.figures) {
    fmt::format_to(to, "{:<44} {:>6.4f}  {:>6.4f} - {:>6.4f} {:>9.0f}\n", f.name, f.value,
                   f.interval.low, f.interval.high, f.base);
  }
  if (!evaluation.confusions.empty()) out += "\nRead otherwise than labelled\n";
  for (const Confusion& c : evaluation.confusions) {
    fmt::format_to(
        to, "{}: {} read as {}: {} strings, {} rows:", kAxisNames[static_cast<std::size_t>(c.axis)],
        shown(c.label), shown(c.read), c.strings, c.rows);
    for (const std::string& example : c.examples) fmt::format_to(to, " '{}'", example);
    out += "\n";
  }
  return out;
}

std::string evaluation_json(const Evaluation& evaluation) {
  Json figures = Json::array();
  for (const Figure& f : evaluation.figures) {
    figures.push_back({{"name", f.name},
                       {"value", f.value},
                       {"low", f.interval.low},
                       {"high", f.interval.high},
                       {"of", f.base}});
  }
  Json confusions = Json::array();
  for (const Confusion& c : evaluation.confusions) {
    confusions.push_back({{"axis", kAxisNames[static_cast<std::size_t>(c.axis)]},
                          {"label", c.label},
                          {"read", c.read},
                          {"strings", c.strings},
                          {"rows", c.rows},
                          {"examples", c.examples}});
  }
  const Json json = {{"strings", evaluation.strings},
                     {"rows", evaluation.rows},
                     {"figures", std::move(figures)},
                     {"confusions", std::move(confusions)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
#include "rules/examples.h"

#include <fmt/format.h>

#include "rules/decide.h"

namespace onus::rules {
namespace {

using record::Outcome;

std::string because_text(std::string_view because) {
  return because.empty() ? "" : fmt::format(" ({})", because);
}

// The strongest that the rule can say: breach or missing; of a draft "draft", of a rule about a
// paper the first evidence.
bool fires(const Rule& rule, const Example& example) {
  if (!rule.forbids && rule.requirements.empty())
    return example.outcome == Outcome::cannot_tell && !example.because.starts_with("unknown");
  if (rule.status == record::TextStatus::draft) return example.because == "draft";
  return example.outcome == Outcome::breach || example.outcome == Outcome::missing;
}

}  // namespace

std::string wrong_example(const Rule& rule, const Example& example) {
  const Reason& reason = rule.decision.reasons[decide(rule.decision, example.row)];
  const bool same = reason.outcome == example.outcome &&
                    (example.because.empty() || example.because == reason.because);
  if (same) return "";
  return fmt::format("example '{}' of {} gives {}{}, not {}{}", example.name, rule.id,
                     record::name(reason.outcome), because_text(reason.because),
                     record::name(example.outcome), because_text(example.because));
}

Result<void> run_examples(const Rule& rule, std::span<const Example> examples,
                          std::string_view file, const TomlValue& table) {
  if (rule.kind == Kind::detector) return {};
  bool fired = false;
  bool silent = false;
  bool unsure = !rule.has_unknown;
  for (const Example& example : examples) {
    if (const std::string wrong = wrong_example(rule, example); !wrong.empty())
      return fail(Code::bad_input,
                  fmt::format("{}:{}:{}: {}", file, example.line, example.column, wrong));
    fired = fired || fires(rule, example);
    silent =
        silent || example.outcome == Outcome::allowed || example.outcome == Outcome::not_applicable;
    unsure = unsure || (example.outcome == Outcome::cannot_tell && example.because != "draft");
  }
  if (fired && silent && unsure && examples.size() >= 3) return {};
  return toml_error(
      file, table,
      fmt::format("rule '{}' needs at least three [[rule.example]]: one that fires, one "
                  "that does not, one that cannot be told",
                  rule.id));
}

}  // namespace onus::rules

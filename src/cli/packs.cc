// SPDX-License-Identifier: Apache-2.0
// onus packs: which rules there are, and on what text each rests.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/pack_choice.h"

namespace onus::cli {
namespace {

void print_rule(const rules::Rule& rule) {
  const std::string law =
      rule.cites.empty() ? "" : rule.cites.front().law + " " + rule.cites.front().section;
  const std::string dates = rule.from.empty() ? "" : ", since " + rule.from;
  fmt::print("  {:<34} {:<8} {}{}\n", rule.id, record::name(rule.status), law, dates);
  fmt::print("  {:<34} {:<8} {}\n", "", "", rule.title.en);
}

Result<Exit> list(const std::vector<std::string>& named) {
  ONUS_TRY(const std::vector<rules::Pack> packs, choose_packs(named));
  for (const rules::Pack& pack : packs) {
    fmt::print("{} - {}\n", pack.id, pack.title.en);
    for (const rules::Rule& rule : pack.rules) print_rule(rule);
  }
  return Exit::done;
}

}  // namespace

void add_packs(CLI::App& app, Program& program) {
  auto named = std::make_shared<std::vector<std::string>>();
  CLI::App* packs =
      app.add_subcommand("packs", "List rule packs; a pack whose examples fail is refused");
  packs->add_option("packs", *named, "Ids or TOML files; default: all built in")->type_name("PACK");
  packs->footer(
      "A rule that is `draft` rests on a text that was not checked at its origin: it yields at\n"
      "most \"cannot tell\". Try a pack of your own with: onus packs my-pack.toml");
  packs->callback([named, &program] { program.chosen = [named] { return list(*named); }; });
}

}  // namespace onus::cli

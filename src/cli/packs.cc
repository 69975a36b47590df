// SPDX-License-Identifier: Apache-2.0
// onus packs: which rules there are, and on what text each rests.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
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

void print_pack(const rules::Pack& pack) {
  fmt::print("{} - {}\n", pack.id, pack.title.en);
  for (const rules::Rule& rule : pack.rules) print_rule(rule);
}

// "United States, Illinois" is listed under "United States"; a pack of no place comes first.
std::string_view group_of(const rules::Pack& pack) {
  return std::string_view(pack.place.en).substr(0, pack.place.en.find(','));
}

void print_line(const rules::Pack& pack) {
  const auto drafts = std::count_if(pack.rules.begin(), pack.rules.end(), [](const auto& rule) {
    return rule.status == record::TextStatus::draft;
  });
  fmt::print("  {:<22} {:>5} {:>6}  {}\n", pack.id, pack.rules.size(), drafts, pack.title.en);
}

void print_overview(std::vector<rules::Pack> packs) {
  std::stable_sort(packs.begin(), packs.end(),
                   [](const auto& a, const auto& b) { return group_of(a) < group_of(b); });
  fmt::print("  {:<22} {:>5} {:>6}\n", "pack", "rules", "drafts");
  std::string_view group;
  for (const rules::Pack& pack : packs) {
    if (group_of(pack) != group) fmt::print("{}\n", group_of(pack));
    group = group_of(pack);
    print_line(pack);
  }
}

Result<Exit> list(const std::vector<std::string>& named) {
  ONUS_TRY(std::vector<rules::Pack> packs, choose_packs(named));
  if (named.empty()) {
    print_overview(std::move(packs));
    return Exit::done;
  }
  for (const rules::Pack& pack : packs) print_pack(pack);
  return Exit::done;
}

}  // namespace

void add_packs(CLI::App& app, Program& program) {
  auto named = std::make_shared<std::vector<std::string>>();
  CLI::App* packs =
      app.add_subcommand("packs", "List rule packs; a pack whose examples fail is refused");
  packs
      ->add_option("packs", *named,
                   "Ids or TOML files, with their rules; default: all built in, a line each")
      ->type_name("PACK");
  packs->footer(
      "A rule that is `draft` rests on a text that was not checked at its origin: it yields at\n"
      "most \"cannot tell\". Rules of a pack: onus packs us-il-5-2-130. Try a pack of your own "
      "with: onus packs my-pack.toml");
  packs->callback([named, &program] { program.chosen = [named] { return list(*named); }; });
}

}  // namespace onus::cli

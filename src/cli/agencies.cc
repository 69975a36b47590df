// SPDX-License-Identifier: Apache-2.0
// onus agencies: how agency names are read, and which of them are one agency.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/name_books.h"
#include "cli/stages.h"

namespace onus::cli {
namespace {

struct AgenciesRequest {
  std::string names, agencies, alias;
  bool json = false;
};

// Spellings of one party, in the order they were given.
struct Merged {
  resolve::Resolved as;
  std::vector<std::string> spellings;
};

std::map<std::string, Merged> merge(std::string_view lines, const resolve::Books& books) {
  std::map<std::string, Merged> parties;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string name(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (name.ends_with('\r')) name.pop_back();
    if (name.empty()) continue;
    resolve::Resolved resolved = resolve::resolve_name(name, books);
    Merged& merged = parties[resolved.party.key];
    if (merged.spellings.empty()) merged.as = std::move(resolved);
    merged.spellings.push_back(std::move(name));
  }
  return parties;
}

nlohmann::ordered_json json_of(const std::string& key, const Merged& merged) {
  const resolve::Party& party = merged.as.party;
  nlohmann::ordered_json json = {{"key", key},
                                 {"place", party.place},
                                 {"state", std::string(party.state.value_or(""))},
                                 {"kind", party.kind},
                                 {"level", record::name(party.level)},
                                 {"ori", merged.as.ori},
                                 {"score", party.confidence},
                                 {"margin", merged.as.margin},
                                 {"resolved_by", merged.as.by},
                                 {"ambiguous", merged.as.candidates},
                                 {"spellings", merged.spellings}};
  return json;
}

std::string text_of(const std::string& key, const Merged& merged) {
  const resolve::Party& party = merged.as.party;
  std::string out = fmt::format("{}  score {}, by {}", key, party.confidence, merged.as.by);
  if (!merged.as.ori.empty()) out += ", ORI " + merged.as.ori;
  out += "\n";
  constexpr std::size_t kShown = 5;
  if (!merged.as.candidates.empty()) {
    const std::size_t shown = std::min(kShown, merged.as.candidates.size());
    out += fmt::format(
        "    ambiguous, {} agencies of the register fit: {}{}\n", merged.as.candidates.size(),
        fmt::join(merged.as.candidates.begin(),
                  merged.as.candidates.begin() + static_cast<std::ptrdiff_t>(shown), "; "),
        shown < merged.as.candidates.size() ? "; ..." : "");
  }
  for (const std::string& spelling : merged.spellings) out += "    " + spelling + "\n";
  return out;
}

Result<Exit> agencies_command(const AgenciesRequest& request) {
  constexpr std::size_t kMaxBytes = std::size_t{256} << 20;
  ONUS_TRY(const NameBooks books, load_name_books(request.agencies, request.alias));
  ONUS_TRY(const std::string lines, read_file(request.names, kMaxBytes));
  const std::map<std::string, Merged> parties = merge(lines, books.books);
  std::string out;
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto& [key, merged] : parties) {
    if (request.json) {
      all.push_back(json_of(key, merged));
    } else {
      out += text_of(key, merged);
    }
  }
  ONUS_TRY_VOID(print_result(request.json ? all.dump(1) + "\n" : out));
  return Exit::done;
}

}  // namespace

void add_agencies(CLI::App& app, Program& program) {
  auto request = std::make_shared<AgenciesRequest>();
  CLI::App* agencies =
      app.add_subcommand("agencies", "How agency names are read, and which are one agency");
  agencies->add_option("names", request->names, "Text file, one name a line")
      ->required()
      ->type_name("NAMES");
  agencies->add_option("--agencies", request->agencies, "Register of agencies, CSV")
      ->type_name("FILE");
  agencies->add_option("--alias", request->alias, "CSV of spellings and what they stand for")
      ->type_name("FILE");
  agencies->add_flag("--json", request->json, "Print as JSON");
  agencies->footer("What is read, and when onus keeps silent: docs/agency-names.md");
  agencies->callback(
      [request, &program] { program.chosen = [request] { return agencies_command(*request); }; });
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/sharing_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/file.h"
#include "ingest/fold.h"
#include "resolve/resolve.h"

namespace onus::cli {
namespace {

constexpr std::size_t kMaxBytes = 4U << 20;

// The first cell of a line; "Fairhollow PD, IL" in plain text is one name.
std::string first_cell(std::string_view line, bool csv) {
  line = ingest::trimmed(line);
  if (!line.starts_with('"')) return std::string(csv ? line.substr(0, line.find(',')) : line);
  std::string out;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] != '"') {
      out += line[i];
    } else if (i + 1 < line.size() && line[i + 1] == '"') {
      out += line[i++];
    } else {
      break;
    }
  }
  return out;
}

bool names_a_column(std::string_view name) {
  constexpr auto kHeaders = std::to_array<std::string_view>(
      {"agency", "agencies", "agency name", "organization", "organisation", "organization name",
       "organisation name", "org name", "name", "network", "networks", "shared with"});
  return std::ranges::find(kHeaders, ingest::folded(name)) != kHeaders.end();
}

}  // namespace

std::vector<between::ListedName> parse_sharing_list(std::string_view text, bool csv) {
  std::vector<between::ListedName> out;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string name = first_cell(text.substr(0, end), csv);
    text.remove_prefix(std::min(end + 1, text.size()));
    name = std::string(ingest::trimmed(name));
    if (name.empty() || name.starts_with('#')) continue;
    const bool header = first && names_a_column(name);
    first = false;
    if (header) continue;
    const resolve::Party party = resolve::parse_agency(name);
    out.push_back({.name = std::move(name),
                   .key = party.key,
                   .place = party.place,
                   .state = std::string(party.state.value_or("")),
                   .kind = std::string(party.kind)});
  }
  return out;
}

Result<std::vector<between::ListedName>> read_sharing_list(const std::filesystem::path& path) {
  ONUS_TRY(const std::string text, read_file(path, kMaxBytes));
  std::vector<between::ListedName> list = parse_sharing_list(text, path.extension() == ".csv");
  if (list.empty()) {
    return fail(Code::bad_input, fmt::format("{} names no agency", path.string()));
  }
  return list;
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
#include "resolve/register.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "source/csv.h"

namespace onus::resolve {
namespace {

constexpr int kExact = 1000;
constexpr int kOff = 100;  // for each thing that name and register do not both say
constexpr int kLeastMargin = 100;

// What may stand beside a place without making it another: "Caln Township" is called Caln.
constexpr std::array<std::string_view, 8> kForms = {"township", "village", "borough", "town",
                                                    "city",     "county",  "parish",  "of"};

bool is_form(std::string_view word) {
  return std::find(kForms.begin(), kForms.end(), word) != kForms.end();
}

std::string base_place(std::string_view place) {
  std::string base;
  while (!place.empty()) {
    const std::size_t end = std::min(place.find(' '), place.size());
    const std::string_view word = place.substr(0, end);
    if (!is_form(word)) base += (base.empty() ? "" : " ") + std::string(word);
    place.remove_prefix(std::min(end + 1, place.size()));
  }
  return base;
}

// Kinds that may be one agency: a county's police is not its sheriff, a campus no town.
bool same_kind(const Party& a, const Party& b) {
  if (a.kind != b.kind) return false;
  const bool county = a.level == record::AgencyLevel::county;
  return a.kind != "police" || county == (b.level == record::AgencyLevel::county);
}

std::string lowered(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  const std::size_t begin = std::min(out.find_first_not_of(" \t"), out.size());
  return out.substr(begin, out.find_last_not_of(" \t") + 1 - begin);
}

using Row = std::vector<std::string>;

// Calls `take` for each row with the cells of the named columns; "" where there is no such column.
template <typename Take>
Result<void> each_row(std::string bytes, std::string_view file,
                      const std::vector<std::vector<std::string_view>>& wanted,
                      std::size_t required, Take take) {
  ONUS_TRY(source::CsvStream stream, source::CsvStream::from_bytes(std::move(bytes), {}));
  std::vector<int> at;
  for (;;) {
    ONUS_TRY(const std::optional<source::Block> block, stream.next());
    if (!block) break;
    source::Records records(*block);
    for (source::Record record; records.next(record);) {
      if (record.blank) continue;
      if (at.empty()) {
        for (const auto& names : wanted) {
          int found = -1;
          for (std::size_t i = 0; i < record.cells.size(); ++i) {
            if (std::find(names.begin(), names.end(), record.cells[i].text) != names.end())
              found = static_cast<int>(i);
          }
          if (found < 0 && at.size() < required)
            return fail(Code::bad_input,
                        fmt::format("{}:1: there is no column '{}'", file, names[0]));
          at.push_back(found);
        }
        continue;
      }
      Row row;
      for (const int column : at) {
        const bool there = column >= 0 && static_cast<std::size_t>(column) < record.cells.size();
        row.emplace_back(there ? record.cells[static_cast<std::size_t>(column)].text : "");
      }
      take(std::move(row));
    }
  }
  if (at.empty()) return fail(Code::bad_input, fmt::format("{}: there is no header line", file));
  return {};
}

// The register's own word for the kind, where the name says none.
std::string_view kind_of_type(std::string_view type) {
  if (type == "City") return "police";
  if (type == "County") return "sheriff";
  if (type == "University or College") return "campus";
  if (type == "State Police") return "state_police";
  if (type == "Tribal") return "tribal";
  return "unknown";
}

struct Scored {
  const Agency* agency = nullptr;
  int score = 0;
};

std::optional<int> score_of(const Party& party, const Agency& agency) {
  if (party.state && *party.state != agency.party.state) return std::nullopt;
  const bool kind_said = party.kind != "unknown";
  if (kind_said && !same_kind(party, agency.party)) return std::nullopt;
  int score = kExact;
  if (party.place != agency.party.place) score -= kOff;
  if (!party.state) score -= kOff;
  if (!kind_said) score -= kOff;
  return score;
}

}  // namespace

Result<Register> Register::parse(std::string bytes, std::string_view file) {
  Register out;
  ONUS_TRY_VOID(each_row(
      std::move(bytes), file,
      {{"agency_name", "NAME", "name"},
       {"state_abbr", "ADDRESS_STATE", "STATE", "state"},
       {"county_name", "COUNTYNAME", "county"},
       {"ori", "ORI9", "ORI7", "ORI"},
       {"agency_type_name", "agency_type"}},
      2, [&](Row row) {
        Agency agency{row[0], row[1], row[2], row[3], parse_agency(row[0] + ", " + row[1])};
        if (agency.party.kind == "unknown") agency.party.kind = kind_of_type(row[4]);
        out.by_place_[base_place(agency.party.place)].push_back(out.agencies_.size());
        out.agencies_.push_back(std::move(agency));
      }));
  return out;
}

Register::Found Register::find(const Party& party) const {
  Found found;
  const auto there = by_place_.find(base_place(party.place));
  if (there == by_place_.end() || party.place.empty() || party.kind == "federal") return found;
  int next = 0;
  for (const std::size_t i : there->second) {
    const std::optional<int> score = score_of(party, agencies_[i]);
    if (!score) continue;
    if (*score > found.score) {
      next = found.score;
      found.score = *score;
      found.candidates.clear();
    } else {
      next = std::max(next, *score);
    }
    if (*score == found.score) found.candidates.push_back(&agencies_[i]);
  }
  found.margin = found.score - next;
  if (found.candidates.size() == 1 && found.margin >= kLeastMargin)
    found.agency = found.candidates[0];
  return found;
}

Result<Aliases> Aliases::parse(std::string bytes, std::string_view file) {
  Aliases out;
  std::string twice;
  ONUS_TRY_VOID(each_row(std::move(bytes), file, {{"name"}, {"agency"}}, 2, [&](Row row) {
    if (!out.names_.try_emplace(lowered(row[0]), row[1]).second) twice = row[0];
  }));
  if (twice.empty()) return out;
  return fail(Code::bad_input, fmt::format("{}: '{}' is there twice", file, twice));
}

const std::string* Aliases::find(std::string_view name) const {
  if (names_.empty()) return nullptr;
  const auto found = names_.find(lowered(name));
  return found == names_.end() ? nullptr : &found->second;
}

Resolved resolve_name(std::string_view name, const Books& books) {
  const std::string* alias = books.aliases.find(name);
  Resolved out;
  out.party = parse_agency(alias != nullptr ? *alias : name);
  if (alias != nullptr) {
    out.by = "alias";
    out.party.confidence = kExact;
  }
  if (books.agencies.size() == 0 || out.party.kind == "federal") return out;
  const Register::Found found = books.agencies.find(out.party);
  if (found.agency == nullptr) {
    for (const Agency* candidate : found.candidates)
      out.candidates.push_back(fmt::format("{}, {}", candidate->name, candidate->state));
    return out;
  }
  const bool inactive = out.party.inactive;
  out.party = found.agency->party;
  out.party.inactive = inactive;
  out.party.confidence = alias != nullptr ? kExact : found.score;
  out.ori = found.agency->ori;
  out.margin = found.margin;
  if (alias == nullptr) out.by = "register";
  return out;
}

}  // namespace onus::resolve

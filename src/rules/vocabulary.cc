// SPDX-License-Identifier: Apache-2.0
#include "rules/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/purpose_tree.h"
#include "record/record.h"

namespace onus::rules {
namespace {

std::vector<std::string_view> without_unknown(std::span<const std::string_view> words) {
  std::vector<std::string_view> out(words.begin(), words.end());
  std::erase(out, "unknown");
  return out;
}

constexpr std::array<std::string_view, 3> kCertainties = {"explicit", "contextual", "ambiguous"};

// What record/tables.cc says of agreements.
constexpr std::array<std::string_view, 6> kAgreementWords = {
    "active", "granted", "requested", "revoked", "other_purpose", "none"};

constexpr std::array<std::string_view, 3> kDecisions = {"allowed", "denied", "failed"};

// Insertions, deletions and exchanges that lead from one word to the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t exchange = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, exchange});
    }
  }
  return row[b.size()];
}

}  // namespace

std::span<const std::string_view> reserved_words() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"AND", "OR", "NOT", "IS", "NULL", "IN", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END",
       "COALESCE", "TRUE", "FALSE", "TIMESTAMP", "DATE"});
  return kAll;
}

std::span<const std::string_view> functions() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"starts_with", "contains_text", "is_state", "is_purpose", "hour_local", "weekday_local",
       "minutes_between", "days_between"});
  return kAll;
}

bool is_reserved(std::string_view word) {
  return std::ranges::find(reserved_words(), word) != reserved_words().end();
}

bool is_function(std::string_view word) {
  return std::ranges::find(functions(), word) != functions().end();
}

bool holds_cell_state(std::string_view column) {
  return column.ends_with("_state") && column != "owner_state" && column != "searcher_state";
}

std::vector<std::string_view> words_of(std::string_view column) {
  using namespace record;
  if (column == "act") return without_unknown(Names<ActKind>::all);
  if (column == "log_role") return without_unknown(Names<LogRole>::all);
  if (column == "owner_level" || column == "searcher_level")
    return without_unknown(Names<AgencyLevel>::all);
  if (column == "relation") return without_unknown(Names<Relation>::all);
  if (column == "declaration" || column == "certification" || column == "sharing_agreement")
    return {kAgreementWords.begin(), kAgreementWords.end()};
  if (column == "decision") return {kDecisions.begin(), kDecisions.end()};
  if (column == "purpose") return without_unknown(purposes());
  if (column == "offence") return without_unknown(offences());
  if (column == "specificity") return without_unknown(specificities());
  if (column == "topic") return without_unknown(topics());
  if (column == "topic_certainty") return without_unknown(kCertainties);
  if (column == "on_behalf_of") return without_unknown(beneficiaries());
  if (column == "owner_country" || column == "searcher_country")
    return without_unknown(countries());
  if (column == "owner_state" || column == "searcher_state") return without_unknown(states());
  if (holds_cell_state(column)) return without_unknown(Names<CellState>::all);
  return {};
}

std::span<const std::string_view> unknown_columns() {
  static constexpr std::array<std::string_view, 3> kAll = {"relation", "owner_level",
                                                           "searcher_level"};
  return kAll;
}

std::span<const std::string_view> states() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID",   "IL", "IN", "IA",
       "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE",   "NV", "NH", "NJ",
       "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN",   "TX", "UT", "VT",
       "VA", "WA", "WV", "WI", "WY", "DC", "PR", "GU", "VI", "AS", "MP", "DE-HH"});
  return kAll;
}

std::vector<std::string_view> purpose_ids() {
  std::vector<std::string_view> out;
  for (const record::PurposeNode& node : record::purpose_tree()) out.push_back(node.id);
  return out;
}

std::span<const std::string_view> countries() {
  static constexpr auto kAll = std::to_array<std::string_view>(
      {"AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR",
       "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "US"});
  return kAll;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > 64) return "";
  std::string_view best;
  std::size_t nearest = word.size() / 3 + 2;  // more changes than that is another word
  for (const std::string_view candidate : candidates) {
    const std::size_t changes = distance(word, candidate);
    if (changes < nearest) {
      nearest = changes;
      best = candidate;
    }
  }
  return best.empty() ? "" : fmt::format(" (did you mean '{}'?)", best);
}

}  // namespace onus::rules

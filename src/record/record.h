// SPDX-License-Identifier: Apache-2.0
// The nouns that cross a module boundary, and how each is spelled. Enumerators are spelled as in
// data: one grep finds a word in TOML, SQL, JSON and here. Tables are in record/tables.h, the
// columns that a rule may name in record/facts.h.
//
//   sighting  one row of one file: one log's trace of a lookup
//   lookup    one human or machine act, linked from one or more sightings
//   access    one lookup of one owner's data: what a rule judges, because the law is pairwise
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace onus::record {

// Why a cell says what it says. Never just NULL.
enum class CellState : std::uint8_t {
  value,             // a value that can be used
  empty,             // nothing in the cell
  placeholder,       // "n/a", "-", "x", "test": typed to get past a required field
  masked_vendor,     // "***"
  masked_agency,     // "REDACTED", "###", an exemption's citation
  not_exported,      // the log has such a field, this file has no such column
  absent_by_design,  // the system never records it
  partial,           // a part is masked or cut, the rest can be used
};

// What made the record: never count an automatic one as a person's search.
enum class ActKind : std::uint8_t { search, hotlist_hit, derived, administrative };

// Whose view a log is. owner: who searched our data. searcher: what our people searched.
enum class LogRole : std::uint8_t { owner, searcher };

// How two sightings were found to be one act.
enum class LinkTier : std::uint8_t { vendor_id, exact_fields, probabilistic };

// What a rule says of an access, on the face of the log.
enum class Outcome : std::uint8_t { not_applicable, allowed, cannot_tell, missing, breach };

enum class Severity : std::uint8_t { note, warning, serious };

// How far a rule's legal text was checked. Only `checked` may yield breach or missing.
enum class TextStatus : std::uint8_t { checked, draft };

// What the law wants done besides, where a lookup is permitted (docs/rule-packs.md). A paper that
// must be there beforehand is none: it decides whether the lookup is permitted.
enum class Duty : std::uint8_t {
  record_user,
  record_agency,
  record_query,
  record_reason,
  record_case_number,
  account_disclosure,
  review,
  notify_supervisor
};

// The searcher's tie to the owner. `unknown`: one of the two could not be resolved.
enum class Relation : std::uint8_t {
  same_agency,
  in_state,
  out_of_state,
  federal,
  private_body,
  unknown
};

enum class AgencyLevel : std::uint8_t {
  local,
  county,
  state,
  federal,
  tribal,
  campus,
  private_body,
  multi,
  unknown
};

template <class E>
struct Names;  // Names<E>::all: the spelling of each enumerator, in order

#define ONUS_NAMES(Enum, ...)                                                   \
  template <>                                                                   \
  struct Names<Enum> {                                                          \
    static constexpr auto all = std::to_array<std::string_view>({__VA_ARGS__}); \
  }

ONUS_NAMES(CellState, "value", "empty", "placeholder", "masked_vendor", "masked_agency",
           "not_exported", "absent_by_design", "partial");
ONUS_NAMES(ActKind, "search", "hotlist_hit", "derived", "administrative");
ONUS_NAMES(LogRole, "owner", "searcher");
ONUS_NAMES(LinkTier, "vendor_id", "exact_fields", "probabilistic");
ONUS_NAMES(Outcome, "not_applicable", "allowed", "cannot_tell", "missing", "breach");
ONUS_NAMES(Severity, "note", "warning", "serious");
ONUS_NAMES(TextStatus, "checked", "draft");
ONUS_NAMES(Duty, "record_user", "record_agency", "record_query", "record_reason",
           "record_case_number", "account_disclosure", "review", "notify_supervisor");
ONUS_NAMES(Relation, "same_agency", "in_state", "out_of_state", "federal", "private_body",
           "unknown");
ONUS_NAMES(AgencyLevel, "local", "county", "state", "federal", "tribal", "campus", "private_body",
           "multi", "unknown");
#undef ONUS_NAMES

template <class E>
constexpr std::string_view name(E value) {
  return Names<E>::all[static_cast<std::size_t>(value)];
}

template <class E>
constexpr std::optional<E> parse(std::string_view text) {
  for (std::size_t i = 0; i < Names<E>::all.size(); ++i) {
    if (Names<E>::all[i] == text) return static_cast<E>(i);
  }
  return std::nullopt;
}

// Closed vocabularies that lexicons, rules and reports share; a reading outside them is a bug.
// Purposes and offences follow docs/vocabulary.md.
std::span<const std::string_view> purposes();       // "crime", "traffic", ..., "unclear"
std::span<const std::string_view> offences();       // "homicide", ..., "other"
std::span<const std::string_view> specificities();  // "specific", "coded", "generic", "none"
std::span<const std::string_view> topics();  // "immigration", "protest", "reproductive_health", ...
bool is_topic(std::string_view word);        // a purpose may be one too
std::span<const std::string_view> beneficiaries();  // on whose behalf: "federal_immigration", ...

// The fields of a log that show whether a duty was met; none: no log shows it.
std::span<const std::string_view> shown_by(Duty duty);

}  // namespace onus::record

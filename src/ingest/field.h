// SPDX-License-Identifier: Apache-2.0
// What a column of a log can mean, and what its cells look like. Spelled as in profiles.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace onus::ingest {

enum class Field : std::uint8_t {
  vendor_id,
  actor,
  agency,
  owner,
  networks,
  devices,
  window,
  subject,
  reason,
  case_number,
  filters,
  when,
  when_date,
  when_time,
  search_type,
  prompt,
  moderation,
  offence,
  event_type,
  entity_type,
  details,
  dropped,  // read past and never stored: a location, a note on a person
  // Used while a row is read, not kept.
  actor_kind,  // person or machine, as the system says it
  // Extras: few systems have them. Kept beside the sightings (table extras), so that a log without
  // them pays nothing.
  legal_basis,  // the permissible use that was claimed: a statute's clause, a purpose code
  on_behalf,    // for whom it was done: the attention field, a requesting party
  decision,     // what became of the request: allowed, denied, failed
  object,       // what was asked, where it names no person: a table, a gallery, an operation
  station,      // where the searcher sat: a terminal, a lane
  match,        // what a comparison gave: match, no_match, ...
  quality,      // whether a capture met the requirements of a match: met, not_met
};
inline constexpr auto kFieldNames = std::to_array<std::string_view>(
    {"vendor_id",  "actor",       "agency",      "owner",       "networks",   "devices",
     "window",     "subject",     "reason",      "case_number", "filters",    "when",
     "when_date",  "when_time",   "search_type", "prompt",      "moderation", "offence",
     "event_type", "entity_type", "details",     "dropped",     "actor_kind", "legal_basis",
     "on_behalf",  "decision",    "object",      "station",     "match",      "quality"});
inline constexpr std::size_t kFieldCount = kFieldNames.size();
// Fields before this one are counted for every row; from kFirstExtra on they are extras.
inline constexpr std::size_t kRowFieldCount = static_cast<std::size_t>(Field::actor_kind);
inline constexpr std::size_t kFirstExtra = static_cast<std::size_t>(Field::legal_basis);
inline constexpr std::size_t kExtraCount = kFieldCount - kFirstExtra;

enum class Kind : std::uint8_t {
  text,
  time,
  date,
  time_of_day,
  integer,
  uuid,
  plate,
  window,
  word
};
inline constexpr auto kKindNames = std::to_array<std::string_view>(
    {"text", "time", "date", "time_of_day", "integer", "uuid", "plate", "window", "word"});

constexpr std::size_t index(Field field) { return static_cast<std::size_t>(field); }
constexpr bool is_extra(Field field) { return index(field) >= kFirstExtra; }
constexpr bool is_firm(Field field) {  // a row stands or falls by it
  return field == Field::when || field == Field::when_date || field == Field::when_time ||
         field == Field::networks || field == Field::devices || field == Field::window;
}
// Of which equal cells are equal texts, so that a code of it can be given its meaning.
constexpr bool has_texts(Field field) {
  return field == Field::reason || field == Field::offence || field == Field::search_type ||
         is_extra(field);
}
constexpr bool is_code(Field field) {  // one letter or digit of it says something
  return field == Field::legal_basis || field == Field::decision || field == Field::match ||
         field == Field::quality;
}
constexpr std::string_view name(Field field) { return kFieldNames[index(field)]; }
constexpr std::string_view name(Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

constexpr std::optional<Field> parse_field(std::string_view text) {
  for (std::size_t i = 0; i < kFieldNames.size(); ++i) {
    if (kFieldNames[i] == text) return static_cast<Field>(i);
  }
  return std::nullopt;
}

constexpr std::optional<Kind> parse_kind(std::string_view text) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (kKindNames[i] == text) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

}  // namespace onus::ingest

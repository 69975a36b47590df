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
};
inline constexpr auto kFieldNames = std::to_array<std::string_view>(
    {"vendor_id",  "actor",       "agency",      "owner",       "networks",   "devices",
     "window",     "subject",     "reason",      "case_number", "filters",    "when",
     "when_date",  "when_time",   "search_type", "prompt",      "moderation", "offence",
     "event_type", "entity_type", "details",     "dropped"});
inline constexpr std::size_t kFieldCount = kFieldNames.size();

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

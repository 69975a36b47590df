// SPDX-License-Identifier: Apache-2.0
#include "between/fields.h"

#include <fmt/format.h>

#include <array>

#include "record/hide.h"

namespace onus::between {
namespace {

constexpr auto kFields = std::to_array<Field>({
    {"when", "s.\"when\"", "'value'::cell_state"},
    {"agency",
     "CASE WHEN s.agency_state IN ('value', 'partial') THEN coalesce(g.canon, s.agency_id) END",
     "s.agency_state"},
    {"owner", "CASE WHEN f.has_owner THEN coalesce(w.canon, s.owner_id) END",
     "(CASE WHEN NOT f.has_owner THEN 'not_exported' WHEN s.owner_id IS NULL THEN 'empty' ELSE "
     "'value' END)::cell_state"},
    {"actor", "coalesce(a.canon, s.actor_id)", "s.actor_state"},
    {"subject", "s.subject", "s.subject_state", false},
    {"networks", "CASE WHEN s.networks_state IN ('value', 'partial') THEN s.networks END",
     "s.networks_state", true, true},
    {"devices", "CASE WHEN s.devices_state IN ('value', 'partial') THEN s.devices END",
     "s.devices_state", true, true},
    // Both ends in one number: microseconds since 1970 are below 10^19.
    {"window",
     "CASE WHEN s.window_state IN ('value', 'partial') THEN epoch_us(s.window_from)::HUGEINT * "
     "10000000000000000000::HUGEINT + epoch_us(s.window_to)::HUGEINT END",
     "s.window_state", true, true},
    {"reason", "coalesce(r.canon, s.reason_id)", "s.reason_state", true, true},
    {"case_number", "s.case_key", "s.case_state", false, true},
    {"offence", "coalesce(d.canon, s.offence_id)", "s.offence_state", true, true},
    {"search_type", "lower(s.search_type)",
     "(CASE WHEN s.search_type IS NOT NULL THEN 'value' WHEN f.has_search_type THEN 'empty' ELSE "
     "'not_exported' END)::cell_state",
     true, true},
    {"filters", "CASE WHEN s.filters_state IN ('value', 'partial') THEN 1 END", "s.filters_state",
     false},
    {"prompt", "CASE WHEN s.prompt_state IN ('value', 'partial') THEN 1 END", "s.prompt_state",
     false},
    {"moderation", "lower(s.moderation)",
     "(CASE WHEN s.moderation IS NOT NULL THEN 'value' WHEN f.has_moderation THEN 'empty' ELSE "
     "'not_exported' END)::cell_state",
     true, true},
});

// Only the entries that another one stands for: few, so that the join costs little.
std::string folded_sql(std::string_view table, std::string_view from, std::string_view id,
                       std::string_view text) {
  return fmt::format(
      "CREATE OR REPLACE TABLE {0} AS SELECT {2} AS id, canon FROM (SELECT {2}, min({2}) OVER "
      "(PARTITION BY lower(trim(CASE WHEN regexp_matches({3}, '\\s\\s|[\\t-\\r]') THEN "
      "regexp_replace({3}, '\\s+', ' ', 'g') ELSE {3} END))) AS canon FROM {1}) WHERE canon <> "
      "{2};",
      table, from, id, text);
}

}  // namespace

std::span<const Field> fields() { return kFields; }

Result<void> make_folded_dictionaries(store::Database& db) {
  ONUS_TRY_VOID(db.run(folded_sql("b_agencies", "agencies_raw", "agency_id", "text")));
  ONUS_TRY_VOID(db.run(folded_sql("b_texts", "texts", "text_id", "text")));
  return db.run(folded_sql("b_actors", "actors", "actor_id", "label"));
}

std::string_view row_joins_sql() {
  return "sightings s JOIN b_side_files f ON f.file_id = s.file_id "
         "LEFT JOIN b_agencies g ON g.id = s.agency_id "
         "LEFT JOIN b_agencies w ON w.id = s.owner_id "
         "LEFT JOIN b_actors a ON a.id = s.actor_id "
         "LEFT JOIN b_texts r ON r.id = s.reason_id "
         "LEFT JOIN b_texts d ON d.id = s.offence_id";
}

std::string value_columns_sql() {
  std::string out;
  for (const Field& field : kFields) {
    out += fmt::format("{}{} AS v_{}, {} AS s_{}", out.empty() ? "" : ", ", field.value, field.name,
                       field.state, field.name);
  }
  return out;
}

std::string shown_cell_sql(std::string_view row) {
  const std::string cell = fmt::format(
      "CASE x.field WHEN 'when' THEN {0}s.\"when\"::VARCHAR WHEN 'agency' THEN {0}g.text "
      "WHEN 'owner' THEN {0}w.text WHEN 'actor' THEN {0}a.label "
      "WHEN 'networks' THEN {0}s.networks::VARCHAR WHEN 'devices' THEN {0}s.devices::VARCHAR "
      "WHEN 'window' THEN {0}s.window_from::VARCHAR || ' / ' || {0}s.window_to::VARCHAR "
      "WHEN 'reason' THEN {0}r.text WHEN 'offence' THEN {0}d.text "
      "WHEN 'search_type' THEN {0}s.search_type WHEN 'moderation' THEN {0}s.moderation END",
      row);
  return record::without_tokens_sql("(" + cell + ")");
}

std::string shown_joins_sql(std::string_view row, std::string_view id) {
  return fmt::format(
      "LEFT JOIN sightings {0}s ON {0}s.sighting_id = {1} "
      "LEFT JOIN b_names {0}f ON {0}f.file_id = {0}s.file_id "
      "LEFT JOIN agencies_raw {0}g ON {0}g.agency_id = {0}s.agency_id "
      "LEFT JOIN agencies_raw {0}w ON {0}w.agency_id = {0}s.owner_id "
      "LEFT JOIN actors {0}a ON {0}a.actor_id = {0}s.actor_id "
      "LEFT JOIN texts {0}r ON {0}r.text_id = {0}s.reason_id "
      "LEFT JOIN texts {0}d ON {0}d.text_id = {0}s.offence_id",
      row, id);
}

}  // namespace onus::between

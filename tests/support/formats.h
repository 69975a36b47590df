// SPDX-License-Identifier: Apache-2.0
// The shapes in which plate-reader logs are released: which columns, under which headers, written
// how. docs/synthetic-logs.md lists them for readers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace onus::makelogs {

enum class Field : std::uint8_t {
  id,
  name,
  org,
  networks,
  devices,
  time_frame,
  plate,
  reason,
  case_number,
  filters,
  us_time,
  us_date,
  us_clock,
  search_type,
  prompt,
  moderation,
  offence_type,
  user_id,
  iso_time,
  zoneless_time,
  event_user,
  event_type,
  entity_type,
  entity_details,
};

struct Column {
  std::string_view header;
  Field field;
};

// Whose view a file is. owner: who searched our cameras. searcher: what our people searched.
// events: administrative acts, not searches.
enum class View : std::uint8_t { owner, searcher, events };

struct Format {
  std::string_view id;
  View view;
  std::vector<Column> columns;
  bool portal = false;                      // every cell in quotes, typed reasons
  bool plain_numbers = false;               // numbers without quotes though the rest has them
  std::string_view frame_separator = "\n";  // between the two instants of the time frame
  bool federal_only = false;
};

std::span<const Format> formats();

// nullptr: no such format.
const Format* find_format(std::string_view id);

}  // namespace onus::makelogs

// SPDX-License-Identifier: Apache-2.0
// The cells that two rows are compared by, as SQL over the tables of record/tables.h. A value is
// what two spellings have in common (case and white space folded, an actor's name without its
// agency); its state says why there is none.
//
// Filters and prompts are not stored, so only their states are compared.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace onus::between {

struct Field {
  std::string_view name;   // as ingest/field.h spells it
  std::string_view value;  // over the joins of row_joins_sql(); NULL: none
  std::string_view state;
  bool shown = true;          // false: a subject or a case number, which no report shows
  bool may_conflict = false;  // rows that differ in this cell alone may still be one row
};
std::span<const Field> fields();

// Tables b_agencies, b_texts, b_actors: which entry of a dictionary stands for another one.
Result<void> make_folded_dictionaries(store::Database& db);

// "sightings s JOIN b_side_files f ... LEFT JOIN ...", what values and states are over.
std::string_view row_joins_sql();

// For each field: "<value> AS v_<name>, <state> AS s_<name>", joined by commas.
std::string value_columns_sql();

// The cell of x.field as a reader may see it, from the row whose joins have this prefix ("o" or
// "n", see shown_joins_sql); NULL for what no report shows.
std::string shown_cell_sql(std::string_view row);
// LEFT JOINs of the row `id` of x: <row>s the sighting, <row>f its file, <row>g agency, ...
std::string shown_joins_sql(std::string_view row, std::string_view id);

}  // namespace onus::between

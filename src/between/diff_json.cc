// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "between/diff.h"
#include "between/json.h"

namespace onus::between {
namespace {

Json states_json(const std::array<std::int64_t, kStates>& counts) {
  Json out = Json::object();
  for (std::size_t i = 0; i < kStates; ++i) {
    if (counts[i] > 0)
      out[std::string(record::name(static_cast<record::CellState>(i)))] = counts[i];
  }
  return out;
}

Json field_json(const FieldDiff& field) {
  return {{"field", field.field},
          {"changed", field.changed},
          {"masked", states_json(field.masked)},
          {"revealed", states_json(field.revealed)},
          {"restated", field.restated},
          {"constant_since", field.constant_since.empty() ? Json() : Json(field.constant_since)}};
}

Json column_json(const ColumnDiff& column) {
  return {{"field", column.field},
          {"old_header", column.old_header.empty() ? Json() : Json(column.old_header)},
          {"new_header", column.new_header.empty() ? Json() : Json(column.new_header)},
          {"old_values", column.old_values},
          {"new_values", column.new_values}};
}

Json anchor_json(const Anchored& one) {
  return {{"file", one.file}, {"log", one.log}, {"entry", one.entry}, {"lines", one.lines}};
}

Json month_json(const MonthDiff& month) {
  return {{"month", month.month},
          {"old_rows", month.old_rows},
          {"new_rows", month.new_rows},
          {"gone", month.gone},
          {"added", month.added},
          {"changed_rows", month.changed_rows},
          {"masked_cells", month.masked_cells}};
}

template <class T>
Json list(const std::vector<T>& items, Json (*one)(const T&)) {
  Json out = Json::array();
  for (const T& item : items) out.push_back(one(item));
  return out;
}

}  // namespace

std::string diff_json(const Diff& diff, std::string_view version) {
  const Matched& m = diff.matched;
  return dump({{"onus", version},
               {"note", "On the face of the logs; no verdicts. See index.html."},
               {"old", side_json(diff.old_side)},
               {"new", side_json(diff.new_side)},
               {"old_anchored", list(diff.anchored, anchor_json)},
               {"rows",
                {{"paired", diff.paired()},
                 {"paired_by",
                  {{"identical", m.identical},
                   {"vendor_id", m.vendor_id},
                   {"exact_fields", m.exact_fields},
                   {"compatible", m.compatible}}},
                 {"gone", diff.gone},
                 {"gone_outside_the_new_period", diff.gone_outside},
                 {"added", diff.added},
                 {"added_outside_the_old_period", diff.added_outside},
                 {"changed", diff.changed_rows},
                 {"too_alike_to_compare", m.too_alike},
                 {"vendor_ids_made_anew", m.new_ids},
                 {"old_adds_up", diff.old_side.sightings == diff.paired() + diff.gone},
                 {"new_adds_up", diff.new_side.sightings == diff.paired() + diff.added}}},
               {"fields", list(diff.fields, field_json)},
               {"columns", list(diff.columns, column_json)},
               {"months", list(diff.months, month_json)}});
}

}  // namespace onus::between

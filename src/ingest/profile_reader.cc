// SPDX-License-Identifier: Apache-2.0
#include "ingest/profile_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/fold.h"

namespace onus::ingest {

using Names = std::vector<std::string>;

Result<ProfileText> ProfileReader::text_in(const TomlValue& at, std::string_view key) {
  ProfileText out;
  const TomlValue* table = at.find(key);
  if (!table) return out;
  if (!table->is(TomlValue::Kind::table)) {
    return wrong(*table, fmt::format("'{}' must be {{ en = \"...\", de = \"...\" }}", key));
  }
  ONUS_TRY_VOID(table->only(file_, {"en", "de"}));
  ONUS_TRY(out.en, table->text_at(file_, "en"));
  ONUS_TRY(out.de, table->text_at(file_, "de"));
  return out;
}

Result<Names> ProfileReader::folded_in(const TomlValue& at, std::string_view key) {
  ONUS_TRY(Names names, at.texts_at(file_, key));
  for (std::string& text : names) text = folded(text);
  return names;
}

Result<std::vector<Field>> ProfileReader::fields_in(const TomlValue& at, std::string_view key) {
  ONUS_TRY(const Names names, at.texts_at(file_, key));
  std::vector<Field> out;
  for (const std::string& text : names) {
    const std::optional<Field> field = parse_field(text);
    if (!field) return wrong(*at.find(key), fmt::format("there is no field '{}'", text));
    out.push_back(*field);
  }
  return out;
}

Result<Field> ProfileReader::field_in(const TomlValue& at) {
  ONUS_TRY(const std::string text, at.text_at(file_, "field"));
  const std::optional<Field> field = parse_field(text);
  if (!field) return wrong(*at.find("field"), fmt::format("there is no field '{}'", text));
  return *field;
}

Result<bool> ProfileReader::flag_in(const TomlValue& at, std::string_view key) {
  const TomlValue* value = at.find(key);
  if (!value) return false;
  if (!value->is(TomlValue::Kind::boolean)) {
    return wrong(*value, fmt::format("'{}' must be true or false", key));
  }
  return value->boolean;
}

Result<std::optional<std::int64_t>> ProfileReader::date_in(const TomlValue& at,
                                                           std::string_view key) {
  const TomlValue* value = at.find(key);
  if (!value) return std::optional<std::int64_t>();
  if (!value->is(TomlValue::Kind::date)) {
    return wrong(*value, fmt::format("'{}' must be a date such as 2025-12-01", key));
  }
  const std::optional<Time> day = parse_time(value->text + " 00:00", TimeRules{});
  if (!day) return wrong(*value, fmt::format("'{}' must be a date from 1900 to 2199", key));
  return std::optional<std::int64_t>(day->micros);
}

Result<const TomlValue*> ProfileReader::table_in(std::string_view key) {
  const TomlValue* table = root_.find(key);
  if (table && !table->is(TomlValue::Kind::table)) {
    return wrong(*table, fmt::format("'{}' must be a table ([{}])", key, key));
  }
  return table;
}

Result<void> ProfileReader::head(Profile& out) {
  ONUS_TRY_VOID(root_.only(
      file_, {"id",        "system",  "role",   "act",      "title",  "coverage",     "ids_unique",
              "recognise", "variant", "column", "layout",   "time",   "marks",        "era",
              "details",   "detail",  "acts",   "act_rule", "values", "search_types", "damage"}));
  ONUS_TRY(out.id, root_.text_at(file_, "id"));
  ONUS_TRY(out.system, root_.text_at(file_, "system"));
  ONUS_TRY(out.title, text_in(root_, "title"));
  ONUS_TRY(out.coverage, text_in(root_, "coverage"));
  ONUS_TRY(out.ids_unique, flag_in(root_, "ids_unique"));
  ONUS_TRY(out.act, word_in(root_, "act", record::ActKind::search));
  ONUS_TRY(out.search_types, folded_in(root_, "search_types"));
  return {};
}

Result<void> ProfileReader::damage(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("damage"));
  if (!table) return {};
  ONUS_TRY_VOID(table->only(file_, {"may_miss", "shift_at"}));
  ONUS_TRY(out.may_miss, fields_in(*table, "may_miss"));
  ONUS_TRY(out.shift_at, fields_in(*table, "shift_at"));
  return {};
}

Result<Variant> ProfileReader::variant_in(const TomlValue& table) {
  ONUS_TRY_VOID(table.only(file_, {"id", "role", "file_name", "agencies", "title"}));
  Variant out;
  ONUS_TRY(out.id, table.text_at(file_, "id"));
  ONUS_TRY(out.role, word_in(table, "role", record::LogRole::owner));
  ONUS_TRY(out.name_ends, folded_in(table, "file_name"));
  ONUS_TRY(out.title, text_in(table, "title"));
  ONUS_TRY(const std::optional<std::string> agencies, table.maybe_text_at(file_, "agencies"));
  if (agencies && *agencies != "one" && *agencies != "many") {
    return wrong(*table.find("agencies"), "'agencies' must be \"one\" or \"many\"");
  }
  if (agencies) out.many_agencies = *agencies == "many";
  return out;
}

Result<void> ProfileReader::variants(Profile& out) {
  ONUS_TRY(const std::string role, root_.text_at(file_, "role"));
  ONUS_TRY(const std::vector<const TomlValue*> tables, root_.tables_at(file_, "variant"));
  if (role != "auto") {
    ONUS_TRY(const record::LogRole fixed, word_in(root_, "role", record::LogRole::owner));
    if (!tables.empty()) return wrong(*tables[0], "variants need role = \"auto\"");
    out.variants.push_back({out.id, fixed, {}, std::nullopt, out.title});
    return {};
  }
  for (const TomlValue* table : tables) {
    ONUS_TRY(Variant variant, variant_in(*table));
    out.variants.push_back(std::move(variant));
  }
  if (out.variants.size() < 2) return wrong(root_, "role = \"auto\" needs two variants or more");
  return {};
}

// How it stands beside other columns of its field.
Result<void> ProfileReader::join_in(const TomlValue& table, ProfileColumn& column) {
  ONUS_TRY(const std::optional<std::string> together, table.maybe_text_at(file_, "together"));
  if (together && *together != "first" && *together != "join") {
    return wrong(*table.find("together"), "'together' is \"first\" or \"join\"");
  }
  if (together) column.together = *together == "first" ? Together::first : Together::join;
  ONUS_TRY(const std::optional<std::string> label, table.maybe_text_at(file_, "label"));
  if (label && column.together != Together::join) {
    return wrong(*table.find("label"), "a 'label' needs together = \"join\"");
  }
  column.label = label.value_or("");
  return {};
}

Result<ProfileColumn> ProfileReader::column_in(const TomlValue& table) {
  ONUS_TRY_VOID(
      table.only(file_, {"field", "headers", "kind", "required", "absent", "together", "label"}));
  ProfileColumn column;
  ONUS_TRY(column.field, field_in(table));
  ONUS_TRY(column.headers, folded_in(table, "headers"));
  ONUS_TRY(column.spelled, table.texts_at(file_, "headers"));
  ONUS_TRY(column.required, flag_in(table, "required"));
  ONUS_TRY(column.absent, word_in(table, "absent", record::CellState::not_exported));
  ONUS_TRY(const std::optional<std::string> kind, table.maybe_text_at(file_, "kind"));
  if (kind && !parse_kind(*kind)) {
    return wrong(*table.find("kind"), fmt::format("there is no kind '{}'", *kind));
  }
  if (kind) column.kind = *parse_kind(*kind);
  if (column.absent != record::CellState::not_exported &&
      column.absent != record::CellState::absent_by_design) {
    return wrong(*table.find("absent"), "'absent' is \"not_exported\" or \"absent_by_design\"");
  }
  ONUS_TRY_VOID(join_in(table, column));
  return column;
}

// Times, counts and windows decide whether a row can be read: each has one column.
Result<void> ProfileReader::add_column(Profile& out, const TomlValue& table, ProfileColumn column) {
  const bool apart = column.together == Together::no || is_firm(column.field);
  const ProfileColumn* known = out.column(column.field);
  if (column.field != Field::dropped && known && (apart || known->together != column.together)) {
    return wrong(table, fmt::format("two columns for '{}'", name(column.field)));
  }
  for (const std::string& header : column.headers) {
    if (out.column_for(header)) return wrong(table, fmt::format("'{}' is named twice", header));
  }
  out.columns.push_back(std::move(column));
  return {};
}

Result<void> ProfileReader::columns(Profile& out) {
  ONUS_TRY(const std::vector<const TomlValue*> tables, root_.tables_at(file_, "column"));
  for (const TomlValue* table : tables) {
    ONUS_TRY(ProfileColumn column, column_in(*table));
    ONUS_TRY_VOID(add_column(out, *table, std::move(column)));
  }
  return {};
}

Result<void> ProfileReader::recognise(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("recognise"));
  if (table) {
    ONUS_TRY_VOID(table->only(file_, {"forbidden", "any_of", "fallback"}));
    ONUS_TRY(out.fallback, flag_in(*table, "fallback"));
    ONUS_TRY(out.forbidden, folded_in(*table, "forbidden"));
    ONUS_TRY(out.any_of, fields_in(*table, "any_of"));
  }
  ONUS_TRY(const std::vector<const TomlValue*> layouts, root_.tables_at(file_, "layout"));
  for (const TomlValue* layout : layouts) {
    ONUS_TRY_VOID(layout->only(file_, {"headers"}));
    ONUS_TRY(Names headers, folded_in(*layout, "headers"));
    for (const std::string& header : headers) {
      if (!out.column_for(header)) {
        return wrong(*layout, fmt::format("no column has the header '{}'", header));
      }
    }
    out.layouts.push_back(std::move(headers));
  }
  return {};
}

}  // namespace onus::ingest

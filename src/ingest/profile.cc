// SPDX-License-Identifier: Apache-2.0
#include "ingest/profile.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/builtin.h"
#include "base/toml.h"
#include "ingest/fold.h"

namespace onus::ingest {
namespace {

using Names = std::vector<std::string>;

// Reads one profile; `file` is for its complaints.
class Reader {
 public:
  Reader(const TomlValue& root, std::string_view file) : root_(root), file_(file) {}
  Result<Profile> read();

 private:
  Result<void> head(Profile& out);
  Result<void> damage(Profile& out);
  Result<void> variants(Profile& out);
  Result<Variant> variant_in(const TomlValue& table);
  Result<void> columns(Profile& out);
  Result<void> recognise(Profile& out);
  Result<void> time(Profile& out);
  Result<void> marks(Profile& out);
  Result<void> eras(Profile& out);
  Result<void> details(Profile& out);
  Result<void> acts(Profile& out);
  Result<void> check(Profile& out);

  Result<ProfileText> text_in(const TomlValue& at, std::string_view key);
  Result<Names> folded_in(const TomlValue& at, std::string_view key);
  Result<std::vector<Field>> fields_in(const TomlValue& at, std::string_view key);
  Result<Field> field_in(const TomlValue& at);
  Result<bool> flag_in(const TomlValue& at, std::string_view key);
  Result<std::optional<std::int64_t>> date_in(const TomlValue& at, std::string_view key);
  Result<const TomlValue*> table_in(std::string_view key);
  template <class E>
  Result<E> word_in(const TomlValue& at, std::string_view key, E otherwise);

  tl::unexpected<Error> wrong(const TomlValue& at, std::string what) {
    return toml_error(file_, at, std::move(what));
  }

  const TomlValue& root_;
  std::string_view file_;
};

template <class E>
Result<E> Reader::word_in(const TomlValue& at, std::string_view key, E otherwise) {
  ONUS_TRY(const std::optional<std::string> word, at.maybe_text_at(file_, key));
  if (!word) return otherwise;
  const std::optional<E> value = record::parse<E>(*word);
  if (!value) return wrong(*at.find(key), fmt::format("'{}' cannot be '{}'", key, *word));
  return *value;
}

Result<ProfileText> Reader::text_in(const TomlValue& at, std::string_view key) {
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

Result<Names> Reader::folded_in(const TomlValue& at, std::string_view key) {
  ONUS_TRY(Names names, at.texts_at(file_, key));
  for (std::string& text : names) text = folded(text);
  return names;
}

Result<std::vector<Field>> Reader::fields_in(const TomlValue& at, std::string_view key) {
  ONUS_TRY(const Names names, at.texts_at(file_, key));
  std::vector<Field> out;
  for (const std::string& text : names) {
    const std::optional<Field> field = parse_field(text);
    if (!field) return wrong(*at.find(key), fmt::format("there is no field '{}'", text));
    out.push_back(*field);
  }
  return out;
}

Result<Field> Reader::field_in(const TomlValue& at) {
  ONUS_TRY(const std::string text, at.text_at(file_, "field"));
  const std::optional<Field> field = parse_field(text);
  if (!field) return wrong(*at.find("field"), fmt::format("there is no field '{}'", text));
  return *field;
}

Result<bool> Reader::flag_in(const TomlValue& at, std::string_view key) {
  const TomlValue* value = at.find(key);
  if (!value) return false;
  if (!value->is(TomlValue::Kind::boolean)) {
    return wrong(*value, fmt::format("'{}' must be true or false", key));
  }
  return value->boolean;
}

Result<std::optional<std::int64_t>> Reader::date_in(const TomlValue& at, std::string_view key) {
  const TomlValue* value = at.find(key);
  if (!value) return std::optional<std::int64_t>();
  if (!value->is(TomlValue::Kind::date)) {
    return wrong(*value, fmt::format("'{}' must be a date such as 2025-12-01", key));
  }
  const std::optional<Time> day = parse_time(value->text + " 00:00", TimeRules{});
  if (!day) return wrong(*value, fmt::format("'{}' must be a date from 1900 to 2199", key));
  return std::optional<std::int64_t>(day->micros);
}

Result<const TomlValue*> Reader::table_in(std::string_view key) {
  const TomlValue* table = root_.find(key);
  if (table && !table->is(TomlValue::Kind::table)) {
    return wrong(*table, fmt::format("'{}' must be a table ([{}])", key, key));
  }
  return table;
}

Result<void> Reader::head(Profile& out) {
  ONUS_TRY_VOID(root_.only(file_, {"id", "system", "role", "act", "title", "coverage", "ids_unique",
                                   "recognise", "variant", "column", "layout", "time", "marks",
                                   "era", "detail", "acts", "search_types", "damage"}));
  ONUS_TRY(out.id, root_.text_at(file_, "id"));
  ONUS_TRY(out.system, root_.text_at(file_, "system"));
  ONUS_TRY(out.title, text_in(root_, "title"));
  ONUS_TRY(out.coverage, text_in(root_, "coverage"));
  ONUS_TRY(out.ids_unique, flag_in(root_, "ids_unique"));
  ONUS_TRY(out.act, word_in(root_, "act", record::ActKind::search));
  ONUS_TRY(out.search_types, folded_in(root_, "search_types"));
  return {};
}

Result<void> Reader::damage(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("damage"));
  if (!table) return {};
  ONUS_TRY_VOID(table->only(file_, {"may_miss", "shift_at"}));
  ONUS_TRY(out.may_miss, fields_in(*table, "may_miss"));
  ONUS_TRY(out.shift_at, fields_in(*table, "shift_at"));
  return {};
}

Result<Variant> Reader::variant_in(const TomlValue& table) {
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

Result<void> Reader::variants(Profile& out) {
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

Result<void> Reader::columns(Profile& out) {
  ONUS_TRY(const std::vector<const TomlValue*> tables, root_.tables_at(file_, "column"));
  for (const TomlValue* table : tables) {
    ONUS_TRY_VOID(table->only(file_, {"field", "headers", "kind", "required", "absent"}));
    ProfileColumn column;
    ONUS_TRY(column.field, field_in(*table));
    ONUS_TRY(column.headers, folded_in(*table, "headers"));
    ONUS_TRY(column.spelled, table->texts_at(file_, "headers"));
    ONUS_TRY(column.required, flag_in(*table, "required"));
    ONUS_TRY(column.absent, word_in(*table, "absent", record::CellState::not_exported));
    ONUS_TRY(const std::optional<std::string> kind, table->maybe_text_at(file_, "kind"));
    if (kind && !parse_kind(*kind)) {
      return wrong(*table->find("kind"), fmt::format("there is no kind '{}'", *kind));
    }
    if (kind) column.kind = *parse_kind(*kind);
    if (column.absent != record::CellState::not_exported &&
        column.absent != record::CellState::absent_by_design) {
      return wrong(*table->find("absent"), "'absent' is \"not_exported\" or \"absent_by_design\"");
    }
    if (column.field != Field::dropped && out.column(column.field)) {
      return wrong(*table, fmt::format("two columns for '{}'", name(column.field)));
    }
    for (const std::string& header : column.headers) {
      if (out.column_for(header)) return wrong(*table, fmt::format("'{}' is named twice", header));
    }
    out.columns.push_back(std::move(column));
  }
  return {};
}

Result<void> Reader::recognise(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("recognise"));
  if (table) {
    ONUS_TRY_VOID(table->only(file_, {"forbidden", "any_of"}));
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

Result<void> Reader::time(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("time"));
  if (!table) return {};
  ONUS_TRY_VOID(table->only(file_, {"formats", "zone"}));
  ONUS_TRY(const Names formats, table->texts_at(file_, "formats"));
  out.time.us = out.time.iso = false;
  for (const std::string& format : formats) {
    if (format != "us" && format != "iso") {
      return wrong(*table->find("formats"), fmt::format("there is no time format '{}'", format));
    }
    (format == "us" ? out.time.us : out.time.iso) = true;
  }
  ONUS_TRY(const std::optional<std::string> zone, table->maybe_text_at(file_, "zone"));
  if (!zone || *zone == "UTC") return {};
  const std::optional<Time> there = parse_time("2000-01-01 12:00" + *zone, TimeRules{});
  if (!there || !there->zone_stated) {
    return wrong(*table->find("zone"), "'zone' must be \"UTC\" or an offset such as \"-05:00\"");
  }
  const std::optional<Time> here = parse_time("2000-01-01 12:00Z", TimeRules{});
  out.time.assumed_offset_minutes = static_cast<int>((here->micros - there->micros) / 60'000'000);
  return {};
}

Result<void> Reader::marks(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("marks"));
  if (!table) return {};
  ONUS_TRY_VOID(table->only(file_, {"placeholder", "masked_vendor", "masked_agency"}));
  ONUS_TRY(out.marks.placeholder, folded_in(*table, "placeholder"));
  ONUS_TRY(out.marks.masked_vendor, folded_in(*table, "masked_vendor"));
  ONUS_TRY(out.marks.masked_agency, folded_in(*table, "masked_agency"));
  return {};
}

Result<void> Reader::eras(Profile& out) {
  ONUS_TRY(const std::vector<const TomlValue*> tables, root_.tables_at(file_, "era"));
  for (const TomlValue* table : tables) {
    ONUS_TRY_VOID(table->only(file_, {"id", "from", "until", "withheld", "has", "title"}));
    Era era;
    ONUS_TRY(era.id, table->text_at(file_, "id"));
    ONUS_TRY(era.from, date_in(*table, "from"));
    ONUS_TRY(era.until, date_in(*table, "until"));
    ONUS_TRY(era.withheld, fields_in(*table, "withheld"));
    ONUS_TRY(era.has, fields_in(*table, "has"));
    ONUS_TRY(era.title, text_in(*table, "title"));
    out.eras.push_back(std::move(era));
  }
  return {};
}

Result<void> Reader::details(Profile& out) {
  ONUS_TRY(const std::vector<const TomlValue*> tables, root_.tables_at(file_, "detail"));
  for (const TomlValue* table : tables) {
    ONUS_TRY_VOID(table->only(file_, {"label", "field"}));
    Detail detail;
    ONUS_TRY(detail.label, table->text_at(file_, "label"));
    detail.label = folded(detail.label);
    ONUS_TRY(detail.field, field_in(*table));
    if (detail.field != Field::subject && detail.field != Field::reason &&
        detail.field != Field::case_number && detail.field != Field::dropped) {
      return wrong(*table, "a detail is subject, reason, case_number or dropped");
    }
    out.details.push_back(std::move(detail));
  }
  return {};
}

Result<void> Reader::acts(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("acts"));
  if (!table) return {};
  for (const auto& [search_type, value] : table->members) {
    ONUS_TRY(const record::ActKind act, word_in(*table, search_type, record::ActKind::search));
    out.acts.emplace_back(folded(search_type), act);
  }
  return {};
}

Result<void> Reader::check(Profile& out) {
  const bool at_once = out.column(Field::when) != nullptr;
  const bool apart = out.column(Field::when_date) && out.column(Field::when_time);
  if (!at_once && !apart) return wrong(root_, "no column says when: field = \"when\"");
  if (!out.time.us && !out.time.iso) return wrong(root_, "[time] names no format");
  const bool any_required = std::any_of(out.columns.begin(), out.columns.end(),
                                        [](const ProfileColumn& c) { return c.required; });
  if (!any_required) return wrong(root_, "no column is required: every file would fit");
  return {};
}

Result<Profile> Reader::read() {
  Profile out;
  for (const auto part : {&Reader::head, &Reader::variants, &Reader::columns, &Reader::recognise,
                          &Reader::time, &Reader::marks, &Reader::eras, &Reader::details,
                          &Reader::acts, &Reader::damage, &Reader::check}) {
    ONUS_TRY_VOID((this->*part)(out));
  }
  return out;
}

}  // namespace

const ProfileColumn* Profile::column(Field field) const {
  for (const ProfileColumn& column : columns) {
    if (column.field == field) return &column;
  }
  return nullptr;
}

const ProfileColumn* Profile::column_for(std::string_view folded_header) const {
  for (const ProfileColumn& column : columns) {
    const auto& names = column.headers;
    if (std::find(names.begin(), names.end(), folded_header) != names.end()) return &column;
  }
  return nullptr;
}

const Variant* Profile::variant(std::string_view variant_id) const {
  for (const Variant& variant : variants) {
    if (variant.id == variant_id) return &variant;
  }
  return nullptr;
}

Result<Profile> parse_profile(std::string_view toml, std::string_view file) {
  ONUS_TRY(const TomlValue root, parse_toml(toml, file));
  return Reader(root, file).read();
}

Result<std::vector<Profile>> load_profiles(
    const std::vector<std::pair<std::string, std::string>>& extra) {
  std::vector<Profile> out;
  for (const BuiltinFile& file : builtin_files_in("profiles/")) {
    ONUS_TRY(Profile profile, parse_profile(file.bytes, file.path));
    out.push_back(std::move(profile));
  }
  for (const auto& [file, text] : extra) {
    ONUS_TRY(Profile profile, parse_profile(text, file));
    std::erase_if(out, [&](const Profile& other) { return other.id == profile.id; });
    out.push_back(std::move(profile));
  }
  return out;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "ingest/profile_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/fold.h"

namespace onus::ingest {

using Names = std::vector<std::string>;

Result<void> ProfileReader::time(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("time"));
  if (!table) return {};
  ONUS_TRY_VOID(table->only(file_, {"formats", "zone"}));
  ONUS_TRY(const Names formats, table->texts_at(file_, "formats"));
  out.time = TimeRules::none();
  for (const std::string& format : formats) {
    if (!out.time.allow(format)) {
      return wrong(*table->find("formats"), fmt::format("there is no time format '{}'", format));
    }
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

Result<void> ProfileReader::marks(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("marks"));
  if (!table) return {};
  ONUS_TRY_VOID(table->only(file_, {"placeholder", "masked_vendor", "masked_agency"}));
  ONUS_TRY(out.marks.placeholder, folded_in(*table, "placeholder"));
  ONUS_TRY(out.marks.masked_vendor, folded_in(*table, "masked_vendor"));
  ONUS_TRY(out.marks.masked_agency, folded_in(*table, "masked_agency"));
  return {};
}

Result<void> ProfileReader::eras(Profile& out) {
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

Result<void> ProfileReader::detail_form(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("details"));
  if (!table) return {};
  ONUS_TRY_VOID(table->only(file_, {"form", "after"}));
  ONUS_TRY(const std::string form, table->text_at(file_, "form"));
  if (form != "lines" && form != "list" && form != "csv") {
    return wrong(*table->find("form"), "'form' is \"lines\", \"list\" or \"csv\"");
  }
  out.detail_form = form == "lines"  ? DetailForm::lines
                    : form == "list" ? DetailForm::list
                                     : DetailForm::csv;
  ONUS_TRY(const std::optional<std::string> after, table->maybe_text_at(file_, "after"));
  out.detail_after = after.value_or("");
  return {};
}

Result<Detail> ProfileReader::detail_in(const Profile& profile, const TomlValue& table) {
  const bool csv = profile.detail_form == DetailForm::csv;
  const std::string_view key = csv ? "position" : "label";
  ONUS_TRY_VOID(table.only(file_, {key, "field"}));
  Detail detail;
  ONUS_TRY(detail.field, field_in(table));
  if (csv) {
    const TomlValue* position = table.find(key);
    if (!position || !position->is(TomlValue::Kind::integer) || position->integer < 1 ||
        position->integer > 100) {
      return wrong(table, "a detail of a csv cell has a 'position' from 1 to 100");
    }
    detail.position = static_cast<std::size_t>(position->integer);
  } else {
    ONUS_TRY(detail.label, table.text_at(file_, key));
    detail.label = folded(detail.label);
  }
  return detail;
}

Result<void> ProfileReader::details(Profile& out) {
  ONUS_TRY_VOID(detail_form(out));
  ONUS_TRY(const std::vector<const TomlValue*> tables, root_.tables_at(file_, "detail"));
  for (const TomlValue* table : tables) {
    ONUS_TRY(Detail detail, detail_in(out, *table));
    if (is_firm(detail.field) || detail.field == Field::details) {
      return wrong(*table, fmt::format("a detail cannot be '{}'", name(detail.field)));
    }
    out.details.push_back(std::move(detail));
  }
  if (!out.details.empty() && !out.column(Field::details)) {
    return wrong(*tables[0], "details need a column: field = \"details\"");
  }
  return {};
}

Result<void> ProfileReader::acts(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("acts"));
  if (table) {
    for (const auto& [search_type, value] : table->members) {
      ActRule rule;
      rule.is = {folded(search_type)};
      ONUS_TRY(rule.act, word_in(*table, search_type, record::ActKind::search));
      out.acts.push_back(std::move(rule));
    }
  }
  return act_rules(out);
}

Result<void> ProfileReader::act_rules(Profile& out) {
  ONUS_TRY(const std::vector<const TomlValue*> tables, root_.tables_at(file_, "act_rule"));
  for (const TomlValue* table : tables) {
    ONUS_TRY_VOID(table->only(file_, {"field", "is", "starts_with", "any", "act"}));
    ActRule rule;
    ONUS_TRY(rule.field, field_in(*table));
    ONUS_TRY(rule.is, folded_in(*table, "is"));
    ONUS_TRY(rule.starts, folded_in(*table, "starts_with"));
    ONUS_TRY(rule.any, flag_in(*table, "any"));
    if (!table->find("act")) return wrong(*table, "'act' is missing");
    ONUS_TRY(rule.act, word_in(*table, "act", record::ActKind::search));
    if (rule.is.empty() && rule.starts.empty() && !rule.any) {
      return wrong(*table, "an act rule needs 'is', 'starts_with' or any = true");
    }
    out.acts.push_back(std::move(rule));
  }
  return {};
}

Result<void> ProfileReader::values(Profile& out) {
  ONUS_TRY(const TomlValue* table, table_in("values"));
  if (!table) return {};
  for (const auto& [field_name, codes] : table->members) {
    ValueMap map;
    const std::optional<Field> field = parse_field(field_name);
    if (!field || !has_texts(*field)) {
      return wrong(codes, fmt::format("'{}' is no field of texts", field_name));
    }
    if (!codes.is(TomlValue::Kind::table)) {
      return wrong(codes, fmt::format("'{}' must be a table of codes", field_name));
    }
    map.field = *field;
    for (const auto& [code, value] : codes.members) {
      ONUS_TRY(std::string meaning, codes.text_at(file_, code));
      map.meanings.emplace_back(folded(code), std::move(meaning));
    }
    out.values.push_back(std::move(map));
  }
  return {};
}

Result<void> ProfileReader::check(Profile& out) {
  const bool at_once = out.column(Field::when) != nullptr;
  const bool apart = out.column(Field::when_date) && out.column(Field::when_time);
  if (!at_once && !apart) return wrong(root_, "no column says when: field = \"when\"");
  if (!out.time.any()) return wrong(root_, "[time] names no format");
  const bool any_required = std::any_of(out.columns.begin(), out.columns.end(),
                                        [](const ProfileColumn& c) { return c.required; });
  if (!any_required) return wrong(root_, "no column is required: every file would fit");
  return {};
}

Result<Profile> ProfileReader::read() {
  Profile out;
  for (const auto part : {&ProfileReader::head, &ProfileReader::variants, &ProfileReader::columns,
                          &ProfileReader::recognise, &ProfileReader::time, &ProfileReader::marks,
                          &ProfileReader::eras, &ProfileReader::details, &ProfileReader::acts,
                          &ProfileReader::values, &ProfileReader::damage, &ProfileReader::check}) {
    ONUS_TRY_VOID((this->*part)(out));
  }
  return out;
}

}  // namespace onus::ingest

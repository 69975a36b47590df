// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/collect.h"
#include "report/file_names.h"

namespace onus::report {
namespace {

using store::Rows;

void keep_relative_names(std::vector<FileUse>& files) {
  std::vector<std::string*> names;
  names.reserve(files.size());
  for (FileUse& file : files) names.push_back(&file.name);
  cut_shared_folders(names);
}

FileUse file_at(const Rows& rows, std::size_t i) {
  const auto text = [&](std::size_t column) { return std::string(rows.text(i, column)); };
  return {.id = rows.integer(i, 0),
          .name = text(1),
          .sha256 = text(2),
          .bytes = rows.integer(i, 3),
          .status = text(4),
          .duplicate_of = {},
          .profile = text(6),
          .system = text(7),
          .role = text(8),
          .era = text(9),
          .encoding = text(10),
          .zone_origin = text(11),
          .owner_label = text(12),
          .owner_origin = text(13),
          .rows = rows.integer(i, 14),
          .sightings = rows.integer(i, 15),
          .rejects = rows.integer(i, 16),
          .headers = rows.integer(i, 17),
          .blanks = rows.integer(i, 18),
          .first_when = text(19),
          .last_when = text(20),
          .notes = rows.texts(i, 21),
          .columns = {}};
}

void add_to_totals(const FileUse& file, Totals& totals) {
  ++totals.files;
  totals.duplicate_files += file.is_duplicate() ? 1 : 0;
  if (file.is_duplicate()) return;
  totals.bytes += file.bytes;
  totals.rows += file.rows;
  totals.sightings += file.sightings;
  totals.rejects += file.rejects;
  totals.headers += file.headers;
  totals.blanks += file.blanks;
  if (!file.first_when.empty() &&
      (totals.first_when.empty() || file.first_when < totals.first_when)) {
    totals.first_when = file.first_when;
  }
  totals.last_when = std::max(totals.last_when, file.last_when);
  for (const std::string& note : file.notes) {
    totals.is_part |= note.starts_with("cut_off") || note.starts_with("row_limit");
  }
}

Result<void> collect_columns(store::Database& database, std::map<std::int64_t, FileUse*>& by_id) {
  ONUS_TRY(const Rows rows,
           database.query("SELECT file_id, header, field, value, empty, placeholder, "
                          "masked_vendor, masked_agency, not_exported, absent_by_design, partial, "
                          "constant_value FROM columns ORDER BY file_id, position NULLS LAST, "
                          "field"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto file = by_id.find(rows.integer(i, 0));
    if (file == by_id.end()) continue;
    ColumnUse column{.header = std::string(rows.text(i, 1)),
                     .field = std::string(rows.text(i, 2)),
                     .states = {},
                     .constant_value = {}};
    for (std::size_t state = 0; state < kCellStates; ++state) {
      column.states[state] = rows.integer(i, 3 + state);
    }
    if (!rows.is_null(i, 11)) column.constant_value = std::string(rows.text(i, 11));
    file->second->columns.push_back(std::move(column));
  }
  return {};
}

}  // namespace

namespace {

Result<void> collect_captures(store::Database& database,
                              const std::map<std::int64_t, FileUse*>& by_id) {
  ONUS_TRY(
      const Rows rows,
      database.query(
          "SELECT file_id, count(*) FILTER (said = 'met'), count(*) FILTER (said = 'not_met'), "
          "count(*) FILTER (said IS NULL) FROM (SELECT s.file_id, coalesce(l.lookup_id, "
          "s.sighting_id) AS lookup_id, CASE WHEN bool_and(coalesce(t.text = 'met', false)) "
          "THEN 'met' WHEN bool_and(coalesce(t.text = 'not_met', false)) THEN 'not_met' END AS "
          "said FROM extras e JOIN sightings s USING (sighting_id) LEFT JOIN links l USING "
          "(sighting_id) LEFT JOIN texts t ON t.text_id = e.text_id WHERE e.field = 'quality' "
          "GROUP BY 1, 2) GROUP BY file_id ORDER BY file_id"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto file = by_id.find(rows.integer(i, 0));
    if (file == by_id.end()) continue;
    file->second->captures = {
        .met = rows.integer(i, 1), .not_met = rows.integer(i, 2), .unsaid = rows.integer(i, 3)};
  }
  return {};
}

}  // namespace

Result<void> collect_files(store::Database& database, Model& model) {
  ONUS_TRY(const Rows rows,
           database.query("SELECT file_id, path, sha256, bytes, status, duplicate_of, profile, "
                          "system, role, era, encoding, zone_origin, owner_label, owner_origin, "
                          "\"rows\", sightings, rejects, headers, blanks, first_when, last_when, "
                          "coalesce(notes, []) FROM files ORDER BY file_id"));
  for (std::size_t i = 0; i < rows.size(); ++i) model.files.push_back(file_at(rows, i));
  keep_relative_names(model.files);
  std::map<std::int64_t, FileUse*> by_id;
  for (FileUse& file : model.files) by_id[file.id] = &file;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto original = by_id.find(rows.integer(i, 5));
    if (rows.is_null(i, 5) || original == by_id.end()) continue;
    model.files[i].duplicate_of = original->second->name;
  }
  for (const FileUse& file : model.files) add_to_totals(file, model.totals);
  ONUS_TRY_VOID(collect_captures(database, by_id));
  return collect_columns(database, by_id);
}

Result<void> collect_rejects(store::Database& database, const CollectOptions& options,
                             Model& model) {
  std::map<std::int64_t, std::string> names;
  for (const FileUse& file : model.files) names[file.id] = file.name;
  ONUS_TRY(
      const Rows groups,
      database.query("SELECT file_id, coalesce(column_name, ''), coalesce(expected, ''), "
                     "count(*) AS n FROM rejects GROUP BY ALL ORDER BY n DESC, 1, 2, 3 LIMIT 200"));
  for (std::size_t i = 0; i < groups.size(); ++i) {
    model.rejects.groups.push_back({.file = names[groups.integer(i, 0)],
                                    .column = std::string(groups.text(i, 1)),
                                    .expected = std::string(groups.text(i, 2)),
                                    .rows = groups.integer(i, 3)});
  }
  ONUS_TRY(const Rows rows,
           database.query(fmt::format(
               "SELECT file_id, column_name, expected, \"row\", line, byte_offset, byte_length, "
               "found_length FROM rejects ORDER BY file_id, \"row\", column_position LIMIT {}",
               options.rejects_shown)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    model.rejects.rows.push_back({.file = names[rows.integer(i, 0)],
                                  .column = std::string(rows.text(i, 1)),
                                  .expected = std::string(rows.text(i, 2)),
                                  .row = rows.integer(i, 3),
                                  .line = rows.integer(i, 4),
                                  .byte_offset = rows.integer(i, 5),
                                  .byte_length = rows.integer(i, 6),
                                  .found_length = rows.integer(i, 7)});
  }
  return {};
}

}  // namespace onus::report

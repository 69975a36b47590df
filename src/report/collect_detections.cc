// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/collect.h"
#include "report/outcome_sql.h"

namespace onus::report {
namespace {

using store::Rows;

constexpr int kShown = 100;     // detections of a rule
constexpr int kRowsOfEach = 3;  // lookups of a detection

// Detectors may name a file by its path as given; the report knows it by its shorter name.
Result<std::vector<std::pair<std::string, std::string>>> shorter_names(store::Database& database,
                                                                       const Model& model) {
  ONUS_TRY(const Rows rows, database.query("SELECT path FROM files ORDER BY file_id"));
  std::vector<std::pair<std::string, std::string>> names;
  names.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    names.emplace_back(rows.text(i, 0), model.files[i].name);
  }
  // The longest first, so that no path is taken for one that begins the same way.
  std::ranges::stable_sort(names, std::greater{},
                           [](const auto& name) { return name.first.size(); });
  return names;
}

void shorten(std::string& about, const std::vector<std::pair<std::string, std::string>>& names) {
  for (const auto& [path, name] : names) {
    const std::size_t at = path.empty() ? std::string::npos : about.find(path);
    if (at != std::string::npos) about.replace(at, path.size(), name);
  }
}

Result<void> collect_rows(
    store::Database& database, Model& model,
    const std::map<std::pair<std::int64_t, std::int64_t>, Detection*>& by_ix) {
  ONUS_TRY(const Rows rows,
           database.query(fmt::format(
               "SELECT d.rule_ix, d.detection_ix, s.file_id, s.\"row\", s.line, s.byte_offset, "
               "s.byte_length, p.part FROM (SELECT rule_ix, detection_ix, unnest(lookups[1:{}]) AS "
               "lookup_id "
               "FROM detections WHERE detection_ix < {}) d "
               "JOIN sightings s ON s.sighting_id = d.lookup_id {} ORDER BY 1, 2, d.lookup_id",
               kRowsOfEach, kShown, kPageJoin)));
  std::map<std::int64_t, const FileUse*> files;
  for (const FileUse& file : model.files) files[file.id] = &file;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto detection = by_ix.find({rows.integer(i, 0), rows.integer(i, 1)});
    const auto file = files.find(rows.integer(i, 2));
    if (detection == by_ix.end() || file == files.end()) continue;
    Evidence where;
    where.file = file->second->name;
    where.row = rows.integer(i, 3);
    where.line = rows.integer(i, 4);
    where.byte_offset = rows.integer(i, 5);
    where.byte_length = rows.integer(i, 6);
    where.page = rows.integer(i, 7);
    detection->second->rows.push_back(std::move(where));
  }
  return {};
}

}  // namespace

Result<void> collect_detections(store::Database& database, Model& model) {
  ONUS_TRY(const auto names, shorter_names(database, model));
  ONUS_TRY(
      const Rows rows,
      database.query(fmt::format(
          "SELECT rule_ix, detection_ix, about, n, \"of\", count(*) OVER (PARTITION BY rule_ix), "
          "(sum(n) OVER (PARTITION BY rule_ix))::BIGINT FROM detections QUALIFY detection_ix < {} "
          "ORDER BY 1, 2",
          kShown)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto rule = std::ranges::find(model.rules, rows.integer(i, 0), &RuleUse::ix);
    if (rule == model.rules.end()) continue;
    rule->detections_total = rows.integer(i, 5);
    rule->detected = rows.integer(i, 6);
    rule->detections.push_back({.about = std::string(rows.text(i, 2)),
                                .n = rows.integer(i, 3),
                                .of = rows.integer(i, 4),
                                .rows = {}});
    shorten(rule->detections.back().about, names);
  }
  std::map<std::pair<std::int64_t, std::int64_t>, Detection*> by_ix;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto rule = std::ranges::find(model.rules, rows.integer(i, 0), &RuleUse::ix);
    if (rule == model.rules.end()) continue;
    const auto place = static_cast<std::size_t>(rows.integer(i, 1));
    if (place < rule->detections.size()) {
      by_ix[{rule->ix, rows.integer(i, 1)}] = &rule->detections[place];
    }
  }
  return collect_rows(database, model, by_ix);
}

}  // namespace onus::report

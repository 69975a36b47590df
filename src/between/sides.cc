// SPDX-License-Identifier: Apache-2.0
#include "between/sides.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "report/file_names.h"

namespace onus::between {
namespace {

SideFile file_at(const store::Rows& rows) {
  const auto text = [&](std::size_t column) { return std::string(rows.text(0, column)); };
  return {.file_id = static_cast<std::int32_t>(rows.integer(0, 0)),
          .name = text(1),
          .sha256 = text(2),
          .profile = text(3),
          .role = text(4),
          .owner = text(5),
          .rows = rows.integer(0, 6),
          .sightings = rows.integer(0, 7),
          .rejects = rows.integer(0, 8),
          .headers = rows.integer(0, 9),
          .blanks = rows.integer(0, 10),
          .first_when = text(11),
          .last_when = text(12)};
}

Result<SideFile> read_side_file(store::Database& db, std::int32_t id) {
  const std::vector<std::string> wanted{std::to_string(id)};
  ONUS_TRY(const store::Rows rows,
           db.query("SELECT h.file_id, f.path, h.sha256, h.profile, h.role::VARCHAR, "
                    "h.owner_label, h.\"rows\", h.sightings, h.rejects, h.headers, h.blanks, "
                    "h.first_when, h.last_when FROM files f JOIN files h ON h.file_id = "
                    "coalesce(f.duplicate_of, f.file_id) WHERE f.file_id = ?::INTEGER",
                    wanted));
  ONUS_CHECK(rows.size() == 1);
  SideFile file = file_at(rows);
  ONUS_CHECK(file.rows == file.sightings + file.rejects + file.headers + file.blanks);
  return file;
}

void keep_names_below_shared_folder(std::vector<SideFile>& files) {
  std::vector<std::string*> names;
  names.reserve(files.size());
  for (SideFile& file : files) names.push_back(&file.name);
  report::cut_shared_folders(names);
}

void add_up(Side& side) {
  for (const SideFile& file : side.files) {
    if (file.repeats) continue;
    side.rows += file.rows;
    side.sightings += file.sightings;
    side.rejects += file.rejects;
    side.headers += file.headers;
    side.blanks += file.blanks;
    if (file.first_when.empty()) continue;
    if (side.first_when.empty() || file.first_when < side.first_when) {
      side.first_when = file.first_when;
    }
    side.last_when = std::max(side.last_when, file.last_when);
  }
}

bool has_file(const Side& side, std::int32_t id) {
  return std::ranges::any_of(side.files, [&](const SideFile& f) { return f.file_id == id; });
}

Result<void> add_side(store::Database& db, const Side& side, int number) {
  for (const SideFile& file : side.files) {
    if (file.repeats) continue;
    ONUS_TRY_VOID(db.run(fmt::format(
        "INSERT INTO b_months SELECT {0}, strftime(\"when\", '%Y-%m'), count(*) FROM sightings "
        "WHERE file_id = {1} GROUP BY ALL",
        number, file.file_id)));
    if (file.on_both_sides) continue;
    ONUS_TRY_VOID(db.run(fmt::format(
        "INSERT INTO b_side_files SELECT {0}, {1}, "
        "coalesce(bool_or(field = 'owner' AND header IS NOT NULL), false), "
        "coalesce(bool_or(field IN ('search_type', 'event_type') AND header IS NOT NULL), false), "
        "coalesce(bool_or(field = 'moderation' AND header IS NOT NULL), false) "
        "FROM columns WHERE file_id = {1}",
        number, file.file_id)));
    const std::vector<std::string> values{std::to_string(file.file_id), std::to_string(number),
                                          file.name};
    ONUS_TRY_VOID(db.query("INSERT INTO b_names VALUES (?::INTEGER, ?::UTINYINT, ?)", values));
  }
  return {};
}

}  // namespace

Result<Side> read_side(store::Database& db, std::span<const std::int32_t> file_ids) {
  Side side;
  std::set<std::int32_t> seen;
  for (const std::int32_t id : file_ids) {
    ONUS_TRY(SideFile file, read_side_file(db, id));
    file.repeats = !seen.insert(file.file_id).second;
    side.files.push_back(std::move(file));
  }
  keep_names_below_shared_folder(side.files);
  add_up(side);
  return side;
}

Result<void> make_sides(store::Database& db, Side& first, Side& second) {
  for (SideFile& file : first.files) file.on_both_sides = has_file(second, file.file_id);
  for (SideFile& file : second.files) file.on_both_sides = has_file(first, file.file_id);
  ONUS_TRY_VOID(
      db.run("CREATE OR REPLACE TABLE b_side_files (side UTINYINT, file_id INTEGER, has_owner "
             "BOOLEAN, has_search_type BOOLEAN, has_moderation BOOLEAN);"
             "CREATE OR REPLACE TABLE b_names (file_id INTEGER, side UTINYINT, name VARCHAR);"
             "CREATE OR REPLACE TABLE b_months (side UTINYINT, month VARCHAR, n BIGINT)"));
  ONUS_TRY_VOID(add_side(db, first, 0));
  return add_side(db, second, 1);
}

}  // namespace onus::between

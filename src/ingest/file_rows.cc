// SPDX-License-Identifier: Apache-2.0
#include "ingest/file_rows.h"

#include <fmt/format.h>

#include <array>

namespace onus::ingest {
namespace {

std::string number_or_empty(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "";
}

Result<std::int32_t> next_file_id(store::Database& db) {
  ONUS_TRY(const std::int64_t id,
           db.query_integer("SELECT coalesce(max(file_id) + 1, 0) FROM files"));
  return static_cast<std::int32_t>(id);
}

}  // namespace

Result<void> forget_cut_off_files(store::Database& db) {
  return db.run("DELETE FROM files WHERE status = 'reading'");
}

Result<bool> is_new_here(store::Database& db, const source::InputFile& file) {
  const bool as_it_is = file.kind == source::InputKind::csv && !file.gzip && file.member.empty();
  if (!as_it_is) return false;
  const std::array<std::string, 1> bytes{std::to_string(file.bytes)};
  ONUS_TRY(const std::int64_t same,
           db.query_integer("SELECT count(*) FROM files WHERE bytes = ?::BIGINT", bytes));
  return same == 0;
}

Result<std::optional<FileSummary>> known_file(store::Database& db, const std::string& path,
                                              const std::string& sha256) {
  ONUS_TRY(const store::Rows rows,
           db.query("SELECT file_id, path, status FROM files WHERE sha256 = ? ORDER BY file_id",
                    std::vector<std::string>{sha256}));
  if (rows.size() == 0) return std::optional<FileSummary>();
  FileSummary out;
  out.path = path;
  out.file_id = static_cast<std::int32_t>(rows.integer(0, 0));
  out.status = FileStatus::known;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.text(i, 1) == path) return std::optional(out);
  }
  ONUS_TRY(const std::int32_t id, next_file_id(db));
  ONUS_TRY_VOID(
      db.query("INSERT INTO files BY NAME SELECT ?::INTEGER AS file_id, ? AS path, ? AS sha256, "
               "(SELECT bytes FROM files WHERE file_id = ?::INTEGER) AS bytes, "
               "'duplicate' AS status, ?::INTEGER AS duplicate_of",
               std::vector<std::string>{std::to_string(id), path, sha256,
                                        std::to_string(out.file_id), std::to_string(out.file_id)}));
  out.status = FileStatus::duplicate;
  out.file_id = id;
  return std::optional(out);
}

Result<void> begin_file_row(store::Database& db, FileRow& row) {
  ONUS_TRY(row.summary.file_id, next_file_id(db));
  ONUS_TRY_VOID(
      db.query("INSERT INTO files BY NAME SELECT ?::INTEGER AS file_id, ? AS path, ? AS sha256, "
               "?::BIGINT AS bytes, 'reading' AS status",
               std::vector<std::string>{std::to_string(row.summary.file_id), row.summary.path,
                                        row.sha256, std::to_string(row.bytes)}));
  return {};
}

Result<void> finish_file_row(store::Database& db, const FileRow& row) {
  std::string notes;
  for (const std::string& note : row.summary.notes) notes += (notes.empty() ? "" : "\n") + note;
  ONUS_TRY_VOID(db.query(
      "UPDATE files SET status = 'done', sha256 = ?, profile = ?, system = ?, role = ?::log_role, "
      "era = nullif(?, ''), encoding = ?, zone_origin = nullif(?, ''), "
      "owner_label = nullif(?, ''), owner_origin = nullif(?, ''), \"rows\" = ?::BIGINT, "
      "sightings = ?::BIGINT, rejects = ?::BIGINT, headers = ?::BIGINT, blanks = ?::BIGINT, "
      "first_when = make_timestamp(nullif(?, '')::BIGINT), "
      "last_when = make_timestamp(nullif(?, '')::BIGINT), "
      "notes = list_filter(string_split(?, chr(10)), lambda note: note <> '') "
      "WHERE file_id = ?::INTEGER",
      std::vector<std::string>{
          row.sha256, row.summary.profile, row.system, std::string(record::name(row.role)), row.era,
          row.encoding, row.zone_origin, row.owner_label, row.owner_origin,
          std::to_string(row.summary.rows), std::to_string(row.summary.sightings),
          std::to_string(row.summary.rejects), std::to_string(row.summary.headers),
          std::to_string(row.summary.blanks), number_or_empty(row.first_when),
          number_or_empty(row.last_when), notes, std::to_string(row.summary.file_id)}));
  return {};
}

Result<void> write_parts(store::Database& db, std::int32_t file_id,
                         const std::vector<source::PartStart>& parts) {
  if (parts.empty()) return {};
  ONUS_TRY(store::ChunkWriter writer, db.writer("parts"));
  std::size_t filled = 0;
  for (const source::PartStart& start : parts) {
    writer.values<std::int32_t>(0)[filled] = file_id;
    writer.values<std::int64_t>(1)[filled] = start.row;
    writer.values<std::int32_t>(2)[filled] = start.part;
    if (++filled == store::ChunkWriter::capacity()) {
      ONUS_TRY_VOID(writer.flush(filled));
      filled = 0;
    }
  }
  ONUS_TRY_VOID(writer.flush(filled));
  return writer.close();
}

Result<void> write_columns(store::Database& db, std::int32_t file_id,
                           const std::vector<ColumnTally>& columns) {
  if (columns.empty()) return {};
  ONUS_TRY(store::ChunkWriter writer, db.writer("columns"));
  std::size_t filled = 0;
  for (const ColumnTally& column : columns) {
    writer.values<std::int32_t>(0)[filled] = file_id;
    writer.values<std::int32_t>(1)[filled] = column.position;
    if (column.position == 0) writer.set_null(1, filled);
    writer.set_text(2, filled, column.header);
    if (column.position == 0 || column.header.empty()) writer.set_null(2, filled);
    writer.set_text(3, filled, column.field);
    if (column.field.empty()) writer.set_null(3, filled);
    for (std::size_t state = 0; state < kStateCount; ++state) {
      writer.values<std::int64_t>(4 + state)[filled] = column.states[state];
    }
    if (column.constant) {
      writer.set_text(12, filled, *column.constant);
    } else {
      writer.set_null(12, filled);
    }
    if (++filled == store::ChunkWriter::capacity()) {
      ONUS_TRY_VOID(writer.flush(filled));
      filled = 0;
    }
  }
  ONUS_TRY_VOID(writer.flush(filled));
  return writer.close();
}

}  // namespace onus::ingest

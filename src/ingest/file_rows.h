// SPDX-License-Identifier: Apache-2.0
// The rows of the tables files and columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/ingest.h"
#include "ingest/tally.h"
#include "store/database.h"

namespace onus::ingest {

struct FileRow {
  FileSummary summary;
  std::string sha256;
  std::int64_t bytes = 0;
  std::string system;
  record::LogRole role = record::LogRole::owner;
  std::string era;
  std::string encoding;
  std::string zone_origin;
  std::string owner_label;
  std::string owner_origin;
  std::optional<std::int64_t> first_when, last_when;
};

// Removes the rows of files whose reading was cut off; nothing else of them is there.
Result<void> forget_cut_off_files(store::Database& db);

// Whether no file of the case is as long as this one: it need not be hashed before it is read. Only
// of a file that is read as it lies on the disk, whose length is known.
Result<bool> is_new_here(store::Database& db, const source::InputFile& file);

// A file whose bytes are in the store: as it is, or as a new row of status 'duplicate'.
Result<std::optional<FileSummary>> known_file(store::Database& db, const std::string& path,
                                              const std::string& sha256);

// Gives the file its number, with status 'reading'.
Result<void> begin_file_row(store::Database& db, FileRow& row);
Result<void> finish_file_row(store::Database& db, const FileRow& row);

Result<void> write_parts(store::Database& db, std::int32_t file_id,
                         const std::vector<source::PartStart>& parts);
Result<void> write_columns(store::Database& db, std::int32_t file_id,
                           const std::vector<ColumnTally>& columns);

}  // namespace onus::ingest

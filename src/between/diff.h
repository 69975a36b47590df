// SPDX-License-Identifier: Apache-2.0
// Two releases of one log: which rows are gone, which were added, which cells say something else.
// Works on a store into which module ingest has read both, under one key: subjects are tokens, and
// a subject that changed is counted and never shown.
//
//   rows of a release = rows that have a partner in the other + rows gone (or added); checked
//
// What two equal files cannot tell: rows that could not be read (rejects) are counted, and not
// compared; filters and prompts are compared only by whether they are there.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "between/match.h"
#include "between/sides.h"
#include "record/record.h"
#include "report/messages.h"
#include "store/database.h"

namespace onus::between {

inline constexpr std::size_t kStates = record::Names<record::CellState>::all.size();

struct FieldDiff {
  std::string field;
  std::int64_t changed = 0;                      // a value, and another one
  std::array<std::int64_t, kStates> masked{};    // a value, and now this state
  std::array<std::int64_t, kStates> revealed{};  // this state, and now a value
  std::int64_t restated = 0;                     // no value on either side, but another mark
  std::string constant_since;         // the one value that every row of the new release has, or ""
  std::int64_t masked_cells() const;  // but those of a column that is gone
  std::int64_t revealed_cells() const;  // but those of a column that is new
};

struct ColumnDiff {
  std::string field;                   // "" where the format does not know the column
  std::string old_header, new_header;  // "" where that release has no such column
  std::int64_t old_values = 0, new_values = 0;
};

struct MonthDiff {
  std::string month;  // "2025-07"
  std::int64_t old_rows = 0, new_rows = 0, gone = 0, added = 0, changed_rows = 0, masked_cells = 0;
};

struct AgencyDiff {
  std::string agency;  // "" where the rows name none
  std::int64_t gone = 0, added = 0, changed_rows = 0;
};

// Where a row stands, and what it says that a reader may see.
struct RowAt {
  std::string file;
  std::int64_t row = 0, line = 0, byte_offset = 0, byte_length = 0;
};
struct Difference {
  std::string kind, field, matched_by, when, agency, actor, reason;
  std::string before_state, before, after_state, after;
  bool outside = false;  // outside the time that the other release covers
  RowAt old_at, new_at;  // row 0: not there
};

// A file of the earlier release that a ledger committed to, line by line, before.
struct Anchored {
  std::string file, log;
  std::int64_t entry = 0, lines = 0;
};

struct Diff {
  Side old_side, new_side;
  std::vector<Anchored> anchored;  // all files of the old side, or none was asked for
  Matched matched;
  std::int64_t identical_in_equal_files = 0;  // among matched.identical
  std::int64_t gone = 0, added = 0;
  std::int64_t gone_outside = 0, added_outside = 0;
  std::int64_t changed_rows = 0;  // rows with a partner that differ in a cell of both releases
  std::vector<FieldDiff> fields;  // those with a difference
  std::vector<ColumnDiff> columns;
  std::vector<MonthDiff> months;
  std::vector<AgencyDiff> agencies;  // those with the most differences
  std::vector<Difference> evidence;  // of each kind the first few
  std::int64_t paired() const;
  bool any() const;  // a difference of rows, cells or columns
};

struct DiffOptions {
  std::int64_t evidence_per_kind = 30;
  std::int64_t agencies_shown = 30;
};

// `old_ids`, `new_ids`: files of the store. Writes tables b_* of its own.
Result<Diff> diff(store::Database& db, std::span<const std::int32_t> old_ids,
                  std::span<const std::int32_t> new_ids, const DiffOptions& options);

// index.html, style.css, diff.csv (one line per difference), diff.json. `dir` is the database's
// export_dir. People publish the folder: no subject, no token, no case number, no path, no clock.
Result<void> write_diff(store::Database& db, const Diff& diff, const report::Messages& messages,
                        std::string_view version, const std::filesystem::path& dir);

std::string diff_json(const Diff& diff, std::string_view version);
std::string diff_screen(const Diff& diff, const report::Messages& messages,
                        const std::string& page);

}  // namespace onus::between

// SPDX-License-Identifier: Apache-2.0
// Writes one file of a format from a stream of acts: it takes those that its owner's log would
// hold, hides what a release hides, damages what a release damages, and tells Truth of every row.
// A row is a record: a quoted cell may hold a newline. Rows are counted from 1, header first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "support/acts.h"
#include "support/formats.h"
#include "support/output.h"
#include "support/truth.h"

namespace onus::makelogs {

// What a release hides in every row.
enum class Mask : std::uint8_t {
  none,
  vendor,           // "***" for name and plate
  redacted,         // "REDACTED", "[REDACTED]", with a blank too many here and there
  exemption,        // a section of a records act in place of the plate, "###" of the name
  constant_reason,  // "Investigation" in every row
  initials,         // "A. B."
};

// What a release breaks, in some rows of the file.
enum class Damage : std::uint8_t {
  none,
  short_rows,    // cells missing at the end; some without a search time
  long_rows,     // cells too many at the end
  shifted_rows,  // an empty cell too many before the filters
  stray_quotes,  // a quote within a cell that is not quoted, and within one that is
  nul_bytes,
  blank_rows,  // empty lines and lines of commas only
  mixed_line_ends,
  bad_times,
  repeated_header,
  repeated_rows,   // a row twice
  repeated_block,  // the first rows once more at the end, with no header between
  cut_off,         // ends within the quoted time frame of its last row
};

// How one log's rows differ from another log's rows of the same acts. Hidden cells of a field are
// either those of a whole column or some at random; which, follows from the file's owner.
struct Blur {
  std::uint32_t hidden = 0;  // of 1,000 cells of id, name, organisation, devices, time frame,
                             // plate, reason, case number, filters
  int clock_hours = 0;       // to add to every time
  bool short_names = false;  // "J. Smith" for "John Smith"
  std::uint32_t reason_length = 0;  // characters that are kept; 0: all
  std::uint32_t drift = 0;          // of 1,000 rows: so many have up to 3 networks more
};

struct FileSpec {
  std::string name = {};
  std::string_view format = {};  // formats.h
  std::string_view then_format =
      {};                   // from halfway on, with a header of its own: two exports stacked
  std::uint32_t owner = 0;  // whose cameras (view owner) or whose people (view searcher)
  std::int64_t from_ms = 0, to_ms = 0;
  std::uint64_t max_rows = UINT64_MAX;  // of data
  bool padded_times = true;
  bool crlf = false;
  Mask mask = Mask::none;
  Damage damage = Damage::none;
  Encoding encoding = Encoding::utf8;
  Blur blur = {};
};
std::string_view mask_name(Mask mask);
std::string_view damage_name(Damage damage);

class LogFile {
 public:
  static Result<LogFile> create(const std::filesystem::path& folder, FileSpec spec,
                                const World& world);

  // True if the file took it. Acts come in the order of time.
  bool offer(const Act& act, Truth& truth);
  bool full() const { return taken_ >= spec_.max_rows; }
  Result<void> finish(Truth& truth);

  const FileSpec& spec() const { return spec_; }
  const FileTruth& totals() const { return totals_; }

 private:
  LogFile(FileSpec spec, const World& world, Output output);

  bool wants(const Act& act) const;
  void look(const Act& act);
  void blur_fields();
  void hide_some();
  const Act& as_dated(const Act& act);
  bool is_hidden(Field field) const { return (hidden_fields_ >> static_cast<int>(field) & 1) != 0; }
  void header(Truth& truth);
  void events(Truth& truth);
  void event(std::uint64_t number, std::int64_t when_ms);
  void cells(const Act& act, std::size_t count);
  void cell(const Act& act, const Column& column);
  void id_cell(const Act& act, Field field);
  void name_cell(const Act& act);
  void plate_cell(const Act& act);
  void time_cell(const Act& act, Field field);
  void time_frame(const Act& act);
  void text(std::string_view value);
  void number(std::uint64_t value);
  RowKind damaged_cells(const Act& act);
  RowKind short_row(const Act& act);
  void emit(RowKind kind, const Act& act, Truth& truth);
  void blank(std::string_view line, Truth& truth);
  void end_line();
  std::size_t position(Field field) const;
  std::string_view stamp(bool plate) const;

  FileSpec spec_;
  const World* world_;
  const Format* format_;
  Output output_;
  FileTruth totals_;
  Rng rng_;
  std::uint64_t taken_ = 0;
  std::uint64_t lines_ = 0;
  Shown shown_;
  bool hidden_ = false;  // name, plate and filters of this row, since December 2025
  bool listed_ = false;  // the reason is the picked one, since January 2026
  std::string row_;
  std::string tail_;
  std::string scratch_;
  std::string expected_;
  std::uint32_t hidden_columns_ = 0;  // by field; all rows
  std::uint32_t hidden_by_row_ = 0;   // by field; some rows
  std::uint32_t hidden_fields_ = 0;   // by field; this row
  std::string_view hidden_mark_;
  Act dated_;  // the act by this file's clock
  struct Kept {
    RowKind kind;
    std::string row, tail;
  };
  std::vector<Kept> block_;  // for Damage::repeated_block
};

}  // namespace onus::makelogs

// SPDX-License-Identifier: Apache-2.0
// Sightings as linking compares them, read from the store a stretch of time at a time, so that
// memory does not grow with the case. A field that its log hides, leaves out or leaves empty is
// unknown here, as is one that a column holds in every row (it may be a mask).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/link_forms.h"
#include "store/database.h"

namespace onus::ingest {

struct LinkRow {
  std::int64_t second = 0;          // since 1970, by the clock of most logs (ingest/link_clock.h)
  bool minute = false;              // its log states times to the minute: `second` is its begin
  std::int64_t row = 0;             // in its file
  store::HugeInt key;               // act_key
  std::uint64_t subject = 0;        // of the keyed token; this and what follows: 0 where unknown
  std::uint64_t case_number = 0;    // without blanks and signs
  std::uint64_t window = 0;         // its length, and where in the hour it ends against the search
  std::uint64_t window_length = 0;  // in minutes, and one
  std::uint64_t search_type = 0;
  std::int32_t agency = -1, actor = -1, reason = -1, offence = -1;  // -1: unknown
  std::int32_t networks = -1, devices = -1;
  std::uint32_t file = 0;   // LinkFiles; the same in whatever order the files came
  std::uint16_t group = 0;  // system and kind of act: only within one are rows compared
  bool vendor = false;      // the key is of the vendor's id: another id is another act
};

// The files of a case in the order of their contents' SHA-256.
struct LinkFile {
  std::int32_t id = 0;
  std::int64_t rows = 0;
  std::int64_t shift_s = 0;  // to be taken from its times
  std::uint16_t system = 0;
  bool minutes = false;  // no time of it has seconds
};

class LinkFiles {
 public:
  static Result<LinkFiles> load(store::Database& db);
  std::vector<LinkFile>& all() { return files_; }
  const std::vector<LinkFile>& all() const { return files_; }
  std::int64_t rows() const;
  // Writes the temporary table link_files(file_id, ordinal, shift, system, without_...).
  Result<void> write(store::Database& db) const;

 private:
  std::vector<LinkFile> files_;
};

// A stretch of time [from, to) in seconds; one second of `every` is read, the same in each case.
struct Stretch {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t every = 1;
};

// In the order of group, second, file and row.
Result<std::vector<LinkRow>> read_rows(store::Database& db, const LinkFiles& files,
                                       const Stretch& stretch);

// Stretches of at most about `most` rows each that together hold every row. A second with more
// than `most` rows is left out (a log without times of day), and its rows are counted.
struct Stretches {
  std::vector<Stretch> all;
  std::int64_t rows_left_out = 0;
};
Result<Stretches> plan_stretches(store::Database& db, std::int64_t most);

}  // namespace onus::ingest

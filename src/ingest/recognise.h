// SPDX-License-Identifier: Apache-2.0
// Which profile reads a file, judged by its header and by the kinds of value below it. One answer,
// or several with what tells them apart, or none with what is missing: never a guess. Nothing in
// the answer is a cell of the file, so that it can be shown on a screen.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/batch.h"
#include "ingest/file_name.h"
#include "ingest/plan.h"
#include "source/expand.h"
#include "source/table.h"

namespace onus::ingest {

// The first records of a file. Where the format has the names of columns apart from its rows, or
// they are paths into nested records, `header_given` is true and they are the first row.
struct Sample {
  std::vector<std::vector<std::string>> rows;
  bool header_given = false;
  std::vector<std::vector<std::string_view>> cells() const;
};

inline constexpr std::size_t kSampleRows = 200;
inline constexpr std::size_t kWideSampleRows = 20'000;  // for how many agencies there are

Sample sample_of(const source::Block& block, std::size_t max_rows);

// `columns`: of nested records, else of no use.
Result<Sample> read_sample(const source::InputFile& input, std::span<const std::string> columns);

// The columns of nested records. To recognise them: the headers of all profiles that are paths into
// the first records. To read them: those of one profile that are in the records asked for, and
// then, to be listed as unknown, the outermost members that no path begins with. None for other
// formats.
Result<std::vector<std::string>> sample_columns(const source::InputFile& input,
                                                std::span<const Profile> profiles);
inline constexpr std::int64_t kSurveyRecords = 2000;
Result<std::vector<std::string>> file_columns(const source::InputFile& input,
                                              const Profile& profile, const source::Budget& budget,
                                              std::int64_t max_records);

// A Parquet file that a report of onus wrote is no log: its lookups stand in the logs already.
Result<void> refuse_own_tables(const source::InputFile& input);

enum class Match { one, ambiguous, none };
enum class RoleBasis { profile, given, file_name, values };

struct ColumnReading {
  std::string header;
  std::string field;  // "" where the profile does not know the column
  Kind kind = Kind::text;
  std::int64_t of_kind = 0;  // cells with a value that are of the kind
  std::int64_t other = 0;    // cells with a value that are not
  std::array<std::int64_t, kStateCount> states{};
};

struct Candidate {
  std::string id;   // what --profile takes
  std::string why;  // what speaks for it, or what it lacks
};

struct Recognition {
  Match match = Match::none;
  const Profile* profile = nullptr;  // where match is one
  const Variant* variant = nullptr;
  RoleBasis role_basis = RoleBasis::profile;
  bool refutable = false;           // the role holds only as long as one agency is all there is
  bool name_disagrees = false;      // the file's name says the other role
  std::int64_t header_row = 0;      // from 1, of the sample; 0: the sheet has none
  bool header_given = false;        // as in Sample: it is none of the file's rows
  std::vector<std::string> header;  // the cells of the header, or of the layout that fits
  std::vector<ColumnReading> columns;
  std::string era;                    // of the sample
  bool zone_stated = false;           // by the first time in the sample
  std::vector<Candidate> candidates;  // ambiguous: those; none: the nearest, best first

  // For an Error: what was found, and how to choose.
  std::string explain(std::string_view file) const;
};

// `forced`: the id of a profile or variant that the user named, or "".
Recognition recognise(const Sample& sample, std::span<const Profile> profiles,
                      const FileName& file_name, std::string_view forced);

// The era of rows from `first` to `last`, given how many of `rows` have each field masked.
std::string era_of(const Profile& profile, std::int64_t first, std::int64_t last,
                   const std::array<std::int64_t, kFieldCount>& masked, std::int64_t rows,
                   const std::array<bool, kFieldCount>& has);

}  // namespace onus::ingest

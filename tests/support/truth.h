// SPDX-License-Identifier: Apache-2.0
// What the maker knows and a reader of its logs does not: for every row of every file what it is
// and what it means. truth.csv has a line per row, truth.json the totals of each file. Subjects
// stand in it by number only, never by plate.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "support/acts.h"

namespace onus::makelogs {

// reject: no reader can tell when the search was. damaged: a reader may take it as a sighting or as
// a reject, but must count it as one row.
enum class RowKind : std::uint8_t { sighting, header, blank, reject, damaged };
inline constexpr std::size_t kRowKinds = 5;
std::string_view row_kind_name(RowKind kind);

struct FileTruth {
  std::string file;
  std::string format;
  std::string variant;  // masks, damage, encoding; empty: plain
  std::string owner;    // whose log it is
  std::uint64_t rows = 0;
  std::uint64_t by_kind[kRowKinds] = {};
  std::uint64_t distinct_acts = 0;
  std::int64_t first_ms = 0, last_ms = 0;  // of its sightings
  std::uint64_t last_act = 0;
};

// How much of an act a row shows.
struct Shown {
  std::string_view actor = "value", subject = "value", reason = "value";  // cell states
  Reading reading;
  bool agency = true;
};

// "rule=outcome;..." of the rules whose outcome for that owner is certain from the row. Empty where
// the log does not tell whose data it was.
std::string expected_outcomes(const World& world, std::uint32_t owner, const Act& act,
                              const Shown& shown);

class Truth {
 public:
  // With an empty path no line per row is kept, only the totals.
  static Result<Truth> open(const std::filesystem::path& csv);
  Truth(Truth&&) noexcept;
  Truth& operator=(Truth&&) noexcept;
  ~Truth();

  // The row just written to a file; `tail` as truth_tail() made it, empty where there is no act.
  void row(FileTruth& file, RowKind kind, std::string_view tail);
  void sighting(FileTruth& file, RowKind kind, const Act& act, std::string_view tail);
  bool keeps_rows() const { return out_ != nullptr; }
  Result<void> finish();

 private:
  struct Out;
  explicit Truth(std::unique_ptr<Out> out);
  std::unique_ptr<Out> out_;
};

// The fields of a line after file, row and kind.
void append_truth_tail(std::string& out, const World& world, const Act& act, const Shown& shown,
                       std::string_view owner, std::string_view owner_state,
                       std::string_view expected);

std::string truth_json(std::uint64_t seed, const std::vector<FileTruth>& files,
                       std::uint64_t distinct_acts);

}  // namespace onus::makelogs

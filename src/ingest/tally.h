// SPDX-License-Identifier: Apache-2.0
// What a file comes to: its rows by kind, what each column says, what is odd about it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ingest/block_map.h"
#include "ingest/dictionaries.h"
#include "ingest/pipeline.h"
#include "source/table.h"

namespace onus::ingest {

struct ColumnTally {
  int position = 0;    // from 1; 0: the file has no such column
  std::string header;  // scrubbed
  std::string field;   // "" where the profile does not know the column
  std::array<std::int64_t, kStateCount> states{};
  std::optional<std::string> constant;  // the one value in every row
};

class Tally {
 public:
  void add(const Mapped& mapped, const Dictionaries::Numbers& numbers);
  std::int64_t rows() const {
    return sightings + static_cast<std::int64_t>(rejects) + headers + blanks;
  }

  std::int64_t sightings = 0;
  std::int64_t rejects = 0;
  std::int64_t headers = 0;
  std::int64_t blanks = 0;
  std::optional<std::int64_t> first_when, last_when;
  std::int64_t zone_stated = 0;
  bool many_agencies = false;
  std::vector<source::PartStart> parts;  // of a file that has pages

  std::string era(const Profile& profile) const;
  std::vector<ColumnTally> columns(const Dictionaries& dictionaries, Pseudonyms& pseudonyms) const;
  std::vector<std::string> notes(const std::vector<ColumnTally>& columns,
                                 const source::TableStream& stream, const FileName& file_name,
                                 const Recognition& recognition) const;

 private:
  // One value in every row, so far.
  struct Constant {
    bool seen = false;
    bool broken = false;
    std::int64_t value = 0;
    std::string word;
    void see(bool has_value, std::int64_t now);
  };
  void add_uses(const std::vector<PlanUse>& uses);
  void watch(const Sighting& sighting, const Batch& batch, const Dictionaries::Numbers& numbers);
  void add_extras(std::vector<ColumnTally>& out, const std::array<bool, kFieldCount>& done,
                  const Dictionaries& dictionaries) const;
  std::optional<std::string> constant_of(Field field, const Dictionaries& dictionaries) const;
  std::array<std::int64_t, kFieldCount> masked() const;

  std::vector<PlanUse> uses_;  // in order of first use
  std::array<std::array<std::int64_t, kStateCount>, kFieldCount> states_{};
  std::array<Constant, kFieldCount> constants_{};
  std::optional<std::int32_t> agency_;
  std::int64_t repeated_headers_ = 0, stacked_ = 0, before_header_ = 0, realigned_ = 0;
  std::int64_t stray_quotes_ = 0, bad_encoding_ = 0;
};

}  // namespace onus::ingest

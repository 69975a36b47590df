// SPDX-License-Identifier: Apache-2.0
// Any first rows of a file, cells apart by 0x1f and rows by 0x1e, against every shipped profile:
// the answer is one profile that fits, several, or none with the nearest; it does not hang on the
// order of the profiles, and every cell of the sample is counted once.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "ingest/recognise.h"

namespace onus::ingest {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t at = text.find(separator);
    out.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

Sample sample_from(std::string_view input) {
  Sample sample;
  for (const std::string& row : split(input, '\x1e')) sample.rows.push_back(split(row, '\x1f'));
  if (sample.rows.size() > kSampleRows) sample.rows.resize(kSampleRows);
  return sample;
}

std::string verdict(const Recognition& found) {
  if (found.match == Match::one) return found.variant->id;
  std::vector<std::string> ids;
  for (const Candidate& candidate : found.candidates) ids.push_back(candidate.id);
  std::sort(ids.begin(), ids.end());
  std::string out = found.match == Match::none ? "none" : "ambiguous";
  for (const std::string& id : ids) out += found.match == Match::none ? "" : " " + id;
  return out;
}

void check_one(const Recognition& found, const Sample& sample) {
  const std::vector<std::string_view> header(found.header.begin(), found.header.end());
  ONUS_CHECK(misfit(*found.profile, header).fits() || found.header_row == 0);
  ONUS_CHECK(found.header_row >= 0);
  ONUS_CHECK(static_cast<std::size_t>(found.header_row) <= sample.rows.size());
  const auto rows = static_cast<std::int64_t>(sample.rows.size()) - found.header_row;
  for (const ColumnReading& column : found.columns) {
    std::int64_t cells = 0;
    for (const std::int64_t count : column.states) cells += count;
    ONUS_CHECK(cells <= rows && column.of_kind + column.other <= cells);
  }
}

void run(std::string_view input) {
  static const std::vector<Profile> profiles = load_profiles({}).value();
  static const std::vector<Profile> backwards(profiles.rbegin(), profiles.rend());
  const Sample sample = sample_from(input);
  const FileName name = read_file_name("log.csv");
  const Recognition found = recognise(sample, profiles, name, "");
  ONUS_CHECK(verdict(found) == verdict(recognise(sample, backwards, name, "")));
  if (found.match == Match::one) {
    check_one(found, sample);
  } else {
    ONUS_CHECK(!found.candidates.empty());
  }
}

}  // namespace
}  // namespace onus::ingest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  onus::ingest::run({reinterpret_cast<const char*>(data), size});
  return 0;
}

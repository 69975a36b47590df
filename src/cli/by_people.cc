// SPDX-License-Identifier: Apache-2.0
#include "cli/by_people.h"

#include <filesystem>

#include "base/digest.h"
#include "base/encode.h"
#include "base/file.h"

namespace onus::cli {

Result<std::optional<ReadByPeople>> load_labels(const std::string& path) {
  if (path.empty()) return std::optional<ReadByPeople>();
  constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
  ONUS_TRY(std::string bytes, read_file(path, kMaxBytes));
  const std::string name = std::filesystem::path(path).filename().string();
  report::Ruler file{name, to_hex(sha256(bytes))};
  ONUS_TRY(measure::Labels labels, measure::parse_labels(std::move(bytes), path));
  return std::optional(ReadByPeople{std::move(labels), std::move(file)});
}

report::ByPeople by_people_of(const measure::Estimates& estimates) {
  report::ByPeople out{
      .lookups = estimates.lookups, .reasons = estimates.reasons_read, .shares = {}};
  for (const measure::Estimate& one : estimates.purposes) {
    out.shares.push_back({.purpose = std::string(one.purpose),
                          .program = one.program,
                          .share = one.powered,
                          .low = one.powered_interval.low,
                          .high = one.powered_interval.high});
  }
  return out;
}

}  // namespace onus::cli

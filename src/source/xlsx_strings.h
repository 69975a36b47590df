// SPDX-License-Identifier: Apache-2.0
// The texts that the cells of a workbook share, read no further than the cells ask: writers number
// them in the order of first use, so a sheet and its texts are read side by side, and who reads
// only the first rows does not pay for the last. A detail of module source.
//
// Memory: the texts' own bytes, a byte or two for each one's size and four for its place, up to
// max_text_bytes. It grows with the sum of different texts, at most a sheet's full of them; it is
// not put on disk, as plates stand in it in clear.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "source/xlsx_package.h"

namespace onus::source {

class SharedStrings {
 public:
  static constexpr std::uint32_t kMaxTextBytes = 2'000'000'000;

  // `part`: "" for a workbook that has none. The package outlives this.
  SharedStrings(const Package& package, std::string_view part,
                std::uint32_t max_text_bytes = kMaxTextBytes);
  SharedStrings(const SharedStrings&) = delete;
  SharedStrings& operator=(const SharedStrings&) = delete;
  SharedStrings(SharedStrings&&) noexcept;
  SharedStrings& operator=(SharedStrings&&) noexcept;
  ~SharedStrings();

  // Nothing if there is none of that number. The text lives as long as this.
  Result<std::optional<std::string_view>> get(std::uint64_t number);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace onus::source

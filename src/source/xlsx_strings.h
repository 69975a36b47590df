// SPDX-License-Identifier: Apache-2.0
// The texts that the cells of a workbook share, read no further than the cells ask: writers number
// them in the order of first use, so a sheet and its texts are read side by side, and who reads
// only the first rows does not pay for the last. A detail of module source.
//
// Memory: xlsx_texts.h.
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
  // Of all texts; each counts 16 bytes more.
  static constexpr std::int64_t kMaxTextBytes = std::int64_t{1} << 31;

  // `part`: "" for a workbook that has none. The package outlives this. `held`: bytes of texts that
  // stay in memory.
  SharedStrings(const Package& package, std::string_view part, std::int64_t held,
                std::int64_t max_text_bytes = kMaxTextBytes);
  SharedStrings(const SharedStrings&) = delete;
  SharedStrings& operator=(const SharedStrings&) = delete;
  SharedStrings(SharedStrings&&) noexcept;
  SharedStrings& operator=(SharedStrings&&) noexcept;
  ~SharedStrings();

  // Nothing if there is none of that number. The text lives until the next call.
  Result<std::optional<std::string_view>> get(std::uint64_t number);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace onus::source

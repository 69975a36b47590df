// SPDX-License-Identifier: Apache-2.0
// Pages of a PDF, through poppler's programs as child processes. A detail of module source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/pdf_page.h"

namespace onus::source {

// Of one run of pdftotext, which reads kPagesPerRun pages; what it holds in memory grows with the
// pages of one run alone.
constexpr std::int32_t kPagesPerRun = 128;
constexpr std::int32_t kMaxPages = 200'000;
constexpr std::size_t kMaxPageWords = 20'000;
constexpr std::size_t kMaxBadPages = 16;  // at which pdftotext fails: then the file is given up

class PdfPages {
 public:
  // Errors: Code::not_found without poppler-utils or the file; bad_input where the file is no PDF,
  // damaged, or locked by a password; over_budget over kMaxPages.
  static Result<PdfPages> open(const std::filesystem::path& path);

  std::int32_t count() const { return count_; }

  // Gives pages `first` to `last` one by one. A page that makes pdftotext fail (it crashes, takes
  // too long, too much memory, says too much) is left out, put on `bad`, and the rest is read.
  Result<void> read(std::int32_t first, std::int32_t last, const std::function<void(Page&&)>& take);
  const std::vector<std::int32_t>& bad() const { return bad_; }

 private:
  std::filesystem::path path_;
  std::string program_;
  std::int32_t count_ = 0;
  std::vector<std::int32_t> bad_;  // sorted, each once
  std::int32_t run(std::int32_t first, std::int32_t last, const std::function<void(Page&&)>& take,
                   bool& ended_well);
};

}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_pages.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "source/child.h"

namespace onus::source {
namespace {

// pdftotext takes about 1 ms and 25 KB of output for a page that is full of a log.
constexpr std::int64_t kPageOutput = std::int64_t{16} << 20;
constexpr std::int64_t kMostMemory = std::int64_t{1} << 30;
constexpr std::size_t kMostWaiting = std::size_t{1} << 22;  // of one tag
constexpr std::size_t kReadBytes = std::size_t{1} << 16;

ChildLimits limits_for(std::int32_t pages) {
  return {.cpu = std::chrono::seconds(20 + pages / 2),
          .silence = std::chrono::seconds(30),
          .memory_bytes = kMostMemory,
          .output_bytes = kPageOutput * std::min<std::int64_t>(pages, 32)};
}

Result<std::string> program(const std::string& name) {
  std::string path = find_program(name);
  if (!path.empty()) return path;
  return fail(Code::not_found,
              name + " is not installed; PDF is read with it (Debian: apt install poppler-utils)");
}

// Absolute: a name that begins with '-' or reads like a URL means nothing else then.
Result<std::string> full_name(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path full = std::filesystem::absolute(path, error);
  if (error) return fail(Code::io, path.string() + ": " + error.message());
  return full.string();
}

Result<std::string> all_output(const std::vector<std::string>& arguments, int& status) {
  ONUS_TRY(Child child, Child::start(arguments, limits_for(1)));
  std::string text;
  std::array<char, 4096> piece{};
  for (;;) {
    ONUS_TRY(const std::size_t got, child.read(piece.data(), piece.size()));
    if (got == 0) break;
    text.append(piece.data(), got);
  }
  ONUS_TRY(status, child.wait());
  return text;
}

}  // namespace

Result<PdfPages> PdfPages::open(const std::filesystem::path& path) {
  PdfPages pages;
  ONUS_TRY(const std::string info, program("pdfinfo"));
  ONUS_TRY(pages.program_, program("pdftotext"));
  ONUS_TRY(pages.path_, full_name(path));
  if (!std::filesystem::exists(pages.path_)) {
    return fail(Code::not_found, path.string() + ": no such file");
  }
  int status = 0;
  ONUS_TRY(const std::string text, all_output({info, pages.path_.string()}, status));
  const std::size_t at = ("\n" + text).rfind("\nPages:");
  if (status != 0 || at == std::string::npos) {
    return fail(Code::bad_input, path.string() +
                                     ": cannot be opened as PDF: it is damaged, locked by a "
                                     "password, or no PDF");
  }
  const std::size_t digits = std::min(text.find_first_of("0123456789", at), text.size());
  std::from_chars(text.data() + digits, text.data() + text.size(), pages.count_);
  if (pages.count_ <= 0) return fail(Code::bad_input, path.string() + ": a PDF without pages");
  if (pages.count_ <= kMaxPages) return pages;
  return fail(Code::over_budget,
              path.string() + ": more than " + std::to_string(kMaxPages) + " pages");
}

// Returns how many pages came whole.
std::int32_t PdfPages::run(std::int32_t first, std::int32_t last,
                           const std::function<void(Page&&)>& take, bool& ended_well) {
  ended_well = false;
  Result<Child> child =
      Child::start({program_, "-q", "-raw", "-bbox", "-enc", "UTF-8", "-f", std::to_string(first),
                    "-l", std::to_string(last), path_.string(), "-"},
                   limits_for(last - first + 1));
  if (!child) return 0;
  BboxReader reader(first, kMaxPageWords);
  std::vector<Page> pages;
  std::int32_t whole = 0;
  std::array<char, kReadBytes> piece{};
  for (;;) {
    const Result<std::size_t> got = child->read(piece.data(), piece.size());
    if (!got) return whole;
    if (*got == 0) break;
    reader.feed({piece.data(), *got}, pages);
    if (reader.waiting() > kMostWaiting) return whole;
    for (Page& page : pages) {
      if (page.number > last) return whole;
      take(std::move(page));
      ++whole;
    }
    pages.clear();
  }
  const Result<int> status = child->wait();
  ended_well = status && *status == 0;
  return whole;
}

Result<void> PdfPages::read(std::int32_t first, std::int32_t last,
                            const std::function<void(Page&&)>& take) {
  last = std::min(last, count_);
  std::int32_t step = last - first + 1;
  while (first <= last) {
    const std::int32_t end = std::min(last, first + step - 1);
    bool ended_well = false;
    const std::int32_t whole = run(first, end, take, ended_well);
    first += whole;
    if (first > end) continue;
    // Output is written in pieces: the page that fails may be some pages further on.
    if (step > 1) {
      step = 1;
      continue;
    }
    const auto at = std::ranges::lower_bound(bad_, first);
    if (at == bad_.end() || *at != first) bad_.insert(at, first);
    if (bad_.size() > kMaxBadPages) {
      return fail(Code::bad_input, path_.string() +
                                       ": too many pages cannot be read, the last of "
                                       "them " +
                                       std::to_string(first));
    }
    ++first;
    step = last - first + 1;
  }
  return {};
}

}  // namespace onus::source

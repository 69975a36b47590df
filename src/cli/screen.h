// SPDX-License-Identifier: Apache-2.0
// What a person sees while an audit runs: one line on standard error that is rewritten in place on
// a terminal, and a plain line per step elsewhere. Standard output is left to results.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace onus::cli {

enum class Verbosity { quiet, normal };

struct ReadingProgress {
  std::int64_t file = 0;  // from 1
  std::int64_t files = 0;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::int64_t bytes_total = 0;
};

// "3 of 12 files, 1,204,000 rows, 410,000 rows/s, 8 s left". Pure, for tests.
std::string progress_line(const ReadingProgress& progress, double seconds);
// "1,204,000"
std::string grouped(std::int64_t number);

class Screen {
 public:
  explicit Screen(Verbosity verbosity);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  Screen(Screen&&) = delete;
  Screen& operator=(Screen&&) = delete;

  void reading(
      const ReadingProgress& progress);  // as often as the caller likes: at most 5 a second show
  void step(std::string_view name);
  void done() { clear(); }

 private:
  using Clock = std::chrono::steady_clock;
  void show(std::string_view line);
  void clear();
  bool quiet_;
  bool terminal_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_{};
};

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/screen.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace onus::cli {

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits;
}

std::string progress_line(const ReadingProgress& progress, double seconds) {
  std::string line = fmt::format("reading: file {} of {}, {} rows", grouped(progress.file),
                                 grouped(progress.files), grouped(progress.rows));
  if (seconds < 1.0 || progress.bytes == 0) return line;
  const double rows_per_second = static_cast<double>(progress.rows) / seconds;
  const double left =
      static_cast<double>(std::max<std::int64_t>(0, progress.bytes_total - progress.bytes)) *
      seconds / static_cast<double>(progress.bytes);
  return line + fmt::format(", {} rows/s, {} s left",
                            grouped(static_cast<std::int64_t>(rows_per_second)),
                            grouped(std::llround(left)));
}

Screen::Screen(Verbosity verbosity)
    : quiet_(verbosity == Verbosity::quiet), terminal_(isatty(STDERR_FILENO) == 1) {}

Screen::~Screen() { clear(); }

void Screen::reading(const ReadingProgress& progress) {
  const Clock::time_point now = Clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000);
  if (quiet_ || now - shown_ < pause) return;
  // The first line off a terminal would say nothing yet.
  if (!terminal_ && now - start_ < pause) return;
  shown_ = now;
  show(progress_line(progress, std::chrono::duration<double>(now - start_).count()));
}

void Screen::step(std::string_view name) {
  if (!quiet_) show(name);
}

void Screen::show(std::string_view line) {
  if (terminal_) {
    fmt::print(stderr, "\r\x1b[K{}", line);
  } else {
    fmt::print(stderr, "{}\n", line);
  }
  std::fflush(stderr);
}

void Screen::clear() {
  if (!quiet_ && terminal_) fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

}  // namespace onus::cli

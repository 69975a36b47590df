// SPDX-License-Identifier: Apache-2.0
#include "source/sniff.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "source/find.h"

namespace onus::source {

// A block made from a text in memory, for looking at it.
struct Sample {
  static Block make(std::string_view text, bool whole, char delimiter, std::size_t most) {
    Block block;
    block.data_ = std::make_unique<char[]>(text.size() + kScanPadding);
    if (!text.empty()) std::memcpy(block.data_.get(), text.data(), text.size());
    block.size_ = text.size();
    block.delimiter_ = delimiter;
    block.max_cells_ = 1 << 16;
    RecordFinder finder(block.bytes(), whole, false, delimiter, std::size_t{1} << 20);
    for (Found found; block.spans_.size() < most && finder.next(found);) {
      block.spans_.push_back({.end = static_cast<std::uint32_t>(found.end),
                              .line = 0,
                              .damage = found.damage,
                              .line_end = found.line_end});
    }
    return block;
  }
};

namespace {

constexpr std::size_t kRecords = 200;
constexpr std::array<char, 4> kDelimiters = {',', ';', '\t', '|'};

struct Trial {
  char delimiter = ',';
  std::int32_t first = 0;     // width of the first record that is not blank
  std::int32_t usual = 0;     // the most frequent width
  std::int64_t agreeing = 0;  // records of that width
  std::int64_t records = 0;   // that are not blank
  std::int64_t cells = 0;     // after a delimiter
  std::int64_t spaced = 0;    // of those, the ones that begin with a space
};

Trial try_delimiter(std::string_view text, bool whole, char delimiter) {
  const Block block = Sample::make(text, whole, delimiter, kRecords);
  Trial trial{.delimiter = delimiter};
  std::map<std::int32_t, std::int64_t> widths;
  Records records(block);
  for (Record record; records.next(record);) {
    if (record.blank) continue;
    const auto width = static_cast<std::int32_t>(record.cells.size());
    if (trial.records++ == 0) trial.first = width;
    ++widths[width];
    trial.cells += width - 1;
    trial.spaced += std::ranges::count_if(
        record.cells.subspan(1), [](const Cell& cell) { return cell.text.starts_with(' '); });
  }
  for (const auto& [width, count] : widths) {
    if (count >= trial.agreeing)
      trial = {trial.delimiter, trial.first, width,       count,
               trial.records,   trial.cells, trial.spaced};
  }
  return trial;
}

bool is_table(const Trial& trial) {
  if (trial.usual < 2) return false;
  if (trial.first == trial.usual) return true;
  const bool prose = trial.usual == 2 && trial.spaced * 2 > trial.cells;
  return trial.agreeing * 2 >= trial.records && !(trial.first == 1 && prose);
}

// First whether the first record has the usual width, then how many do (in tenths, so that a few
// ragged rows do not decide), then the wider.
auto merit(const Trial& trial) {
  return std::tuple(trial.first == trial.usual, trial.agreeing * 10 / trial.records, trial.usual);
}

}  // namespace

std::int32_t count_cells(std::string_view text, char delimiter) {
  const Block block = Sample::make(text, true, delimiter, 1);
  Records records(block);
  Record record;
  return records.next(record) ? static_cast<std::int32_t>(record.cells.size()) : 0;
}

Layout sniff(std::string_view text, bool whole) {
  std::array<Trial, kDelimiters.size()> trials;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    trials[i] = try_delimiter(text, whole, kDelimiters[i]);
  }
  if (trials[0].records == 0) return {};
  const Trial* best = nullptr;
  for (const Trial& trial : trials) {
    if (is_table(trial) && (best == nullptr || merit(trial) > merit(*best))) best = &trial;
  }
  if (best == nullptr) {  // no width is usual: a first record of several cells still tells
    best = &*std::ranges::max_element(trials, {}, &Trial::first);
    if (best->first < 2) return {.delimiter = '\0', .width = 1};
  }
  return {.delimiter = best->delimiter, .width = best->usual};
}

}  // namespace onus::source

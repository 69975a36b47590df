// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "measure/sample.h"
#include "measure/strata.h"
#include "measure/weighted.h"
#include "record/record.h"

namespace onus::measure {
namespace {

struct Read {  // a string of the sample, and the reason of the case that it is
  const Label* label = nullptr;
  const Unit* unit = nullptr;
};

struct Frame {
  std::vector<Read> read;
  std::map<std::string, std::vector<const Unit*>> strata;  // all reasons, but those read in full
  std::int64_t lookups = 0;
};

tl::unexpected<Error> other_case(const std::string& what) {
  return fail(Code::conflict, fmt::format("the sample is not of this case as it stands now: {}; "
                                          "draw another one",
                                          what));
}

Result<void> check_strata(const Frame& frame) {
  std::map<std::string, std::int64_t> draws;
  for (const Read& read : frame.read) draws[read.label->stratum] += read.label->draws;
  for (const Read& read : frame.read) {
    const Label& label = *read.label;
    if (label.stratum == "full") continue;
    if (draws[label.stratum] != label.stratum_draws || label.stratum_draws == 0)
      return fail(Code::bad_input,
                  fmt::format("strings of stratum {} are missing from the labels", label.stratum));
  }
  for (const auto& [name, units] : frame.strata) {
    std::int64_t lookups = 0;
    for (const Unit* unit : units) lookups += unit->lookups;
    const auto any = std::find_if(frame.read.begin(), frame.read.end(),
                                  [&](const Read& r) { return r.label->stratum == name; });
    if (any == frame.read.end()) return other_case("stratum " + name + " was not drawn from");
    if (any->label->stratum_lookups != lookups)
      return other_case("stratum " + name + " has other lookups");
  }
  return {};
}

Result<Frame> frame_of(std::span<const Unit> units, const Labels& labels) {
  Frame frame;
  std::map<std::string_view, const Label*> by_text;
  bool simple = false;
  for (const Label& label : labels.rows) {
    if (label.stratum.empty())
      return fail(Code::bad_input, "the labels have no strata: they are no sample of onus sample");
    by_text[label.text] = &label;
    simple = simple || label.stratum == "all";
  }
  for (const Unit& unit : units) {
    frame.lookups += unit.lookups;
    const auto found = by_text.find(unit.text);
    const Label* label = found == by_text.end() ? nullptr : found->second;
    if (label != nullptr) frame.read.push_back({label, &unit});
    if (label != nullptr && label->stratum == "full") {
      if (label->stratum_lookups != unit.lookups)
        return other_case("'" + unit.text + "' has other lookups");
      continue;
    }
    const std::string stratum = simple ? "all" : stratum_of(unit);
    if (label != nullptr && label->stratum != stratum)
      return other_case("'" + unit.text + "' is read otherwise");
    frame.strata[stratum].push_back(&unit);
  }
  if (frame.read.size() != labels.rows.size()) return other_case("a string of it is not there");
  ONUS_TRY_VOID(check_strata(frame));
  return frame;
}

bool is(const Unit& unit, std::string_view purpose) { return unit.purpose == purpose; }

// The cells of one stratum; `split`: those that the program says are of the purpose apart.
std::vector<Cell> cells_of(const Frame& frame, const std::string& stratum, std::string_view purpose,
                           bool split) {
  std::array<Cell, 2> cells{};
  for (const Unit* unit : frame.strata.at(stratum))
    cells[split && is(*unit, purpose) ? 1 : 0].weight +=
        static_cast<double>(unit->lookups) / static_cast<double>(frame.lookups);
  for (const Read& read : frame.read) {
    if (read.label->stratum != stratum) continue;
    Cell& cell = cells[split && is(*read.unit, purpose) ? 1 : 0];
    cell.draws += read.label->draws;
    if (read.label->axes[0] == purpose) cell.hits += read.label->draws;
  }
  std::vector<Cell> out;
  for (const Cell& cell : cells) {
    if (cell.weight > 0 && cell.draws == 0) return cells_of(frame, stratum, purpose, false);
    if (cell.weight > 0) out.push_back(cell);
  }
  return out;
}

std::vector<Cell> all_cells(const Frame& frame, std::string_view purpose, bool split) {
  std::vector<Cell> cells;
  for (const auto& [name, units] : frame.strata) {
    for (const Cell& cell : cells_of(frame, name, purpose, split)) cells.push_back(cell);
  }
  return cells;
}

Share share_of(const Frame& frame, std::string_view purpose, std::span<const Cell> cells) {
  double known = 0;
  for (const Read& read : frame.read) {
    if (read.label->stratum == "full" && read.label->axes[0] == purpose)
      known += static_cast<double>(read.unit->lookups) / static_cast<double>(frame.lookups);
  }
  Share share = sum_of_shares(cells);
  share.value += known;
  share.interval = {std::max(0.0, share.interval.low + known),
                    std::min(1.0, share.interval.high + known)};
  return share;
}

}  // namespace

Result<Estimates> estimate(std::span<const Unit> units, const Labels& labels) {
  ONUS_TRY(const Frame frame, frame_of(units, labels));
  Estimates out;
  out.lookups = frame.lookups;
  out.reasons_read = static_cast<std::int64_t>(frame.read.size());
  out.strata = static_cast<std::int64_t>(frame.strata.size());
  for (const std::string_view purpose : record::purposes()) {
    std::int64_t program = 0;
    for (const Unit& unit : units) program += is(unit, purpose) ? unit.lookups : 0;
    const bool found = std::any_of(frame.read.begin(), frame.read.end(),
                                   [&](const Read& r) { return r.label->axes[0] == purpose; });
    if (program == 0 && !found && !record::is_topic(purpose)) continue;
    const std::vector<Cell> whole = all_cells(frame, purpose, false);
    const std::vector<Cell> split = all_cells(frame, purpose, true);
    const Share stratified = share_of(frame, purpose, whole);
    const Share powered = whole == split ? stratified : share_of(frame, purpose, split);
    out.purposes.push_back(
        {purpose, static_cast<double>(program) / static_cast<double>(frame.lookups),
         stratified.value, stratified.interval, powered.value, powered.interval});
  }
  return out;
}

}  // namespace onus::measure

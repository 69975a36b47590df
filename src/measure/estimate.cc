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

struct Reason {  // of the case, and the label of who read it, if anyone did
  const Unit* unit = nullptr;
  const Label* label = nullptr;
};
using Reasons = std::vector<Reason>;

struct Frame {
  Reasons read;
  std::map<std::string, Reasons> strata;  // all reasons, but those read in full
  std::int64_t lookups = 0;
};

tl::unexpected<Error> other_case(const std::string& what) {
  return fail(Code::conflict, fmt::format("the sample is not of this case as it stands now: {}; "
                                          "draw another one",
                                          what));
}

Result<void> check_strata(const Frame& frame) {
  std::map<std::string, std::int64_t> draws;
  for (const Reason& read : frame.read) draws[read.label->stratum] += read.label->draws;
  for (const Reason& read : frame.read) {
    const Label& label = *read.label;
    if (label.stratum == "full") continue;
    if (draws[label.stratum] != label.stratum_draws || label.stratum_draws == 0)
      return fail(Code::bad_input,
                  fmt::format("strings of stratum {} are missing from the labels", label.stratum));
  }
  for (const auto& [name, reasons] : frame.strata) {
    std::int64_t lookups = 0;
    for (const Reason& reason : reasons) lookups += reason.unit->lookups;
    const auto any = std::find_if(reasons.begin(), reasons.end(),
                                  [](const Reason& reason) { return reason.label != nullptr; });
    if (any == reasons.end()) return other_case("stratum " + name + " was not drawn from");
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
    if (label != nullptr) frame.read.push_back({&unit, label});
    if (label != nullptr && label->stratum == "full") {
      if (label->stratum_lookups != unit.lookups)
        return other_case("'" + unit.text + "' has other lookups");
      continue;
    }
    const std::string stratum = simple ? "all" : stratum_of(unit);
    if (label != nullptr && label->stratum != stratum)
      return other_case("'" + unit.text + "' is read otherwise");
    frame.strata[stratum].push_back({&unit, label});
  }
  if (frame.read.size() != labels.rows.size()) return other_case("a string of it is not there");
  ONUS_TRY_VOID(check_strata(frame));
  return frame;
}

bool is(const Unit& unit, std::string_view purpose) { return unit.purpose == purpose; }

// What the sample says of a purpose: the share of all lookups whose reasons were read and are of
// it, and of each part of those that were not read, what the ones that were tell of it.
struct Said {
  double known = 0;
  std::vector<Cell> rest;
  friend bool operator==(const Said&, const Said&) = default;
};

double lookups_of(const Reason& reason) { return static_cast<double>(reason.unit->lookups); }

double draws_of(const Reasons& reasons) {
  double draws = 0;
  for (const Reason& reason : reasons)
    draws += reason.label == nullptr ? 0 : static_cast<double>(reason.label->draws);
  return draws;
}

struct Tally {
  double rest = 0, rest_squares = 0;                 // of lookups of reasons that were not read
  double told = 0, told_squares = 0, told_hits = 0;  // of the rest, by those that were
  double hits = 0;                                   // lookups of those that are of the purpose
};

// Of the rest a reason that was read tells by the odds that it had been missed, as by Horvitz and
// Thompson 1952: w(1 - pi) / pi for one with w lookups that is in the sample with the chance pi.
Tally tally(const Reasons& reasons, std::string_view purpose) {
  constexpr double kNever = 1e-12;
  const double draws = draws_of(reasons);
  double total = 0;
  for (const Reason& reason : reasons) total += lookups_of(reason);
  Tally out;
  for (const Reason& reason : reasons) {
    const double lookups = lookups_of(reason);
    const double missed = std::max(kNever, std::pow(1 - lookups / total, draws));
    const double tells = lookups * missed / (1 - missed);
    const bool read = reason.label != nullptr, hit = read && reason.label->axes[0] == purpose;
    (read ? out.told : out.rest) += read ? tells : lookups;
    (read ? out.told_squares : out.rest_squares) += read ? tells * tells : lookups * lookups;
    out.told_hits += hit ? tells : 0;
    out.hits += hit ? lookups : 0;
  }
  return out;
}

// From as many reasons as would tell the same if they told alike (Kish 1965).
void add_reasons(const Reasons& reasons, std::string_view purpose, double all, Said& said) {
  const Tally sums = tally(reasons, purpose);
  said.known += sums.hits / all;
  if (sums.rest == 0) return;
  const double alike = sums.told * sums.told / sums.told_squares;
  const bool all_hit = sums.told_hits == sums.told;  // then without a rounded miss
  const double hits = all_hit ? alike : alike * sums.told_hits / sums.told;
  said.rest.push_back({sums.rest / all, hits, alike, sums.rest * sums.rest / sums.rest_squares});
}

// `split`: those that the program says are of the purpose apart, where both parts were drawn from.
void add_stratum(const Reasons& reasons, std::string_view purpose, bool split, double all,
                 Said& said) {
  std::array<Reasons, 2> parts;
  for (const Reason& reason : reasons)
    parts[split && is(*reason.unit, purpose) ? 1 : 0].push_back(reason);
  const bool drawn = std::all_of(parts.begin(), parts.end(), [](const Reasons& part) {
    return part.empty() || draws_of(part) > 0;
  });
  if (!drawn) return add_reasons(reasons, purpose, all, said);
  for (const Reasons& part : parts) add_reasons(part, purpose, all, said);
}

Said said_of(const Frame& frame, std::string_view purpose, bool split) {
  const auto all = static_cast<double>(frame.lookups);
  Said said;
  for (const Reason& read : frame.read) {
    if (read.label->stratum == "full" && read.label->axes[0] == purpose)
      said.known += lookups_of(read) / all;
  }
  for (const auto& [name, reasons] : frame.strata) add_stratum(reasons, purpose, split, all, said);
  return said;
}

Share share_of(const Said& said) {
  Share share = sum_of_shares(said.rest);
  share.value += said.known;
  share.interval = {std::max(0.0, share.interval.low + said.known),
                    std::min(1.0, share.interval.high + said.known)};
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
                                   [&](const Reason& r) { return r.label->axes[0] == purpose; });
    if (program == 0 && !found && !record::is_topic(purpose)) continue;
    const Said whole = said_of(frame, purpose, false), split = said_of(frame, purpose, true);
    const Share stratified = share_of(whole);
    const Share powered = whole == split ? stratified : share_of(split);
    out.purposes.push_back(
        {purpose, static_cast<double>(program) / static_cast<double>(frame.lookups),
         stratified.value, stratified.interval, powered.value, powered.interval});
  }
  return out;
}

}  // namespace onus::measure

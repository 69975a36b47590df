// SPDX-License-Identifier: Apache-2.0
#include "support/acts.h"

#include <algorithm>
#include <utility>

namespace onus::makelogs {
namespace {

// Weight of each hour of a day of the central zone (standard time), by which searches come;
// weekends have four fifths of it. In steps of one percent of a busy hour.
constexpr std::uint64_t kHourWeights[24] = {52, 44, 36, 28, 22, 20, 28, 44, 64,  78,  88, 92,
                                            90, 94, 98, 96, 92, 88, 84, 84, 100, 100, 88, 70};
constexpr std::uint64_t kUnits = 1 << 20;  // of operational time, per unit of weight

std::uint64_t hour_budget(std::int64_t hour_ms) {
  const std::int64_t local = hour_ms - 6 * kHourMs;
  const std::int64_t days = local / kDayMs;
  const int day = weekday(days);
  const auto hour = static_cast<std::size_t>(local / kHourMs % 24);
  const std::uint64_t weight = kHourWeights[hour] * (day == 0 || day == 6 ? 4 : 5) / 5;
  return weight * kUnits;
}

const Offence& offence_of(std::uint32_t index) { return offences()[index]; }

// The indices of offences, each as often as its weight says.
const std::vector<std::uint32_t>& weighted_offences() {
  static const std::vector<std::uint32_t> kAll = [] {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < offences().size(); ++i) {
      all.insert(all.end(), offences()[i].weight, i);
    }
    return all;
  }();
  return kAll;
}

struct Rate {
  std::uint32_t of;  // in 1,000
  std::string_view type;
};
constexpr Rate kSearchTypes[] = {
    {560, "search"},    {690, "search - Mobile"}, {880, "lookup"}, {930, "lookup - Mobile"},
    {950, "visual"},    {968, "freeform"},        {980, "convoy"}, {988, "multiGeo"},
    {994, "apiLookup"}, {1000, "searchSummary"}};

constexpr std::string_view kMakes[] = {"Chevrolet", "Ford", "Toyota", "Honda", "Nissan", "Jeep"};
constexpr std::string_view kColours[] = {"White", "Black", "Silver", "Red", "Blue"};

// When an owner answered searches of the whole nation: {from, to}.
struct Setting {
  std::uint32_t owner;
  Date from, to;
};
constexpr Setting kSettings[] = {{kCaliforniaTown, {2025, 3, 1}, {2025, 4, 20}},
                                 {kCaliforniaCounty, {2025, 3, 1}, {2025, 4, 20}},
                                 {kVirginiaCounty, {2024, 1, 1}, {2025, 8, 10}},
                                 {kOregonTown, {2024, 1, 1}, {2025, 6, 20}}};

bool answers_nation(std::uint32_t owner, std::int64_t when_ms) {
  for (const Setting& setting : kSettings) {
    if (setting.owner != owner) continue;
    return when_ms >= midnight_utc(setting.from) && when_ms < midnight_utc(setting.to);
  }
  return true;
}

}  // namespace

bool reaches(const World& world, std::uint32_t owner, const Act& act) {
  if (act.agency == owner) return true;
  if (act.reach == Reach::own) return false;
  if (world.agency(act.agency).state == world.agency(owner).state) return true;
  return act.reach == Reach::national && answers_nation(owner, act.when_ms);
}

ActStream::ActStream(const World& world, const Period& period, std::uint64_t expected,
                     std::vector<PlantedAct> plants, std::optional<std::uint32_t> only_owner)
    : world_(world),
      only_owner_(only_owner),
      rng_(mix(world.seed() ^ 0x61637473ULL)),
      period_(period),
      plants_(std::move(plants)),
      cases_(world.agencies().size() * kOpenCases),
      serials_(world.agencies().size(), 0),
      hour_ms_(period.from_ms / kHourMs * kHourMs) {
  std::uint64_t total = 0;
  for (std::int64_t hour = hour_ms_; hour < period.to_ms; hour += kHourMs) {
    total += hour_budget(hour);
  }
  mean_gap_ = std::max<std::uint64_t>(total / std::max<std::uint64_t>(expected, 1), 1);
  for (std::uint32_t& serial : serials_) serial = rng_.below(20'000);
  advance_clock();
}

// Time is stretched so that it runs as fast as the hour's weight; in that time the gaps are
// exponential, which makes the count of each hour Poisson with the mean of its weight.
void ActStream::advance_clock() {
  into_hour_ += rng_.gap(mean_gap_);
  std::uint64_t budget = hour_budget(hour_ms_);
  while (into_hour_ >= budget) {
    into_hour_ -= budget;
    hour_ms_ += kHourMs;
    budget = hour_budget(hour_ms_);
  }
  next_background_ms_ = hour_ms_ + static_cast<std::int64_t>(
                                       into_hour_ * static_cast<std::uint64_t>(kHourMs) / budget);
}

const Act& ActStream::next() {
  if (next_plant_ < plants_.size() && plants_[next_plant_].when_ms <= next_background_ms_) {
    planted(plants_[next_plant_++]);
  } else {
    background(next_background_ms_);
    advance_clock();
  }
  ++act_.id;
  return act_;
}

void ActStream::background(std::int64_t when_ms) {
  act_.when_ms = when_ms;
  act_.plant = {};
  act_.agency = world_.pick_agency(rng_);
  const int zone = zone_hours(when_ms, world_.agency(act_.agency).zone);
  const int hour = static_cast<int>((when_ms / kHourMs + zone) % 24);
  act_.officer = world_.pick_officer(rng_, act_.agency, hour);
  const Case& of = work_case(act_.agency);
  if (rng_.below(10) < 6) act_.officer = of.officer;
  act_.subject = of.subject;
  choose_reach();
  choose_search(of);
  choose_reason(of);
  if (act_.when_ms >= kDropDownMs) list_reason(of);
  choose_window();
}

void ActStream::planted(const PlantedAct& plant) {
  act_.when_ms = plant.when_ms;
  act_.plant = plant.plant;
  act_.officer = plant.officer;
  act_.agency = world_.officer(plant.officer).agency;
  act_.subject = plant.subject;
  act_.reach = plant.reach;
  act_.networks = plant.reach == Reach::own        ? 1
                  : plant.reach == Reach::in_state ? 180 + rng_.below(90)
                                                   : 6200 + rng_.below(600);
  act_.devices = act_.networks * 12 + rng_.below(40);
  act_.search_type = plant.search_type;
  act_.filters.clear();
  act_.prompt = act_.moderation = act_.offence_type = {};
  act_.listed_reason.clear();
  act_.case_number.clear();
  phrase(plant.phrase);
  if (plant.case_serial != 0) {
    append_case_number(act_.case_number, world_.agency(act_.agency), plant.when_ms,
                       plant.case_serial);
  }
  if (act_.when_ms >= kDropDownMs) list_other();
  choose_window();
}

// Two in three searches go on with a case that lies open; the others open one, over the oldest.
ActStream::Case& ActStream::work_case(std::uint32_t agency) {
  Case* const ring = &cases_[static_cast<std::size_t>(agency) * kOpenCases];
  Case& taken = ring[rng_.below(kOpenCases)];
  if (taken.serial != 0 && rng_.below(3) != 0) return taken;
  taken = {
      .subject = rng_.below(kSubjects - 1000) + 1000,  // the first 1000 are for plants
      .officer = act_.officer,
      .serial = ++serials_[agency],
      .offence =
          weighted_offences()[rng_.below(static_cast<std::uint32_t>(weighted_offences().size()))],
      .opened_ms = act_.when_ms};
  return taken;
}

void ActStream::choose_reach() {
  const std::uint32_t roll = rng_.below(10);
  act_.reach = roll < 3 ? Reach::own : roll < 6 ? Reach::in_state : Reach::national;
  if (world_.agency(act_.agency).level == Level::federal) act_.reach = Reach::national;
  if (only_owner_ && !reaches(world_, *only_owner_, act_)) act_.reach = Reach::national;
  act_.networks = act_.reach == Reach::own        ? 1
                  : act_.reach == Reach::in_state ? 60 + rng_.below(900)
                                                  : 3000 + rng_.below(3800);
  act_.devices = rng_.below(50) == 0 ? 0 : act_.networks * 13 + rng_.below(90);
}

// Most windows are a picked number of days; many end after the search, in the hour under way.
void ActStream::choose_window() {
  static constexpr std::int64_t kDays[] = {1, 1, 1, 2, 3, 7, 7, 14, 30, 30, 31, 90};
  const std::int64_t later = static_cast<std::int64_t>(rng_.below(1800)) * 1000;
  act_.window_to_ms = act_.when_ms / 1000 * 1000 + (rng_.below(2) == 0 ? later : -later);
  act_.window_from_ms = act_.window_to_ms - rng_.pick(kDays) * kDayMs;
}

void ActStream::choose_search(const Case& of) {
  const std::uint32_t roll = rng_.below(1000);
  act_.search_type =
      std::find_if(std::begin(kSearchTypes), std::end(kSearchTypes), [&](const Rate& rate) {
        return roll < rate.of;
      })->type;
  act_.prompt = act_.moderation = {};
  act_.filters.clear();
  act_.case_number.clear();
  if (act_.search_type == "freeform") {
    act_.prompt = rng_.pick(free_prompts()).text;
    const std::uint32_t verdict = rng_.below(100);
    act_.moderation = verdict < 92 ? "allow" : verdict < 98 ? "block" : "warn";
  }
  if (roll >= 930 && roll < 980) act_.subject = kNoSubject;  // visual, freeform: no plate was typed
  if (rng_.below(12) == 0) {
    act_.filters.append(rng_.pick(kMakes));
    if (rng_.below(20) == 0 && act_.subject != kNoSubject) {
      append_plate(act_.filters, act_.subject);  // glued on, as released logs have it
    } else {
      act_.filters.append(", ").append(rng_.pick(kColours));
    }
  }
  if (rng_.below(100) < 35) {
    append_case_number(act_.case_number, world_.agency(act_.agency), of.opened_ms, of.serial);
  } else if (rng_.below(100) == 0) {
    act_.case_number.append(rng_.pick(single_letters()).text);
  } else if (rng_.below(1000) == 0 && act_.subject != kNoSubject) {
    append_plate(act_.case_number, act_.subject);
  }
}

void ActStream::choose_reason(const Case& of) {
  act_.offence_type = {};
  act_.listed_reason.clear();
  const std::uint32_t rare = rng_.below(100'000);
  if (rare < 40) return phrase(rng_.pick(immigration_phrases()));
  if (rare < 50) return phrase(rng_.pick(protest_phrases()));
  if (rare < 53) return phrase(rng_.pick(reproductive_phrases()));
  if (rare < 300) return phrase(rng_.pick(on_behalf_phrases()));
  if (rare < 1'500) return phrase(rng_.pick(false_friends()));
  if (rare < 1'900) return leak_plate();
  typed_reason(of);
}

// From January 2026 audits show "offence type - reason", both picked from lists.
void ActStream::list_reason(const Case& of) {
  const std::uint32_t rare = rng_.below(100'000);
  if (rare < 12) {
    act_.offence_type = "Immigration (civil/administrative)";
    act_.listed_reason = act_.offence_type;
    act_.listed_reading = {"immigration", "", "specific", "immigration", ""};
    return;
  }
  if (rare < 4'000) return list_other();
  const Offence& offence = offence_of(of.offence);
  act_.offence_type = offence.drop_down;
  act_.listed_reason.append(offence.drop_down).append(" - ").append(rng_.pick(drop_down_reasons()));
  act_.listed_reading = offence.drop_down_reading;
}

void ActStream::list_other() {
  act_.offence_type = "Other";
  act_.listed_reason = "Other - Not Applicable";
  act_.listed_reading = {"unclear", "", "none", "", ""};
}

void ActStream::typed_reason(const Case& of) {
  const Offence& offence = offence_of(of.offence);
  std::uint32_t roll = rng_.below(100);
  switch (world_.officer(act_.officer).habit) {
    case Habit::always_inv:
      return phrase(vague_phrases()[2]);
    case Habit::always_blank:
      return phrase({});
    case Habit::one_letter:
      return phrase(rng_.pick(single_letters()));
    case Habit::case_number:
      roll = 90;
      break;
    case Habit::codes:
      return phrase(rng_.pick(offence.codes));
    case Habit::mixed:
      break;
  }
  if (roll < 14) return phrase({});
  if (roll < 48) return phrase(rng_.pick(vague_phrases())), roughen();
  if (roll < 74) return phrase(rng_.pick(offence.words)), roughen();
  if (roll < 86) return phrase(rng_.pick(offence.codes));
  if (roll < 88) return phrase(rng_.pick(unclear_phrases()));
  if (roll < 89) return phrase(rng_.pick(single_letters()));
  if (roll < 96) {
    act_.reason.clear();
    append_case_number(act_.reason, world_.agency(act_.agency), of.opened_ms, of.serial);
    act_.reading = {"reference_only", "", "none", "", ""};
    return;
  }
  phrase(rng_.pick(offence.words));
  act_.reason.push_back(' ');
  append_case_number(act_.reason, world_.agency(act_.agency), of.opened_ms, of.serial);
}

void ActStream::phrase(const Phrase& phrase) {
  act_.reason.assign(phrase.text);
  act_.reading = phrase.reading;
}

// What hands do to a text: capitals, a plus for a blank, a blank too many. Its meaning stays.
void ActStream::roughen() {
  const std::uint32_t roll = rng_.below(100);
  if (roll < 12) {
    for (char& c : act_.reason) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  } else if (roll < 20 && !act_.reason.empty()) {
    char& c = act_.reason.front();
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  } else if (roll < 22) {
    std::replace(act_.reason.begin(), act_.reason.end(), ' ', '+');
  } else if (roll < 25) {
    act_.reason.push_back(' ');
  }
}

// A plate in the reason, typed or written by the system.
void ActStream::leak_plate() {
  const std::uint32_t subject = act_.subject == kNoSubject ? 1000 + rng_.below(1000) : act_.subject;
  if (rng_.below(2) == 0) {
    act_.reason.assign("looking for ");
    append_plate(act_.reason, subject);
    act_.reading = {"vague", "", "generic", "", ""};
    return;
  }
  act_.reason.assign("Image search from alerts page associated with Alert: Stolen Plate ");
  append_plate(act_.reason, subject);
  act_.reason.append(" - ");
  append_iso_time(act_.reason, act_.when_ms - 90'000, 'T', "Z");
  act_.reading = {"crime", "stolen_property", "specific", "", ""};
}

}  // namespace onus::makelogs

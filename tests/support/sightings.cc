// SPDX-License-Identifier: Apache-2.0
#include "support/sightings.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace onus::makelogs {
namespace {

constexpr std::int64_t kMeanGapMs = 1350;         // 1.9 million searches a month
constexpr std::uint64_t kFirstMade = 1ULL << 40;  // ids of look-alikes

FileSpec file_of(const World& world, std::uint32_t owner, std::uint32_t number, const Blur& blur) {
  static constexpr std::string_view kDays[] = {"4_1_2025-4_2_2025-", "4_2_2025-4_3_2025-"};
  FileSpec spec;
  spec.name = std::string(kDays[number]) + world.agency(owner).name + "-Network-Audit.csv";
  spec.owner = owner;
  spec.format = owner % 5 == 4 ? "network-audit-13" : "network-audit-11";
  spec.padded_times = owner % 2 == 0;
  spec.blur = blur;
  return spec;
}

Blur blur_of(std::uint32_t owner, std::uint32_t hidden) {
  static constexpr int kClocks[] = {-8, -5, 1, -6};
  Blur blur;
  blur.hidden = hidden;
  blur.clock_hours = owner % 4 == 3 ? kClocks[owner / 4 % 4] : 0;
  blur.short_names = owner % 3 == 1;
  blur.reason_length = owner % 3 == 2 ? 12 : 0;
  blur.drift = 20;
  return blur;
}

}  // namespace

Scenario sightings(std::uint64_t seed, std::uint64_t acts, std::uint32_t owners,
                   std::uint32_t hidden) {
  Scenario scenario{.seed = seed, .agencies = 400, .expected_acts = acts};
  const std::int64_t length = static_cast<std::int64_t>(acts) * kMeanGapMs;
  const std::int64_t begin = midnight_utc({2025, 4, 1}) + 15 * kHourMs;
  scenario.period = {begin, begin + length};
  scenario.look_alikes = true;
  const World world(seed, scenario.agencies);
  std::set<std::string_view> names;  // two agencies may have one, but their files may not
  for (std::uint32_t owner = 0; names.size() < owners; ++owner) {
    const Agency& agency = world.agency(owner);
    if (agency.inactive || agency.level == Level::federal) continue;
    if (!names.insert(agency.name).second) continue;
    for (std::uint32_t number = 0; number < 2; ++number) {
      FileSpec file = file_of(world, owner, number, blur_of(owner, hidden));
      file.from_ms = number == 0 ? begin : begin + length * 5 / 12;
      file.to_ms = number == 0 ? begin + length * 7 / 12 : begin + length;
      scenario.files.push_back(std::move(file));
    }
  }
  return scenario;
}

// Networks and cameras by the agency's sharing and the day.
void LookAlikes::share_reach(Act& act) const {
  const std::uint64_t base = mix(act.agency * 4ULL + static_cast<std::uint64_t>(act.reach));
  const auto day = static_cast<std::uint32_t>(act.when_ms / kDayMs % 3);
  switch (act.reach) {
    case Reach::own:
      act.networks = 1;
      break;
    case Reach::in_state:
      act.networks = static_cast<std::uint32_t>(60 + base % 900) + day;
      break;
    case Reach::national:
      act.networks = static_cast<std::uint32_t>(3000 + base % 3800) + day;
  }
  act.devices = act.networks * 13 + static_cast<std::uint32_t>(base % 90);
}

void LookAlikes::keep(Act act) {
  act.id = kFirstMade + ++made_;
  waiting_.push_back(std::move(act));
  std::sort(waiting_.begin(), waiting_.end(), [](const Act& a, const Act& b) {
    return std::pair(a.when_ms, a.id) > std::pair(b.when_ms, b.id);
  });
}

void LookAlikes::resemble(const Act& act) {
  const std::uint32_t roll = rng_.below(1000);
  if (roll < 20) {
    Act again = act;
    again.when_ms += 1000 * static_cast<std::int64_t>(1 + rng_.below(8));
    keep(std::move(again));
  } else if (roll < 40) {
    Act other = act;
    const Agency& agency = world_.agency(act.agency);
    const std::uint32_t place = act.officer - agency.first_officer + 1 + rng_.below(5);
    other.officer = agency.first_officer + place % agency.officer_count;
    other.subject = 1000 + rng_.below(kSubjects - 1000);
    other.case_number.clear();
    other.filters.clear();
    if (rng_.below(2) == 0) other.reason.assign("investigation");
    other.window_from_ms -= static_cast<std::int64_t>(1 + rng_.below(30)) * kDayMs;
    keep(std::move(other));
  }
}

const Act& LookAlikes::next() {
  if (!on_) return acts_.next();
  if (!has_upcoming_) {
    upcoming_ = acts_.next();
    share_reach(upcoming_);
    resemble(upcoming_);
    has_upcoming_ = true;
  }
  if (!waiting_.empty() && waiting_.back().when_ms < upcoming_.when_ms) {
    now_ = std::move(waiting_.back());
    waiting_.pop_back();
  } else {
    now_ = upcoming_;
    has_upcoming_ = false;
  }
  return now_;
}

}  // namespace onus::makelogs

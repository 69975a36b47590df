// SPDX-License-Identifier: Apache-2.0
#include "support/plants.h"

#include <algorithm>
#include <utility>

namespace onus::makelogs {
namespace {

constexpr Reading kImmigration = {"immigration", "", "specific", "immigration", ""};
constexpr Reading kVague = {"vague", "", "generic", "", ""};
constexpr Phrase kInvestigation = {"investigation", kVague};

class Planner {
 public:
  explicit Planner(const World& world) : world_(world), rng_(mix(world.seed() ^ 0x706c616eULL)) {}

  void breaches();
  void misuse();
  void innocent();
  std::vector<PlantedAct> take() { return std::move(acts_); }

 private:
  std::uint32_t agency(std::string_view state, Level level);
  std::uint32_t officer(std::uint32_t agency, std::uint32_t index) const;
  std::int64_t within(const Date& from, int days, int first_hour = 0, int hours = 24);
  void scatter(int count, const Date& from, int days, PlantedAct like);

  const World& world_;
  Rng rng_;
  std::vector<PlantedAct> acts_;
};

// The first such agency; where the world is too small to have one, the Texan town.
std::uint32_t Planner::agency(std::string_view state, Level level) {
  for (std::uint32_t i = kFocalCount; i < world_.agencies().size(); ++i) {
    const Agency& each = world_.agency(i);
    if (each.level == level && each.state == state && each.state_in_name) return i;
  }
  return kTexasTown;
}

std::uint32_t Planner::officer(std::uint32_t agency, std::uint32_t index) const {
  const Agency& of = world_.agency(agency);
  return of.first_officer + index % of.officer_count;
}

std::int64_t Planner::within(const Date& from, int days, int first_hour, int hours) {
  const auto day = static_cast<std::int64_t>(rng_.below(static_cast<std::uint32_t>(days)));
  const auto ms =
      static_cast<std::int64_t>(rng_.below(static_cast<std::uint32_t>(hours) * 3'600'000));
  return midnight_utc(from) + day * kDayMs + first_hour * kHourMs + ms;
}

void Planner::scatter(int count, const Date& from, int days, PlantedAct like) {
  for (int i = 0; i < count; ++i) {
    like.when_ms = within(from, days);
    acts_.push_back(like);
  }
}

void Planner::breaches() {
  const std::uint32_t federal = agency("", Level::federal);
  PlantedAct act{.officer = officer(kTexasTown, 4),
                 .subject = 10,
                 .reach = Reach::national,
                 .phrase = {"immigration violation", kImmigration},
                 .plant = "il_breach"};
  scatter(6, {2025, 3, 3}, 80, act);
  scatter(6, {2025, 8, 1}, 60, act);
  act.officer = officer(federal, 1);
  act.phrase.text = "immigration";
  act.plant = "il_federal";
  scatter(8, {2025, 4, 1}, 90, act);
  act.phrase = {"stolen vehicle", {"crime", "vehicle_theft", "specific", "", ""}};
  act.plant = "va_federal";
  scatter(6, {2025, 7, 5}, 30, act);
  act.officer = officer(agency("AZ", Level::local), 0);
  act.plant = "ca_out_of_state";
  scatter(10, {2025, 3, 5}, 40, act);
  for (int i = 0; i < 3; ++i) {
    act.officer = officer(kTexasTown, 7);
    act.subject = 20 + static_cast<std::uint32_t>(i);
    act.phrase = {"abortion, locate female",
                  {"reproductive_health", "", "specific", "reproductive_health", ""}};
    act.plant = "reach_escalation";
    act.reach = Reach::in_state;
    act.when_ms = within({2025, 4, 8}, 40);
    acts_.push_back(act);
    act.reach = Reach::national;
    act.when_ms += 8 * 60'000;
    acts_.push_back(act);
  }
}

void Planner::misuse() {
  PlantedAct act{.officer = officer(kIllinoisTown, 2),
                 .subject = 1,
                 .phrase = kInvestigation,
                 .plant = "one_subject"};
  scatter(60, {2025, 4, 7}, 35, act);
  act.officer = officer(kVirginiaCounty, 5);
  act.phrase.text = "inv";
  act.plant = "subject_cluster";
  for (std::uint32_t subject = 2; subject <= 4; ++subject) {
    act.subject = subject;
    scatter(10, {2025, 5, 1}, 120, act);
  }
  act.officer = officer(kTexasTown, 9);
  act.plant = "shared_login";
  act.reach = Reach::national;
  for (int i = 0; i < 150; ++i) {
    act.subject = 100 + rng_.below(120);
    act.phrase = rng_.pick(vague_phrases());
    act.when_ms = within({2025, 4, 10}, 8);
    acts_.push_back(act);
  }
  act = {.officer = officer(kIllinoisTown, 6),  // a day officer; these come by night
         .phrase = {"immigration violation", kImmigration},
         .plant = "borrowed_login"};
  for (int i = 0; i < 24; ++i) {
    act.subject = 300 + rng_.below(12);
    act.when_ms = within({2025, 4, 22}, 2, 7, 4);
    acts_.push_back(act);
  }
  act = {
      .officer = officer(kCaliforniaTown, 3), .phrase = {"inv", kVague}, .plant = "vague_officer"};
  for (int i = 0; i < 200; ++i) {
    act.subject = 400 + rng_.below(180);
    act.when_ms = within({2025, 3, 1}, 90);
    acts_.push_back(act);
  }
}

void Planner::innocent() {
  PlantedAct act{.officer = officer(kIllinoisTown, 11),
                 .subject = 600,
                 .search_type = "lookup",
                 .phrase = {"stolen vehicle", {"crime", "vehicle_theft", "specific", "", ""}},
                 .plant = "innocent_hotlist"};
  scatter(300, {2025, 4, 3}, 19, act);
  act.search_type = "search";
  act.reach = Reach::national;
  act.subject = 601;
  act.phrase = {"bolo armed robbery", {"crime", "robbery", "specific", "", ""}};
  act.plant = "innocent_bolo";
  for (std::uint32_t i = 0; i < 25; ++i) {
    act.officer = officer(i % static_cast<std::uint32_t>(world_.agencies().size()), i);
    act.when_ms = within({2025, 4, 15}, 1, 22, 6);
    acts_.push_back(act);
  }
  act.plant = "innocent_retry";
  act.phrase = kInvestigation;
  for (std::uint32_t i = 0; i < 20; ++i) {
    act.officer = officer(kIllinoisTown, i);
    act.subject = 620 + i;
    act.when_ms = within({2025, 4, 2}, 27);
    acts_.push_back(act);
    act.when_ms += 20'000 + static_cast<std::int64_t>(rng_.below(90'000));
    acts_.push_back(act);
  }
  act = {.subject = 650,
         .phrase = {"homicide suspect veh", {"crime", "homicide", "specific", "", ""}},
         .case_serial = 90'210,
         .plant = "innocent_colleagues"};
  for (std::uint32_t i = 0; i < 40; ++i) {
    act.officer = officer(kIllinoisTown, 12 + i % 5);
    act.when_ms = within({2025, 4, 12}, 10);
    acts_.push_back(act);
  }
}

}  // namespace

std::vector<PlantedAct> plan_plants(const World& world, const Period& period) {
  Planner planner(world);
  planner.breaches();
  planner.misuse();
  planner.innocent();
  std::vector<PlantedAct> all = planner.take();
  std::erase_if(all, [&](const PlantedAct& act) {
    return act.when_ms < period.from_ms || act.when_ms >= period.to_ms;
  });
  std::stable_sort(all.begin(), all.end(),
                   [](const PlantedAct& a, const PlantedAct& b) { return a.when_ms < b.when_ms; });
  return all;
}

}  // namespace onus::makelogs

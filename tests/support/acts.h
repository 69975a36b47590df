// SPDX-License-Identifier: Apache-2.0
// The searches of a world, in the order of time, one after the other: memory does not grow with
// their number. Background searches come at random at the rate of the hour and weekday; an officer
// takes up an open case of the agency or opens one, and types a reason as is that officer's habit.
// Planted searches (support/plants.h) are merged in at their times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/calendar.h"
#include "support/corpus.h"
#include "support/random.h"
#include "support/world.h"

namespace onus::makelogs {

// Whose cameras a search asks.
enum class Reach : std::uint8_t { own, in_state, national };

inline constexpr std::uint32_t kNoSubject = 0xffffffff;

struct Act {
  std::uint64_t id = 0;  // from 1, in the order of time
  std::int64_t when_ms = 0;
  std::uint32_t agency = 0;   // index in the world, the searcher's
  std::uint32_t officer = 0;  // index in the world
  std::uint32_t subject = kNoSubject;
  Reach reach = Reach::own;
  std::uint32_t networks = 0;
  std::uint32_t devices = 0;
  std::int64_t window_from_ms = 0;
  std::int64_t window_to_ms = 0;
  std::string_view search_type;
  std::string reason;             // as typed
  Reading reading;                // what that means
  std::string_view offence_type;  // drop-down value; empty before 2026
  std::string listed_reason;      // what audits show from 2026: "offence type - reason"
  Reading listed_reading;
  std::string case_number;
  std::string filters;
  std::string_view prompt;
  std::string_view moderation;
  std::string_view plant;  // what it was planted for; empty for background
};

// A search that was decided beforehand.
struct PlantedAct {
  std::int64_t when_ms = 0;
  std::uint32_t officer = 0;
  std::uint32_t subject = kNoSubject;
  Reach reach = Reach::own;
  std::string_view search_type = "search";
  Phrase phrase = {};             // empty text: a blank reason
  std::uint32_t case_serial = 0;  // 0: no case number
  std::string_view plant = {};
};

struct Period {
  std::int64_t from_ms = midnight_utc({2024, 6, 1});
  std::int64_t to_ms = midnight_utc({2026, 4, 1});
};

// When the vendor's logs changed their meaning.
inline const std::int64_t kNamesHiddenMs = midnight_utc({2025, 12, 17});
inline const std::int64_t kDropDownMs = midnight_utc({2026, 1, 1});

// Whether a search asked that agency's cameras. Every owner answers its own people and its state's;
// the nation as its settings of that day say (support/acts.cc).
bool reaches(const World& world, std::uint32_t owner, const Act& act);

class ActStream {
 public:
  // About `expected` background searches in the period; `plants` in the order of time.
  // With `only_owner` every search reaches that agency's cameras: for one large file of one owner.
  ActStream(const World& world, const Period& period, std::uint64_t expected,
            std::vector<PlantedAct> plants, std::optional<std::uint32_t> only_owner = {});

  // The next act, valid until the next call. Never ends: after the period it goes on at the rate of
  // its last hour; the caller stops by time or by number.
  const Act& next();

 private:
  struct Case {
    std::uint32_t subject = kNoSubject;
    std::uint32_t officer = 0;
    std::uint32_t serial = 0;  // 0: nothing here yet
    std::uint32_t offence = 0;
    std::int64_t opened_ms = 0;
  };
  static constexpr std::uint32_t kOpenCases = 8;  // per agency

  void advance_clock();
  void background(std::int64_t when_ms);
  void planted(const PlantedAct& plant);
  Case& work_case(std::uint32_t agency);
  void choose_reason(const Case& of);
  void list_reason(const Case& of);
  void list_other();
  void typed_reason(const Case& of);
  void phrase(const Phrase& phrase);
  void roughen();
  void leak_plate();
  void choose_search(const Case& of);
  void choose_reach();
  void choose_window();

  const World& world_;
  std::optional<std::uint32_t> only_owner_;
  Rng rng_;
  Period period_;
  std::vector<PlantedAct> plants_;
  std::size_t next_plant_ = 0;
  std::vector<Case> cases_;
  std::vector<std::uint32_t> serials_;  // per agency
  std::uint64_t mean_gap_ = 1;
  std::uint64_t into_hour_ = 0;  // how much of the hour's budget is spent
  std::int64_t hour_ms_ = 0;     // when the present hour began
  std::int64_t next_background_ms_ = 0;
  Act act_;
};

}  // namespace onus::makelogs

// SPDX-License-Identifier: Apache-2.0
// The made-up world that logs are written of: agencies in real states with invented place names,
// their officers, and subjects. Everything follows from the seed; nothing in it is a real person,
// plate or place, and any likeness is chance.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/random.h"

namespace onus::makelogs {

enum class Level : std::uint8_t { local, county, state, campus, federal };
std::string_view level_name(Level level);

// How an agency writes the names of its people, and its case numbers.
enum class NameStyle : std::uint8_t { first_last, initial_last, last_first, login, with_badge };
enum class CaseMask : std::uint8_t { year_serial, long_year, date_serial, prefixed, dashed, bare };

// What an officer types as a reason, by habit.
enum class Habit : std::uint8_t { mixed, always_inv, always_blank, case_number, codes, one_letter };

enum class Shift : std::uint8_t { day, evening, night };

struct Officer {
  std::string name;  // as the agency writes it
  std::uint32_t agency = 0;
  std::uint32_t badge = 0;
  Shift shift = Shift::day;
  Habit habit = Habit::mixed;
};

struct Agency {
  std::string name;        // as it stands in logs: "Fairhollow IL PD"
  std::string place;       // "Fairhollow"
  std::string_view state;  // "IL"; empty for federal bodies
  Level level = Level::local;
  bool inactive = false;
  bool state_in_name = true;  // else nobody can tell the state from the name alone
  int zone = -6;              // standard time, hours from UTC
  NameStyle name_style = NameStyle::first_last;
  CaseMask case_mask = CaseMask::year_serial;
  std::uint32_t first_officer = 0;
  std::uint32_t officer_count = 0;
  std::uint32_t weight = 1;  // how much it searches
};

// The agencies that own the logs; they exist in every world, at these indices.
enum Focal : std::uint32_t {
  kIllinoisTown,      // Fairhollow IL PD
  kCaliforniaTown,    // Larchmere CA PD
  kVirginiaCounty,    // Thornwick County VA SO
  kTexasTown,         // Quillmarch TX PD
  kOregonTown,        // Osiercombe OR PD
  kCaliforniaCounty,  // Gorsewater County CA SO
  kFocalCount
};

class World {
 public:
  World(std::uint64_t seed, std::uint32_t agencies);

  std::uint64_t seed() const { return seed_; }
  const std::vector<Agency>& agencies() const { return agencies_; }
  const std::vector<Officer>& officers() const { return officers_; }
  const Agency& agency(std::uint32_t index) const { return agencies_[index]; }
  const Officer& officer(std::uint32_t index) const { return officers_[index]; }

  // An agency by its weight.
  std::uint32_t pick_agency(Rng& rng) const { return slots_[rng.below(kSlots)]; }
  // One of its officers; mostly one whose shift has this local hour.
  std::uint32_t pick_officer(Rng& rng, std::uint32_t agency, int local_hour) const;

 private:
  static constexpr std::uint32_t kSlots = 1 << 16;

  void add(Agency agency, Rng& rng);
  void add_focal(Rng& rng);
  void fill_slots();

  std::uint64_t seed_;
  std::vector<Agency> agencies_;
  std::vector<Officer> officers_;
  std::vector<std::uint32_t> slots_;
};

// The plate of a subject. Its first letter is Q, which states mostly avoid there, so that a plate
// can be looked for in any output; one of four shapes of seven signs. 23 million differ.
inline constexpr std::uint32_t kSubjects = 23'000'000;
void append_plate(std::string& out, std::uint32_t subject);

void append_case_number(std::string& out, const Agency& agency, std::int64_t when_ms,
                        std::uint32_t serial);

// A version 4 UUID from a number.
void append_uuid(std::string& out, std::uint64_t number);

}  // namespace onus::makelogs

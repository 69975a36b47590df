// SPDX-License-Identifier: Apache-2.0
#include "support/world.h"

#include <algorithm>
#include <utility>

#include "support/calendar.h"

namespace onus::makelogs {
namespace {

struct State {
  std::string_view code;
  std::string_view name;
  int zone;
};
constexpr State kStates[] = {
    {"IL", "Illinois", -6},       {"TX", "Texas", -6},          {"CA", "California", -8},
    {"VA", "Virginia", -5},       {"FL", "Florida", -5},        {"GA", "Georgia", -5},
    {"OH", "Ohio", -5},           {"MO", "Missouri", -6},       {"IN", "Indiana", -5},
    {"TN", "Tennessee", -6},      {"AZ", "Arizona", -7},        {"CO", "Colorado", -7},
    {"WA", "Washington", -8},     {"OR", "Oregon", -8},         {"MN", "Minnesota", -6},
    {"WI", "Wisconsin", -6},      {"KS", "Kansas", -6},         {"OK", "Oklahoma", -6},
    {"NC", "North Carolina", -5}, {"SC", "South Carolina", -5}, {"MI", "Michigan", -5},
    {"NM", "New Mexico", -7},     {"NJ", "New Jersey", -5},     {"CT", "Connecticut", -5}};

constexpr std::string_view kPlaceHeads[] = {
    "Brack", "Thorn", "Quill", "Fenn",  "Larch", "Marl", "Dusk",  "Vell", "Harrow", "Pell",
    "Gorse", "Tarn",  "Wend",  "Osier", "Skell", "Bram", "Corve", "Hask", "Isk",    "Morrow"};
constexpr std::string_view kPlaceTails[] = {"hollow", "wick",  "mere",  "combe", "garth", "march",
                                            "rill",   "sedge", "stead", "water", "fold",  "reach"};
constexpr std::string_view kFirstNames[] = {
    "Alden", "Bria", "Caspar", "Delia", "Edwin",  "Farah", "Gideon", "Hollis", "Ines",  "Jorah",
    "Katya", "Lyle", "Mira",   "Nolan", "Odette", "Pavel", "Quinn",  "Rhea",   "Silas", "Tamsin",
    "Ulric", "Vera", "Wyatt",  "Xenia", "Yusuf",  "Zelda", "Anton",  "Bela",   "Corin", "Dario"};
constexpr std::string_view kLastNames[] = {
    "Abernok",       "Bellweather", "Castorly", "Dunmarrow",     "Eskerly",    "Farnholt",
    "Grimsted",      "Halvane",     "Ingrove",  "Jessamy",       "Kellbright", "Lorimund",
    "Marchetal",     "Norvell",     "Oakshade", "Pellinore",     "Quaresma",   "Rathmoor",
    "Selwick",       "Tarrenby",    "Umberton", "Vantrell",      "Whitlowe",   "Yarrowby",
    "Zellman",       "Ashgrove",    "Brindle",  "Coltrane-Reed", "Drummell",   "Everhart",
    "Pe\u00f1alver", "K\u00f6hlin"};

struct FederalBody {
  std::string_view name;
  std::string_view unit;
};
constexpr FederalBody kFederalBodies[] = {{"US Border Patrol", "Sector"},
                                          {"Homeland Security Investigations", "Field Office"},
                                          {"Veterans Affairs Police", "Medical Center"},
                                          {"US Marshals Service", "Task Force"},
                                          {"US Postal Inspection Service", "Division"}};

std::string place_name(Rng& rng) {
  return std::string(rng.pick(kPlaceHeads)).append(rng.pick(kPlaceTails));
}

// The same kind of body is written in several ways, as released logs do.
std::string agency_name(const Agency& agency, const State& state, Rng& rng) {
  const std::string code(state.code);
  const std::string long_name(state.name);
  switch (agency.level) {
    case Level::local:
      if (rng.below(8) == 0) return agency.place + " Police Department";
      if (rng.below(12) == 0)
        return agency.place + " " + code + " PD (" + agency.place + " County)";
      return agency.place + " " + code + " PD";
    case Level::county:
      if (rng.below(6) == 0) return agency.place + " County Sheriff's Office - " + long_name;
      return agency.place + " County " + code + " SO";
    case Level::state:
      return long_name + " State Police - " + agency.place + " District";
    case Level::campus:
      return "University of " + agency.place + " " + code + " PD";
    case Level::federal:
      break;
  }
  const FederalBody& body = rng.pick(kFederalBodies);
  return "[Federal] " + std::string(body.name) + " " + agency.place + " " + std::string(body.unit);
}

std::string officer_name(NameStyle style, std::uint32_t badge, Rng& rng) {
  const std::string first(rng.pick(kFirstNames));
  const std::string last(rng.pick(kLastNames));
  switch (style) {
    case NameStyle::first_last:
      return first + " " + last;
    case NameStyle::initial_last:
      return first.substr(0, 1) + ". " + last;
    case NameStyle::last_first:
      return last + ", " + first;
    case NameStyle::with_badge:
      return last + " #" + std::to_string(badge);
    case NameStyle::login:
      break;
  }
  std::string login = first.substr(0, 1) + last;
  for (char& c : login) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return login + std::to_string(badge % 100);
}

Habit pick_habit(Rng& rng) {
  const std::uint32_t roll = rng.below(100);
  if (roll < 8) return Habit::always_inv;
  if (roll < 13) return Habit::always_blank;
  if (roll < 22) return Habit::case_number;
  if (roll < 34) return Habit::codes;
  return roll < 36 ? Habit::one_letter : Habit::mixed;
}

Level pick_level(Rng& rng) {
  const std::uint32_t roll = rng.below(1000);
  if (roll < 650) return Level::local;
  if (roll < 880) return Level::county;
  if (roll < 920) return Level::state;
  return roll < 975 ? Level::campus : Level::federal;
}

Agency make_agency(Rng& rng) {
  Agency agency;
  const State& state = rng.pick(kStates);
  agency.level = pick_level(rng);
  agency.place = place_name(rng);
  agency.name = agency_name(agency, state, rng);
  agency.state = agency.level == Level::federal ? "" : state.code;
  agency.zone = state.zone;
  agency.state_in_name = agency.level == Level::federal ||
                         agency.name.find(agency.state) != std::string::npos ||
                         agency.name.find(state.name) != std::string::npos;
  agency.inactive = rng.below(40) == 0;
  if (agency.inactive) agency.name += " [Inactive]";
  agency.name_style = static_cast<NameStyle>(rng.below(5));
  agency.case_mask = static_cast<CaseMask>(rng.below(6));
  const std::uint32_t size = rng.below(10);
  agency.officer_count = 3 + (size < 7 ? rng.below(12) : rng.below(60));
  agency.weight = agency.officer_count;
  return agency;
}

}  // namespace

std::string_view level_name(Level level) {
  static constexpr std::string_view kNames[] = {"local", "county", "state", "campus", "federal"};
  return kNames[static_cast<std::size_t>(level)];
}

World::World(std::uint64_t seed, std::uint32_t agencies) : seed_(seed) {
  Rng rng(mix(seed ^ 0x776f726c64ULL));
  add_focal(rng);
  while (agencies_.size() < agencies) add(make_agency(rng), rng);
  fill_slots();
}

void World::add_focal(Rng& rng) {
  struct Row {
    std::string_view name, place, state;
    Level level;
    int zone;
    NameStyle style;
  };
  static constexpr Row kRows[kFocalCount] = {
      {"Fairhollow IL PD", "Fairhollow", "IL", Level::local, -6, NameStyle::initial_last},
      {"Larchmere CA PD", "Larchmere", "CA", Level::local, -8, NameStyle::first_last},
      {"Thornwick County VA SO", "Thornwick", "VA", Level::county, -5, NameStyle::last_first},
      {"Quillmarch TX PD", "Quillmarch", "TX", Level::local, -6, NameStyle::with_badge},
      {"Osiercombe OR PD", "Osiercombe", "OR", Level::local, -8, NameStyle::login},
      {"Gorsewater County CA SO", "Gorsewater", "CA", Level::county, -8, NameStyle::first_last}};
  for (const Row& row : kRows) {
    Agency agency;
    agency.name = row.name;
    agency.place = row.place;
    agency.state = row.state;
    agency.level = row.level;
    agency.zone = row.zone;
    agency.name_style = row.style;
    agency.case_mask = static_cast<CaseMask>(agencies_.size());
    agency.officer_count = 24;
    agency.weight = 160;
    add(std::move(agency), rng);
  }
}

void World::add(Agency agency, Rng& rng) {
  agency.first_officer = static_cast<std::uint32_t>(officers_.size());
  for (std::uint32_t i = 0; i < agency.officer_count; ++i) {
    Officer officer;
    officer.agency = static_cast<std::uint32_t>(agencies_.size());
    officer.badge = 100 + i * 7 + rng.below(7);  // no badge twice in one agency
    officer.name = officer_name(agency.name_style, officer.badge, rng);
    officer.shift = static_cast<Shift>(i % 3);
    officer.habit = pick_habit(rng);
    officers_.push_back(std::move(officer));
  }
  agencies_.push_back(std::move(agency));
}

void World::fill_slots() {
  std::uint64_t total = 0;
  for (const Agency& agency : agencies_) total += agency.weight;
  slots_.resize(kSlots);
  std::uint64_t sum = 0;
  std::uint32_t at = 0;
  for (std::uint32_t slot = 0; slot < kSlots; ++slot) {
    while (sum + agencies_[at].weight <= slot * total / kSlots) sum += agencies_[at++].weight;
    slots_[slot] = at;
  }
}

std::uint32_t World::pick_officer(Rng& rng, std::uint32_t agency, int local_hour) const {
  const Agency& of = agencies_[agency];
  std::uint32_t index = rng.below(of.officer_count);
  if (rng.below(8) != 0) {  // seven in eight are on shift
    const std::uint32_t shift = local_hour >= 6 && local_hour < 14 ? 0 : local_hour < 22 ? 1 : 2;
    const std::uint32_t wanted = local_hour < 6 ? 2 : shift;
    index = std::min(index / 3 * 3 + wanted, of.officer_count - 1);
  }
  return of.first_officer + index;
}

void append_plate(std::string& out, std::uint32_t subject) {
  // 7,368,787 has no common factor with 23,000,000: neighbours in number are not alike in plate.
  std::uint64_t rest = (static_cast<std::uint64_t>(subject % kSubjects) * 7'368'787) % kSubjects;
  static constexpr std::string_view kShapes[] = {"QAA9999", "9QAA999", "QA99999", "QAA99A9"};
  std::uint64_t shape = 0;
  for (const std::uint64_t room : {5'760'000ULL, 5'760'000ULL, 2'400'000ULL}) {
    if (rest < room) break;
    rest -= room;
    ++shape;
  }
  char text[7];
  for (int i = 6; i >= 0; --i) {
    const char kind = kShapes[shape][static_cast<std::size_t>(i)];
    if (kind == 'Q') {
      text[i] = 'Q';
    } else if (kind == 'A') {
      text[i] = "ABCDEFGHJKLMNPRSTUVWXYZQ"[rest % 24];
      rest /= 24;
    } else {
      text[i] = static_cast<char>('0' + rest % 10);
      rest /= 10;
    }
  }
  out.append(text, 7);
}

void append_case_number(std::string& out, const Agency& agency, std::int64_t when_ms,
                        std::uint32_t serial) {
  const Date date = date_from_days(when_ms / kDayMs);
  const auto year = static_cast<std::uint64_t>(date.year);
  switch (agency.case_mask) {
    case CaseMask::year_serial:
      append_number(out, year % 100, 2);
      out.push_back('-');
      return append_number(out, serial % 100'000, 5);
    case CaseMask::long_year:
      append_number(out, year);
      out.push_back('-');
      return append_number(out, serial % 1'000'000, 6);
    case CaseMask::date_serial:
      append_number(out, year % 100, 2);
      append_number(out, static_cast<std::uint64_t>(date.month), 2);
      append_number(out, static_cast<std::uint64_t>(date.day), 2);
      return append_number(out, serial % 10'000, 4);
    case CaseMask::prefixed:
      out.append(agency.place, 0, 2);
      append_number(out, year % 100, 2);
      out.push_back('-');
      return append_number(out, serial % 100'000);
    case CaseMask::dashed:
      append_number(out, year % 100, 2);
      out.push_back('-');
      append_number(out, static_cast<std::uint64_t>(date.month), 2);
      out.push_back('-');
      return append_number(out, serial % 10'000, 4);
    case CaseMask::bare:
      return append_number(out, 1'000'000 + serial % 9'000'000);
  }
}

void append_uuid(std::string& out, std::uint64_t number) {
  const std::uint64_t high = mix(number ^ 0x75756964ULL);
  const std::uint64_t low = mix(high + number);
  char text[36];
  for (int i = 0, nibble = 0; i < 36; ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      text[i] = '-';
      continue;
    }
    const std::uint64_t part = nibble < 16 ? high : low;
    text[i] = "0123456789abcdef"[(part >> (60 - 4 * (nibble % 16))) & 15];
    ++nibble;
  }
  text[14] = '4';
  text[19] = "89ab"[low >> 60 & 3];
  out.append(text, 36);
}

}  // namespace onus::makelogs

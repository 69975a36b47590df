// SPDX-License-Identifier: Apache-2.0
#include "support/lookup_days.h"

#include "support/calendar.h"
#include "support/random.h"

namespace onus::makelogs {
namespace {

constexpr std::string_view kUsers[] = {"mtallow", "jpemberly", "rostrand", "kfenwick", "dharrow"};
constexpr std::string_view kNames[] = {"M. Tallow", "J. Pemberly", "R. Ostrand", "K. Fenwick",
                                       "D. Harrow"};
constexpr std::string_view kReasons[] = {"stolen vehicle", "burglary follow-up", "welfare check",
                                         "traffic stop",   "fraud inquiry",      "missing person"};
constexpr std::string_view kFamilies[] = {"QUELLEN", "QUISTOR", "QUANDREY", "QUORLE", "QUINTARD"};
constexpr std::string_view kGiven[] = {"ADA", "BORIS", "CLEO", "DMITRI", "EDDA"};
constexpr char kLetters[] = "BCDFGHJKLMNPRSTVWXZ";

std::string digits(std::uint64_t value, int width) {
  std::string out;
  append_number(out, value, width);
  return out;
}

std::string plate(Rng& random) {
  std::string out = "Q";
  for (int i = 0; i < 2; ++i) out += kLetters[random.below(sizeof kLetters - 1)];
  return out + digits(1000 + random.below(9000), 4);
}

std::string birth(Rng& random) {
  return digits(1950 + random.below(50), 4) + digits(1 + random.below(12), 2) +
         digits(1 + random.below(28), 2);
}

LookupOfDay lookup(Rng& random, std::uint32_t number, std::int64_t when_ms) {
  LookupOfDay out;
  out.when_ms = when_ms;
  out.number = number;
  const std::uint32_t user = random.below(5);
  out.user = kUsers[user];
  out.user_name = kNames[user];
  out.machine = number % 11 == 7;
  out.ori = number % 3 == 0 ? "IL0990100" : "IL0990200";
  out.on_behalf = number % 4 == 1 ? "DET P ASHCOMBE" : "";
  out.plate = plate(random);
  out.person = std::string(random.pick(kFamilies)) + "," + std::string(random.pick(kGiven));
  out.birth = birth(random);
  out.person_id = "qp-" + digits(100000 + random.below(900000), 6);
  out.reason = number % 5 == 3 ? "" : std::string(random.pick(kReasons));
  out.case_number = number % 6 == 2 ? "" : "2026-" + digits(100 + random.below(9900), 5);
  out.denied = number % 9 == 4;
  out.writes = number % 10 == 9;
  return out;
}

}  // namespace

std::vector<LookupOfDay> lookups_of_days(std::uint64_t seed, std::size_t count) {
  Rng random(seed);
  std::vector<LookupOfDay> out;
  std::int64_t when_ms = midnight_utc({2026, 3, 2}) + 7 * kHourMs;
  for (std::size_t i = 0; i < count; ++i) {
    when_ms += 60'000 + static_cast<std::int64_t>(random.below(5'400'000));
    out.push_back(lookup(random, static_cast<std::uint32_t>(i), when_ms));
  }
  return out;
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\n;") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) {
    if (&cell != &cells[0]) out += ',';
    out += csv_cell(cell);
  }
  return out + "\n";
}

}  // namespace onus::makelogs

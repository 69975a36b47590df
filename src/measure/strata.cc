// SPDX-License-Identifier: Apache-2.0
#include "measure/strata.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/record.h"

namespace onus::measure {
namespace {

// What a search for letters would hit: "police" for "ice". Here it only says where to look twice.
constexpr auto kLetters = std::to_array<std::string_view>(
    {"immig",    "imig",       "deport",  "border",  "ice",     "ero",     "hsi",
     "cbp",      "alien",      "visa",    "migra",   "undoc",   "protest", "rally",
     "demonstr", "march",      "riot",    "activis", "abort",   "pregnan", "miscarr",
     "clinic",   "parenthood", "aufenth", "absch",   "versamml"});

bool near_miss(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::any_of(kLetters.begin(), kLetters.end(), [&](std::string_view letters) {
    return lower.find(letters) != std::string::npos;
  });
}

std::size_t index_of(std::span<const std::string_view> words, std::string_view word) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

}  // namespace

std::string stratum_of(const Unit& unit) {
  const std::size_t topics = record::topics().size();
  std::size_t number = 2 * topics;
  if (!unit.topic.empty()) {
    number = 2 * index_of(record::topics(), unit.topic) + (unit.is_explicit ? 0 : 1);
  } else if (!near_miss(unit.text)) {
    number += 1 + index_of(record::purposes(), unit.purpose);
  }
  return fmt::format("s{:02}", number);
}

}  // namespace onus::measure

// SPDX-License-Identifier: Apache-2.0
#include "resolve/states.h"

#include <array>

namespace onus::resolve {
namespace {

struct State {
  std::string_view code, folded, name;
};

constexpr auto kStates = std::to_array<State>({
    {"AL", "al", "alabama"},
    {"AK", "ak", "alaska"},
    {"AZ", "az", "arizona"},
    {"AR", "ar", "arkansas"},
    {"CA", "ca", "california"},
    {"CO", "co", "colorado"},
    {"CT", "ct", "connecticut"},
    {"DE", "de", "delaware"},
    {"DC", "dc", "district of columbia"},
    {"FL", "fl", "florida"},
    {"GA", "ga", "georgia"},
    {"HI", "hi", "hawaii"},
    {"ID", "id", "idaho"},
    {"IL", "il", "illinois"},
    {"IN", "in", "indiana"},
    {"IA", "ia", "iowa"},
    {"KS", "ks", "kansas"},
    {"KY", "ky", "kentucky"},
    {"LA", "la", "louisiana"},
    {"ME", "me", "maine"},
    {"MD", "md", "maryland"},
    {"MA", "ma", "massachusetts"},
    {"MI", "mi", "michigan"},
    {"MN", "mn", "minnesota"},
    {"MS", "ms", "mississippi"},
    {"MO", "mo", "missouri"},
    {"MT", "mt", "montana"},
    {"NE", "ne", "nebraska"},
    {"NV", "nv", "nevada"},
    {"NH", "nh", "new hampshire"},
    {"NJ", "nj", "new jersey"},
    {"NM", "nm", "new mexico"},
    {"NY", "ny", "new york"},
    {"NC", "nc", "north carolina"},
    {"ND", "nd", "north dakota"},
    {"OH", "oh", "ohio"},
    {"OK", "ok", "oklahoma"},
    {"OR", "or", "oregon"},
    {"PA", "pa", "pennsylvania"},
    {"RI", "ri", "rhode island"},
    {"SC", "sc", "south carolina"},
    {"SD", "sd", "south dakota"},
    {"TN", "tn", "tennessee"},
    {"TX", "tx", "texas"},
    {"UT", "ut", "utah"},
    {"VT", "vt", "vermont"},
    {"VA", "va", "virginia"},
    {"WA", "wa", "washington"},
    {"WV", "wv", "west virginia"},
    {"WI", "wi", "wisconsin"},
    {"WY", "wy", "wyoming"},
    {"PR", "pr", "puerto rico"},
    {"GU", "gu", "guam"},
    {"VI", "vi", "virgin islands"},
    {"AS", "as", "american samoa"},
    {"MP", "mp", "northern mariana islands"},
    {"NE", "nb", "nebraska"},  // as police networks write it
});

struct Country {
  std::string_view code, name;
};

// No name that is a town's in the United States too often to tell: no Georgia, Jersey, Lebanon.
constexpr auto kCountries = std::to_array<Country>({
    {"AT", "austria"},
    {"AT", "österreich"},
    {"BE", "belgium"},
    {"BG", "bulgaria"},
    {"CH", "switzerland"},
    {"CH", "schweiz"},
    {"CY", "cyprus"},
    {"CZ", "czechia"},
    {"CZ", "czech republic"},
    {"DE", "germany"},
    {"DE", "deutschland"},
    {"DK", "denmark"},
    {"EE", "estonia"},
    {"ES", "spain"},
    {"FI", "finland"},
    {"FR", "france"},
    {"GB", "united kingdom"},
    {"GB", "great britain"},
    {"GR", "greece"},
    {"HR", "croatia"},
    {"HU", "hungary"},
    {"IE", "ireland"},
    {"IT", "italy"},
    {"LT", "lithuania"},
    {"LU", "luxembourg"},
    {"LV", "latvia"},
    {"MT", "malta"},
    {"NL", "netherlands"},
    {"PL", "poland"},
    {"PT", "portugal"},
    {"RO", "romania"},
    {"SE", "sweden"},
    {"SI", "slovenia"},
    {"SK", "slovakia"},
    {"US", "usa"},
    {"US", "united states"},
});

}  // namespace

std::optional<std::string_view> country_of_name(std::string_view folded) {
  for (const Country& country : kCountries) {
    if (country.name == folded) return country.code;
  }
  return std::nullopt;
}

std::optional<std::string_view> state_of_code(std::string_view folded) {
  if (folded.size() != 2) return std::nullopt;
  for (const State& state : kStates) {
    if (state.folded == folded) return state.code;
  }
  return std::nullopt;
}

std::optional<std::string_view> state_of_name(std::string_view folded) {
  for (const State& state : kStates) {
    if (state.name == folded) return state.code;
  }
  return std::nullopt;
}

}  // namespace onus::resolve

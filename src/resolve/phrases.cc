// SPDX-License-Identifier: Apache-2.0
#include "resolve/phrases.h"

#include <algorithm>
#include <array>

namespace onus::resolve {
namespace {

using L = record::AgencyLevel;

constexpr auto kFederal = std::to_array<Phrase>({
    {"enforcement and removal operations", "federal", L::federal, false, "ice-ero"},
    {"immigration and customs enforcement", "federal", L::federal, false, "ice"},
    {"homeland security investigations", "federal", L::federal, false, "hsi"},
    {"customs and border protection", "federal", L::federal, false, "cbp"},
    {"customs border protection", "federal", L::federal, false, "cbp"},
    {"us border patrol", "federal", L::federal, false, "usbp"},
    {"united states border patrol", "federal", L::federal, false, "usbp"},
    {"border patrol", "federal", L::federal, false, "usbp"},
    {"federal bureau of investigation", "federal", L::federal, false, "fbi"},
    {"drug enforcement administration", "federal", L::federal, false, "dea"},
    {"drug enforcement agency", "federal", L::federal, false, "dea"},
    {"bureau of alcohol tobacco", "federal", L::federal, false, "atf"},
    {"alcohol tobacco firearms", "federal", L::federal, false, "atf"},
    {"us marshals service", "federal", L::federal, false, "usms"},
    {"us marshals", "federal", L::federal, false, "usms"},
    {"us marshal", "federal", L::federal, false, "usms"},
    {"united states marshals", "federal", L::federal, false, "usms"},
    {"us postal inspection service", "federal", L::federal, false, "uspis"},
    {"postal inspection service", "federal", L::federal, false, "uspis"},
    {"us secret service", "federal", L::federal, false, "usss"},
    {"secret service", "federal", L::federal, false, "usss"},
    {"us park police", "federal", L::federal, false, "uspp"},
    {"national park service", "federal", L::federal, false, "nps"},
    {"us forest service", "federal", L::federal, false, "usfs"},
    {"us fish and wildlife", "federal", L::federal, false, "usfws"},
    {"bureau of land management", "federal", L::federal, false, "blm"},
    {"bureau of indian affairs", "federal", L::federal, false, "bia"},
    {"federal protective service", "federal", L::federal, false, "fps"},
    {"us capitol police", "federal", L::federal, false, "uscp"},
    {"department of homeland security", "federal", L::federal, false, "dhs"},
    {"department of veterans affairs", "federal", L::federal, false, "va"},
    {"veterans affairs", "federal", L::federal, false, "va"},
    {"va police", "federal", L::federal, false, "va"},
    {"va medical center", "federal", L::federal, false, "va"},
    {"naval criminal investigative service", "federal", L::federal, false, "ncis"},
    {"air force office of special investigations", "federal", L::federal, false, "afosi"},
    {"us coast guard", "federal", L::federal, false, "uscg"},
    {"coast guard investigative service", "federal", L::federal, false, "uscg"},
    {"us army", "federal", L::federal, true, "army"},
    {"us navy", "federal", L::federal, true, "navy"},
    {"us air force", "federal", L::federal, true, "air-force"},
    {"us marine corps", "federal", L::federal, true, "marines"},
    {"military police", "federal", L::federal, false, "military-police"},
    {"provost marshal", "federal", L::federal, false, "military-police"},
    {"air force base", "federal", L::federal, true, "air-force"},
    {"usbp", "federal", L::federal, false, "usbp"},
    {"cbp", "federal", L::federal, false, "cbp"},
    {"hsi", "federal", L::federal, false, "hsi"},
    {"dhs", "federal", L::federal, false, "dhs"},
    {"dea", "federal", L::federal, false, "dea"},
    {"fbi", "federal", L::federal, false, "fbi"},
    {"usms", "federal", L::federal, false, "usms"},
    {"batfe", "federal", L::federal, false, "atf"},
    {"atf", "federal", L::federal, false, "atf"},
    {"uspis", "federal", L::federal, false, "uspis"},
    {"usss", "federal", L::federal, false, "usss"},
    {"ncis", "federal", L::federal, false, "ncis"},
    {"afosi", "federal", L::federal, false, "afosi"},
});

// Town names and words too: only where nothing else stands beside them, or under a federal mark.
constexpr auto kFederalAlone = std::to_array<Phrase>({
    {"ice ero", "federal", L::federal, false, "ice-ero"},
    {"ice", "federal", L::federal, false, "ice"},
    {"ero", "federal", L::federal, false, "ice-ero"},
    {"nps", "federal", L::federal, false, "nps"},
    {"tsa", "federal", L::federal, false, "tsa"},
});

constexpr auto kKinds = std::to_array<Phrase>({
    {"fusion center", "fusion_centre", L::multi, true},
    {"fusion centre", "fusion_centre", L::multi, true},
    {"intelligence center", "fusion_centre", L::multi, true},
    {"information and analysis center", "fusion_centre", L::multi, true},
    {"regional intelligence", "fusion_centre", L::multi, true},
    {"task force", "task_force", L::multi, true},
    {"taskforce", "task_force", L::multi, true},
    {"hidta", "task_force", L::multi, true},
    {"tribal police department", "tribal", L::tribal, false},
    {"tribal police", "tribal", L::tribal, false},
    {"tribal", "tribal", L::tribal, true},
    {"nation police", "tribal", L::tribal, false},
    {"tribe", "tribal", L::tribal, true},
    {"pueblo of", "tribal", L::tribal, true},
    {"rancheria", "tribal", L::tribal, true},
    {"band of", "tribal", L::tribal, true},
    {"university", "campus", L::campus, true},
    {"univ", "campus", L::campus, true},
    {"college", "campus", L::campus, true},
    {"independent school district", "campus", L::campus, true},
    {"school district", "campus", L::campus, true},
    {"public schools", "campus", L::campus, true},
    {"city schools", "campus", L::campus, true},
    {"county schools", "campus", L::campus, true},
    {"campus police", "campus", L::campus, true},
    {"isd", "campus", L::campus, true},
    {"usd", "campus", L::campus, true},
    {"homeowners association", "private", L::private_body, true},
    {"home owners association", "private", L::private_body, true},
    {"hoa", "private", L::private_body, true},
    {"property owners association", "private", L::private_body, true},
    {"shopping center", "private", L::private_body, true},
    {"mall", "private", L::private_body, true},
    {"apartments", "private", L::private_body, true},
    {"llc", "private", L::private_body, true},
    {"inc", "private", L::private_body, true},
    {"private security", "private", L::private_body, true},
    {"highway patrol", "state_police", L::state, false},
    {"state patrol", "state_police", L::state, false},
    {"state police", "state_police", L::state, false},
    {"state troopers", "state_police", L::state, false},
    {"state bureau of investigation", "state_police", L::state, false},
    {"bureau of investigation", "state_police", L::state, true},
    {"department of law enforcement", "state_police", L::state, true},
    {"attorney general", "prosecutor", L::state, true},
    {"district attorneys office", "prosecutor", L::county, false},
    {"district attorney", "prosecutor", L::county, false},
    {"states attorneys office", "prosecutor", L::county, false},
    {"states attorney", "prosecutor", L::county, false},
    {"prosecutors office", "prosecutor", L::county, false},
    {"prosecuting attorney", "prosecutor", L::county, false},
    {"commonwealths attorney", "prosecutor", L::county, false},
    {"department of corrections", "corrections", L::state, false},
    {"probation department", "corrections", L::county, false},
    {"probation", "corrections", L::county, false},
    {"parole", "corrections", L::state, false},
    {"fire department", "fire", L::local, false},
    {"fire dept", "fire", L::local, false},
    {"fire marshal", "fire", L::local, true},
    {"fd", "fire", L::local, false},
    {"county sheriffs office", "sheriff", L::county, false},
    {"county sheriffs department", "sheriff", L::county, false},
    {"parish sheriffs office", "sheriff", L::county, false},
    {"sheriffs office", "sheriff", L::county, false},
    {"sheriff office", "sheriff", L::county, false},
    {"sheriffs department", "sheriff", L::county, false},
    {"sheriff department", "sheriff", L::county, false},
    {"sheriffs dept", "sheriff", L::county, false},
    {"sheriff dept", "sheriff", L::county, false},
    {"sheriffs", "sheriff", L::county, false},
    {"sheriff", "sheriff", L::county, false},
    {"cso", "sheriff", L::county, false},
    {"so", "sheriff", L::county, false},
    {"county police department", "police", L::county, false},
    {"county police", "police", L::county, false},
    {"county pd", "police", L::county, false},
    {"department of public safety", "police", L::local, false},
    {"dept of public safety", "police", L::local, false},
    {"public safety department", "police", L::local, false},
    {"public safety", "police", L::local, false},
    {"division of police", "police", L::local, false},
    {"bureau of police", "police", L::local, false},
    {"metropolitan police department", "police", L::local, false},
    {"police department", "police", L::local, false},
    {"police dept", "police", L::local, false},
    {"police dpt", "police", L::local, false},
    {"police service", "police", L::local, false},
    {"police", "police", L::local, false},
    {"dps", "police", L::local, false},
    {"mpd", "police", L::local, false},
    {"pd", "police", L::local, false},
    {"constables office", "police", L::county, true},
    {"constable", "police", L::county, true},
    {"marshals office", "police", L::local, false},
    {"marshal", "police", L::local, false},
});

template <std::size_t N>
std::optional<Found> find_in(const std::array<Phrase, N>& phrases, std::span<const Word> words) {
  for (const Phrase& phrase : phrases) {
    const std::size_t count = word_count(phrase.words);
    for (std::size_t at = words.size() + 1; at-- > 0;) {
      if (at + count <= words.size() && stands_at(words, at, phrase.words)) {
        return Found{.phrase = &phrase, .begin = at, .end = at + count};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::size_t word_count(std::string_view phrase) {
  return 1 + static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}

bool stands_at(std::span<const Word> words, std::size_t at, std::string_view phrase) {
  while (true) {
    const std::size_t blank = phrase.find(' ');
    if (at >= words.size() || words[at].folded != phrase.substr(0, blank)) return false;
    if (blank == std::string_view::npos) return true;
    phrase.remove_prefix(blank + 1);
    ++at;
  }
}

std::optional<Found> find_federal(std::span<const Word> words, bool marked) {
  const std::optional<Found> found = find_in(kFederal, words);
  if (found) return found;
  const std::optional<Found> alone = find_in(kFederalAlone, words);
  const bool counts = alone && (marked || alone->end - alone->begin == words.size());
  return counts ? alone : std::nullopt;
}
std::optional<Found> find_kind(std::span<const Word> words) { return find_in(kKinds, words); }

}  // namespace onus::resolve

// SPDX-License-Identifier: Apache-2.0
// Order: what is federal is federal; then the kind, from the strongest phrase; then the state, only
// where it stands as one; what is left is the place.
#include <algorithm>

#include "resolve/name_words.h"
#include "resolve/phrases.h"
#include "resolve/resolve.h"
#include "resolve/states.h"

namespace onus::resolve {
namespace {

using Words = std::vector<Word>;

struct StateAt {
  std::string_view code;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_place_type(std::string_view folded) {
  return folded == "county" || folded == "city" || folded == "parish" || folded == "township";
}

// "LA County" is Los Angeles, "Jefferson Co SO" a county's: those two letters are no state there.
bool means_something_else(const Words& words, std::size_t at, const std::optional<Found>& kind) {
  const std::string& code = words[at].folded;
  const bool county_said =
      std::any_of(words.begin(), words.end(), [](const Word& w) { return w.folded == "county"; });
  if (code == "co" && kind && kind->phrase->kind == "sheriff" && !county_said) return true;
  if (code == "va" && at == 0) return true;
  return at + 1 < words.size() && is_place_type(words[at + 1].folded);
}

// Where a two-letter code stands as a state: last, before the kind, after a comma, in brackets.
bool in_state_position(const Words& words, std::size_t at, const std::optional<Found>& kind) {
  if (words[at].in_parens || words[at].separated) return true;
  if (at + 1 == words.size()) return at > 0;
  if (words[at + 1].in_parens || words[at + 1].separated) return at > 0;
  return kind && (kind->begin == at + 1) && (at > 0 || kind->phrase->kind == "state_police");
}

std::optional<StateAt> code_at(const NameWords& name, const std::optional<Found>& kind) {
  for (std::size_t at = name.words.size(); at-- > 0;) {
    const Word& word = name.words[at];
    const std::optional<std::string_view> code = state_of_code(word.folded);
    if (!code || (name.mixed_case && !name.slug && !word.upper)) continue;
    if (kind && at >= kind->begin && at < kind->end) continue;
    if (means_something_else(name.words, at, kind)) continue;
    // A capital code in a name with small letters stands out wherever it is, but for the first
    // word.
    const bool stands_out = name.mixed_case && !name.slug && word.upper && at > 0;
    if (stands_out || in_state_position(name.words, at, kind)) {
      return StateAt{.code = *code, .begin = at, .end = at + 1};
    }
  }
  return std::nullopt;
}

// "Texas DPS": with nothing but a state before it, a state's police.
bool is_safety(const Words& words, std::size_t at) {
  return stands_at(words, at, "dps") || stands_at(words, at, "department of public safety") ||
         stands_at(words, at, "dept of public safety");
}

// A state's name counts where it is set apart, at the end behind the kind, or makes a state's own
// agency ("Florida Highway Patrol"). "Port Washington PD" says nothing of Washington.
bool name_position(const Words& words, const StateAt& at, const std::optional<Found>& kind) {
  if (at.end < words.size() && is_place_type(words[at.end].folded)) return false;
  if (words[at.begin].separated || words[at.begin].in_parens) return true;
  if (!kind) return false;
  const bool states_own = kind->phrase->level == record::AgencyLevel::state;
  if (at.end == words.size() && at.begin == kind->end) return !states_own;
  return at.begin == 0 && at.end == kind->begin && (states_own || is_safety(words, kind->begin));
}

std::optional<StateAt> state_name_at(const Words& words, const std::optional<Found>& kind) {
  for (std::size_t at = words.size(); at-- > 0;) {
    std::string name;
    for (std::size_t end = at + 1; end <= std::min(at + 3, words.size()); ++end) {
      name += (name.empty() ? "" : " ") + words[end - 1].folded;
      const std::optional<std::string_view> code = state_of_name(name);
      if (!code || (code == "VA" && at > 0 && words[at - 1].folded == "west")) continue;
      const StateAt found{.code = *code, .begin = at, .end = end};
      if (name_position(words, found, kind)) return found;
    }
  }
  return std::nullopt;
}

void use(Words& words, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) words[i].used = true;
}

std::string_view spelled_out(std::string_view word) {
  if (word == "st") return "saint";
  if (word == "mt") return "mount";
  if (word == "ft") return "fort";
  if (word == "twp") return "township";
  if (word == "co" || word == "cnty") return "county";
  if (word == "univ") return "university";
  return word;
}

std::string join_place(const Words& words, bool drop_county) {
  std::string out;
  for (const Word& word : words) {
    // "(Santa Clara County)" tells where it lies, not what it is.
    if (word.used || word.in_parens) continue;
    const std::string_view text = spelled_out(word.folded);
    if (drop_county && (text == "county" || text == "parish")) continue;
    if (out.empty() && (text == "city" || text == "town" || text == "of" || text == "the"))
      continue;
    out += (out.empty() ? "" : " ") + std::string(text);
  }
  return out;
}

std::string whole(const Words& words) {
  std::string out;
  for (const Word& word : words) out += (out.empty() ? "" : " ") + word.folded;
  return out;
}

std::string dashed(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '-');
  return text;
}

std::string lower(std::string_view code) {
  std::string out(code);
  for (char& c : out) c = static_cast<char>(c | 0x20);
  return out;
}

Party federal_party(NameWords& name, const std::optional<Found>& body) {
  Party party;
  party.kind = "federal";
  party.level = record::AgencyLevel::federal;
  if (body && !body->phrase->keeps) use(name.words, body->begin, body->end);
  party.place = join_place(name.words, false);
  const std::string id(body ? body->phrase->id : "other");
  party.key = "us-federal-" + id + (party.place.empty() ? "" : "-" + dashed(party.place));
  if (party.place.empty()) party.place = id;
  party.confidence = body ? 950 : 600;
  return party;
}

// What the place tells of the level: none with public safety is the state's, a county's police the
// county's.
void settle_level(Party& party, const Words& words, const std::optional<Found>& kind) {
  if (kind && party.kind == "police" && party.place.ends_with(" county")) {
    party.level = record::AgencyLevel::county;
  }
  if (kind && party.state && party.place.empty() && is_safety(words, kind->begin)) {
    party.kind = "state_police";
    party.level = record::AgencyLevel::state;
  }
}

// California, Florida and others: names that say their state without naming it.
std::optional<std::string_view> well_known(Words& words, Party& party) {
  struct Short {
    std::string_view word, state;
  };
  static constexpr Short kShort[] = {{"chp", "CA"},  {"fhp", "FL"},  {"nysp", "NY"},
                                     {"njsp", "NJ"}, {"fdle", "FL"}, {"tbi", "TN"},
                                     {"gbi", "GA"},  {"mshp", "MO"}, {"wsp", "WA"}};
  for (const Short& entry : kShort) {
    if (words.size() != 1 || words[0].folded != entry.word) continue;
    party.kind = "state_police";
    party.level = record::AgencyLevel::state;
    words[0].used = true;
    return entry.state;
  }
  return std::nullopt;
}

std::optional<std::string_view> take_state(NameWords& name, const std::optional<Found>& kind) {
  std::optional<StateAt> state = code_at(name, kind);
  if (!state) state = state_name_at(name.words, kind);
  if (!state) return std::nullopt;
  use(name.words, state->begin, state->end);
  return state->code;
}

// "Polizei Hamburg, Germany": only set apart and last, for Denmark and Poland are towns too.
std::optional<std::string_view> take_country(Words& words) {
  for (std::size_t count = 1; count <= 2 && count < words.size(); ++count) {
    const std::size_t at = words.size() - count;
    if (!words[at].separated && !words[at].in_parens) continue;
    std::string name = words[at].folded;
    if (count == 2) name += " " + words[at + 1].folded;
    const std::optional<std::string_view> code = country_of_name(name);
    if (!code) continue;
    use(words, at, words.size());
    return code;
  }
  return std::nullopt;
}

bool any_word(const Words& words, std::string_view part, bool at_start) {
  return std::any_of(words.begin(), words.end(), [&](const Word& word) {
    const std::size_t found = word.folded.find(part);
    return found != std::string::npos && (!at_start || found == 0);
  });
}

// Police by the word that most languages share; the German and Swiss federation by its own prefix;
// Hamburg, whose police law ships, as the state it is.
void read_foreign_words(Party& party, const Words& words) {
  for (const std::string_view part : {"polic", "poliz", "polit", "gendarm", "kriminal"}) {
    if (any_word(words, part, false)) party.kind = "police";
  }
  const bool german = party.country == "DE" || party.country == "CH";
  if (german && any_word(words, "bund", true)) party.level = record::AgencyLevel::federal;
  if (party.country == "DE" && any_word(words, "hamburg", true)) {
    party.state = "DE-HH";
    party.level = record::AgencyLevel::state;
  }
}

Party foreign_party(const Words& words, std::string_view country) {
  Party party;
  party.country = country;
  party.place = join_place(words, false);
  party.key = lower(country) + (party.place.empty() ? "" : "-" + dashed(party.place));
  party.confidence = 600;
  read_foreign_words(party, words);
  return party;
}

void add_key(Party& party, const NameWords& name) {
  if (party.place.empty() && party.level != record::AgencyLevel::state)
    party.place = whole(name.words);
  const std::string place = party.place.empty() ? "" : "-" + dashed(party.place);
  party.key =
      "us-" + (party.state ? lower(*party.state) : "xx") + place + "-" + std::string(party.kind);
}

Party american_party(NameWords& name) {
  const std::optional<Found> body = find_federal(name.words, name.federal_mark);
  Party party;
  if (name.federal_mark || body) {
    party = federal_party(name, body);
  } else {
    const std::optional<Found> kind = find_kind(name.words);
    if (kind) {
      party.kind = kind->phrase->kind;
      party.level = kind->phrase->level;
      if (!kind->phrase->keeps) use(name.words, kind->begin, kind->end);
      // A campus has its own words and a police word beside them.
      for (const std::string_view more :
           {"police department", "police", "pd", "dps", "public safety"}) {
        for (std::size_t at = 0; kind->phrase->keeps && at < name.words.size(); ++at) {
          if (stands_at(name.words, at, more)) use(name.words, at, at + word_count(more));
        }
      }
    }
    party.state = well_known(name.words, party);
    if (!party.state) party.state = take_state(name, kind);
    party.place = join_place(name.words, party.level == record::AgencyLevel::county);
    settle_level(party, name.words, kind);
    add_key(party, name);
    party.confidence = (kind && party.state) ? 950 : (kind || party.state) ? 600 : 200;
  }
  if (party.state || party.level == record::AgencyLevel::federal) party.country = "US";
  return party;
}

}  // namespace

Party parse_agency(std::string_view text) {
  NameWords name = cut_name(text);
  const std::optional<std::string_view> country = take_country(name.words);
  Party party =
      country && *country != "US" ? foreign_party(name.words, *country) : american_party(name);
  if (country) party.country = country;
  party.inactive = name.inactive_mark;
  return party;
}

}  // namespace onus::resolve

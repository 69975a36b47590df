// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <span>

#include "classify/tables.h"
#include "record/record.h"

namespace onus::classify {
namespace {

using State = Scratch::State;
using Tables = Lexicon::Tables;

// Where a text says more than one thing, the first of these is what it was for: protected ground
// before people in danger, a person wanted before the deed, the deed before driving, and a stated
// matter before words that state none. A protest against deportations is a protest.
constexpr std::array<std::string_view, 13> kPrecedence = {
    "protest",       "immigration", "reproductive_health", "missing_person", "wanted_person",
    "training_test", "crime",       "non_criminal",        "traffic",        "vague",
    "unclear",       "placeholder", "reference_only"};

constexpr std::uint8_t place_of(std::string_view purpose) {
  return static_cast<std::uint8_t>(std::find(kPrecedence.begin(), kPrecedence.end(), purpose) -
                                   kPrecedence.begin());
}
constexpr std::uint8_t kProtest = place_of("protest"), kImmigration = place_of("immigration"),
                       kReproductive = place_of("reproductive_health"), kCrime = place_of("crime"),
                       kTraffic = place_of("traffic"), kVague = place_of("vague"),
                       kUnclear = place_of("unclear"), kPlaceholder = place_of("placeholder");

constexpr std::size_t kProtected = 3;  // of kPrecedence, the first
constexpr std::array<std::string_view, 4> kSpecificity = {"specific", "coded", "generic", "none"};
constexpr std::array<std::string_view, 3> kCertainty = {"ambiguous", "contextual", "explicit"};

std::size_t rank(std::span<const std::string_view> order, std::string_view word) {
  const auto at = std::find(order.begin(), order.end(), word);
  return static_cast<std::size_t>(at - order.begin());
}

text::Span original(const State& state, std::int32_t first_token, std::int32_t last_token) {
  return state.normalised.to_original(
      {state.tokens[static_cast<std::size_t>(first_token)].span.begin,
       state.tokens[static_cast<std::size_t>(last_token)].span.end});
}

std::optional<std::size_t> marked(const State& state, Mark mark) {
  const auto at = std::find(state.marks.begin(), state.marks.end(), mark);
  if (at == state.marks.end()) return std::nullopt;
  return static_cast<std::size_t>(at - state.marks.begin());
}

// "d", "xxx", "jkjkjk", "1": typed to get past the field.
bool is_filler(const State& state) {
  if (state.tokens.empty()) return true;
  if (state.tokens.size() > 1 || state.marks[0] != Mark::none) return false;
  const std::string_view word = state.tokens[0].span.in(state.normalised.text());
  if (word.size() <= (state.tokens[0].digits ? 2U : 1U)) return true;
  for (std::size_t i = 2; i < word.size(); ++i) {
    if (word[i] != word[i - 2]) return false;
  }
  return word.size() >= 3 && (word[0] == word[1] || word.size() >= 4);
}

Reading by_shape(std::string_view purpose, std::string_view specificity, std::string_view decided,
                 text::Span evidence) {
  return {.purpose = purpose,
          .specificity = specificity,
          .offence = {},
          .topic = {},
          .on_behalf_of = {},
          .certainty = purpose == "unclear" ? "ambiguous" : "explicit",
          .evidence = evidence,
          .decided_by = decided};
}

Reading without_hits(const State& state) {
  const auto last = static_cast<std::int32_t>(state.tokens.size()) - 1;
  if (is_filler(state))
    return by_shape("placeholder", "none", "shape:filler",
                    last < 0 ? text::Span{} : original(state, 0, last));
  if (const auto code = marked(state, Mark::ten_code)) {
    const auto at = static_cast<std::int32_t>(*code);
    return by_shape("unclear", "coded", "shape:ten-code", original(state, at, at + 1));
  }
  if (const auto reference = marked(state, Mark::reference)) {
    auto end = *reference;
    while (end + 1 < state.marks.size() && state.marks[end + 1] == Mark::reference) ++end;
    return by_shape(
        "reference_only", "none", "shape:reference",
        original(state, static_cast<std::int32_t>(*reference), static_cast<std::int32_t>(end)));
  }
  return by_shape("unclear", "none", "none", {});
}

// Of two hits the one that says the purpose: by precedence, then the more specific, the graver.
bool decides(const Ranks& a, const Ranks& b) {
  if (a.purpose != b.purpose) return a.purpose < b.purpose;
  if (a.specificity != b.specificity) return a.specificity < b.specificity;
  return a.offence < b.offence;
}

// Of all that the hits say, the first of each axis.
struct Said {
  const Hit* decider = nullptr;
  const Hit* deed = nullptr;  // the hit that names an offence best
  Ranks first = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  std::uint8_t topic_certainty = 0xff;
  std::uint8_t topic_of_deed = 0xff;  // the first that a deed has of itself: "riot"
  bool offence_of_crime = false;
  bool domestic = false;
};

bool goes_before(const Tables& tables, const Hit& hit, const Hit* other) {
  return other == nullptr ||
         decides(tables.pattern(hit.pattern).ranks, tables.pattern(other->pattern).ranks);
}

bool states_deed(const Pattern& pattern) {
  return pattern.purpose == kCrime || pattern.purpose == kTraffic;
}

bool names_deed(const Pattern& pattern) {
  return states_deed(pattern) && pattern.ranks.certainty > 0 &&
         kSpecificity[pattern.ranks.specificity] != "generic";
}

// Whether it leaves the purpose open, and names neither a ground nor an agency.
bool says_little(const Pattern& pattern) {
  return pattern.ignore == 0 && leaves_open(pattern) &&
         pattern.ranks.topic >= record::topics().size() &&
         pattern.ranks.on_behalf_of >= record::beneficiaries().size();
}

// An agency, a place, a trade, a group or an event that a ground only follows from.
bool stands_behind_deed(const Pattern& pattern) {
  return pattern.ranks.purpose == kProtected + kProtest ||
         pattern.ranks.purpose == kProtected + kImmigration ||
         pattern.ranks.purpose == kProtected + kReproductive;
}

std::uint8_t domestic() {
  static const auto at = static_cast<std::uint8_t>(rank(record::offences(), "domestic"));
  return at;
}

Said said_by(const Tables& tables, const State& state) {
  Said said;
  for (const Hit& hit : state.hits) {
    const Pattern& pattern = tables.pattern(hit.pattern);
    if (hit.negated || pattern.ignore != 0) continue;
    const Ranks& ranks = pattern.ranks;
    if (goes_before(tables, hit, said.decider)) said.decider = &hit;
    if (pattern.deed != 0 && goes_before(tables, hit, said.deed)) said.deed = &hit;
    if (pattern.ground != 0 && said.topic_certainty == 0xff) said.topic_certainty = ranks.certainty;
    said.first.specificity = std::min(said.first.specificity, ranks.specificity);
    said.first.topic = std::min(said.first.topic, ranks.topic);
    said.first.offence = std::min(said.first.offence, ranks.offence);
    said.first.on_behalf_of = std::min(said.first.on_behalf_of, ranks.on_behalf_of);
    if (pattern.crime != 0) said.offence_of_crime = true;
    if (ranks.offence == domestic()) said.domestic = true;
    if (states_deed(pattern)) said.topic_of_deed = std::min(said.topic_of_deed, ranks.topic);
  }
  if (said.deed != nullptr && stands_behind_deed(tables.pattern(said.decider->pattern)))
    said.decider = said.deed;
  return said;
}

// A deed beside a protected ground, a person in danger or a drill is not what the lookup was for:
// the purpose has none of its own ("assault at protest").
bool offence_counts(const Pattern& pattern) {
  static constexpr std::array<std::size_t, 3> none = {
      place_of("missing_person"), place_of("training_test"), place_of("non_criminal")};
  return pattern.purpose >= kProtected &&
         std::find(none.begin(), none.end(), pattern.purpose) == none.end();
}

// A protected ground is its own topic. Beside a deed that is named, a place or a victim is none:
// "mosque arson".
std::uint8_t topic_of(const Said& said, const Pattern& pattern) {
  if (pattern.purpose < kProtected) return pattern.ranks.topic;
  return said.decider == said.deed ? said.topic_of_deed : said.first.topic;
}

// Blows in a household are one offence, under whichever of its two names they stand: "assault, FV".
std::uint8_t offence_of(const Said& said, const Pattern& pattern) {
  static const std::size_t blows = rank(record::offences(), "assault");
  if (!offence_counts(pattern)) return 0xff;
  return said.domestic && said.first.offence == blows ? domestic() : said.first.offence;
}

// Whom a protest is about has not asked for its lookup: "ICE facility protesters".
std::uint8_t beneficiary_of_protest(const Tables& tables, const State& state) {
  std::uint8_t first = 0xff;
  for (const Hit& hit : state.hits) {
    const Pattern& pattern = tables.pattern(hit.pattern);
    const bool silent = hit.negated || pattern.purpose == kImmigration;
    if (!silent) first = std::min(first, pattern.ranks.on_behalf_of);
  }
  return first;
}

std::optional<std::string_view> word_of(std::span<const std::string_view> words,
                                        std::uint8_t rank) {
  if (rank >= words.size()) return std::nullopt;
  return words[rank];
}

}  // namespace

// A protected ground that is named stands before one that only follows from a word. One that is
// only ambiguous stands behind a stated deed ("CBP alert, stolen vehicle"), and one without a
// purpose of its own before words that say nothing ("cars at mosque").
static std::uint8_t purpose_rank(const Axes& axes) {
  const std::size_t at = rank(kPrecedence, axes.purpose);
  if (axes.purpose == "unclear" && !axes.topic.empty())
    return static_cast<std::uint8_t>(2 * rank(kPrecedence, "vague") - 1);
  if (at >= kProtected) return static_cast<std::uint8_t>(2 * at);
  if (axes.certainty == kCertainty.front())
    return static_cast<std::uint8_t>(2 * rank(kPrecedence, "crime") + 1);
  return static_cast<std::uint8_t>(axes.certainty == kCertainty.back() ? at : kProtected + at);
}

static Ranks ranks_of(const Axes& axes) {
  const auto of = [](std::span<const std::string_view> order, std::string_view word) {
    return static_cast<std::uint8_t>(rank(order, word));
  };
  return {purpose_rank(axes),
          of(kSpecificity, axes.specificity),
          of(record::offences(), axes.offence),
          of(record::topics(), axes.topic),
          of(record::beneficiaries(), axes.on_behalf_of),
          of(kCertainty, axes.certainty)};
}

bool leaves_open(const Pattern& pattern) {
  return pattern.purpose == kVague || pattern.purpose == kUnclear;
}

void set_axes(const Axes& axes, Pattern& pattern) {
  pattern.ranks = ranks_of(axes);
  pattern.purpose = place_of(axes.purpose);
  pattern.little = says_little(pattern);
  pattern.deed = names_deed(pattern);
  pattern.ground = pattern.ranks.topic < record::topics().size();
  pattern.crime = pattern.purpose == kCrime && pattern.ranks.offence < record::offences().size();
}

// A filler beside words that nobody knows, or beside what is denied, is no filler.
static bool stands_alone(const State& state) {
  std::size_t units = 0;
  for (const Hit& hit : state.hits) {
    if (hit.negated) return false;
    units += static_cast<std::size_t>(hit.last - hit.first + 1);
  }
  return units == state.units.size();
}

static std::string_view specificity_of(const Said& said, const Pattern& decider,
                                       const State& state) {
  if (decider.purpose == kUnclear && marked(state, Mark::ten_code)) return "coded";
  return word_of(kSpecificity, said.first.specificity).value_or("none");
}

// A protected ground beside a stated deed: which of the two the lookup served is open.
static std::string_view certainty_of(const Said& said, const Pattern& decider) {
  const bool both = decider.ranks.purpose < 2 * kProtected && said.offence_of_crime;
  return kCertainty[both ? 0 : std::min(decider.ranks.certainty, said.topic_certainty)];
}

Reading combine(const Tables& tables, const State& state) {
  const Said said = said_by(tables, state);
  if (said.decider == nullptr) return without_hits(state);
  const Pattern& pattern = tables.pattern(said.decider->pattern);
  if (pattern.purpose == kPlaceholder && !stands_alone(state)) return without_hits(state);
  const auto unit = [&](std::int32_t at) { return state.units[static_cast<std::size_t>(at)]; };
  const std::uint8_t beneficiary =
      pattern.purpose == kProtest ? beneficiary_of_protest(tables, state) : said.first.on_behalf_of;
  return {
      .purpose = kPrecedence[pattern.purpose],
      .specificity = specificity_of(said, pattern, state),
      .offence = word_of(record::offences(), offence_of(said, pattern)),
      .topic = word_of(record::topics(), topic_of(said, pattern)),
      .on_behalf_of = word_of(record::beneficiaries(), beneficiary),
      .certainty = certainty_of(said, pattern),
      .evidence = original(state, unit(said.decider->first).first, unit(said.decider->last).last),
      .decided_by = tables.id(pattern)};
}

}  // namespace onus::classify

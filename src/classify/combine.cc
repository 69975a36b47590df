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
// matter before words that state none.
constexpr std::array<std::string_view, 13> kPrecedence = {"immigration",   "reproductive_health",
                                                          "protest",       "missing_person",
                                                          "wanted_person", "training_test",
                                                          "crime",         "non_criminal",
                                                          "traffic",       "vague",
                                                          "unclear",       "placeholder",
                                                          "reference_only"};

constexpr std::array<std::string_view, 4> kSpecificity = {"specific", "coded", "generic", "none"};
constexpr std::array<std::string_view, 3> kCertainty = {"ambiguous", "contextual", "explicit"};

std::size_t rank(std::span<const std::string_view> order, std::string_view word) {
  const auto at = std::find(order.begin(), order.end(), word);
  return static_cast<std::size_t>(at - order.begin());
}

// Keeps the value that stands earlier in the order; nothing stands behind all.
void keep_first(std::optional<std::string_view>& best, std::span<const std::string_view> order,
                std::string_view value) {
  if (value.empty()) return;
  if (!best || rank(order, value) < rank(order, *best)) best = value;
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
  Reading reading;
  reading.purpose = purpose;
  reading.specificity = specificity;
  reading.certainty = purpose == "unclear" ? "ambiguous" : "explicit";
  reading.evidence = evidence;
  reading.decided_by = decided;
  return reading;
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
bool decides(const Axes& a, const Axes& b) {
  const auto key = [](const Axes& axes) {
    return std::tuple(
        rank(kPrecedence, axes.purpose), rank(kSpecificity, axes.specificity),
        axes.offence.empty() ? record::offences().size() : rank(record::offences(), axes.offence));
  };
  return key(a) < key(b);
}

// A protected ground beside a stated deed: which of the two the lookup served is open.
bool mixed(const Tables& tables, const State& state, std::string_view purpose) {
  if (rank(kPrecedence, purpose) > 2) return false;
  return std::any_of(state.hits.begin(), state.hits.end(), [&](const Hit& hit) {
    const Axes& axes = tables.patterns[static_cast<std::size_t>(hit.pattern)].axes;
    return !hit.negated && axes.purpose == "crime" && !axes.offence.empty();
  });
}

}  // namespace

Reading combine(const Tables& tables, const State& state) {
  const Hit* decider = nullptr;
  std::string_view specificity = kSpecificity.back();
  std::string_view topic_certainty;
  Reading reading;
  const auto axes_of = [&](const Hit& hit) -> const Axes& {
    return tables.patterns[static_cast<std::size_t>(hit.pattern)].axes;
  };
  for (const Hit& hit : state.hits) {
    const Axes& axes = axes_of(hit);
    if (hit.negated || axes.purpose.empty()) continue;
    if (decider == nullptr || decides(axes, axes_of(*decider))) decider = &hit;
    if (rank(kSpecificity, axes.specificity) < rank(kSpecificity, specificity))
      specificity = axes.specificity;
    if (!axes.topic.empty() && !reading.topic) topic_certainty = axes.certainty;
    keep_first(reading.topic, record::topics(), axes.topic);
    keep_first(reading.offence, record::offences(), axes.offence);
    keep_first(reading.on_behalf_of, record::beneficiaries(), axes.on_behalf_of);
  }
  if (decider == nullptr) return without_hits(state);
  // A filler beside words that nobody knows is no filler.
  const bool all_read =
      std::find(state.taken.begin(), state.taken.end(), false) == state.taken.end();
  if (axes_of(*decider).purpose == "placeholder" && !all_read) return without_hits(state);
  const Pattern& pattern = tables.patterns[static_cast<std::size_t>(decider->pattern)];
  reading.purpose = pattern.axes.purpose;
  reading.specificity = specificity;
  if (reading.purpose == "unclear" && marked(state, Mark::ten_code)) reading.specificity = "coded";
  reading.certainty = pattern.axes.certainty;
  if (!topic_certainty.empty() &&
      rank(kCertainty, topic_certainty) < rank(kCertainty, reading.certainty))
    reading.certainty = topic_certainty;
  if (mixed(tables, state, reading.purpose)) reading.certainty = kCertainty.front();
  reading.evidence = original(state, state.units[static_cast<std::size_t>(decider->first)].first,
                              state.units[static_cast<std::size_t>(decider->last)].last);
  reading.decided_by = pattern.id;
  return reading;
}

}  // namespace onus::classify

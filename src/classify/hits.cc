// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <span>

#include "classify/tables.h"

namespace onus::classify {
namespace {

using State = Scratch::State;
using Tables = Lexicon::Tables;

bool holds(std::span<const Word> words, Word word) {
  return word >= 0 && std::binary_search(words.begin(), words.end(), word);
}

void add_unit(State& state, Word word, std::size_t first, std::size_t last) {
  state.units.push_back({word, static_cast<std::int32_t>(first), static_cast<std::int32_t>(last)});
  state.words.push_back(word);
}

// The first unit that holds the token; -1: none does.
std::int32_t unit_of(const State& state, std::int32_t token) {
  const auto found = std::find_if(state.units.begin(), state.units.end(),
                                  [&](const Unit& unit) { return unit.last >= token; });
  const bool holds = found != state.units.end() && found->first <= token;
  return holds ? static_cast<std::int32_t>(found - state.units.begin()) : -1;
}

std::size_t word_end(const State& state, std::size_t at) {
  std::size_t end = at + 1;
  while (end < state.tokens.size() && state.tokens[end].glued) ++end;
  return end;
}

// A word of letters and digits that the lexicon knows as one: "s1", "st2".
bool add_mixed(const Tables& tables, State& state, std::size_t at, std::size_t end) {
  if (end == at + 1) return false;
  const text::Span span{state.tokens[at].span.begin, state.tokens[end - 1].stem.end};
  const Word word = tables.vocabulary.exact(span.in(state.normalised.text()));
  if (word == kNoWord) return false;
  add_unit(state, word, at, end - 1);
  return true;
}

// As phrases see it: letters that nobody knows may be a name.
Word seen(const State& state, Word word, std::size_t at) {
  const text::Token& token = state.tokens[at];
  const bool letters = !token.digits && state.marks[at] == Mark::none && token.stem.size() >= 3;
  return word == kNoWord && letters ? Phrases::kName : word;
}

// Letters with digits of the same word on both sides, as identifiers have: "5bec8", "1def0".
bool inside_number(const State& state, std::size_t at) {
  const bool held = at + 1 < state.tokens.size() && state.tokens[at + 1].glued;
  const text::Token& token = state.tokens[at];
  return held && !token.digits && token.glued && token.stem.size() <= 3;
}

void add_token(const Tables& tables, State& state, std::size_t at, bool alone) {
  const text::Token& token = state.tokens[at];
  const std::string_view word = token.stem.in(state.normalised.text());
  if (state.marks[at] != Mark::none || token.digits || !alone) {
    const bool plain = state.marks[at] == Mark::none && !inside_number(state, at);
    add_unit(state, plain ? tables.vocabulary.exact(word) : kNoWord, at, at);
    return;
  }
  Vocabulary::Found found = tables.vocabulary.find(word, state.memory);
  // "suspveh" is two words that stand together elsewhere; "Kingsburg" only looks like two.
  if (found.cut && !tables.phrases.joins(found.first, found.second)) found = {};
  add_unit(state, found.first, at, at);
  state.words.back() = seen(state, found.first, at);
  if (found.second != kNoWord) add_unit(state, found.second, at, at);
}

// A word that a blank fell into beside its first or last letter: "patro_l".
bool add_torn(const Tables& tables, State& state, std::size_t at) {
  if (at + 1 >= state.tokens.size()) return false;
  const text::Token &one = state.tokens[at], &other = state.tokens[at + 1];
  if ((one.span.size() != 1 && other.span.size() != 1) || other.before != ' ' || other.gap != 1 ||
      word_end(state, at + 1) != at + 2)
    return false;
  const std::string_view text = state.normalised.text();
  const std::string_view first = one.span.in(text), second = other.span.in(text);
  std::array<char, 24> joined;
  const std::size_t size = first.size() + second.size();
  if (size < 5 || size > joined.size()) return false;
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), joined.begin()));
  const Vocabulary& vocabulary = tables.vocabulary;
  const Word word = vocabulary.exact({joined.data(), size});
  const std::string_view longer = first.size() > 1 ? first : second;
  if (word == kNoWord || vocabulary.exact(longer) != kNoWord) return false;
  add_unit(state, word, at, at + 1);
  return true;
}

void build_units(const Tables& tables, State& state) {
  state.units.clear();
  state.words.clear();
  for (std::size_t at = 0; at < state.tokens.size();) {
    const std::size_t end = word_end(state, at);
    const Mark mark = state.marks[at];
    if (mark == Mark::none && add_mixed(tables, state, at, end)) {
      at = end;
      continue;
    }
    if (mark == Mark::none && end == at + 1 && add_torn(tables, state, at)) {
      at += 2;
      continue;
    }
    for (const bool alone = end == at + 1; at < end; ++at) {
      const bool silent = state.marks[at] == Mark::masked || state.marks[at] == Mark::date;
      if (!silent) add_token(tables, state, at, alone);
    }
  }
}

bool guarded(const Tables& tables, const State& state, const Hit& hit) {
  const Pattern& pattern = tables.pattern(hit.pattern);
  if (!pattern.guarded()) return false;
  const auto guards = [&](std::uint32_t begin, std::uint32_t end) {
    return std::span(tables.guards.data() + begin, end - begin);
  };
  const auto word_at = [&](std::int32_t i) {
    const bool inside = i >= 0 && i < static_cast<std::int32_t>(state.words.size());
    return inside ? state.words[static_cast<std::size_t>(i)] : kNoWord;
  };
  if (holds(guards(pattern.not_before, pattern.not_after), word_at(hit.last + 1))) return true;
  if (holds(guards(pattern.not_after, pattern.not_with), word_at(hit.first - 1))) return true;
  const auto any_of = [&](std::span<const Word> wanted) {
    return std::any_of(state.words.begin(), state.words.end(),
                       [&](Word word) { return holds(wanted, word); });
  };
  if (pattern.asks_more() && !any_of(guards(pattern.only_with, pattern.guards_end))) return true;
  const auto not_with = guards(pattern.not_with, pattern.only_with);
  return !not_with.empty() && any_of(not_with);
}

// "not ice", "not related to immigration"
bool is_negated(const Tables& tables, const State& state, const Hit& hit) {
  constexpr int kReach = 4;
  for (std::int32_t i = hit.first - 1; i >= 0 && i >= hit.first - kReach; --i) {
    const Word word = state.words[static_cast<std::size_t>(i)];
    if (tables.phrases.is_negator(word)) return true;
    if (!tables.phrases.is_filler(word)) return false;
  }
  return false;
}

void collect_phrases(const Tables& tables, State& state) {
  for (std::size_t at = 0; at < state.words.size(); ++at) {
    tables.phrases.find(state.words, at, [&](const Phrases::Hit& hit) {
      if (state.candidates.size() < kMaxHits)
        state.candidates.push_back({0, {hit.pattern, hit.first, hit.last}});
    });
  }
}

void collect_codes(const Tables& tables, State& state) {
  for (std::size_t at = 0; at < state.tokens.size(); ++at) {
    if (!state.tokens[at].digits) continue;
    const auto code = code_at(state.books, tables.numbers, state.sections, state.marks, at);
    if (!code) continue;
    const std::int32_t first = unit_of(state, code->first), last = unit_of(state, code->last);
    if (first >= 0 && last >= first) state.candidates.push_back({0, {code->pattern, first, last}});
  }
}

std::int32_t bytes_of(const State& state, const Hit& hit) {
  const Unit& first = state.units[static_cast<std::size_t>(hit.first)];
  const Unit& last = state.units[static_cast<std::size_t>(hit.last)];
  return state.tokens[static_cast<std::size_t>(last.last)].span.end -
         state.tokens[static_cast<std::size_t>(first.first)].span.begin;
}

// The longest of what overlaps stays; then the one that says more than "case", the one of more
// letters, the one that is not ignored, the earlier, the one that asks for more around it, the
// first named. Smaller goes first.
std::uint64_t order_of(const Tables& tables, const State& state, const Hit& hit) {
  const Pattern& pattern = tables.pattern(hit.pattern);
  const auto below = [](std::int32_t limit, std::int32_t value) {
    return static_cast<std::uint64_t>(limit - std::min(limit, value));
  };
  std::uint64_t order = below(15, hit.last - hit.first);
  order = order << 1 | pattern.little;
  order = order << 16 | below(0xffff, bytes_of(state, hit));
  order = order << 1 | pattern.ignore;
  order = order << 16 | static_cast<std::uint64_t>(hit.first);
  order = order << 1 | static_cast<std::uint64_t>(!pattern.asks_more());
  return order << 16 | static_cast<std::uint64_t>(hit.pattern);
}

bool overlap(const Hit& a, const Hit& b) { return a.first <= b.last && b.first <= a.last; }

// One after the other: the first in order stays, what it overlaps goes.
void choose(const Tables& tables, State& state) {
  std::vector<Candidate>& left = state.candidates;
  if (left.size() > 1) {
    for (Candidate& one : left) one.order = order_of(tables, state, one.hit);
  }
  while (!left.empty()) {
    Candidate& best = *std::ranges::min_element(left, {}, &Candidate::order);
    Hit hit = best.hit;
    if (guarded(tables, state, hit)) {
      best = left.back();
      left.pop_back();
      continue;
    }
    std::erase_if(left, [&](const Candidate& one) { return overlap(one.hit, hit); });
    hit.negated = is_negated(tables, state, hit);
    state.hits.push_back(hit);
  }
  if (state.hits.size() > 1) std::ranges::sort(state.hits, {}, &Hit::first);
}

}  // namespace

void find_hits(const Tables& tables, State& state) {
  state.candidates.clear();
  state.hits.clear();
  build_units(tables, state);
  collect_phrases(tables, state);
  collect_codes(tables, state);
  choose(tables, state);
}

}  // namespace onus::classify

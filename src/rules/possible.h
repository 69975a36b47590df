// SPDX-License-Identifier: Apache-2.0
// Which answers the conditions of a rule can give at all, at the place where each is asked. A
// condition is decided by few values of each fact: those it names, one that it does not name, and
// unknown. Where these are few enough they are all tried, one rule at a time. A condition that
// compares facts with each other, or reads parts of them, is taken as it is written: it may then
// count as possible what is not, and never the other way round. Facts are taken as independent, so
// the same holds for those that hang together (relation and searcher_state).
#pragma once

#include <cstdint>
#include <vector>

#include "rules/pack.h"

namespace onus::rules {

// A set of answers: bit 1 << Truth.
using Answers = std::uint8_t;
constexpr Answers only(Truth truth) {
  return static_cast<Answers>(1U << static_cast<unsigned>(truth));
}
inline constexpr Answers kAllAnswers = 7;

// The answers that a condition may give, by its shape alone.
Answers answers_of(const Tree& tree);

struct Possible {
  std::vector<Answers> answers;  // of each tree of the decision, where it is asked; 0: never asked
  bool tried = false;            // all values were tried; else by the shape of each condition
};
Possible possible(const Decision& decision);

}  // namespace onus::rules

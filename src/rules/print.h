// SPDX-License-Identifier: Apache-2.0
// Tree -> text. Every operation stands in parentheses, so that no engine's precedence matters, and
// every text is one quoted literal with '' for a quote: nothing of a rule reaches an engine
// otherwise. A further engine is a further Dialect.
#pragma once

#include <string>

#include "rules/condition.h"

namespace onus::rules {

enum class Dialect : std::uint8_t {
  own,     // docs/rule-language.md: parse(print(tree, own)) gives the tree again
  duckdb,  // over a relation with the columns of the view `facts`, where "unknown" is NULL
};

std::string print(const Tree& tree, Dialect dialect);

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// Tree -> text. Every operation stands in parentheses, so that no engine's precedence matters, and
// every text is one literal that no setting of an engine reads otherwise: nothing of a rule reaches
// an engine in another way. A further engine is a further Dialect.
#pragma once

#include <string>
#include <string_view>

#include "rules/condition.h"

namespace onus::rules {

enum class Dialect : std::uint8_t {
  own,     // docs/rule-language.md: parse(print(tree, own)) gives the tree again
  duckdb,  // over a relation with the columns of the view `facts`, where "unknown" is NULL
  spark,   // Spark SQL 3.4 and later, over the same as Parquet: times are TIMESTAMP_NTZ
};

std::string print(const Tree& tree, Dialect dialect);

// A text, and the name of a column or a result, as the engine reads them. None holds a NUL.
std::string print_text(std::string_view text, Dialect dialect);
std::string print_name(std::string_view name, Dialect dialect);

}  // namespace onus::rules

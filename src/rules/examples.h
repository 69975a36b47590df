// SPDX-License-Identifier: Apache-2.0
// Rules test themselves: each example must come out as it says, and together they must show the
// rule firing, not firing, and unable to tell.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/toml.h"
#include "rules/pack.h"
#include "rules/read_rule.h"

namespace onus::rules {

// What an example gives in place of what it says ("example 'x' of y gives allowed, not breach"), or
// "" where it comes out.
std::string wrong_example(const Rule& rule, const Example& example);

// `table` is the rule's, for the place of an error. A detector has no examples.
Result<void> run_examples(const Rule& rule, std::span<const Example> examples,
                          std::string_view file, const TomlValue& table);

}  // namespace onus::rules

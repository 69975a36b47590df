// SPDX-License-Identifier: Apache-2.0
// Text -> Tree, by docs/rule-language.md. A condition that cannot be read is Code::bad_input with
// file, line, column, what was expected and a hint; one over a limit is Code::bad_input too, since
// someone wrote it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/condition.h"
#include "rules/lexer.h"

namespace onus::rules {

// The lists of a pack, for `IN @name`. Parsing puts the items in the tree.
using Lists = std::map<std::string, std::vector<std::string>, std::less<>>;

Result<Tree> parse(std::string_view condition, const Origin& origin, const Lists& lists = {});

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// The notation of phrases in a lexicon: words apart by blanks; "a|b" one of them; "[a]" may be
// missing; "a~b" two words in one choice; "{name}" any entry of a named list; "_" any one word;
// "@" one that may be a name; "inv*", "*einbruch", "??so" shapes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace onus::classify {

using WordLists = std::map<std::string, std::vector<std::string>, std::less<>>;

// Every phrase that the notation stands for. The message of an error has no place: the caller adds
// it. Refuses more than 20,000 phrases (Code::over_budget).
Result<std::vector<std::vector<std::string>>> expand_phrase(std::string_view notation,
                                                            const WordLists& lists);

// A word that can stand in a normalised text; shapes if `shapes`.
bool is_lexicon_word(std::string_view word, bool shapes);

}  // namespace onus::classify

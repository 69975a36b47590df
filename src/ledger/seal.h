// SPDX-License-Identifier: Apache-2.0
// Makes entries: contents into salted commitments, with fresh random salts each time.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ledger/journal.h"

namespace onus::ledger {

using Contents = std::vector<std::pair<std::string, std::string>>;  // group, content

// A record that only its opening opens. Code::bad_input for no group, a name that is none, one
// twice, more than 16, or a content of over 65,472 bytes.
Result<Item> seal(const Contents& contents);

// A text in clear, for everybody.
Result<Item> state(std::string text);

}  // namespace onus::ledger

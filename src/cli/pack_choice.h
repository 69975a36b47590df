// SPDX-License-Identifier: Apache-2.0
// Which packs judge: those built in, or the ids and files that a user named.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/pack.h"

namespace onus::cli {

// Loads them and runs their examples. Nothing named: all built in. A name that is a file is read;
// any other must be the id of one that is built in (Code::not_found lists them).
Result<std::vector<rules::Pack>> choose_packs(std::span<const std::string> named);

// The same choice as texts, for those who look at packs before examples are run.
Result<std::vector<rules::NamedText>> choose_pack_files(std::span<const std::string> named);

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// A stated sharing list: plain text with one agency a line, or CSV whose first column names them. A
// first line that names a column ("Agency", "Organization Name") is no agency; blank lines and
// those that begin with # are passed over. Refuses over 4 MiB and a list without a name.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "between/reconcile.h"

namespace onus::cli {

std::vector<between::ListedName> parse_sharing_list(std::string_view text, bool csv);
Result<std::vector<between::ListedName>> read_sharing_list(const std::filesystem::path& path);

}  // namespace onus::cli

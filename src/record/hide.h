// SPDX-License-Identifier: Apache-2.0
// Texts of the store carry "[subject:1a2b3c4d]" where a plate stood. Whoever has the report must
// not be able to see that two rows are about the same person, so the digits go: "[subject]".
#pragma once

#include <string>
#include <string_view>

namespace onus::record {

std::string without_tokens(std::string_view text);

// The same as an SQL expression over `column`.
std::string without_tokens_sql(std::string_view column);

}  // namespace onus::record

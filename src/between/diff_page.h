// SPDX-License-Identifier: Apache-2.0
// The page of a diff, and what the screen says: pure functions of the Diff and the catalogue.
#pragma once

#include <string>
#include <string_view>

#include "between/diff.h"
#include "report/page.h"

namespace onus::between {

report::Page diff_page(const Diff& diff, const report::Messages& say, std::string_view version);

}  // namespace onus::between

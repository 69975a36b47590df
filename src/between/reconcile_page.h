// SPDX-License-Identifier: Apache-2.0
// The page of a reconciliation: a pure function of what was found and the catalogue.
#pragma once

#include <string_view>

#include "between/reconcile.h"
#include "report/page.h"

namespace onus::between {

report::Page reconciliation_page(const Reconciliation& found, const report::Messages& say,
                                 std::string_view version);

}  // namespace onus::between

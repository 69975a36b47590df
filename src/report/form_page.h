// SPDX-License-Identifier: Apache-2.0
// A sheet on which a person reads the reasons of a sample (measure/sample.h): to mark on the screen
// or on paper. A page without script can save nothing, so each reason has the number of its row in
// the file, into which the marks are copied.
#pragma once

#include <string>
#include <vector>

#include "report/page.h"

namespace onus::report {

// `reasons` in the order of `file`, whose first row is the header.
Page form_page(const std::vector<std::string>& reasons, const std::string& file,
               const Messages& say);

}  // namespace onus::report

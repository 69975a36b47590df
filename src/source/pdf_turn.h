// SPDX-License-Identifier: Apache-2.0
// Pages whose text runs up, down or upside down, turned so that it reads from left to right. A
// detail of module source.
#pragma once

#include <cstdint>

#include "source/pdf_page.h"

namespace onus::source {

// Which way the text runs on the page.
enum class Run : std::uint8_t { right, down, left, up };

// From the shape of its longer words and from the order of neighbours on a line. A page with too
// few words to tell is `right`.
Run run_of(const Page& page);

// Turns the page's boxes so that its text runs to the right; the first corner is again (0, 0).
void turn_upright(Page& page, Run run);

}  // namespace onus::source

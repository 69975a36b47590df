// SPDX-License-Identifier: Apache-2.0
// For this module's .cc files: the stratum of a reason, from its reading and text alone, so that it
// is the same when the sample is drawn and when it comes back.
#pragma once

#include <string>

#include "measure/sample.h"

namespace onus::measure {

std::string stratum_of(const Unit& unit);

}  // namespace onus::measure

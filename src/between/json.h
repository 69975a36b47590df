// SPDX-License-Identifier: Apache-2.0
// For this module's .cc files: what both JSON outputs are made of.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "between/sides.h"

namespace onus::between {

using Json = nlohmann::ordered_json;

// Bytes that are not UTF-8 become U+FFFD.
std::string dump(const Json& json);
Json side_json(const Side& side);

}  // namespace onus::between

// SPDX-License-Identifier: Apache-2.0
// States, the District and territories of the United States, by code and by name.
#pragma once

#include <optional>
#include <string_view>

namespace onus::resolve {

// "il" -> "IL"; the result lives for ever. Lower case only.
std::optional<std::string_view> state_of_code(std::string_view folded);
// "north carolina" -> "NC"
std::optional<std::string_view> state_of_name(std::string_view folded);

// "germany", "deutschland" -> "DE": the European countries whose law ships, and their neighbours in
// it.
std::optional<std::string_view> country_of_name(std::string_view folded);

}  // namespace onus::resolve

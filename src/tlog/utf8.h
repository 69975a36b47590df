// SPDX-License-Identifier: Apache-2.0
// What signed notes ask of text: valid UTF-8, and names without any space of Unicode.
#pragma once

#include <optional>
#include <string_view>

namespace onus::tlog {

// Takes one character off the front; nothing if it is not valid UTF-8 (overlong forms, surrogates
// and code points over 0x10ffff among it).
std::optional<char32_t> take_character(std::string_view& text);
bool is_utf8(std::string_view text);
bool is_space(char32_t character);

}  // namespace onus::tlog

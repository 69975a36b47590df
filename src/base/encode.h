// SPDX-License-Identifier: Apache-2.0
// Bytes as text: base64 (RFC 4648 section 4, standard alphabet, padded) and hex. Decoding is
// strict: one text for each byte string, so that two different files never mean the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onus {

std::string to_base64(std::string_view bytes);
// Nothing for white space, a missing or surplus pad, or bits that are set behind the last byte.
std::optional<std::string> from_base64(std::string_view text);

// Lower case only; nothing for an odd length or another letter.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace onus

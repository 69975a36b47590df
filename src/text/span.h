// SPDX-License-Identifier: Apache-2.0
// A piece of a text, as byte offsets: the evidence that a reading points to. A Span says nothing of
// which text it belongs to; spans that leave a module are always offsets into the original.
#pragma once

#include <cstdint>
#include <string_view>

namespace onus::text {

struct Span {
  std::int32_t begin = 0;
  std::int32_t end = 0;  // one past the last byte

  constexpr std::int32_t size() const { return end - begin; }
  constexpr bool empty() const { return end == begin; }
  constexpr std::string_view in(std::string_view text) const {
    return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(size()));
  }
  friend constexpr bool operator==(Span, Span) = default;
};

}  // namespace onus::text

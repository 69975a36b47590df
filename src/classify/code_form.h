// SPDX-License-Identifier: Apache-2.0
// Grows the form of a code piece by piece: "245", "245a", "245a2".
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace onus::classify {

struct CodeForm {
  static constexpr std::size_t kBytes = 24;
  std::array<char, kBytes> bytes;
  std::size_t size = 0;
  bool append(std::string_view piece) {
    if (size + piece.size() > bytes.size()) return false;
    std::copy(piece.begin(), piece.end(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    size += piece.size();
    return true;
  }
  void cut(std::size_t to) { size = to; }
  std::string_view view() const { return {bytes.data(), size}; }
};

}  // namespace onus::classify

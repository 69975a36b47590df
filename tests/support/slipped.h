// SPDX-License-Identifier: Apache-2.0
// A word with one slip of the finger: a letter left out, added, changed, or two neighbours swapped.
#pragma once

#include <random>
#include <string>
#include <utility>

namespace onus::classify {

// `letters`: of how many letters from 'a' on the new one is; `text` has two letters or more.
inline std::string slipped(std::mt19937& random, std::string text, int letters) {
  const std::size_t at = random() % (text.size() - 1);
  const char letter = static_cast<char>('a' + random() % static_cast<unsigned>(letters));
  switch (random() % 4) {
    case 0:
      return text.erase(at, 1);
    case 1:
      return text.insert(at, 1, letter);
    case 2:
      return text.replace(at, 1, 1, letter);
    default:
      std::swap(text[at], text[at + 1]);
      return text;
  }
}

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "classify/phrases.h"

namespace onus::classify {

bool Phrases::joins(Word first, Word second) const {
  const std::int32_t start = known(first).start;
  return start != 0 && child_of(start, second) != 0;
}

}  // namespace onus::classify

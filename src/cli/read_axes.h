// SPDX-License-Identifier: Apache-2.0
// A reading as `measure` compares it: `classify` and `measure` do not know each other.
#pragma once

#include <string_view>

#include "classify/reading.h"
#include "measure/labels.h"

namespace onus::cli {

inline measure::Axes read_axes(const classify::Lexicon& lexicon, std::string_view text,
                               classify::Scratch& scratch) {
  const classify::Reading reading = lexicon.read(text, scratch);
  return {reading.purpose, reading.offence.value_or(""), reading.specificity,
          reading.on_behalf_of.value_or(""), reading.topic.value_or("")};
}

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// Two readers' labels of the same strings: how often they agree beyond chance (Cohen 1960), and
// where they do not. Each string counts once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/labels.h"

namespace onus::measure {

struct AxisAgreement {
  Axis axis = Axis::purpose;
  std::int64_t equal = 0;
  std::optional<double> kappa;  // none: both gave one and the same word throughout
};

struct Disagreement {
  Axis axis = Axis::purpose;
  std::string text;
  std::string_view first, second;
};

struct Agreement {
  std::int64_t both = 0, only_first = 0, only_second = 0;  // strings
  std::vector<AxisAgreement> axes;                         // that both files have
  std::vector<Disagreement> disagreements;                 // by axis, in the first file's order
};

Agreement compare(const Labels& first, const Labels& second);

std::string agreement_text(const Agreement& agreement);

}  // namespace onus::measure

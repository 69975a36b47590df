// SPDX-License-Identifier: Apache-2.0
// The file of --labels: a sample of these logs that people read (onus sample), and what it says of
// the whole, as the report has it.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "measure/labels.h"
#include "measure/sample.h"
#include "report/model.h"

namespace onus::cli {

struct ReadByPeople {
  measure::Labels labels;
  report::Ruler file;  // by name and hash
};

// "": none was given.
Result<std::optional<ReadByPeople>> load_labels(const std::string& path);

report::ByPeople by_people_of(const measure::Estimates& estimates);

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// JSON as a table: records (source/json_records.h) in rows, and a column for each path that is
// asked for (source/json_path.h). There is no header among the rows. docs/formats.md is the manual.
//
// What cannot be read as an object is a record of one cell, the text that stands there, with
// Damage::malformed. Refused (an Error): UTF-16, and what is over the budget.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/bytes.h"
#include "source/json_survey.h"
#include "source/table.h"

namespace onus::source {

// Paths that make no sense give empty columns.
Result<std::unique_ptr<TableStream>> open_json(ByteSource source,
                                               std::span<const std::string> paths,
                                               const Budget& budget);

// What the first `max_records` records hold.
Result<JsonSurvey> survey_json(ByteSource source, std::span<const std::string> paths,
                               const Budget& budget, std::int64_t max_records);

}  // namespace onus::source

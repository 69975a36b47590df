// SPDX-License-Identifier: Apache-2.0
// Lines of CEF or LEEF (source/cef.h) as a table: a record is a line, and its columns are the keys
// that are asked for, compared without regard to ASCII case. Of a key that comes twice the first is
// taken. A line that is neither is a record of one cell with Damage::malformed; an empty one is
// blank.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "source/bytes.h"
#include "source/json.h"
#include "source/table.h"

namespace onus::source {

// Whether a file that begins so holds such lines: the first that is not empty is one.
bool looks_like_cef(std::string_view begin);

Result<std::unique_ptr<TableStream>> open_cef(ByteSource source, std::span<const std::string> keys,
                                              const Budget& budget);

// As survey_json: which of the keys the first lines have, and what others.
Result<JsonSurvey> survey_cef(ByteSource source, std::span<const std::string> keys,
                              const Budget& budget, std::int64_t max_records);

}  // namespace onus::source

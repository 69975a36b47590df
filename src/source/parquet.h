// SPDX-License-Identifier: Apache-2.0
// Parquet as a table: each row is a nested record, and its columns are paths into it as with JSON
// (source/json.h). docs/formats.md says how values are written as text. The engine of module store
// reads it (store/parquet_rows.h), behind a look at its footer.
//
// A text that is a JSON object or array as a whole is one (a VARIANT is exported so). Refused as a
// whole (an Error): what is damaged, as columns are apart from each other in such a file and a row
// is whole only where all of them are; rows that were read before the damage turned up have been
// given.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "source/json_survey.h"
#include "source/table.h"

namespace onus::source {

// `name` is for messages.
Result<std::unique_ptr<TableStream>> open_parquet(const std::filesystem::path& path,
                                                  const std::string& name,
                                                  std::span<const std::string> paths,
                                                  const Budget& budget);

// What the types of the columns hold, and what the first `max_records` rows do.
Result<JsonSurvey> survey_parquet(const std::filesystem::path& path, const std::string& name,
                                  std::span<const std::string> paths, const Budget& budget,
                                  std::int64_t max_records);

}  // namespace onus::source

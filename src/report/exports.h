// SPDX-License-Identifier: Apache-2.0
// The files that are too large for a model: written by the engine, straight from the store.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "report/model.h"
#include "store/database.h"

namespace onus::report {

Result<void> export_findings_csv(store::Database& database, const Model& model,
                                 const std::filesystem::path& file);
// One row per access to which any rule gave breach, missing or cannot_tell; two columns per rule,
// the answer and its code, which findings.json spells out.
Result<void> export_findings_parquet(store::Database& database, const Model& model,
                                     const std::filesystem::path& file);
Result<void> export_lookups(store::Database& database, const Model& model,
                            const std::filesystem::path& file);
Result<void> export_rejects(store::Database& database, const Model& model,
                            const std::filesystem::path& file);

// findings.json and run.json, from the model alone.
std::string findings_json(const Model& model);
std::string run_json(const Model& model);

}  // namespace onus::report

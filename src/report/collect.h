// SPDX-License-Identifier: Apache-2.0
// Parts of collect(), each filling its share of the model from a few scans.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "report/report.h"

namespace onus::report {

Result<void> collect_files(store::Database& database, Model& model);
Result<void> collect_rejects(store::Database& database, const CollectOptions& options,
                             Model& model);
Result<void> collect_reasons(store::Database& database, const CollectOptions& options,
                             Model& model);
Result<void> collect_searchers(store::Database& database, const CollectOptions& options,
                               Model& model);
Result<void> collect_hours(store::Database& database, Model& model);
Result<void> collect_reach(store::Database& database, Model& model);
Result<void> collect_packs(store::Database& database, Model& model);
Result<void> collect_rules(store::Database& database, const CollectOptions& options, Model& model);

Result<void> collect_detections(store::Database& database, Model& model);

// A file name from a rule's id: letters, digits and dashes only, never a path.
std::string page_name(std::string_view rule_id);

// The zone in which most of a state lives ("IL" -> America/Chicago), or "" for an unknown one.
std::string_view zone_of_state(std::string_view state);

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
// For tests: a case of three small files, filled by hand into the tables of record/tables.h, with
// two rules that have findings, one that cannot tell, one that cannot run, and one in draft.
#pragma once

#include <filesystem>
#include <string>

#include "report/report.h"
#include "store/database.h"

namespace onus::report {

store::Database open_empty_case(const std::filesystem::path& dir);
store::Database open_small_case(const std::filesystem::path& dir);

CollectOptions small_case_options();
Model collected(store::Database& database, const CollectOptions& options = small_case_options());
Messages messages_in(std::string_view language);

// Puts `text` into every text field of the case that comes from a log, a profile or a pack.
void poison(store::Database& database, const std::string& text);

}  // namespace onus::report

// SPDX-License-Identifier: Apache-2.0
// The ledger of a case: DIR/ledger, and its guard beside it. Each audit of the case appends what it
// read, by what, and what came out, all by hash. Made with the case and never again: a case whose
// ledger is gone is not added to.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "ledger/ledger.h"

namespace onus::cli {

// Of a case that has no store yet.
Result<void> begin_case_ledger(const std::filesystem::path& case_dir);

Result<ledger::Ledger> open_case_ledger(const std::filesystem::path& case_dir);

// Appends the record of a report (cli/audit_record.h); returns the index of its first entry.
Result<std::uint64_t> record_audit(ledger::Ledger& ledger, const std::filesystem::path& report_dir);

}  // namespace onus::cli

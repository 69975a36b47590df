// SPDX-License-Identifier: Apache-2.0
// What is printed when an audit is done: a few sentences, or with --json the same as
// report/run.json.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "cli/exit.h"
#include "cli/pipeline.h"
#include "ingest/ingest.h"
#include "ingest/link.h"
#include "record/record.h"
#include "report/report.h"

namespace onus::cli {

Result<void> print_summary(const AuditRequest& request, const ingest::IngestSummary& read,
                           const ingest::LinkSummary& linked, const report::Model& model,
                           const report::Messages& messages);

// The same sentences, for tests.
std::string summary_text(const ingest::IngestSummary& read, const ingest::LinkSummary& linked,
                         const report::Model& model, const report::Messages& messages,
                         const std::string& report_path);

// Exit::findings where a rule of law gave an access `fail_on` or a graver outcome.
Exit exit_of(const report::Model& model, std::optional<record::Outcome> fail_on);

}  // namespace onus::cli

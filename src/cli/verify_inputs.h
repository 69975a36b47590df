// SPDX-License-Identifier: Apache-2.0
// From what a report says of itself and the files that a stranger has: the same audit once more,
// and how its beginnings differ from the first. Files are told by their hash and read under the
// names that the report has, because names tell owners and dates.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/audit_record.h"
#include "cli/pipeline.h"
#include "report/messages.h"

namespace onus::cli {

struct Rerun {
  Job job;
  std::vector<std::string> differences;  // sentences; none: the beginnings are the same
  std::vector<std::string> missing;      // sentences; any: it cannot be run again
};

// `given`: files and folders, in which packs, profiles and registers may lie too. For a file that
// is not among them another one of its name is taken, and named as a difference.
Result<Rerun> rerun_of(const AuditRecord& record, const std::vector<std::filesystem::path>& given,
                       const report::Messages& messages);

}  // namespace onus::cli

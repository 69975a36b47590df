// SPDX-License-Identifier: Apache-2.0
// What a report says of how it was made: run.json, read back. And the same as a statement for the
// ledger: nothing in it but hashes, ids and versions, so that it names nobody.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/model.h"

namespace onus::cli {

struct RecordedFile {
  std::string name;  // as the report has it
  std::string sha256;
  std::string owner;    // given with --owner; "": as the file says
  std::string profile;  // given with --profile; "": recognised
};

struct AuditRecord {
  report::RunInfo run;
  std::vector<RecordedFile> files;  // in the order in which they were read
  std::vector<report::Ruler> packs;
};

// Code::bad_input for a folder that is no report of this version.
Result<AuditRecord> read_audit_record(const std::filesystem::path& report_dir);

// One text, or more where it would not fit into an entry. The same report gives the same texts:
//
//   onus-audit/v1
//   part 1 of 1
//   program 0.1.0, engine v1.5.6
//   lexicon|profile ID|pack ID|agreements|agencies|aliases|input|result NAME, and SHA-256 in hex
Result<std::vector<std::string>> audit_statements(const std::filesystem::path& report_dir);

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// An audit from files to report. audit_command() in pipeline.cc is the table of contents of the
// whole program: each line is a stage, each stage reads the tables of the earlier ones and writes
// its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/exit.h"

namespace onus::cli {

struct AuditRequest {
  std::vector<std::filesystem::path> inputs;
  std::filesystem::path report_dir = "report";
  std::filesystem::path case_dir;  // empty: a temporary store
  std::string owner;               // empty: as the files say
  std::vector<std::string> packs;  // empty: all built in
  std::string agreements;          // empty: nothing is known of papers between agencies
  std::string profile;             // empty: recognise each file
  std::string language = "en";
  std::string fail_on;  // empty: never
  bool json = false;
  bool quiet = false;
  std::vector<std::string> command;
};

Result<Exit> audit_command(const AuditRequest& request);

}  // namespace onus::cli

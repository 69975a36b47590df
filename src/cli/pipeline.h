// SPDX-License-Identifier: Apache-2.0
// An audit from files to report. audit() in pipeline.cc is the table of contents of the
// whole program: each line is a stage, each stage reads the tables of the earlier ones and writes
// its own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "cli/agreements.h"
#include "cli/by_people.h"
#include "cli/case_folder.h"
#include "cli/exit.h"
#include "cli/inputs.h"
#include "cli/name_books.h"
#include "cli/screen.h"
#include "ingest/ingest.h"
#include "ingest/link.h"
#include "report/report.h"
#include "rules/pack.h"

namespace onus::cli {

struct AuditRequest {
  std::vector<std::filesystem::path> inputs;
  std::filesystem::path report_dir = "report";
  std::filesystem::path case_dir;  // empty: a temporary store
  std::string owner;               // empty: as the files say
  std::vector<std::string> packs;  // empty: all built in
  std::string agreements;          // empty: nothing is known of papers between agencies
  std::string agencies;            // a register of agencies; empty: the names alone
  std::string alias;               // what spellings stand for; empty: none
  std::string labels;              // a sample read by people; empty: none
  std::string profile;             // empty: recognise each file
  std::string language = "en";
  std::string fail_on;  // empty: never
  bool json = false;
  bool quiet = false;
  std::vector<std::string> command;
};

// Files that are read with one owner and one profile.
struct Reading {
  Inputs inputs;
  std::string owner;  // "": as the files say
};

// All that a report depends on. The key of the pseudonyms is not among it.
struct Job {
  std::vector<Reading> readings;  // in turn
  std::vector<rules::Pack> packs;
  std::optional<Register> papers;
  NameBooks names;
  std::optional<ReadByPeople> by_people;
  report::RunInfo run;  // with every profile that is known; the report names those that were used
};

struct Audited {
  ingest::IngestSummary read;
  ingest::LinkSummary linked;
  report::Model model;
};

Result<Audited> audit(CaseFolder& folder, const Job& job, const report::Messages& messages,
                      const std::filesystem::path& report_dir, Screen& screen);

// Of the word lists by which reasons are read.
std::string lexicon_sha256();

// Each profile and variant by its id, with the hash of its file. `extra`: name and TOML.
Result<std::vector<report::Ruler>> known_profiles(
    const std::vector<std::pair<std::string, std::string>>& extra);

Result<Exit> audit_command(const AuditRequest& request);

}  // namespace onus::cli

// SPDX-License-Identifier: Apache-2.0
// The report: what a reader sees of a case. collect() reads the tables of the earlier stages into a
// plain Model; write() turns the model, and what is too large for it, into files:
//
//   index.html and pages beside it, style.css    no script, no fetch from anywhere
//   findings.csv, findings.json                  breaches and missing elements, with their rows
//   findings.parquet                             every access that a rule judged, one column a rule
//   lookups.parquet, rejects.csv, run.json
//
// People publish the folder. So no file holds a subject's token, a case number, an absolute path or
// a clock; rows can be grouped by who searched, never by who was looked up. Same case, same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/messages.h"
#include "report/model.h"
#include "store/database.h"

namespace onus::report {

struct CollectOptions {
  RunInfo run;
  std::int64_t evidence_per_rule = 200;          // rows on a rule's page
  std::int64_t findings_csv_per_rule = 100'000;  // rows in findings.csv
  std::int64_t names_shown = 50;                 // agencies, actors
  std::int64_t wordings_shown = 40;              // reasons as written
  std::int64_t wording_least = 5;                // lookups a wording must have to be shown
  std::int64_t rejects_shown = 200;
};

// Reads only. The views of record/tables.h must have been made.
Result<Model> collect(store::Database& database, const CollectOptions& options);

struct Written {
  std::vector<std::string> files;  // names within the folder, sorted
  std::int64_t findings = 0;       // rows of breach or missing over all rules
};

// Writes all files into `dir`, which is made if absent; it must be the database's export_dir or
// below it. Files of an earlier report are replaced; pages of rules that no longer run are removed.
Result<Written> write(store::Database& database, const Model& model, const Messages& messages,
                      const std::filesystem::path& dir);

}  // namespace onus::report

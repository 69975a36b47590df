// SPDX-License-Identifier: Apache-2.0
#include "support/systems.h"

#include "support/output.h"
#include "support/system_sample.h"

namespace onus::makelogs {
namespace {

constexpr std::size_t kLookups = 48;

std::string truth_line(const SystemFile& file) {
  const SystemTruth& truth = file.truth;
  std::string extras;
  for (const auto& [field, count] : truth.extras) {
    extras += (extras.empty() ? "" : " ") + field + "=" + std::to_string(count);
  }
  std::vector<std::string> cells = {file.name, file.profile};
  for (const std::int64_t count :
       {truth.rows, truth.rejects, truth.headers, truth.searches, truth.derived,
        truth.administrative, truth.distinct_acts, truth.reasons, truth.subjects}) {
    cells.push_back(std::to_string(count));
  }
  cells.push_back(truth.reason_state);
  cells.push_back(extras);
  return csv_line(cells);
}

Result<void> write(const std::filesystem::path& path, std::string_view bytes) {
  ONUS_TRY(Output out, Output::open(path));
  out.write(bytes);
  return out.close();
}

}  // namespace

std::vector<SystemFile> system_samples(std::uint64_t seed) {
  const Lookups lookups = lookups_of_days(seed, kLookups);
  std::vector<SystemFile> out;
  for (const auto make :
       {learn_sample, genetec_sample, ncic_sample, broker_sample, biometric_sample, generic_sample,
        pgaudit_sample, snowflake_sample, databricks_sample, fhir_sample, cloudtrail_sample,
        ocsf_sample, cef_sample, databricks_json_sample}) {
    out.push_back(make(lookups));
  }
  return out;
}

Result<std::size_t> write_system_samples(std::uint64_t seed, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(Code::io, "cannot make " + folder.string() + ": " + error.message());
  std::string truth = csv_line({"file", "profile", "rows", "rejects", "headers", "searches",
                                "derived", "administrative", "distinct_acts", "reasons", "subjects",
                                "reason_state", "extras"});
  const std::vector<SystemFile> files = system_samples(seed);
  for (const SystemFile& file : files) {
    ONUS_TRY_VOID(write(folder / file.name, file.bytes));
    truth += truth_line(file);
  }
  ONUS_TRY_VOID(write(folder / "truth.systems", truth));
  return files.size();
}

}  // namespace onus::makelogs

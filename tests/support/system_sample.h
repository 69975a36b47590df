// SPDX-License-Identifier: Apache-2.0
// Builds one file of systems.h and its truth, row by row.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/lookup_days.h"
#include "support/systems.h"

namespace onus::makelogs {

enum class RowAct : std::uint8_t { search, derived, administrative };

class SystemSample {
 public:
  SystemSample(std::string profile, std::string name) {
    file_.profile = std::move(profile);
    file_.name = std::move(name);
  }

  void header(std::string_view bytes) {
    file_.bytes += bytes;
    ++file_.truth.headers;
    ++file_.truth.rows;
  }
  void reject(std::string_view bytes) {
    file_.bytes += bytes;
    ++file_.truth.rejects;
    ++file_.truth.rows;
  }
  // `act_id`: rows with the same one are one act.
  void row(std::string_view bytes, RowAct act, const std::string& act_id) {
    file_.bytes += bytes;
    ++file_.truth.rows;
    ++(act == RowAct::search    ? file_.truth.searches
       : act == RowAct::derived ? file_.truth.derived
                                : file_.truth.administrative);
    acts_.insert(act_id);
  }
  void raw(std::string_view bytes) { file_.bytes += bytes; }  // no row: a bracket, a comma

  void reason(std::string_view text) { file_.truth.reasons += text.empty() ? 0 : 1; }
  void no_reason(std::string state) { file_.truth.reason_state = std::move(state); }
  void extra(const std::string& field, bool has_value = true) {
    extras_[field] += has_value ? 1 : 0;
  }
  void subject(const std::string& text, bool kept = true) {
    if (text.empty()) return;
    file_.truth.subjects += kept ? 1 : 0;
    file_.needles.push_back(text);
  }

  SystemFile finish() {
    file_.truth.distinct_acts = static_cast<std::int64_t>(acts_.size());
    file_.truth.extras.assign(extras_.begin(), extras_.end());
    return std::move(file_);
  }

 private:
  SystemFile file_;
  std::set<std::string> acts_;
  std::map<std::string, std::int64_t> extras_;
};

using Lookups = std::vector<LookupOfDay>;

std::string iso_of(std::int64_t when_ms, char between, std::string_view zone);
std::string us_of(std::int64_t when_ms);  // "03/04/2026 14:17:08"
std::string id_of(std::string_view prefix, std::uint32_t number);
std::string uuid_of(std::uint32_t number, std::string_view begin = "5b0a6f10");

// CSV: system_tables.cc, system_servers.cc.
SystemFile learn_sample(const Lookups& lookups);
SystemFile genetec_sample(const Lookups& lookups);
SystemFile ncic_sample(const Lookups& lookups);
SystemFile broker_sample(const Lookups& lookups);
SystemFile biometric_sample(const Lookups& lookups);
SystemFile generic_sample(const Lookups& lookups);
SystemFile pgaudit_sample(const Lookups& lookups);
SystemFile snowflake_sample(const Lookups& lookups);
SystemFile databricks_sample(const Lookups& lookups);
// Records: system_records.cc.
SystemFile fhir_sample(const Lookups& lookups);
SystemFile cloudtrail_sample(const Lookups& lookups);
SystemFile ocsf_sample(const Lookups& lookups);
SystemFile cef_sample(const Lookups& lookups);
SystemFile databricks_json_sample(const Lookups& lookups);

}  // namespace onus::makelogs

// SPDX-License-Identifier: Apache-2.0
// An agency's own log against the network logs of others. The same search stands in the searcher's
// log and in the log of every agency whose data it reached: what one side shows and the other lacks
// is a question, and what its absence does not prove is said with it.
//
// Works on a store into which module ingest has read both sides under one key, and whose agency
// names are resolved (table parties). Rows are matched by the vendor's id, else by the second, two
// or more further cells that agree, and none that contradicts; masked cells contradict nothing. If
// the clocks of the two sides differ by whole hours, that is found and said.
//
//   rows of the agency in a network log = matched + missing_in_own + too_alike + outside   checked
//   own searches in that log's period   = matched + expected + cannot tell + own data only
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "between/diff.h"
#include "between/sides.h"
#include "report/messages.h"
#include "store/database.h"

namespace onus::between {

// A name of a sharing list, and how module resolve reads it ("" for what the name does not say).
struct ListedName {
  std::string name, key, place, state, kind;
};

// One agency's network log, as far as it is about the agency whose own log is held against it.
struct NetworkLog {
  std::string owner;  // as its files say; "" where they do not
  std::string first_when, last_when;
  std::int64_t rows = 0;  // searches of the agency in it
  std::int64_t matched = 0;
  std::int64_t missing_in_own = 0;  // within the time of the own log, and not in it
  std::int64_t too_alike = 0;       // with too many others in one second to be compared
  std::int64_t outside = 0;         // outside that time
  std::int64_t own_in_period = 0;   // own searches in the time of this log
  std::int64_t own_matched = 0;
  std::int64_t expected = 0;  // reached as far as any that day, and others of that day are here
  std::int64_t own_only = 0;  // states that it reached no network but its own
  std::int64_t reach_not_stated = 0, reach_narrower = 0, none_that_day = 0;  // cannot be told
  std::int64_t own_too_alike = 0;                                            // nor these
  std::int64_t cannot_tell() const {
    return reach_not_stated + reach_narrower + none_that_day + own_too_alike;
  }
};

struct ReconcileMonth {
  std::string owner, month;
  std::int64_t matched = 0, missing_in_own = 0, expected = 0, cannot_tell = 0;
};

struct Spelling {
  std::string agency;
  std::int64_t rows = 0;
};

struct OffList {
  std::string agency, status;  // "not_listed", or "cannot_tell": the name leaves the state open
  std::int64_t rows = 0;
  std::string first_when, last_when;
};

struct Reconciliation {
  Side own, others;
  std::string agency;  // whose own log it is
  std::int64_t own_searches = 0;
  std::int64_t offset_hours = 0;  // own log's clock less the others', of the rows matched so
  std::int64_t matched_with_offset = 0;
  std::int64_t matched_by_id = 0, matched_by_cells = 0;
  std::vector<NetworkLog> logs;
  std::vector<ReconcileMonth> months;
  std::vector<Spelling> spellings;  // what the network logs call the agency
  bool has_list = false;
  std::int64_t listed_names = 0, listed_rows = 0;
  std::vector<OffList> off_list;
  std::vector<Difference> evidence;  // kinds missing_in_own, expected, not_listed
  std::int64_t total_of(std::string_view kind) const;
  bool any() const;
};

struct ReconcileOptions {
  std::vector<std::int32_t> own_ids, other_ids;
  std::vector<ListedName> shared_with;  // empty: no list was given
  std::int64_t evidence_per_kind = 50;
};

// Code::usage where the own log does not say whose it is, the network logs have over 4,096 owners,
// or a list was given and the logs are
// those of several agencies.
Result<Reconciliation> reconcile(store::Database& db, const ReconcileOptions& options);

// index.html, style.css, reconcile.csv, reconcile.json; as write_diff.
Result<void> write_reconciliation(store::Database& db, const Reconciliation& found,
                                  const report::Messages& messages, std::string_view version,
                                  const std::filesystem::path& dir);

std::string reconciliation_json(const Reconciliation& found, std::string_view version);
std::string reconciliation_screen(const Reconciliation& found, const report::Messages& messages,
                                  const std::string& page);

}  // namespace onus::between

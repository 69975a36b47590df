// SPDX-License-Identifier: Apache-2.0
// A register of papers between agencies: who declared, certified or agreed what to whom, from when
// to when. It is the auditor's, not the log's. Rules see it as facts (`declaration` and so on),
// which are NULL where no register was given: then nothing is known of papers.
//
// A register is a list of tables with these members; the first thing wrong in it (a misspelt word,
// a day that is none, an end before its begin) is an error with file, line and column, and nothing
// of it is used.
//
//   kind = "declaration"        declaration | certification | sharing_agreement
//   owner = "Fairhollow PD, IL"           as the logs name it
//   searcher = "Cedar Bluff SO, TX"
//   state = "active"            requested | granted | active | revoked
//   from = 2025-01-01           the first day on which it says this (UTC)
//   to = 2025-12-31             the last; may be missing
//   purposes = ["crime"]        of the hierarchy (docs/vocabulary.md), each with all below it;
//   missing: all
//
// `complete = true` above them says that what is not in the register does not exist; without it an
// absent paper stays unknown.
//
// Of several of one kind that hold on a day, the one that began last counts, then the later in the
// file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/toml.h"
#include "store/database.h"

namespace onus::resolve {

struct Agreement {
  std::size_t kind = 0;  // of kAgreementKinds
  std::string owner_key;
  std::string searcher_key;
  std::string state;
  std::string from;  // "2025-01-01"
  std::string to;    // or empty
  std::vector<std::string> purposes;
};

inline constexpr std::string_view kAgreementKinds[] = {"declaration", "certification",
                                                       "sharing_agreement"};

// `items`: one table each. `file` is for errors.
Result<std::vector<Agreement>> read_agreements(const std::vector<TomlValue>& items,
                                               std::string_view file);

// Writes agreement_registers and agreement_spans anew. `path` and `sha256` are the register's.
Result<void> store_agreements(store::Database& db, const std::vector<Agreement>& agreements,
                              const std::string& path, const std::string& sha256, bool complete);

// Forgets an earlier register: a run without one knows nothing of papers.
Result<void> forget_agreements(store::Database& db);

}  // namespace onus::resolve

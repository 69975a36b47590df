// SPDX-License-Identifier: Apache-2.0
// What another law would have said of recorded lookups, as a page of its own. The figures are the
// caller's (rules/replay.h): this module knows no law.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/messages.h"
#include "report/page.h"

namespace onus::report {

struct ReplayedCount {
  std::string name;  // a rule's id, an agency, an actor, "2025-07"
  std::string kind;  // "allow_to_deny"
  std::int64_t accesses = 0;
  std::int64_t lookups = 0;
};

// An access with another outcome, and where its row stands.
struct ReplayedRow {
  std::string rule, kind, old_outcome, new_outcome, when, agency, actor, file;
  std::int64_t row = 0, line = 0;
};

struct Replayed {
  std::int64_t accesses = 0;
  std::size_t old_rules = 0, new_rules = 0;
  std::string as_of;                      // a day, or empty
  std::vector<std::string> not_recorded;  // packs of before by which the case was not judged
  std::vector<ReplayedCount> kinds, rules, agencies, actors, months;
  std::vector<std::pair<std::string, std::string>> titles;  // of rules, in the reader's language
  std::vector<ReplayedRow> rows;                            // some of them
};

// That what stands before is not what the case recorded, with the first of the packs.
std::string not_recorded_sentence(const std::vector<std::string>& packs, const Messages& say);

Page replay_page(const Replayed& replayed, const Messages& say, std::string_view version);

}  // namespace onus::report

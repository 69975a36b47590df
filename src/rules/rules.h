// SPDX-License-Identifier: Apache-2.0
// The module's face: packs of dated rules, judged over every access of a case.
//
//   packs     load_packs (rules/pack.h), from the built-in files and those the user names
//   judging   run: one scan of the view `facts`, one decision per access and rule
//   language  docs/rule-language.md, rules/parse.h; format and outcomes docs/rule-packs.md
//
// What a rule says is "on the face of the log". It never sees who was looked up: conditions know
// the columns of record/facts.h only, detectors the views detect_* only.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/pack.h"
#include "store/database.h"

namespace onus::rules {

struct Summary {
  std::int64_t accesses = 0;
  std::int64_t breaches = 0;  // accesses with at least one; the same for `missing`
  std::int64_t missing = 0;   // of rules of law, not of quality
  std::int64_t detections = 0;
  std::size_t rules = 0;
};

// Called now and then with what is being done: "rules", "counts", a detector's id.
using Progress = std::function<void(std::string_view step)>;

// The built-in packs: packs/laws/ and packs/log-quality.toml, in the order of their paths.
std::vector<NamedText> builtin_packs();

// Judges every access. Writes rules, outcomes, outcome_reasons, outcome_counts and detections, each
// anew. A detector that reads what it may not, or whose SQL fails, is an error before anything is
// written.
Result<Summary> run(store::Database& db, std::span<const Pack> packs,
                    const Progress& progress = {});

}  // namespace onus::rules

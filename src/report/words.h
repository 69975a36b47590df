// SPDX-License-Identifier: Apache-2.0
// Sentences that more than one page says, made from the model and the catalogue.
#pragma once

#include <string>
#include <string_view>

#include "report/page.h"

namespace onus::report {

// "12 rows = 10 sightings + 1 reject + 1 header + 0 blank rows", and whether it adds up.
std::string accounting_sentence(const View& view);

// What the log shows for a rule: how many of those to which it applies, in figures and in words.
std::string condition_sentence(const View& view, const RuleUse& rule);

// Whether the share is a complete count or a sample, and in that case between what and what.
std::string range_sentence(const View& view, std::int64_t hits, std::int64_t total);
std::string certainty_sentence(const View& view);

// Law and section, which are joined by "; " each; a law that is named again is not repeated.
std::string citations(const View& view, const RuleUse& rule);

// "625 ILCS 5, section 2-130, in force since 1 January 2024"
std::string law_line(const View& view, const RuleUse& rule);

// "Have the record of it reviewed within 7 days."
std::string duty_words(const Messages& say, record::Duty duty, std::int64_t within_days);

// A code of outcome_counts in words: an element, an evidence, "unknown:<fact>", "withheld:<field>".
std::string because_words(const View& view, const RuleUse& rule, std::string_view code);
// The reason that most accesses of this outcome have; "" for none.
std::string main_reason(const View& view, const RuleUse& rule, std::string_view outcome);

// The era of a file; one that spans two has both, "free_text+drop_down".
std::string era_words(const Messages& say, std::string_view era);

std::string cannot_run_sentence(const View& view, const RuleUse& rule);

// "Of 18,412 lookups with a stated reason, 1.0 % (95 % interval 0.9 % to 1.1 %) ..."
std::string true_share_sentence(const ByPeople& all, const TrueShare& one, const Messages& say);

// Whose data the logs are about, as the files say; at most three, then "and 5 more".
std::string owner_names(const Model& model);

}  // namespace onus::report

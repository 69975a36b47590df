// SPDX-License-Identifier: Apache-2.0
// A pack as it was read: its rules with their law, their texts and their compiled decision. The
// format is docs/rule-packs.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/record.h"
#include "rules/condition.h"
#include "rules/evaluate.h"
#include "rules/program.h"

namespace onus::rules {

struct LocalText {
  std::string en;
  std::string de;
};

// What a rule of law is about: why, to whom, what a record holds, how long the data or the record
// is kept, who checks. The last two rest on no law.
enum class Kind : std::uint8_t {
  purpose,
  sharing,
  record,
  retention,
  log_retention,
  audit,
  quality,
  detector
};
inline constexpr std::array<std::string_view, 8> kKinds = {
    "purpose", "sharing", "record", "retention", "log_retention", "audit", "quality", "detector"};

// basis: how the text was read: O official, Q quoted copy, S+ a compilation that read it, S
// secondary. Only O and Q let a rule be `checked`.
struct Cite {
  std::string law;
  std::string section;
  std::string basis;
  LocalText sentence;  // what it says, in our words
};

// What would tell, where the log cannot. `when`: a tree that says for which accesses; none: all.
struct Evidence {
  std::string id;
  LocalText text;
  std::optional<Tree> when;
};

// What a record must hold. Absent: certainly not recorded. Neither: withheld, or never recorded.
struct Element {
  std::string id;
  LocalText label;
  Tree present;
  Tree absent;
};

// What must be done besides, where the lookup is permitted. Only a review has days.
struct Obligation {
  record::Duty duty = record::Duty::record_user;
  std::int64_t within_days = 0;  // 0: the law names none
};
std::string spelled(const Obligation& obligation);  // "record_user", "review|7"

// An outcome with its reason, under a code: the index in Rule::reasons.
struct Reason {
  record::Outcome outcome = record::Outcome::not_applicable;
  std::string because;  // "unknown:owner_state", "withheld:user", an evidence's or element's id
  LocalText text;       // of an evidence or element; of the others the report has its own words
};

// If `tree` answers `truth`, the code; or, of the first of `unknown` whose column is NULL, its
// code.
struct Branch {
  struct Unknown {
    std::size_t column;
    std::uint8_t code;
  };
  std::size_t tree = 0;  // index in Rule::trees
  Truth truth = Truth::is_true;
  std::uint8_t code = 0;
  std::vector<Unknown> unknown;
};

// A rule as a list of branches, the first that holds decides: one list for every back end.
// Reasons are sorted by outcome.
struct Decision {
  std::vector<Tree> trees;
  std::vector<std::string> clauses;  // of each tree, what it is in the rule: "applies", "forbids"
  std::vector<Branch> branches;
  std::vector<Reason> reasons;
  std::uint8_t otherwise = 0;
  Program program;  // its questions are the branches
};

struct Rule {
  std::string id;
  Kind kind = Kind::purpose;
  LocalText title;
  record::Severity severity = record::Severity::note;
  record::TextStatus status = record::TextStatus::draft;
  std::string duty_bearer;
  std::vector<Cite> cites;
  std::string from;  // "2025-07-01", the first day in force; or empty
  std::string to;    // the last day; or empty
  std::string read;  // the first day for which the text was read, if `from` is of a weaker source
  std::vector<std::string> acts;
  std::optional<Tree> applies, forbids, allows, except;
  std::vector<Element> requirements;
  std::vector<Evidence> evidence;
  std::vector<Obligation> obligations;
  bool has_unknown = true;  // false: the rule says that it can always tell
  Decision decision;
  std::string sql;                 // of a detector
  std::vector<std::string> needs;  // facts without which a detector or rule cannot run
};

struct Pack {
  std::string id;
  LocalText title;
  LocalText place;              // "United States, Illinois"; or empty
  std::optional<Tree> governs;  // of which accesses it is the law; none: of all
  std::string path;             // as it was named
  std::string sha256;           // of its bytes
  std::vector<Rule> rules;
};

struct NamedText {
  std::string name;
  std::string text;
};

// Reads packs and runs their examples. The first thing wrong (a misspelt key, a condition that does
// not parse, an example with another outcome, an id given twice) is the error, and nothing is
// loaded.
Result<std::vector<Pack>> load_packs(std::span<const NamedText> files);

}  // namespace onus::rules

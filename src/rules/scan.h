// SPDX-License-Identifier: Apache-2.0
// The one scan that judges every access, as SQL. The codes of all rules of an access are packed
// into 64-bit words. Few different words occur (72 among 10 million accesses and 15 rules): these
// are numbered and unpacked once (table outcome_kinds), an access has the number (outcome_rows),
// and the view `outcomes` joins the two.
//
// Why packed: of 10 million accesses and 14 rules, 28 columns cost more to store than to compute
// (0.6 + 0.5 of 2.6 seconds of processor time for 2 million), one word costs next to nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/jurisdiction.h"
#include "rules/pack.h"

namespace onus::rules {

struct Numbered {
  std::size_t ix;  // rules.rule_ix
  const Rule* rule;
  const Pack* pack;
};

// Where a rule's code lies: bits [shift, shift + bits) of outcome_kinds.w<word>.
struct Slot {
  std::size_t ix;
  const Decision* decision;
  std::size_t word;
  unsigned shift;
  unsigned bits;
};

// The view `facts` with "unknown" read as NULL, as conditions see it.
std::string facts_sql(std::string_view facts = "facts");

// The rules of those packs that are the law of some access, in order.
std::vector<Numbered> numbered(std::span<const Pack> packs, const std::vector<Reach>& reach);

// One slot for each rule that is not a detector, in their order.
std::vector<Slot> slots_of(const std::vector<Numbered>& rules);

// A statement that makes a temporary table of accesses and their words, of those in `facts`: the
// view of all, or a part of it.
std::string words_sql(const std::vector<Slot>& slots, std::string_view table,
                      std::string_view facts = "facts");
std::string word_columns(const std::vector<Slot>& slots);  // "w0, w1"

// A query over such a table: each combination of words once with its number `kind`, and for each
// rule its outcome r<ix> and code b<ix>.
std::string kinds_sql(const std::vector<Slot>& slots, std::string_view words);

}  // namespace onus::rules

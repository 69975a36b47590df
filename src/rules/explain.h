// SPDX-License-Identifier: Apache-2.0
// Why a rule says what it says of one access: every clause that was asked, with its answer, and the
// facts that these read. Facts are those of record/facts.h: never who was looked up.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/decide.h"
#include "rules/pack.h"
#include "store/database.h"

namespace onus::rules {

// Accesses with their facts, as evaluate() takes them.
struct FactRows {
  struct Access {
    std::int64_t access_id = 0;
    std::int64_t lookup_id = 0;
    std::vector<Value> row;  // looks into `stored` or `given`
  };
  std::vector<Access> accesses;
  std::unique_ptr<store::Rows> stored;
  std::vector<std::unique_ptr<std::string>> given;
};

// The accesses of a lookup of a case that was audited; Code::not_found if there is none.
Result<FactRows> facts_of_lookup(store::Database& db, std::int64_t lookup_id);

// One access from "name=value" texts, as an example of a pack gives it: what is not given is
// unknown, but for `act`, which is search. An unknown name or word is Code::usage.
Result<FactRows> facts_given(std::span<const std::string> assignments);

struct Explanation {
  struct Step {
    std::string clause;
    std::string condition;  // in the language of docs/rule-language.md
    Truth answer = Truth::is_null;
    bool decided = false;
  };
  struct Read {
    std::string fact;
    std::string value;
    bool known = false;
  };
  Reason reason;
  Truth obliges = Truth::is_false;  // whether its obligations attach, if the access is permitted
  std::vector<Step> steps;          // in the order in which they were first asked
  std::vector<Read> read;           // by these, in the order of record::facts()

  const Step* decisive() const;  // the step that decided, or nullptr
};

// `rule` is no detector.
Explanation explain(const Rule& rule, std::span<const Value> row);

}  // namespace onus::rules

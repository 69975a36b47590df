// SPDX-License-Identifier: Apache-2.0
// A block of a file to a batch. The columns may change inside a file: a header that is repeated is
// counted; a header of another form, or rows that only another form reads, change the plan from
// there on. All of it follows from the rows alone, so that threads cannot change the result.
#pragma once

#include <deque>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ingest/batch.h"
#include "ingest/map.h"
#include "ingest/plan.h"
#include "ingest/recognise.h"
#include "source/table.h"

namespace onus::ingest {

// The plans of one file: of its header, and of what is stacked below. Plans live as long as this;
// any thread may ask.
class Plans {
 public:
  Plans(std::span<const Profile> profiles, const Recognition& recognition);

  const Plan& first() const { return *first_; }
  // Of the file; 0: none of its rows is the header.
  std::int64_t header_row() const { return header_row_; }

  // The plan for a row that is itself a header, or nullptr.
  const Plan* for_header(Cells cells);
  // The one plan that reads a row of another width than `current`'s, or nullptr.
  const Plan* that_reads(const Plan& current, Cells cells);

 private:
  const Variant* variant_of(const Profile& profile) const;
  const Plan* keep(Plan plan);
  bool may_be_header(Cells cells) const;

  std::span<const Profile> profiles_;
  record::LogRole role_;
  std::int64_t header_row_;
  std::set<std::string, std::less<>> headers_;  // folded, of all profiles
  std::mutex mutex_;
  std::deque<Plan> plans_;
  std::vector<const Plan*> layouts_;
  const Plan* first_ = nullptr;
};

struct PlanUse {
  const Plan* plan = nullptr;
  std::vector<UnknownColumn> columns;  // by position; counted where no field has the cells
};

struct BlockOutcome {
  const Plan* plan = nullptr;  // at the end of the block
  std::vector<PlanUse> plans;  // that read a row of it, in order of first use
  std::int64_t repeated_headers = 0;
  std::int64_t stacked = 0;
  std::int64_t before_header = 0;
  std::int64_t realigned = 0;
};

BlockOutcome map_block(const source::Block& block, Plans& plans, const Plan& plan, Mapper& mapper,
                       Batch& batch);

}  // namespace onus::ingest

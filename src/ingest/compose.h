// SPDX-License-Identifier: Apache-2.0
// Cells that a field needs and the file has not as such: put together from several columns, or
// taken out of one that holds cells of its own ("Reason: theft; Case: 26-1"). What comes out is a
// row as the plan's positions have it: the file's cells, joined ones in place, details behind them.
//
// A part that is masked or empty is no part of a join; where no part says anything, the first that
// is not empty stands for all, so that its state is not lost.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/plan.h"

namespace onus::ingest {

class Composer {
 public:
  // Lives until the next call. `plan` must be composed.
  Cells compose(const Plan& plan, Cells cells);

  // The cell `details` holds no details of this system: the row is another kind of record.
  static bool is_foreign(const Plan& plan, Cells cells);

 private:
  void read_lines(const Plan& plan, std::string_view cell);
  void read_csv(const Plan& plan, std::string_view cell);
  void keep(const Plan& plan, std::size_t detail, std::string_view value);
  void join(const Plan& plan, const Join& join);
  std::string& new_text();

  std::vector<std::string_view> row_;
  std::deque<std::string> texts_;  // what `row_` looks into beside the file's cells
  std::size_t used_ = 0;
  std::string label_;
};

}  // namespace onus::ingest

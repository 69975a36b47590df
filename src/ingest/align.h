// SPDX-License-Identifier: Apache-2.0
// Puts the cells of a damaged row back where they belong, if their kinds of value leave exactly one
// way: known damages are a cell that is not there (often the case number's) and an empty cell too
// many (often before the filters).
#pragma once

#include <string_view>
#include <vector>

#include "ingest/plan.h"

namespace onus::ingest {

// The fields that a row stands or falls by.
struct Firm {
  Time when;
  std::int32_t networks = 0;
  std::int32_t devices = 0;
  Window window;
  record::CellState networks_state = record::CellState::not_exported;
  record::CellState devices_state = record::CellState::not_exported;
  record::CellState window_state = record::CellState::not_exported;
};

// False: `wrong` is the column that cannot be read.
bool read_firm(const Plan& plan, Cells cells, Firm& firm, Field& wrong);

// `cells` does not read as it stands. True: `aligned` does, and only so.
bool realign(const Plan& plan, Cells cells, std::vector<std::string_view>& aligned);

}  // namespace onus::ingest

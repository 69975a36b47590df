// SPDX-License-Identifier: Apache-2.0
// Why a cell says what it says: a value, nothing, something typed to get past a required field, or
// a mask, and whose. The marks are what released logs hold (docs/profiles.md lists them); a profile
// may add its own. Never guesses from a column as a whole: that is a finding, not a cell's state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/field.h"
#include "record/record.h"

namespace onus::ingest {

// Marks beyond the built-in ones, folded (ingest/fold.h). A cell is a mark if all of it is.
struct Marks {
  std::vector<std::string> placeholder;
  std::vector<std::string> masked_vendor;
  std::vector<std::string> masked_agency;
};

// `text` may have white space around it. Where the state is value or partial, the cell's value is
// trimmed(text). "0" is a value where the field counts something; '*' alone is a wildcard in a
// filter or a plate, not a mask.
record::CellState cell_state(std::string_view text, Field field, const Marks& marks);

// A cited exemption stands for what was withheld: "7923.600 GC", "Gov. Code 7922.000", "(b)(7)(C)".
bool is_exemption(std::string_view folded_text);

constexpr bool has_value(record::CellState state) {
  return state == record::CellState::value || state == record::CellState::partial;
}

}  // namespace onus::ingest

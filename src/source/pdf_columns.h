// SPDX-License-Identifier: Apache-2.0
// Where the columns of a printed table are: from its labels and from where values begin, end and
// never stand. A detail of module source.
#pragma once

#include <span>
#include <vector>

#include "source/pdf_grid.h"
#include "source/pdf_header.h"

namespace onus::source {

// A value line: its words' boxes, from left to right.
using Spans = std::vector<const Word*>;

// At least one column. `header` has the words of each of the header's lines; it may be empty: then
// the gutters tell.
std::vector<Column> columns_of(std::span<const std::vector<Piece>> header,
                               std::span<const Spans> lines, double em);

}  // namespace onus::source

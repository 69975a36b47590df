// SPDX-License-Identifier: Apache-2.0
// The footer of a Parquet file (Thrift's compact protocol), looked at before an engine reads the
// file: how deep its types nest, which the engine follows by recursion, and how many columns and
// rows it says it has. A detail of module source.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "source/table.h"

namespace onus::source {

struct ParquetFooter {
  std::int64_t rows = 0;     // of all row groups
  std::int64_t columns = 0;  // without what is nested in them
};

// Refuses a footer that is damaged, cut off or encrypted (bad_input), and one over the budget:
// types nested over kMaxParquetDepth, columns over max_cells, rows over max_rows, a footer over
// 64 MiB. `file` is its descriptor.
Result<ParquetFooter> read_parquet_footer(int file, const Budget& budget);

// Of the footer alone, without the magic and its length.
Result<ParquetFooter> parse_parquet_footer(std::string_view bytes);

inline constexpr std::size_t kMaxParquetDepth = 32;

}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
// xlsx-cells FILE: reads the first sheet to its end and prints rows, cells that are not empty, and
// the bytes of their text, as the rivals of bench/run_xlsx.py do.
#include <cstdint>
#include <cstdio>

#include "source/xlsx.h"

int main(int argc, char** argv) {
  using namespace onus::source;
  if (argc != 2) return 2;
  onus::Result<std::unique_ptr<TableStream>> stream = open_xlsx(argv[1], 1, Budget{});
  std::int64_t cells = 0;
  std::int64_t bytes = 0;
  while (stream) {
    onus::Result<std::optional<Block>> block = (*stream)->next();
    if (!block) {
      std::fprintf(stderr, "%s\n", block.error().text().c_str());
      return 3;
    }
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      for (const Cell& cell : record.cells) {
        cells += cell.text.empty() ? 0 : 1;
        bytes += static_cast<std::int64_t>(cell.text.size());
      }
    }
  }
  if (!stream) {
    std::fprintf(stderr, "%s\n", stream.error().text().c_str());
    return 3;
  }
  std::printf("%lld rows, %lld cells, %lld bytes\n", static_cast<long long>((*stream)->rows()),
              static_cast<long long>(cells), static_cast<long long>(bytes));
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// table-cells FILE: reads the first table of a file to its end and prints rows, cells that are not
// empty, and the bytes of their text, as the rivals in bench/ do. The columns of nested records are
// their outermost members.
#include <array>
#include <cstdint>
#include <cstdio>

#include "source/expand.h"
#include "source/open.h"

namespace {

using namespace onus::source;

struct Counts {
  std::int64_t rows = 0;
  std::int64_t cells = 0;
  std::int64_t bytes = 0;
};

onus::Result<std::vector<std::string>> columns_of(const InputFile& input) {
  std::vector<std::string> none;
  if (!has_paths(input)) return none;
  ONUS_TRY(JsonSurvey found, survey(input, none, Budget{}, 2000));
  return std::move(found.others);
}

void count(const Block& block, Counts& counts) {
  Records records(block);
  for (Record record; records.next(record);) {
    for (const Cell& cell : record.cells) {
      counts.cells += cell.text.empty() ? 0 : 1;
      counts.bytes += static_cast<std::int64_t>(cell.text.size());
    }
  }
}

onus::Result<Counts> read(const char* path) {
  const std::array<std::filesystem::path, 1> named = {path};
  ONUS_TRY(const std::vector<InputFile> inputs, expand_inputs(named));
  ONUS_TRY(const std::vector<std::string> columns, columns_of(inputs.front()));
  ONUS_TRY(const auto stream, open_table(inputs.front(), Budget{}, columns));
  Counts counts;
  for (;;) {
    ONUS_TRY(const std::optional<Block> block, stream->next());
    if (!block) break;
    count(*block, counts);
  }
  counts.rows = stream->rows();
  return counts;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const onus::Result<Counts> counts = read(argv[1]);
  if (!counts) {
    std::fprintf(stderr, "%s\n", counts.error().text().c_str());
    return 3;
  }
  std::printf("%lld rows, %lld cells, %lld bytes\n", static_cast<long long>(counts->rows),
              static_cast<long long>(counts->cells), static_cast<long long>(counts->bytes));
  return 0;
}

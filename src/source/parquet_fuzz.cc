// SPDX-License-Identifier: Apache-2.0
// Any bytes as a Parquet file: it is refused, or its rows come numbered, with a cell for each path,
// as many as its footer says, and a second reading is the same; never more than the budget.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "source/encoding.h"
#include "source/parquet.h"

namespace {

using namespace onus::source;

const std::vector<std::string> kPaths = {"id", "ident.email", "ident.k[*]", "rp.a", "rp", "r"};
constexpr Budget kSmall{.max_bytes = 1 << 20, .max_rows = 20'000, .max_record_bytes = 4096};

std::string read(const std::string& path) {
  std::string out;
  auto stream = open_parquet(path, "x", kPaths, kSmall);
  if (!stream) return "refused: " + stream.error().text();
  std::int64_t row = 0;
  for (;;) {
    const auto block = (*stream)->next();
    if (!block) return out + "refused: " + block.error().text();
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      ONUS_CHECK(record.at.row == ++row);
      ONUS_CHECK(record.cells.size() == kPaths.size() || has(record.damage, Damage::too_long));
      for (const Cell& cell : record.cells) {
        ONUS_CHECK(is_valid_utf8(cell.text));
        out.append(cell.text) += '\x1F';
      }
      ONUS_CHECK(out.size() <= std::size_t{1} << 23);
    }
  }
  ONUS_CHECK((*stream)->rows() == row && row <= kSmall.max_rows);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = memfd_create("fuzz", MFD_CLOEXEC);
  ONUS_CHECK(file >= 0 && write(file, data, size) == static_cast<ssize_t>(size));
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  ONUS_CHECK(read(path) == read(path));
  ONUS_CHECK(close(file) == 0);
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Any bytes as JSON: the records stand one behind another in the file, at most every byte once;
// what is between them is what may stand there; each has the cells it should; a second reading is
// the same. Any bytes as a path over any record give an answer.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "source/encoding.h"
#include "source/json.h"
#include "source/json_path.h"

namespace {

using namespace onus::source;

std::string read(const std::string& bytes, const std::vector<std::string>& paths,
                 const Budget& budget) {
  std::string out;
  auto source = ByteSource::over(bytes, 1 << 30);
  ONUS_CHECK(source.has_value());
  auto stream = open_json(std::move(*source), paths, budget);
  if (!stream) return "refused";
  std::int64_t row = 0;
  std::int64_t end = 0;
  for (;;) {
    const auto block = (*stream)->next();
    ONUS_CHECK(block.has_value());
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      ONUS_CHECK(record.at.row == ++row);
      ONUS_CHECK(record.at.byte_offset >= end);
      ONUS_CHECK(record.at.byte_length > 0);
      end = record.at.byte_offset + record.at.byte_length;
      ONUS_CHECK(end <= static_cast<std::int64_t>(bytes.size()));
      const bool bad = has(record.damage, Damage::malformed);
      ONUS_CHECK(has(record.damage, Damage::too_long) ||
                 record.cells.size() == (bad ? 1 : paths.size()));
      for (const Cell& cell : record.cells) {
        ONUS_CHECK(is_valid_utf8(cell.text));
        out.append(cell.text) += '\x1F';
      }
      out += '\x1E';
    }
  }
  ONUS_CHECK((*stream)->rows() == row);
  ONUS_CHECK((*stream)->bytes() == static_cast<std::int64_t>(bytes.size()));
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string all(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(all.find('\n'), all.size());
  const std::string bytes = all.substr(std::min(line + 1, all.size()));
  const std::vector<std::string> paths = {all.substr(0, line), "a", "a[*].b", "id | a.b"};
  const Budget small{.max_record_bytes = static_cast<std::int32_t>(1 + size % 64)};
  ONUS_CHECK(read(bytes, paths, small) == read(bytes, paths, small));
  read(bytes, paths, {});
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Any bytes as lines of CEF or LEEF: the records stand one behind another without a gap, so that
// every byte is of one record; each has the cells it should; a second reading is the same; and what
// the survey says is there is what is read.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "source/cef_stream.h"
#include "source/encoding.h"

namespace {

using namespace onus::source;

const std::vector<std::string> kKeys = {"act", "SUSER", "cs1", "devTime", "src"};

ByteSource over(const std::string& bytes) {
  auto source = ByteSource::over(bytes, 1 << 30);
  ONUS_CHECK(source.has_value());
  return std::move(*source);
}

std::string read(const std::string& bytes, const Budget& budget) {
  auto stream = open_cef(over(bytes), kKeys, budget);
  if (!stream) return "refused";
  std::string out;
  std::int64_t row = 0;
  std::int64_t end = 0;
  for (;;) {
    const auto block = (*stream)->next();
    ONUS_CHECK(block.has_value());
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      ONUS_CHECK(record.at.row == ++row && record.at.byte_offset == end);
      ONUS_CHECK(record.at.byte_length > 0);
      end += record.at.byte_length;
      const bool whole = record.damage == Damage::none && record.cells.size() != 1;
      ONUS_CHECK(!whole || record.cells.size() == kKeys.size() || record.cells.empty());
      for (const Cell& cell : record.cells) {
        ONUS_CHECK(is_valid_utf8(cell.text));
        out.append(cell.text) += '\x1F';
      }
      out += '\x1E';
    }
  }
  ONUS_CHECK(end == static_cast<std::int64_t>(bytes.size()));
  ONUS_CHECK((*stream)->rows() == row && (*stream)->bytes() == end);
  return out;
}

void check_survey(const std::string& bytes, const Budget& budget) {
  const auto found = survey_cef(over(bytes), kKeys, budget, 1000);
  if (!found) return;
  ONUS_CHECK(found->present.size() <= kKeys.size());
  for (const std::string& key : found->others) {
    ONUS_CHECK(std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const Budget small{.max_record_bytes = static_cast<std::int32_t>(1 + size % 200)};
  for (const Budget& budget : {small, Budget{}}) {
    ONUS_CHECK(read(bytes, budget) == read(bytes, budget));
    check_survey(bytes, budget);
  }
  return 0;
}

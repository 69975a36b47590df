// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>

#include "ingest/recognise.h"
#include "source/open.h"

namespace onus::ingest {

std::vector<std::vector<std::string_view>> Sample::cells() const {
  std::vector<std::vector<std::string_view>> out;
  out.reserve(rows.size());
  for (const std::vector<std::string>& row : rows) out.emplace_back(row.begin(), row.end());
  return out;
}

Sample sample_of(const source::Block& block, std::size_t max_rows) {
  Sample sample;
  source::Records records(block);
  source::Record record;
  while (sample.rows.size() < max_rows && records.next(record)) {
    std::vector<std::string>& row = sample.rows.emplace_back();
    for (const source::Cell& cell : record.cells) row.emplace_back(cell.text);
  }
  return sample;
}

Result<Sample> read_sample(const source::InputFile& input) {
  ONUS_TRY(const std::unique_ptr<source::TableStream> stream,
           source::open_table(input, source::Budget{}));
  ONUS_TRY(const std::optional<source::Block> block, stream->next());
  return block ? sample_of(*block, kWideSampleRows) : Sample{};
}

}  // namespace onus::ingest

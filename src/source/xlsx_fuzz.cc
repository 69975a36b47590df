// SPDX-License-Identifier: Apache-2.0
// The first byte chooses: the rest is a whole zip file, or the sheet, the shared texts, the styles
// and the workbook's part, apart by NUL, of an otherwise sound one. Whatever they say: rows are
// consecutive from 1 and all counted, positions lie within the sheet and never go back, budgets
// hold, texts are valid UTF-8, and reading again gives the same, also with no shared text in
// memory.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "source/encoding.h"
#include "source/xlsx.h"
#include "support/zip_writer.h"

namespace onus::source {
namespace {

constexpr std::int64_t kMaxPart = std::int64_t{1} << 22;

struct Read {
  std::string error;
  std::string text;  // all cells, and what each row is
  std::int64_t rows = 0;
  std::int64_t end = 0;  // of the last row's bytes
};

void take(const Record& record, const Budget& budget, Read& read) {
  ONUS_CHECK(record.at.row == ++read.rows);
  ONUS_CHECK(record.at.byte_offset >= 0 && record.at.byte_length >= 0);
  ONUS_CHECK(record.blank == record.cells.empty());
  ONUS_CHECK(record.cells.size() <= static_cast<std::size_t>(budget.max_cells));
  if (!record.blank) {
    ONUS_CHECK(record.at.byte_offset >= read.end);
    read.end = record.at.byte_offset + record.at.byte_length;
  }
  std::size_t size = 0;
  for (const Cell& cell : record.cells) {
    ONUS_CHECK(is_valid_utf8(cell.text));
    size += cell.text.size();
    read.text.append(cell.text).push_back('|');
  }
  ONUS_CHECK(size <= static_cast<std::size_t>(budget.max_record_bytes));
  if (!record.blank) read.text += std::to_string(record.at.row) + names(record.damage) + '\n';
}

Read read_all(const std::string& bytes, const Budget& budget) {
  Read read;
  PackageLimits limits;
  limits.max_part_bytes = kMaxPart;
  Result<Package> package = Package::over(bytes, limits);
  if (!package) return {.error = package.error().message, .text = {}};
  Result<std::unique_ptr<TableStream>> stream = open_xlsx(std::move(*package), 1, budget);
  if (!stream) return {.error = stream.error().message, .text = {}};
  for (;;) {
    const Result<std::optional<Block>> block = (*stream)->next();
    if (!block) {
      read.error = block.error().message;
      return read;
    }
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) take(record, budget, read);
  }
  ONUS_CHECK((*stream)->rows() == read.rows && read.rows <= budget.max_rows);
  ONUS_CHECK((*stream)->bytes() == static_cast<std::int64_t>(bytes.size()));
  ONUS_CHECK(read.end <= kMaxPart);
  return read;
}

std::string workbook_of(std::string_view rest) {
  std::array<std::string, 4> parts;
  for (std::string& part : parts) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    part = std::string(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const support::Workbook book = {
      .sheets = {{"S", parts[0]}}, .strings = parts[1], .styles = parts[2], .properties = parts[3]};
  return support::zip_of(support::entries_of(book), support::Packing::stored);
}

}  // namespace
}  // namespace onus::source

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onus::source;
  if (size == 0 || size > 65536) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  Budget budget;
  budget.max_rows = 100'000;
  if (data[0] % 2 == 1) {
    budget.max_cells = 1 + data[0] % 7;
    budget.max_record_bytes = 16 + data[0] / 2;
  }
  const std::string bytes = data[0] % 8 < 2 ? std::string(rest) : workbook_of(rest);
  const Read first = read_all(bytes, budget);
  budget.max_held_bytes = 0;
  const Read again = read_all(bytes, budget);
  ONUS_CHECK(first.text == again.text && first.rows == again.rows && first.error == again.error);
  return 0;
}

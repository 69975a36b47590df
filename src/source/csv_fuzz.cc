// SPDX-License-Identifier: Apache-2.0
// Any bytes: the records tile them, the cells join back to them, texts are valid UTF-8, blocks of
// any size give the same, and well-formed text reads as a slow reader reads it. The first byte sets
// the budget, the rest is the file.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "source/csv.h"
#include "source/encoding.h"
#include "support/slow_csv.h"

namespace onus::source {
namespace {

struct Read {
  struct Cells {
    Position at;
    std::string raw;
    Damage damage = Damage::none;
    bool blank = false;
    std::vector<std::pair<std::string, std::string>> cells;  // text, raw
  };
  std::vector<Cells> records;
  Dialect dialect;
  std::int64_t prelude = 0;
  bool cut_off = false;
};

Read read_all(const std::string& bytes, const Budget& budget, std::size_t block_bytes) {
  Read read;
  Result<CsvStream> stream = CsvStream::from_bytes(bytes, budget, block_bytes);
  ONUS_CHECK(stream.has_value());
  read.dialect = stream->dialect();
  read.prelude = stream->prelude_bytes();
  for (;;) {
    Result<std::optional<Block>> block = stream->next();
    ONUS_CHECK(block.has_value());
    if (!*block) break;
    Records records(**block);
    for (Record record; records.next(record);) {
      Read::Cells& to = read.records.emplace_back();
      to = {record.at, std::string(record.raw), record.damage, record.blank, {}};
      for (const Cell& cell : record.cells) to.cells.emplace_back(cell.text, cell.raw);
    }
  }
  ONUS_CHECK(stream->rows() == static_cast<std::int64_t>(read.records.size()));
  ONUS_CHECK(stream->bytes() == static_cast<std::int64_t>(bytes.size()));
  read.cut_off = stream->cut_off();
  return read;
}

std::int64_t line_breaks(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    count += text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));
  }
  return count;
}

std::string on_disk(const Read& read, std::string_view slice) {
  if (!read.dialect.encoding.starts_with("UTF-16")) return std::string(slice);
  std::string out(slice.size() * 2 + 4, '\0');
  out.resize(utf16_to_utf8(slice, read.dialect.encoding == "UTF-16BE", true, out.data()).written);
  return out;
}

void check_tiling(const Read& read, std::string_view bytes) {
  std::int64_t offset = read.prelude;
  std::int64_t row = 1;
  std::string before;
  for (const Read::Cells& record : read.records) {
    const Position& at = record.at;
    ONUS_CHECK(at.byte_offset == offset && at.row == row && at.byte_length > 0);
    ONUS_CHECK(at.line == 1 + line_breaks(before));
    const auto from = static_cast<std::size_t>(at.byte_offset);
    const auto size = static_cast<std::size_t>(at.byte_length);
    ONUS_CHECK(on_disk(read, bytes.substr(from, size)) == record.raw);
    before += record.raw;
    offset += at.byte_length;
    ++row;
  }
  ONUS_CHECK(offset == static_cast<std::int64_t>(bytes.size()));
}

void check_cells(const Read& read) {
  for (const Read::Cells& record : read.records) {
    std::string joined;
    for (const auto& [text, raw] : record.cells) {
      if (&raw != &record.cells.front().second) joined += read.dialect.delimiter;
      joined += raw;
      ONUS_CHECK(is_valid_utf8(text));
      ONUS_CHECK(text == raw || raw.starts_with('"') || !is_valid_utf8(raw));
    }
    ONUS_CHECK(record.raw.starts_with(joined));
    const std::string_view line_end = std::string_view(record.raw).substr(joined.size());
    ONUS_CHECK(line_end.empty() || line_end == "\r" || line_end == "\n" || line_end == "\r\n");
    ONUS_CHECK(record.blank == record.cells.empty());
  }
}

void check_same(const Read& a, const Read& b) {
  ONUS_CHECK(a.records.size() == b.records.size() && a.cut_off == b.cut_off);
  for (std::size_t i = 0; i < a.records.size(); ++i) {
    ONUS_CHECK(a.records[i].raw == b.records[i].raw && a.records[i].cells == b.records[i].cells);
    ONUS_CHECK(a.records[i].damage == b.records[i].damage);
    ONUS_CHECK(a.records[i].at.line == b.records[i].at.line);
  }
}

void check_against_slow(const Read& read) {
  std::string text;
  for (const Read::Cells& record : read.records) text += record.raw;
  if (!is_valid_utf8(text) || text.find('\0') != std::string::npos) return;  // NUL: no delimiter
  const auto slow = support::SlowCsv(text, read.dialect.delimiter).read();
  if (!slow) return;
  ONUS_CHECK(slow->size() == read.records.size());
  std::size_t end = 0;
  for (std::size_t i = 0; i < slow->size(); ++i) {
    const Read::Cells& record = read.records[i];
    end += record.raw.size();
    ONUS_CHECK((*slow)[i].end == end && (*slow)[i].cells.size() == record.cells.size());
    for (std::size_t c = 0; c < record.cells.size(); ++c) {
      ONUS_CHECK((*slow)[i].cells[c] == record.cells[c].first);
    }
    ONUS_CHECK(record.damage == Damage::none || record.damage == Damage::cut_off ||
               read.dialect.encoding == "Windows-1252");
  }
}

}  // namespace
}  // namespace onus::source

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onus::source;
  if (size == 0 || size > 65536) return 0;
  const bool tight = data[0] % 2 == 1;
  Budget budget;
  if (tight) budget.max_record_bytes = 16 + data[0] / 2;
  if (tight) budget.max_cells = 1 + data[0] % 7;
  if (!tight) budget.max_cells = 1 << 17;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Read read = read_all(bytes, budget, 2 * bytes.size() + 1);
  check_tiling(read, bytes);
  check_cells(read);
  check_same(read, read_all(bytes, budget, 1));
  check_same(read, read_all(bytes, budget, 23));
  if (!tight) check_against_slow(read);
  return 0;
}

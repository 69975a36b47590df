// SPDX-License-Identifier: Apache-2.0
// What every reader of tables gives, whatever the format: blocks of records, a record being a row
// of cells with its exact position and what is wrong with it. A reader knows nothing of lookups: it
// judges no width, drops no row, and trims nothing.
//
//   ONUS_TRY(std::unique_ptr<TableStream> stream, open_table(input, budget));   // source/open.h
//   for (;;) {
//     ONUS_TRY(std::optional<Block> block, stream->next());
//     if (!block) break;
//     Records records(*block);   // may run on another thread
//     for (Record record; records.next(record);) ...
//   }
//
// A block has one of two forms, and `Records` walks both: text whose cells are still to be split
// (CSV, where that is the part which many threads can do), or cells that are split already, which a
// `BlockBuilder` makes record by record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/encoding.h"

namespace onus::source {

// Where a record stands in the file as it lies on disk (in a UTF-16 file too). What a format does
// not have is 0: a sheet and a PDF have no bytes to point at, a Parquet file has rows alone.
struct Position {
  std::int64_t row = 0;          // number of the record, from 1; blank ones and headers count
  std::int64_t line = 0;         // line on which it begins, from 1; CR, LF and CRLF end a line
  std::int64_t byte_offset = 0;  // from 0
  std::int32_t byte_length = 0;  // with its line end
  std::int32_t part = 0;         // page of a PDF, from 1; rows count through all of them
};

// Bit flags: what was wrong with a record. The record is delivered all the same.
enum class Damage : std::uint16_t {
  none = 0,
  stray_quote = 1,      // a quote in an unquoted cell, or text after a closing quote; kept as text
  unclosed_quote = 2,   // a quoted cell that never closes: the record was ended at a line break
  nul_byte = 4,         // U+0000 in a cell; kept
  bad_encoding = 8,     // a cell was not in the encoding of the file; decoded otherwise
  too_long = 16,        // over max_record_bytes: this record is one piece of it
  too_many_cells = 32,  // over max_cells: the last cell holds all the rest, unsplit
  cut_off = 64,         // the last record of a file that seems to end in the middle of it
  malformed = 128,      // not a record of its format: its one cell is what stands there
  out_of_place = 256,   // of a print: text that stands in no row of the table
};
constexpr Damage operator|(Damage a, Damage b) {
  // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): flags together are no enumerator
  return static_cast<Damage>(static_cast<std::uint16_t>(a) | static_cast<std::uint16_t>(b));
}
constexpr Damage& operator|=(Damage& a, Damage b) { return a = a | b; }
constexpr bool has(Damage set, Damage flag) {
  return (static_cast<std::uint16_t>(set) & static_cast<std::uint16_t>(flag)) != 0;
}
// "unclosed_quote bad_encoding": the flags by name, in the order above; "" for none.
std::string names(Damage damage);

struct Cell {
  std::string_view text;  // without its quotes, always valid UTF-8; may hold NUL and line breaks
  std::string_view raw;   // its bytes in the block, with quotes; of a split block: `text`
  bool quoted = false;
};

struct Record {
  Position at;
  std::string_view raw;         // its bytes in the block, with its line end; "" in a split block
  std::span<const Cell> cells;  // none where `blank`; the span lives until the next next()
  Damage damage = Damage::none;
  bool blank = false;  // nothing before the line end
};

struct Dialect {
  char delimiter = ',';            // , ; tab | or '\0' for a file of one column, or that has none
  std::string encoding = "UTF-8";  // or "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "Windows-1252"
  std::int32_t width = 0;          // cells that most of the first records have; 0: no record
};

// Which table of a workbook.
struct Sheet {
  std::int32_t number = 0;  // from 1, in the order of the workbook; 0: the file has no sheets
  std::string name = {};
  bool operator==(const Sheet&) const = default;
};

struct Budget {
  std::int64_t max_bytes = std::int64_t{1} << 40;  // as they are read: of an archive, inflated
  std::int64_t max_rows = std::numeric_limits<std::int32_t>::max();
  std::int32_t max_record_bytes = 1 << 20;  // counted in UTF-8 for a UTF-16 file
  std::int32_t max_cells = 4096;
  std::int64_t max_held_bytes = std::int64_t{1} << 24;  // texts of a workbook that stay in memory
};

// From `row` on, until the next one, rows stand on this page.
struct PartStart {
  std::int64_t row = 0;
  std::int32_t part = 0;
  bool operator==(const PartStart&) const = default;
};

// Some consecutive whole records and the bytes they stand in. Self-contained: it may go to another
// thread and outlive its stream.
class Block {
 public:
  std::size_t rows() const { return split_ ? rows_.size() : spans_.size(); }
  std::int64_t first_row() const { return first_.row; }
  std::string_view bytes() const { return {data_.get(), size_}; }  // UTF-16 files: as UTF-8
  std::span<const PartStart> parts() const { return parts_; }      // none where parts are 0

 private:
  friend class BlockBuilder;
  friend class CsvStream;
  friend class Records;
  friend struct Sample;
  struct Span {
    std::uint32_t end;   // past the line end
    std::uint32_t line;  // line on which it begins, from the block's first
    Damage damage;
    std::uint8_t line_end;  // its size: 0, 1 or 2
  };
  struct SplitRow {
    Position at;
    std::uint32_t cells_end;  // past its last one in cell_ends_
    Damage damage;
    bool blank;
  };
  std::unique_ptr<char[]> data_;  // kScanPadding readable bytes follow
  std::size_t size_ = 0;
  std::vector<Span> spans_;
  Position first_;
  Encoding encoding_ = Encoding::utf8;
  char delimiter_ = ',';
  bool split_ = false;
  std::int32_t max_cells_ = 0;
  std::vector<std::uint32_t> cell_ends_;  // split_: where each cell ends in data_
  std::vector<SplitRow> rows_;            // split_
  std::vector<PartStart> parts_;
};

// Makes blocks of split cells. Rows must come with consecutive numbers. What hostile input could
// overdo is bounded here, as in CSV: a record over max_cells loses the cells behind
// (too_many_cells), one over max_record_bytes is cut at a character (too_long), a cell that is not
// UTF-8 is read as Windows-1252 (bad_encoding), a NUL is kept (nul_byte).
class BlockBuilder {
 public:
  explicit BlockBuilder(const Budget& budget);

  // Copies the cells. No cell at all makes a blank record.
  void add(const Position& at, std::span<const std::string_view> cells,
           Damage damage = Damage::none);

  std::size_t rows() const { return block_.rows_.size(); }
  bool full() const { return text_.size() >= kBlockBytes || rows() >= kBlockRows; }

  // What was added so far, or nothing where nothing was; the builder is empty again.
  std::optional<Block> take();

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
  static constexpr std::size_t kBlockRows = std::size_t{1} << 14;
  bool add_cell(std::string_view cell, std::size_t room, Damage& damage);

  Budget budget_;
  Block block_;
  std::string text_;
  std::string decoded_;
};

// Cursor over the records of a block; splits cells and decodes text. Views of text live as long as
// this and the block. One allocation per 64 KiB of text that needed decoding, none per record.
class Records {
 public:
  explicit Records(const Block& block);
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;
  Records(Records&&) noexcept;
  Records& operator=(Records&&) noexcept;
  ~Records();
  bool next(Record& record);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One table, read from its begin to its end.
class TableStream {
 public:
  virtual ~TableStream() = default;

  // The next records, or nothing at the end. After an Error the stream is of no more use.
  virtual Result<std::optional<Block>> next() = 0;

  virtual const Dialect& dialect() const = 0;  // known from the start
  virtual std::int64_t prelude_bytes() const { return 0; }
  virtual std::int64_t rows() const = 0;  // records delivered so far

  // How far it has read, for progress: at the end InputFile::bytes, unless the file changed while
  // it was read.
  virtual std::int64_t bytes() const = 0;

  // After the end: the file ends in the middle of a record.
  virtual bool cut_off() const { return false; }

  // After the end: what is odd about the table as a whole, as message ids with arguments apart by
  // '|' ("image_pages|3, 7"); messages/*.toml has each in the group `note`.
  virtual std::vector<std::string> notes() const { return {}; }

 protected:
  TableStream() = default;
  TableStream(const TableStream&) = default;
  TableStream& operator=(const TableStream&) = default;
  TableStream(TableStream&&) = default;
  TableStream& operator=(TableStream&&) = default;
};

}  // namespace onus::source

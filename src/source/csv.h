// SPDX-License-Identifier: Apache-2.0
// Delimited text from hostile hands, as records of cells with exact positions. It knows nothing of
// lookups: it judges no width, drops no row, and trims nothing; it says what each record is and
// what is wrong with it. docs/formats-csv.md is the manual.
//
//   ONUS_TRY(CsvStream stream, CsvStream::open(path, budget));
//   for (;;) {
//     ONUS_TRY(std::optional<Block> block, stream.next());
//     if (!block) break;
//     Records records(*block);   // may run on another thread
//     for (Record record; records.next(record);) ...
//   }
//
// Invariants, held by the fuzz target csv_fuzz:
//   - prelude_bytes() and then the records tile the file: no byte is in none or in two;
//   - the raw cells of a record, joined by the delimiter, and its line end are its bytes;
//   - the records do not depend on how the file was cut into blocks.
//
// Memory is flat: one block of about 1 MiB, or one record of max_record_bytes, whichever is more.
// Refuses (an Error): what is no regular file, and what is over max_bytes or max_rows. Everything
// else is data and comes with a Damage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
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

// Where a record stands in the file as it lies on disk (in a UTF-16 file too).
struct Position {
  std::int64_t row = 0;          // number of the record, from 1; blank ones and headers count
  std::int64_t line = 0;         // line on which it begins, from 1; CR, LF and CRLF end a line
  std::int64_t byte_offset = 0;  // from 0
  std::int32_t byte_length = 0;  // with its line end
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
  std::string_view raw;   // its bytes in the block, with quotes
  bool quoted = false;
};

struct Record {
  Position at;
  std::string_view raw;         // its bytes in the block, with its line end
  std::span<const Cell> cells;  // none where `blank`; the span lives until the next next()
  Damage damage = Damage::none;
  bool blank = false;  // nothing before the line end
};

struct Dialect {
  char delimiter = ',';            // , ; tab | or '\0' for a file of one column
  std::string encoding = "UTF-8";  // or "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "Windows-1252"
  std::int32_t width = 0;          // cells that most of the first records have; 0: no record
};

struct Budget {
  std::int64_t max_bytes = std::int64_t{1} << 40;
  std::int64_t max_rows = std::numeric_limits<std::int32_t>::max();
  std::int32_t max_record_bytes = 1 << 20;  // counted in UTF-8 for a UTF-16 file
  std::int32_t max_cells = 4096;
};

// Some consecutive whole records and the bytes they stand in. Self-contained: it may go to another
// thread and outlive its stream.
class Block {
 public:
  std::size_t rows() const { return spans_.size(); }
  std::int64_t first_row() const { return first_.row; }
  std::string_view bytes() const { return {data_.get(), size_}; }  // UTF-16 files: as UTF-8

 private:
  friend class CsvStream;
  friend class Records;
  friend struct Sample;
  struct Span {
    std::uint32_t end;   // past the line end
    std::uint32_t line;  // line on which it begins, from the block's first
    Damage damage;
    std::uint8_t line_end;  // its size: 0, 1 or 2
  };
  std::unique_ptr<char[]> data_;  // kScanPadding readable bytes follow
  std::size_t size_ = 0;
  std::vector<Span> spans_;
  Position first_;
  Encoding encoding_ = Encoding::utf8;
  char delimiter_ = ',';
  std::int32_t max_cells_ = 0;
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

class CsvStream {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

  // `block_bytes` is for tests: the records are the same for any.
  static Result<CsvStream> open(const std::filesystem::path& path, const Budget& budget,
                                std::size_t block_bytes = kBlockBytes);
  static Result<CsvStream> from_bytes(std::string bytes, const Budget& budget,
                                      std::size_t block_bytes = kBlockBytes);
  CsvStream(const CsvStream&) = delete;
  CsvStream& operator=(const CsvStream&) = delete;
  CsvStream(CsvStream&&) noexcept;
  CsvStream& operator=(CsvStream&&) noexcept;
  ~CsvStream();

  // The next records, or nothing at the end. After an Error the stream is of no more use.
  Result<std::optional<Block>> next();

  const Dialect& dialect() const;      // known from open on
  std::int64_t prelude_bytes() const;  // size of the byte order mark
  std::int64_t rows() const;           // records delivered so far
  std::int64_t bytes() const;          // prelude and records delivered so far, as on disk

  // After the end: the file ends inside a record. It does if its last record has an open quote, or
  // neither a line end nor the width of the others, or half a UTF-16 unit. A file cut inside the
  // last cell of a row cannot be told from a whole one.
  bool cut_off() const;

 private:
  struct State;
  explicit CsvStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace onus::source

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
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "source/bytes.h"
#include "source/table.h"

namespace onus::source {

class CsvStream final : public TableStream {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

  // `block_bytes` is for tests: the records are the same for any.
  static Result<CsvStream> open(const std::filesystem::path& path, const Budget& budget,
                                std::size_t block_bytes = kBlockBytes);
  static Result<CsvStream> from_bytes(std::string bytes, const Budget& budget,
                                      std::size_t block_bytes = kBlockBytes);
  // Bytes that come from elsewhere: out of an archive.
  static Result<CsvStream> over(ByteSource source, const Budget& budget,
                                std::size_t block_bytes = kBlockBytes);
  CsvStream(const CsvStream&) = delete;
  CsvStream& operator=(const CsvStream&) = delete;
  CsvStream(CsvStream&&) noexcept;
  CsvStream& operator=(CsvStream&&) noexcept;
  ~CsvStream() override;

  Result<std::optional<Block>> next() override;

  const Dialect& dialect() const override;
  std::int64_t prelude_bytes() const override;  // size of the byte order mark
  std::int64_t rows() const override;
  std::int64_t bytes() const override;  // prelude and records delivered so far, as on disk

  // After the end: the file ends inside a record. It does if its last record has an open quote, or
  // neither a line end nor the width of the others, or half a UTF-16 unit. A file cut inside the
  // last cell of a row cannot be told from a whole one.
  bool cut_off() const override;

 private:
  struct State;
  explicit CsvStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace onus::source

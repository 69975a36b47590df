// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>

#include "classify/reading.h"

namespace onus::classify {
namespace {

void put_maybe(store::ChunkWriter& writer, std::size_t column, std::size_t row,
               const std::optional<std::string_view>& value) {
  value ? writer.set_text(column, row, *value) : writer.set_null(column, row);
}

void put(store::ChunkWriter& writer, std::size_t row, std::int64_t id, const Reading& reading) {
  writer.values<std::int32_t>(0)[row] = static_cast<std::int32_t>(id);
  writer.set_text(1, row, reading.purpose);
  put_maybe(writer, 2, row, reading.offence);
  writer.set_text(3, row, reading.specificity);
  put_maybe(writer, 4, row, reading.topic);
  put_maybe(writer, 5, row, reading.on_behalf_of);
  writer.set_text(6, row, reading.certainty);
  writer.values<std::int32_t>(7)[row] = reading.evidence.begin;
  writer.values<std::int32_t>(8)[row] = reading.evidence.end;
  writer.set_text(9, row, reading.decided_by);
}

}  // namespace

Result<Summary> run(store::Database& database, const Lexicon& lexicon) {
  constexpr std::size_t kPage = 100'000;
  ONUS_TRY_VOID(database.run("DELETE FROM readings"));
  Summary summary;
  Scratch scratch;
  std::int64_t after = -1;
  for (;;) {
    ONUS_TRY(const store::Rows rows,
             database.query("SELECT text_id, text FROM texts WHERE text_id > CAST(? AS INTEGER) "
                            "ORDER BY text_id LIMIT 100000",
                            std::array{std::to_string(after)}, kPage));
    if (rows.size() == 0) return summary;
    ONUS_TRY(store::ChunkWriter writer, database.writer("readings"));
    std::size_t filled = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      after = rows.integer(i, 0);
      const Reading reading = lexicon.read(rows.text(i, 1), scratch);
      put(writer, filled, after, reading);
      ++summary.texts;
      summary.unclear += reading.purpose == "unclear" ? 1 : 0;
      if (++filled < store::ChunkWriter::capacity()) continue;
      ONUS_TRY_VOID(writer.flush(filled));
      filled = 0;
    }
    ONUS_TRY_VOID(writer.flush(filled));
    ONUS_TRY_VOID(writer.close());
  }
}

}  // namespace onus::classify

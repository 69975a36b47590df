// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <deque>
#include <span>
#include <string>
#include <thread>
#include <vector>

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

// What one thread reads with, and what decided where it was the model: that outlives the scratch's
// next text.
struct Reader {
  Scratch scratch;
  std::deque<std::string> by_model;

  Reading read(const Lexicon& lexicon, std::string_view text) {
    Reading reading = lexicon.read(text, scratch);
    if (reading.decided_by.starts_with("model:"))
      reading.decided_by = by_model.emplace_back(reading.decided_by);
    return reading;
  }
};

// Each thread has a part of them, in order: what comes out does not depend on how many.
std::vector<Reading> read_all(const store::Rows& rows, const Lexicon& lexicon,
                              std::span<Reader> readers) {
  std::vector<Reading> out(rows.size());
  std::vector<std::jthread> threads;
  threads.reserve(readers.size());
  for (std::size_t t = 0; t < readers.size(); ++t) {
    threads.emplace_back([&, t] {
      readers[t].by_model.clear();
      const std::size_t to = rows.size() * (t + 1) / readers.size();
      for (std::size_t i = rows.size() * t / readers.size(); i < to; ++i)
        out[i] = readers[t].read(lexicon, rows.text(i, 1));
    });
  }
  threads.clear();  // waits for them
  return out;
}

Result<void> write_all(store::Database& database, const store::Rows& rows,
                       std::span<const Reading> readings) {
  ONUS_TRY(store::ChunkWriter writer, database.writer("readings"));
  std::size_t filled = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    put(writer, filled, rows.integer(i, 0), readings[i]);
    if (++filled < store::ChunkWriter::capacity()) continue;
    ONUS_TRY_VOID(writer.flush(filled));
    filled = 0;
  }
  ONUS_TRY_VOID(writer.flush(filled));
  return writer.close();
}

}  // namespace

Result<Summary> run(store::Database& database, const Lexicon& lexicon, int threads) {
  constexpr std::size_t kPage = 100'000;
  ONUS_TRY_VOID(database.run("DELETE FROM readings"));
  Summary summary;
  std::vector<Reader> readers(static_cast<std::size_t>(std::max(threads, 1)));
  std::int64_t after = -1;
  for (;;) {
    ONUS_TRY(const store::Rows rows,
             database.query("SELECT text_id, text FROM texts WHERE text_id > CAST(? AS INTEGER) "
                            "ORDER BY text_id LIMIT 100000",
                            std::array{std::to_string(after)}, kPage));
    if (rows.size() == 0) return summary;
    const std::vector<Reading> readings = read_all(rows, lexicon, readers);
    ONUS_TRY_VOID(write_all(database, rows, readings));
    after = rows.integer(rows.size() - 1, 0);
    summary.texts += static_cast<std::int64_t>(rows.size());
    summary.unclear += std::ranges::count(readings, "unclear", &Reading::purpose);
  }
}

}  // namespace onus::classify

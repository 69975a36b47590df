// SPDX-License-Identifier: Apache-2.0
// Column by column, because a chunk is columns; the loops are what a row costs here (0.4 us with
// DuckDB's share), so each touches one column.
#include "ingest/store_writer.h"

#include <algorithm>

#include "ingest/cell_state.h"

namespace onus::ingest {
namespace {

// The columns of table sighting_rows, as record/tables.cc has them.
enum Column : std::size_t {
  kSightingId,
  kFileId,
  kRow,
  kLine,
  kByteOffset,
  kByteLength,
  kActKey,
  kWhen,
  kKindId,
  kOwnerId,
  kAgencyId,
  kActorId,
  kSubject,
  kNetworks,
  kDevices,
  kWindowFrom,
  kWindowTo,
  kReasonId,
  kCaseKey,
  kOffenceId
};

template <class T, class Get>
void fill_column(store::ChunkWriter& writer, Column column, const Sighting* rows, std::size_t count,
                 Get get) {
  T* const values = writer.values<T>(column);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<T>(get(rows[i]));
}

// As fill_column, and NULL where `has` says no.
template <class T, class Has, class Get>
void fill_nullable(store::ChunkWriter& writer, Column column, const Sighting* rows,
                   std::size_t count, Has has, Get get) {
  T* const values = writer.values<T>(column);
  for (std::size_t i = 0; i < count; ++i) {
    if (has(rows[i])) {
      values[i] = get(rows[i]);
    } else {
      writer.set_null(column, i);
    }
  }
}

void fill_ids(store::ChunkWriter& writer, Column column, const Sighting* rows, std::size_t count,
              std::uint32_t Sighting::*local, const std::vector<std::int32_t>& numbers) {
  fill_nullable<std::int32_t>(
      writer, column, rows, count, [&](const Sighting& s) { return s.*local != kNone; },
      [&](const Sighting& s) { return numbers[s.*local]; });
}

}  // namespace

Result<StoreWriter> StoreWriter::open(store::Database& db, std::int32_t file_id,
                                      std::int64_t first_sighting_id) {
  ONUS_TRY(store::ChunkWriter sightings, db.writer("sighting_rows"));
  ONUS_TRY(store::ChunkWriter rejects, db.writer("rejects"));
  return StoreWriter(db, std::move(sightings), std::move(rejects), file_id, first_sighting_id);
}

void StoreWriter::fill_position(const Sighting* rows, std::size_t count) {
  fill_column<std::int64_t>(sightings_, kSightingId, rows, count,
                            [&](const Sighting&) { return next_id_++; });
  fill_column<std::int32_t>(sightings_, kFileId, rows, count,
                            [&](const Sighting&) { return file_id_; });
  fill_column<std::int64_t>(sightings_, kRow, rows, count,
                            [](const Sighting& s) { return s.at.row; });
  fill_column<std::int64_t>(sightings_, kLine, rows, count,
                            [](const Sighting& s) { return s.at.line; });
  fill_column<std::int64_t>(sightings_, kByteOffset, rows, count,
                            [](const Sighting& s) { return s.at.byte_offset; });
  fill_column<std::int32_t>(sightings_, kByteLength, rows, count,
                            [](const Sighting& s) { return s.at.byte_length; });
}

void StoreWriter::fill_act(const Sighting* rows, std::size_t count) {
  fill_column<store::HugeInt>(sightings_, kActKey, rows, count,
                              [](const Sighting& s) { return s.act_key; });
  fill_column<std::int64_t>(sightings_, kWhen, rows, count,
                            [](const Sighting& s) { return s.when; });
  fill_nullable<store::HugeInt>(
      sightings_, kSubject, rows, count,
      [](const Sighting& s) { return has_value(s.state(Field::subject)); },
      [](const Sighting& s) { return s.subject; });
}

void StoreWriter::fill_numbers(const Sighting* rows, std::size_t count) {
  fill_nullable<std::int32_t>(
      sightings_, kNetworks, rows, count,
      [](const Sighting& s) { return has_value(s.state(Field::networks)); },
      [](const Sighting& s) { return s.networks; });
  fill_nullable<std::int32_t>(
      sightings_, kDevices, rows, count,
      [](const Sighting& s) { return has_value(s.state(Field::devices)); },
      [](const Sighting& s) { return s.devices; });
  fill_nullable<std::int64_t>(
      sightings_, kCaseKey, rows, count, [](const Sighting& s) { return s.case_key != 0; },
      [](const Sighting& s) { return s.case_key; });
  const auto has_window = [](const Sighting& s) { return has_value(s.state(Field::window)); };
  fill_nullable<std::int64_t>(sightings_, kWindowFrom, rows, count, has_window,
                              [](const Sighting& s) { return s.window_from; });
  fill_nullable<std::int64_t>(sightings_, kWindowTo, rows, count, has_window,
                              [](const Sighting& s) { return s.window_to; });
}

void StoreWriter::fill(const Batch& batch, const Dictionaries::Numbers& numbers, std::size_t from,
                       std::size_t count) {
  const Sighting* rows = batch.sightings.data() + from;
  fill_position(rows, count);
  fill_act(rows, count);
  fill_numbers(rows, count);
  fill_ids(sightings_, kKindId, rows, count, &Sighting::kind, numbers.kinds);
  fill_ids(sightings_, kOwnerId, rows, count, &Sighting::owner, numbers.agencies);
  fill_ids(sightings_, kAgencyId, rows, count, &Sighting::agency, numbers.agencies);
  fill_ids(sightings_, kActorId, rows, count, &Sighting::actor, numbers.actors);
  fill_ids(sightings_, kReasonId, rows, count, &Sighting::reason, numbers.texts);
  fill_ids(sightings_, kOffenceId, rows, count, &Sighting::offence, numbers.texts);
}

Result<void> StoreWriter::write_rejects(const Batch& batch) {
  for (std::size_t from = 0; from < batch.rejects.size();) {
    const std::size_t count = std::min(batch.rejects.size() - from, store::ChunkWriter::capacity());
    for (std::size_t i = 0; i < count; ++i, ++from) {
      const Reject& reject = batch.rejects[from];
      rejects_.values<std::int32_t>(0)[i] = file_id_;
      rejects_.values<std::int64_t>(1)[i] = reject.at.row;
      rejects_.values<std::int64_t>(2)[i] = reject.at.line;
      rejects_.values<std::int64_t>(3)[i] = reject.at.byte_offset;
      rejects_.values<std::int32_t>(4)[i] = static_cast<std::int32_t>(reject.at.byte_length);
      rejects_.values<std::int32_t>(5)[i] = reject.column;
      if (reject.column == 0) rejects_.set_null(5, i);
      rejects_.set_text(6, i, reject.column_name);
      if (reject.column_name.empty()) rejects_.set_null(6, i);
      rejects_.set_text(7, i, reject.expected);
      rejects_.values<std::int32_t>(8)[i] = reject.found_length;
    }
    ONUS_TRY_VOID(rejects_.flush(count));
  }
  return {};
}

Result<void> StoreWriter::write_extras(const Batch& batch, const Dictionaries::Numbers& numbers,
                                       std::int64_t first_id) {
  if (batch.extras.empty()) return {};
  if (!extras_) {
    ONUS_TRY(extras_, db_->writer("extras"));
  }
  for (std::size_t from = 0; from < batch.extras.size();) {
    const std::size_t count = std::min(batch.extras.size() - from, store::ChunkWriter::capacity());
    for (std::size_t i = 0; i < count; ++i, ++from) {
      const Extra& extra = batch.extras[from];
      extras_->values<std::int64_t>(0)[i] = first_id + extra.row;
      extras_->values<std::uint8_t>(1)[i] =
          static_cast<std::uint8_t>(index(extra.field) - kFirstExtra);
      extras_->values<std::uint8_t>(2)[i] = static_cast<std::uint8_t>(extra.state);
      if (extra.text == kNone) {
        extras_->set_null(3, i);
      } else {
        extras_->values<std::int32_t>(3)[i] = numbers.texts[extra.text];
      }
    }
    ONUS_TRY_VOID(extras_->flush(count));
  }
  return {};
}

Result<void> StoreWriter::write(const Batch& batch, const Dictionaries::Numbers& numbers) {
  const std::int64_t first_id = next_id_;
  for (std::size_t from = 0; from < batch.sightings.size();) {
    const std::size_t count =
        std::min(batch.sightings.size() - from, store::ChunkWriter::capacity());
    fill(batch, numbers, from, count);
    ONUS_TRY_VOID(sightings_.flush(count));
    from += count;
  }
  ONUS_TRY_VOID(write_extras(batch, numbers, first_id));
  return write_rejects(batch);
}

Result<void> StoreWriter::close() {
  ONUS_TRY_VOID(sightings_.close());
  if (extras_) ONUS_TRY_VOID(extras_->close());
  return rejects_.close();
}

}  // namespace onus::ingest

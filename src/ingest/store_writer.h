// SPDX-License-Identifier: Apache-2.0
// Puts the batches of one file into the tables sighting_rows and rejects, in the order of the file.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "ingest/batch.h"
#include "ingest/dictionaries.h"
#include "store/database.h"

namespace onus::ingest {

class StoreWriter {
 public:
  static Result<StoreWriter> open(store::Database& db, std::int32_t file_id,
                                  std::int64_t first_sighting_id);
  Result<void> write(const Batch& batch, const Dictionaries::Numbers& numbers);
  Result<void> close();
  std::int64_t next_sighting_id() const { return next_id_; }

 private:
  StoreWriter(store::Database& db, store::ChunkWriter sightings, store::ChunkWriter rejects,
              std::int32_t file_id, std::int64_t first_id)
      : db_(&db),
        sightings_(std::move(sightings)),
        rejects_(std::move(rejects)),
        file_id_(file_id),
        next_id_(first_id) {}
  Result<void> write_rejects(const Batch& batch);
  Result<void> write_extras(const Batch& batch, const Dictionaries::Numbers& numbers,
                            std::int64_t first_id);
  void fill(const Batch& batch, const Dictionaries::Numbers& numbers, std::size_t from,
            std::size_t count);
  void fill_position(const Sighting* rows, std::size_t count);
  void fill_act(const Sighting* rows, std::size_t count);
  void fill_numbers(const Sighting* rows, std::size_t count);

  store::Database* db_;
  store::ChunkWriter sightings_;
  store::ChunkWriter rejects_;
  std::optional<store::ChunkWriter> extras_;  // opened for the first one
  std::int32_t file_id_;
  std::int64_t next_id_;
};

}  // namespace onus::ingest

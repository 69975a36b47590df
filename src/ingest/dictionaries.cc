// SPDX-License-Identifier: Apache-2.0
#include "ingest/dictionaries.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/check.h"

namespace onus::ingest {
namespace {

constexpr std::size_t kPage = 200'000;

// Calls `take` with each row of an ordered table, a page at a time.
template <class Take>
Result<void> each_row(store::Database& db, std::string_view sql, Take take) {
  for (std::size_t from = 0;; from += kPage) {
    const std::string page =
        std::string(sql) + " LIMIT " + std::to_string(kPage) + " OFFSET " + std::to_string(from);
    ONUS_TRY(const store::Rows rows, db.query(page));
    for (std::size_t i = 0; i < rows.size(); ++i) take(rows, i);
    if (rows.size() < kPage) return {};
  }
}

std::vector<std::int32_t> add_all(StringTable& table, const StringTable& from) {
  std::vector<std::int32_t> out;
  out.reserve(from.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) {
    out.push_back(static_cast<std::int32_t>(table.add(from.at(i)).first));
  }
  return out;
}

// Writes ids [from, to); `fill` sets the columns after the first.
template <class Fill>
Result<void> write_range(store::Database& db, std::string_view table, std::uint32_t from,
                         std::uint32_t to, Fill fill) {
  if (from == to) return {};
  ONUS_TRY(store::ChunkWriter writer, db.writer(table));
  while (from < to) {
    const std::size_t count = std::min<std::size_t>(to - from, store::ChunkWriter::capacity());
    for (std::size_t i = 0; i < count; ++i, ++from) {
      writer.values<std::int32_t>(0)[i] = static_cast<std::int32_t>(from);
      fill(writer, i, from);
    }
    ONUS_TRY_VOID(writer.flush(count));
  }
  return writer.close();
}

}  // namespace

Dictionaries::Dictionaries(const SipKey& key) : texts_(key), agencies_(key), actors_(key) {}

Result<void> Dictionaries::load(store::Database& db) {
  ONUS_TRY_VOID(
      each_row(db, "SELECT text FROM texts ORDER BY text_id",
               [&](const store::Rows& rows, std::size_t i) { texts_.add(rows.text(i, 0)); }));
  ONUS_TRY_VOID(
      each_row(db, "SELECT text FROM agencies_raw ORDER BY agency_id",
               [&](const store::Rows& rows, std::size_t i) { agencies_.add(rows.text(i, 0)); }));
  ONUS_TRY_VOID(each_row(db, "SELECT token, label FROM actors ORDER BY actor_id",
                         [&](const store::Rows& rows, std::size_t i) {
                           actors_.add(rows.text(i, 0));
                           labels_.emplace_back(rows.text(i, 1));
                         }));
  written_texts_ = texts_.size();
  written_agencies_ = agencies_.size();
  written_actors_ = actors_.size();
  return {};
}

Dictionaries::Numbers Dictionaries::add(const Batch& batch) {
  Numbers out;
  out.texts = add_all(texts_, batch.texts);
  out.agencies = add_all(agencies_, batch.agencies);
  for (std::uint32_t i = 0; i < batch.actors.size(); ++i) {
    const auto [id, is_new] = actors_.add(batch.actors.at(i));
    if (is_new) {
      // Numbered in the order of the input: the same log gives the same report under any key.
      const std::string& label = batch.actor_labels[i];
      labels_.push_back(label.empty() ? fmt::format("user-{}", id + 1) : label);
    }
    out.actors.push_back(static_cast<std::int32_t>(id));
  }
  return out;
}

Result<void> Dictionaries::write_new(store::Database& db) {
  ONUS_TRY_VOID(write_range(db, "texts", written_texts_, texts_.size(),
                            [&](store::ChunkWriter& w, std::size_t i, std::uint32_t id) {
                              w.set_text(1, i, texts_.at(id));
                            }));
  ONUS_TRY_VOID(write_range(db, "agencies_raw", written_agencies_, agencies_.size(),
                            [&](store::ChunkWriter& w, std::size_t i, std::uint32_t id) {
                              w.set_text(1, i, agencies_.at(id));
                            }));
  ONUS_TRY_VOID(write_range(db, "actors", written_actors_, actors_.size(),
                            [&](store::ChunkWriter& w, std::size_t i, std::uint32_t id) {
                              w.set_text(1, i, actors_.at(id));
                              w.set_text(2, i, labels_[id]);
                            }));
  written_texts_ = texts_.size();
  written_agencies_ = agencies_.size();
  written_actors_ = actors_.size();
  return {};
}

void Dictionaries::forget_new() {
  texts_.truncate(written_texts_);
  agencies_.truncate(written_agencies_);
  actors_.truncate(written_actors_);
  labels_.resize(written_actors_);
}

}  // namespace onus::ingest

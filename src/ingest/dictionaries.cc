// SPDX-License-Identifier: Apache-2.0
#include "ingest/dictionaries.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/check.h"

namespace onus::ingest {
namespace {

constexpr std::size_t kPage = 200'000;

// Of row_kinds, in the order in which a RowKind has them.
constexpr auto kKindColumns = std::to_array<std::string_view>(
    {"act_tier", "act", "agency_state", "actor_state", "subject_state", "networks_state",
     "devices_state", "window_state", "reason_state", "case_state", "offence_state",
     "filters_state", "prompt_state"});
static_assert(kKindColumns.size() + 1 == kKindParts);

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

std::pair<std::uint32_t, bool> Dictionaries::Table::add(const Hash128& identity,
                                                        std::string_view text) {
  const auto [id, is_new] = ids.add(identity);
  if (is_new) texts.push_back(pages.keep(text));
  return {id, is_new};
}

// A case has more texts than a cache holds: each is asked for some look-ups ahead.
template <class List>
void Dictionaries::Table::look_ahead(const List& list, std::uint32_t i) const {
  constexpr std::uint32_t kAhead = 8;
  if (i + kAhead < list.size()) ids.prefetch(list.identity(i + kAhead));
}

std::vector<std::int32_t> Dictionaries::Table::add_all(const TextList& from) {
  std::vector<std::int32_t> out;
  out.reserve(from.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) {
    look_ahead(from, i);
    out.push_back(static_cast<std::int32_t>(add(from.identity(i), from.at(i)).first));
  }
  return out;
}

void Dictionaries::Table::forget_new() {
  ids.truncate(written);
  texts.resize(written);
}

Result<void> Dictionaries::load_table(store::Database& db, std::string_view sql, Table& table) {
  ONUS_TRY_VOID(each_row(db, sql, [&](const store::Rows& rows, std::size_t i) {
    table.add(siphash128(key_, rows.text(i, 0)), rows.text(i, 0));
  }));
  table.written = table.size();
  return {};
}

Result<void> Dictionaries::load(store::Database& db) {
  ONUS_TRY_VOID(load_table(db, "SELECT text FROM texts ORDER BY text_id", texts_));
  ONUS_TRY_VOID(load_table(db, "SELECT text FROM agencies_raw ORDER BY agency_id", agencies_));
  ONUS_TRY_VOID(load_table(db, "SELECT token FROM actors ORDER BY actor_id", actors_));
  ONUS_TRY_VOID(load_kinds(db));
  return each_row(
      db, "SELECT label FROM actors ORDER BY actor_id",
      [&](const store::Rows& rows, std::size_t i) { labels_.emplace_back(rows.text(i, 0)); });
}

std::int32_t Dictionaries::add_kind(const Kind& kind) {
  std::string message = std::to_string(kind.bits);
  for (const auto& word : {kind.search_type, kind.moderation}) {
    message += word ? "\x1f" + *word : "\x1e";
  }
  const auto [id, is_new] = kind_ids_.add(siphash128(key_, message));
  if (is_new) kinds_.push_back(kind);
  return static_cast<std::int32_t>(id);
}

Result<void> Dictionaries::load_kinds(store::Database& db) {
  std::string columns;
  for (const std::string_view column : kKindColumns)
    columns += fmt::format("enum_code({}), ", column);
  ONUS_TRY(const store::Rows rows,
           db.query(fmt::format("SELECT {}subject_in_text::INTEGER, search_type, moderation "
                                "FROM row_kinds ORDER BY kind_id",
                                columns)));
  const auto word = [&](std::size_t i, std::size_t column) {
    return rows.is_null(i, column) ? std::nullopt
                                   : std::optional(std::string(rows.text(i, column)));
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RowKind kind;
    for (std::size_t c = 0; c < kKindParts; ++c) {
      kind.push(static_cast<std::uint64_t>(rows.integer(i, c)));
    }
    add_kind({kind.bits, word(i, kKindParts), word(i, kKindParts + 1)});
  }
  kinds_written_ = kinds_.size();
  return {};
}

// In the order of record/tables.cc: tier, act, search type, states, subject_in_text, moderation.
Result<void> Dictionaries::write_kinds(store::Database& db) {
  const auto set_word = [](store::ChunkWriter& w, std::size_t column, std::size_t i,
                           const std::optional<std::string>& word) {
    word ? w.set_text(column, i, *word) : w.set_null(column, i);
  };
  const auto fill = [&](store::ChunkWriter& w, std::size_t i, std::uint32_t id) {
    const Kind& kind = kinds_[id];
    const RowKind parts{.bits = kind.bits};
    for (std::size_t c = 0; c + 1 < kKindParts; ++c) {
      w.values<std::uint8_t>(c < 2 ? c + 1 : c + 2)[i] = parts.at(c);
    }
    w.values<bool>(kKindParts + 1)[i] = parts.at(kKindParts - 1) != 0;
    set_word(w, 3, i, kind.search_type);
    set_word(w, kKindParts + 2, i, kind.moderation);
  };
  ONUS_TRY_VOID(write_range(db, "row_kinds", static_cast<std::uint32_t>(kinds_written_),
                            static_cast<std::uint32_t>(kinds_.size()), fill));
  kinds_written_ = kinds_.size();
  return {};
}

// Numbered in the order of the input: the same log gives the same report under any key.
std::vector<std::int32_t> Dictionaries::add_actors(const ActorList& from) {
  std::vector<std::int32_t> out;
  out.reserve(from.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) {
    actors_.look_ahead(from, i);
    const auto [id, is_new] = actors_.ids.add(from.identity(i));
    out.push_back(static_cast<std::int32_t>(id));
    if (!is_new) continue;
    const Actor& actor = from.at(i);
    actors_.texts.push_back(actors_.pages.keep(actor.token));
    labels_.push_back(actor.label.empty() ? fmt::format("user-{}", id + 1) : actor.label);
  }
  return out;
}

Dictionaries::Numbers Dictionaries::add(const Batch& batch) {
  Numbers out;
  out.texts = texts_.add_all(batch.texts);
  out.agencies = agencies_.add_all(batch.agencies);
  out.actors = add_actors(batch.actors);
  const auto word = [&](std::uint32_t id) {
    return id == kNone ? std::nullopt : std::optional(std::string(batch.words.at(id)));
  };
  for (const RowKind& kind : batch.kinds.all()) {
    out.kinds.push_back(add_kind({kind.bits, word(kind.search_type), word(kind.moderation)}));
  }
  return out;
}

Result<void> Dictionaries::write_table(store::Database& db, std::string_view name, Table& table) {
  ONUS_TRY_VOID(write_range(db, name, table.written, table.size(),
                            [&](store::ChunkWriter& w, std::size_t i, std::uint32_t id) {
                              w.set_text(1, i, table.texts[id]);
                              if (&table == &actors_) w.set_text(2, i, labels_[id]);
                            }));
  table.written = table.size();
  return {};
}

Result<void> Dictionaries::write_new(store::Database& db) {
  ONUS_TRY_VOID(write_table(db, "texts", texts_));
  ONUS_TRY_VOID(write_table(db, "agencies_raw", agencies_));
  ONUS_TRY_VOID(write_table(db, "actors", actors_));
  return write_kinds(db);
}

void Dictionaries::forget_new() {
  texts_.forget_new();
  agencies_.forget_new();
  actors_.forget_new();
  labels_.resize(actors_.written);
  kind_ids_.truncate(static_cast<std::uint32_t>(kinds_written_));
  kinds_.resize(kinds_written_);
}

}  // namespace onus::ingest

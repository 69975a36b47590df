// SPDX-License-Identifier: Apache-2.0
// What one block of a file becomes: sightings and rejects, with texts numbered within the batch.
// The writer gives them their numbers in the store, in the order of the file.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ingest/field.h"
#include "ingest/pseudonym.h"
#include "ingest/row_kind.h"
#include "ingest/text_pages.h"
#include "record/record.h"
#include "store/database.h"

namespace onus::ingest {

inline constexpr std::size_t kStateCount = record::Names<record::CellState>::all.size();

struct At {  // where a record stands; as source::Position
  std::int64_t row = 0;
  std::int64_t line = 0;
  std::int64_t byte_offset = 0;
  std::int64_t byte_length = 0;
};

using States = std::array<record::CellState, kFieldCount>;

struct Sighting {
  At at;
  store::HugeInt act_key;
  store::HugeInt subject;  // only where its state has a value
  std::int64_t when = 0;
  std::int64_t window_from = 0;
  std::int64_t window_to = 0;
  std::int32_t networks = 0;
  std::int32_t devices = 0;
  std::int64_t case_key = 0;  // tells equal case numbers, signs between apart; 0: none
  // Numbers in the batch's tables, or kNone.
  std::uint32_t owner = kNone;
  std::uint32_t agency = kNone;
  std::uint32_t actor = kNone;
  std::uint32_t reason = kNone;
  std::uint32_t offence = kNone;
  std::uint32_t search_type = kNone;
  std::uint32_t moderation = kNone;
  std::uint32_t kind = 0;
  record::LinkTier tier = record::LinkTier::exact_fields;
  record::ActKind act = record::ActKind::search;
  bool subject_in_text = false;
  bool zone_stated = false;
  bool realigned = false;
  States states{};

  record::CellState& state(Field field) { return states[index(field)]; }
  record::CellState state(Field field) const { return states[index(field)]; }
};

inline RowKind kind_of(const Sighting& sighting) {
  RowKind kind{.search_type = sighting.search_type, .moderation = sighting.moderation};
  kind.push(static_cast<std::uint64_t>(sighting.tier));
  kind.push(static_cast<std::uint64_t>(sighting.act));
  for (const Field field : kKindFields)
    kind.push(static_cast<std::uint64_t>(sighting.state(field)));
  kind.push(sighting.subject_in_text ? 1 : 0);
  return kind;
}

// A cell of an extra field: of the batch's sighting number `row`, which whoever keeps the sighting
// sets.
struct Extra {
  std::uint32_t row = 0;
  Field field = Field::legal_basis;
  record::CellState state = record::CellState::empty;
  std::uint32_t text = kNone;  // in the batch's texts
};

// What a row lacked. `expected`: "time", "integer", "window", "width|11", "header", "record",
// "audit_record"; the report has a message for each.
struct Reject {
  At at;
  std::int32_t column = 0;  // from 1; 0: the row as a whole
  std::string column_name;
  std::string expected;
  std::int32_t found_length = 0;  // bytes of the cell, or cells of the row; never the cell itself
};

struct UnknownColumn {
  std::int64_t value = 0;
  std::int64_t empty = 0;
};

// The actors of a batch, each with the keyed hash of its token. Nearly every row brings one that is
// new in its batch and old in its file: the names, which lie far off, are fetched for new ones
// only.
class ActorList {
 public:
  void reserve(std::size_t size) {
    identities_.reserve(size);
    actors_.reserve(size);
  }
  std::uint32_t add(const Hash128& identity, const Actor* kept_elsewhere) {
    identities_.push_back(identity);
    actors_.push_back(kept_elsewhere);
    return static_cast<std::uint32_t>(actors_.size() - 1);
  }
  const Actor& at(std::uint32_t id) const { return *actors_[id]; }
  const Hash128& identity(std::uint32_t id) const { return identities_[id]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(actors_.size()); }

 private:
  std::vector<Hash128> identities_;
  std::vector<const Actor*> actors_;
};

struct Batch {
  std::vector<Sighting> sightings;
  std::vector<Extra> extras;  // only of plans that have some; in the order of the sightings
  std::vector<Reject> rejects;
  std::int64_t headers = 0;
  std::int64_t blanks = 0;

  TextList texts;     // reasons, offences, extras
  TextList agencies;  // agencies and owners
  ActorList actors;
  std::string case_number;  // one of them: where all are one, what it is
  TextList words;           // search types, moderation
  RowKinds kinds;

  std::vector<std::shared_ptr<const void>> held;  // what the lists above look into

  std::array<std::array<std::int64_t, kStateCount>, kFieldCount> states{};  // of the sightings
  std::int64_t stray_quotes = 0;
  std::int64_t bad_encoding = 0;
};

}  // namespace onus::ingest

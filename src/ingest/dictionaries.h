// SPDX-License-Identifier: Apache-2.0
// The texts, agencies, actors and row kinds of a case, each once, with their numbers in the store.
// Those that a batch brings are added in its order; write_new() hands what is new to the tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/batch.h"
#include "ingest/identity_table.h"
#include "ingest/text_pages.h"
#include "store/database.h"

namespace onus::ingest {

class Dictionaries {
 public:
  explicit Dictionaries(const SipKey& key) : key_(key) {}
  Result<void> load(store::Database& db);

  // From a batch's numbers to the store's.
  struct Numbers {
    std::vector<std::int32_t> texts, agencies, actors, kinds;
  };
  Numbers add(const Batch& batch);

  Result<void> write_new(store::Database& db);
  void forget_new();  // what write_new() has not written

  std::string_view text(std::int32_t id) const { return texts_.at(id); }
  std::string_view agency(std::int32_t id) const { return agencies_.at(id); }
  std::string_view actor_label(std::int32_t id) const {
    return labels_[static_cast<std::size_t>(id)];
  }

 private:
  // Texts by number, found by identity.
  struct Table {
    IdentityTable ids;
    std::vector<std::string_view> texts;
    TextPages pages;
    std::uint32_t written = 0;

    std::pair<std::uint32_t, bool> add(const Hash128& identity, std::string_view text);
    // Asks for `list`'s number i + some, for an add() soon.
    template <class List>
    void look_ahead(const List& list, std::uint32_t i) const;
    std::vector<std::int32_t> add_all(const TextList& from);
    std::string_view at(std::int32_t id) const { return texts[static_cast<std::size_t>(id)]; }
    std::uint32_t size() const { return ids.size(); }
    void forget_new();
  };
  struct Kind {
    std::uint64_t bits = 0;  // as RowKind's
    std::optional<std::string> search_type, moderation;
  };
  std::vector<std::int32_t> add_actors(const ActorList& from);
  std::int32_t add_kind(const Kind& kind);
  Result<void> load_kinds(store::Database& db);
  Result<void> write_kinds(store::Database& db);
  Result<void> load_table(store::Database& db, std::string_view sql, Table& table);
  Result<void> write_table(store::Database& db, std::string_view name, Table& table);

  SipKey key_;
  Table texts_, agencies_, actors_;
  std::vector<std::string> labels_;  // by actor
  IdentityTable kind_ids_;
  std::vector<Kind> kinds_;
  std::size_t kinds_written_ = 0;
};

}  // namespace onus::ingest

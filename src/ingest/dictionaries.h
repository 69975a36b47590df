// SPDX-License-Identifier: Apache-2.0
// The texts, agencies and actors of a case, each once, with the numbers they have in the store.
// Those that a batch brings are added in its order; write_new() hands what is new to the tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/batch.h"
#include "ingest/string_table.h"
#include "store/database.h"

namespace onus::ingest {

class Dictionaries {
 public:
  explicit Dictionaries(const SipKey& key);
  Result<void> load(store::Database& db);

  // From a batch's numbers to the store's.
  struct Numbers {
    std::vector<std::int32_t> texts, agencies, actors;
  };
  Numbers add(const Batch& batch);

  Result<void> write_new(store::Database& db);
  void forget_new();  // what write_new() has not written

  std::string_view text(std::int32_t id) const { return texts_.at(static_cast<std::uint32_t>(id)); }
  std::string_view agency(std::int32_t id) const {
    return agencies_.at(static_cast<std::uint32_t>(id));
  }
  std::string_view actor_label(std::int32_t id) const {
    return labels_[static_cast<std::size_t>(id)];
  }

 private:
  StringTable texts_, agencies_, actors_;
  std::vector<std::string> labels_;  // by actor
  std::uint32_t written_texts_ = 0, written_agencies_ = 0, written_actors_ = 0;
};

}  // namespace onus::ingest

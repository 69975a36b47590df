// SPDX-License-Identifier: Apache-2.0
// What a row is like apart from its values (table row_kinds): its tier, the kind of act, the states
// of its cells, the vendor's few words. Millions of rows have some hundreds of kinds among them.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

#include "ingest/field.h"
#include "record/record.h"

namespace onus::ingest {

inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Whose states a kind has, in the order of the table.
inline constexpr auto kKindFields = std::to_array<Field>(
    {Field::agency, Field::actor, Field::subject, Field::networks, Field::devices, Field::window,
     Field::reason, Field::case_number, Field::offence, Field::filters, Field::prompt});

inline constexpr std::size_t kKindParts = kKindFields.size() + 3;

struct RowKind {
  // Tier, act, the states, subject_in_text: three bits each.
  std::uint64_t bits = 0;
  // Numbers in the batch's words, or kNone.
  std::uint32_t search_type = kNone;
  std::uint32_t moderation = kNone;

  void push(std::uint64_t value) { bits = bits << 3 | value; }
  // The one pushed as number `i` of kKindParts.
  std::uint8_t at(std::size_t i) const {
    return static_cast<std::uint8_t>(bits >> (3 * (kKindParts - 1 - i)) & 7);
  }
  bool operator==(const RowKind&) const = default;
};

// The kinds of a batch, in the order in which they came.
class RowKinds {
 public:
  std::uint32_t add(const RowKind& kind);
  const std::vector<RowKind>& all() const { return all_; }

 private:
  struct Hash {
    std::size_t operator()(const RowKind& kind) const {
      const std::uint64_t words = std::uint64_t{kind.search_type} << 32 | kind.moderation;
      return (kind.bits * 0x9e3779b97f4a7c15 ^ words) * 0xd6e8feb86659fd93 >> 16;
    }
  };
  std::vector<RowKind> all_;
  std::unordered_map<RowKind, std::uint32_t, Hash> ids_;
  // Where kinds that came lately stand, by hash: a look-up is one line of memory.
  std::array<std::uint32_t, 256> recent_ = [] {
    std::array<std::uint32_t, 256> none;
    none.fill(kNone);
    return none;
  }();
};

}  // namespace onus::ingest

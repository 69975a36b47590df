// SPDX-License-Identifier: Apache-2.0
// The numbers of combinations: a hash table that several threads ask at once. Most of a chunk's
// rows are known combinations, so that a chunk takes the lock once to be read, and once more to
// write only where something in it is new.
#include <duckdb.h>
#include <fmt/format.h>

#include <array>
#include <limits>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "base/check.h"
#include "store/handles.h"

namespace onus::store {
namespace {

using ScalarFunction = Handle<duckdb_scalar_function, duckdb_destroy_scalar_function>;

constexpr std::size_t kMostColumns = 8;
constexpr std::int32_t kNone = std::numeric_limits<std::int32_t>::min();

using Key = std::array<std::int64_t, kMostColumns>;  // zero beyond the columns

class Numbers {
 public:
  explicit Numbers(std::size_t columns) : columns_(columns), slots_(1 << 12) {}

  void answer(duckdb_data_chunk input, duckdb_vector output);

 private:
  struct Slot {
    std::int32_t number = kNone;
    std::uint32_t tag = 0;  // other bits of the hash than those that chose the slot
  };
  using Columns = std::array<const std::int64_t*, kMostColumns>;

  Key key_of(const Columns& from, std::size_t row) const;
  static std::uint64_t hash_of(const Key& key, std::size_t columns);
  bool is_key(std::int32_t number, const Key& key) const;
  std::size_t slot_of(const Key& key, std::uint64_t hash) const;  // its own, or a free one
  std::int32_t number_of(const Key& key);                         // adds it where it is new
  void grow();

  const std::size_t columns_;
  std::shared_mutex mutex_;
  std::vector<Slot> slots_;         // a power of two of them, at most half of them taken
  std::vector<std::int64_t> keys_;  // `columns_` of each number
};

Key Numbers::key_of(const Columns& from, std::size_t row) const {
  Key key{};
  for (std::size_t c = 0; c < columns_; ++c) key[c] = from[c][row];
  return key;
}

std::uint64_t Numbers::hash_of(const Key& key, std::size_t columns) {
  std::uint64_t hash = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    hash = (hash ^ static_cast<std::uint64_t>(key[c])) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  }
  return hash * 0xbf58476d1ce4e5b9ULL;
}

bool Numbers::is_key(std::int32_t number, const Key& key) const {
  const std::int64_t* const known = keys_.data() + static_cast<std::size_t>(number) * columns_;
  for (std::size_t c = 0; c < columns_; ++c) {
    if (known[c] != key[c]) return false;
  }
  return true;
}

std::size_t Numbers::slot_of(const Key& key, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash >> 32 & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number == kNone) return at;
    if (slot.tag == static_cast<std::uint32_t>(hash) && is_key(slot.number, key)) return at;
  }
}

std::int32_t Numbers::number_of(const Key& key) {
  const std::uint64_t hash = hash_of(key, columns_);
  const std::size_t at = slot_of(key, hash);
  if (slots_[at].number != kNone) return slots_[at].number;
  const std::size_t number = keys_.size() / columns_;
  ONUS_CHECK(number < std::numeric_limits<std::int32_t>::max());
  slots_[at] = {static_cast<std::int32_t>(number), static_cast<std::uint32_t>(hash)};
  keys_.insert(keys_.end(), key.begin(), key.begin() + static_cast<std::ptrdiff_t>(columns_));
  if (number * 2 >= slots_.size()) grow();
  return -static_cast<std::int32_t>(number) - 1;
}

void Numbers::grow() {
  slots_.assign(slots_.size() * 2, {});
  for (std::size_t number = 0; number < keys_.size() / columns_; ++number) {
    Key key{};
    for (std::size_t c = 0; c < columns_; ++c) key[c] = keys_[number * columns_ + c];
    const std::uint64_t hash = hash_of(key, columns_);
    slots_[slot_of(key, hash)] = {static_cast<std::int32_t>(number),
                                  static_cast<std::uint32_t>(hash)};
  }
}

void Numbers::answer(duckdb_data_chunk input, duckdb_vector output) {
  Columns from{};
  for (std::size_t c = 0; c < columns_; ++c)
    from[c] = static_cast<const std::int64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, c)));
  auto* const out = static_cast<std::int32_t*>(duckdb_vector_get_data(output));
  const std::size_t rows = duckdb_data_chunk_get_size(input);
  bool is_new = false;
  {
    const std::shared_lock lock(mutex_);
    for (std::size_t row = 0; row < rows; ++row) {
      const Key key = key_of(from, row);
      out[row] = slots_[slot_of(key, hash_of(key, columns_))].number;
      is_new |= out[row] == kNone;
    }
  }
  if (!is_new) return;
  const std::unique_lock lock(mutex_);
  for (std::size_t row = 0; row < rows; ++row) {
    if (out[row] == kNone) out[row] = number_of(key_of(from, row));
  }
}

void answer(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  static_cast<Numbers*>(duckdb_scalar_function_get_extra_info(info))->answer(input, output);
}

}  // namespace

std::string Database::function_of_numbers(std::size_t columns) {
  ONUS_CHECK(columns > 0 && columns <= kMostColumns);
  const std::string name = fmt::format("row_function_{}", state_->functions++);
  const ScalarFunction function(duckdb_create_scalar_function());
  const LogicalType key(duckdb_create_logical_type(DUCKDB_TYPE_BIGINT));
  const LogicalType number(duckdb_create_logical_type(DUCKDB_TYPE_INTEGER));
  duckdb_scalar_function_set_name(function.get(), name.c_str());
  for (std::size_t c = 0; c < columns; ++c)
    duckdb_scalar_function_add_parameter(function.get(), key.get());
  duckdb_scalar_function_set_return_type(function.get(), number.get());
  duckdb_scalar_function_set_volatile(function.get());  // the first row is answered otherwise
  duckdb_scalar_function_set_function(function.get(), answer);
  duckdb_scalar_function_set_extra_info(function.get(),
                                        std::make_unique<Numbers>(columns).release(),
                                        [](void* it) { delete static_cast<Numbers*>(it); });
  ONUS_CHECK(duckdb_register_scalar_function(state_->connection.get(), function.get()) ==
             DuckDBSuccess);
  return name;
}

}  // namespace onus::store

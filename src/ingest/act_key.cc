// SPDX-License-Identifier: Apache-2.0
#include "ingest/act_key.h"

namespace onus::ingest {

void ActKey::begin(record::LinkTier tier, record::ActKind act, std::string_view system) {
  message_.clear();
  message_ += static_cast<char>(tier);
  message_ += act == record::ActKind::administrative ? 'a' : 's';
  add_text(system);
}

void ActKey::add_number(std::int64_t number) {
  char bytes[sizeof number];
  __builtin_memcpy(bytes, &number, sizeof number);
  message_.append(bytes, sizeof bytes);
}

void ActKey::add_text(std::string_view text) {
  add_number(static_cast<std::int64_t>(text.size()));
  message_ += text;
}

void ActKey::add_hash(const Hash128& hash) {
  add_number(static_cast<std::int64_t>(hash.low));
  add_number(static_cast<std::int64_t>(hash.high));
}

store::HugeInt ActKey::finish() const {
  const Hash128 hash = siphash128(key_, message_);
  return {hash.low, static_cast<std::int64_t>(hash.high)};
}

}  // namespace onus::ingest

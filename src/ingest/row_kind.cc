// SPDX-License-Identifier: Apache-2.0
#include "ingest/row_kind.h"

namespace onus::ingest {

std::uint32_t RowKinds::add(const RowKind& kind) {
  std::uint32_t& recent = recent_[Hash()(kind) % recent_.size()];
  if (recent != kNone && all_[recent] == kind) return recent;
  const auto [seat, is_new] = ids_.try_emplace(kind, static_cast<std::uint32_t>(all_.size()));
  if (is_new) all_.push_back(kind);
  return recent = seat->second;
}

}  // namespace onus::ingest

// SPDX-License-Identifier: Apache-2.0
#include "ingest/row_kind.h"

namespace onus::ingest {

std::uint32_t RowKinds::add(const RowKind& kind) {
  if (last_ != kNone && all_[last_] == kind) return last_;
  const auto [seat, is_new] = ids_.try_emplace(kind, static_cast<std::uint32_t>(all_.size()));
  if (is_new) all_.push_back(kind);
  return last_ = seat->second;
}

}  // namespace onus::ingest

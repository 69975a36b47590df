// SPDX-License-Identifier: Apache-2.0
#include "tlog/frontier.h"

namespace onus::tlog {

Hash Frontier::root() {
  if (edge_.empty()) return empty_root();
  Hash hash = edge_.back();
  for (std::size_t i = edge_.size() - 1; i-- > 0;) hash = hasher_.node(edge_[i], hash);
  return hash;
}

}  // namespace onus::tlog

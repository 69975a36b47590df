// SPDX-License-Identifier: Apache-2.0
#include "ledger/anchor.h"

#include "tlog/frontier.h"

namespace onus::ledger {

Anchor::Anchor(const Digest& key) : key_(key), hmac_(key) {}

void Anchor::add(std::string_view row) {
  leaves_.push_back(tlog::anchor_leaf(hasher_, tlog::anchor_salt(hmac_, leaves_.size()), row));
}

tlog::Hash Anchor::root() const {
  tlog::Frontier frontier;
  for (const tlog::Hash& leaf : leaves_) frontier.append(leaf);
  return frontier.root();
}

Digest Anchor::salt(std::uint64_t i) const {
  Hmac key(key_);
  return tlog::anchor_salt(key, i);
}

std::vector<tlog::Hash> Anchor::path(std::uint64_t i) const {
  const tlog::NodeReader nodes = [this](unsigned height,
                                        std::uint64_t index) -> Result<tlog::Hash> {
    tlog::Frontier part;
    for (std::uint64_t at = index << height; at < (index + 1) << height; ++at) {
      part.append(leaves_[at]);
    }
    return part.root();
  };
  const auto ranges = tlog::inclusion_ranges(i, rows());
  return tlog::read_proof(nodes, ranges).value();
}

}  // namespace onus::ledger

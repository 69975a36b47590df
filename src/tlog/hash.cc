// SPDX-License-Identifier: Apache-2.0
#include "tlog/hash.h"

#include <cstring>

namespace onus::tlog {

Hash empty_root() { return sha256({}); }

Hash TreeHasher::leaf(std::string_view entry) {
  static constexpr char kLeaf[1] = {'\0'};
  return sha_({kLeaf, 1}, entry);
}

Hash TreeHasher::node(const Hash& left, const Hash& right) {
  char joined[1 + 2 * sizeof(Hash)];
  joined[0] = '\1';
  std::memcpy(joined + 1, left.data(), left.size());
  std::memcpy(joined + 1 + left.size(), right.data(), right.size());
  return sha_({joined, sizeof joined});
}

}  // namespace onus::tlog

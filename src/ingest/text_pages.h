// SPDX-License-Identifier: Apache-2.0
// Texts one behind the other; each stays where it is until clear().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "ingest/siphash.h"

namespace onus::ingest {

class TextPages {
 public:
  std::string_view keep(std::string_view text);
  void clear();

 private:
  std::vector<std::unique_ptr<char[]>> pages_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
};

// Numbered texts, each with the keyed hash that it is known by (ingest/identity_table.h). A text
// may stand here twice. To copy each text of each block took a tenth of the time of mapping, so
// what stands elsewhere for as long as the list lives is not copied.
class TextList {
 public:
  std::uint32_t add(const Hash128& identity, std::string_view kept_elsewhere) {
    identities_.push_back(identity);
    texts_.push_back(kept_elsewhere);
    return static_cast<std::uint32_t>(texts_.size() - 1);
  }
  std::uint32_t add_copy(const Hash128& identity, std::string_view text) {
    return add(identity, pages_.keep(text));
  }
  std::string_view at(std::uint32_t id) const { return texts_[id]; }
  const Hash128& identity(std::uint32_t id) const { return identities_[id]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  std::vector<Hash128> identities_;
  std::vector<std::string_view> texts_;
  TextPages pages_;
};

}  // namespace onus::ingest

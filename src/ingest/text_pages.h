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
// may stand here twice.
class TextList {
 public:
  std::uint32_t add(const Hash128& identity, std::string_view text) {
    identities_.push_back(identity);
    texts_.push_back(pages_.keep(text));
    return static_cast<std::uint32_t>(texts_.size() - 1);
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

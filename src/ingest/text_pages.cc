// SPDX-License-Identifier: Apache-2.0
#include "ingest/text_pages.h"

#include <algorithm>
#include <cstring>

namespace onus::ingest {
namespace {

constexpr std::size_t kPage = 1 << 15;

}  // namespace

std::string_view TextPages::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) {
    left_ = std::max(kPage, text.size());
    pages_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    free_ = pages_.back().get();
  }
  std::memcpy(free_, text.data(), text.size());
  const std::string_view kept(free_, text.size());
  free_ += text.size();
  left_ -= text.size();
  return kept;
}

void TextPages::clear() {
  pages_.clear();
  free_ = nullptr;
  left_ = 0;
}

}  // namespace onus::ingest

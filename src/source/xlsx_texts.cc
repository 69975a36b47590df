// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_texts.h"

#include <cstring>

namespace onus::source {
namespace {

// Where systems keep temporary files that may be large; else where they keep small ones.
std::optional<Scratch> make_file() {
  for (const char* folder : {"/var/tmp", "/tmp"}) {
    if (Result<Scratch> made = Scratch::make(folder)) return std::move(*made);
  }
  return std::nullopt;
}

}  // namespace

std::string_view HeldTexts::text_in(const char* page, std::size_t index) {
  std::uint32_t ends[2] = {sizeof(Ends), 0};
  const char* from = page + (index == 0 ? 0 : (index - 1) * sizeof ends[0]);
  if (index == 0) {
    std::memcpy(&ends[1], from, sizeof ends[1]);
  } else {
    std::memcpy(ends, from, sizeof ends);
  }
  return {page + ends[0], ends[1] - ends[0]};
}

void HeldTexts::add(std::string_view text) {
  const std::size_t index = count_ % kTexts;
  if (index == 0) open_.resize(sizeof(Ends));
  open_.insert(open_.end(), text.begin(), text.end());
  const auto end = static_cast<std::uint32_t>(open_.size());
  std::memcpy(open_.data() + index * sizeof end, &end, sizeof end);
  bytes_ += static_cast<std::int64_t>(text.size()) + 16;
  if (++count_ % kTexts == 0) seal();
}

void HeldTexts::seal() {
  make_room(open_.size());
  Page& page = pages_.emplace_back();
  page.size = static_cast<std::uint32_t>(open_.size());
  page.held = std::make_unique_for_overwrite<char[]>(page.size);
  std::memcpy(page.held.get(), open_.data(), page.size);
  held_ += page.size;
  in_memory_.push_back(static_cast<std::uint32_t>(pages_.size() - 1));
}

// The hand goes round the pages in memory and takes those that nobody asked for since it came by.
void HeldTexts::make_room(std::size_t size) {
  while (!no_file_ && !in_memory_.empty() && held_ + size > budget_) {
    if (hand_ >= in_memory_.size()) hand_ = 0;
    Page& page = pages_[in_memory_[hand_]];
    if (page.asked) {
      page.asked = false;
      ++hand_;
    } else if (put_away(page)) {
      in_memory_[hand_++] = in_memory_.back();  // the youngest, so the hand steps over it
      in_memory_.pop_back();
    }
  }
}

bool HeldTexts::put_away(Page& page) {
  if (!page.filed) {
    if (!file_) file_ = make_file();
    const Result<std::uint64_t> place =
        file_ ? file_->write({page.held.get(), page.size}) : fail(Code::io, "no file");
    no_file_ = !place;  // a full disk, say: from here on all stays in memory
    if (no_file_) return false;
    page.place = *place;
    page.filed = true;
  }
  page.held.reset();
  held_ -= page.size;
  return true;
}

Result<void> HeldTexts::fetch(std::size_t number) {
  const std::uint32_t size = pages_[number].size;
  make_room(size);
  auto held = std::make_unique_for_overwrite<char[]>(size);
  ONUS_TRY_VOID(file_->read(pages_[number].place, held.get(), size));
  pages_[number].held = std::move(held);
  held_ += size;
  in_memory_.push_back(static_cast<std::uint32_t>(number));
  return {};
}

Result<std::string_view> HeldTexts::at(std::uint64_t number) {
  const std::size_t page = number / kTexts;
  if (page == pages_.size()) return text_in(open_.data(), number % kTexts);
  if (!pages_[page].held) ONUS_TRY_VOID(fetch(page));
  pages_[page].asked = true;
  return text_in(pages_[page].held.get(), number % kTexts);
}

}  // namespace onus::source

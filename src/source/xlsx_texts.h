// SPDX-License-Identifier: Apache-2.0
// Texts by their number, in memory as far as a budget goes. A detail of module source.
//
// They are kept in pages of 64. What passes the budget goes, a page that was not asked for lately,
// to a file without a name in which nothing stands in clear (base/scratch.h: plates stand in these
// texts), and comes back whole when one of its texts is asked for. Cells ask for new texts in the
// order of their numbers and for common ones again and again, so most of them are met in memory.
// What stays for good is 24 bytes a page. Where no file can be made, all stays in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/scratch.h"

namespace onus::source {

class HeldTexts {
 public:
  explicit HeldTexts(std::int64_t budget) : budget_(static_cast<std::size_t>(budget)) {}

  std::uint64_t count() const { return count_; }
  std::int64_t bytes() const { return bytes_; }  // of all texts, each with 16 more
  void add(std::string_view text);
  // `number` < count(). The text lives until the next call of add() or at().
  Result<std::string_view> at(std::uint64_t number);

 private:
  static constexpr std::size_t kTexts = 64;  // of a page
  using Ends = std::uint32_t[kTexts];        // of each text in its page, which they stand before

  struct Page {
    std::unique_ptr<char[]> held;  // none: it is in the file
    std::uint64_t place = 0;       // in the file
    std::uint32_t size = 0;
    bool filed = false;
    bool asked = false;  // since the hand came by last
  };

  void seal();
  void make_room(std::size_t size);
  bool put_away(Page& page);
  Result<void> fetch(std::size_t number);
  static std::string_view text_in(const char* page, std::size_t index);

  std::size_t budget_;
  std::vector<Page> pages_;
  std::vector<std::uint32_t> in_memory_;  // pages, in no order; the hand goes round them
  std::size_t hand_ = 0;
  std::size_t held_ = 0;  // bytes of pages in memory

  std::vector<char> open_;  // the page that texts are added to
  std::uint64_t count_ = 0;
  std::int64_t bytes_ = 0;
  std::optional<Scratch> file_;
  bool no_file_ = false;
};

}  // namespace onus::source

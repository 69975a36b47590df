// SPDX-License-Identifier: Apache-2.0
#include "source/table.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "source/scan.h"

namespace onus::source {
namespace {

// The most of a text that is whole characters within `room` bytes.
std::string_view cut_at_character(std::string_view text, std::size_t room) {
  if (text.size() <= room) return text;
  while (room > 0 && (static_cast<unsigned char>(text[room]) & 0xC0) == 0x80) --room;
  return text.substr(0, room);
}

}  // namespace

BlockBuilder::BlockBuilder(const Budget& budget) : budget_(budget) {
  budget_.max_record_bytes = std::clamp(budget.max_record_bytes, 1, 1 << 28);
  budget_.max_cells = std::max(budget.max_cells, 1);
}

// False: the record is full.
bool BlockBuilder::add_cell(std::string_view cell, std::size_t room, Damage& damage) {
  const ByteKinds kinds = byte_kinds(cell.data(), cell.size());
  if (kinds.nul) damage |= Damage::nul_byte;
  if (kinds.non_ascii && !is_valid_utf8(cell)) {
    decode(cell, Encoding::utf8, decoded_);
    cell = decoded_;
    damage |= Damage::bad_encoding;
  }
  const std::string_view kept = cut_at_character(cell, room);
  text_.append(kept);
  block_.cell_ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  return kept.size() == cell.size();
}

void BlockBuilder::add(const Position& at, std::span<const std::string_view> cells, Damage damage) {
  ONUS_CHECK(block_.rows_.empty() || at.row == block_.rows_.back().at.row + 1);
  const std::size_t limit = text_.size() + static_cast<std::size_t>(budget_.max_record_bytes);
  if (cells.size() > static_cast<std::size_t>(budget_.max_cells)) {
    cells = cells.first(static_cast<std::size_t>(budget_.max_cells));
    damage |= Damage::too_many_cells;
  }
  for (const std::string_view cell : cells) {
    if (!add_cell(cell, limit - text_.size(), damage)) {
      damage |= Damage::too_long;
      break;
    }
  }
  const bool new_part =
      at.part != 0 && (block_.parts_.empty() || block_.parts_.back().part != at.part);
  if (new_part) block_.parts_.push_back({at.row, at.part});
  block_.rows_.push_back({.at = at,
                          .cells_end = static_cast<std::uint32_t>(block_.cell_ends_.size()),
                          .damage = damage,
                          .blank = cells.empty()});
}

std::optional<Block> BlockBuilder::take() {
  if (block_.rows_.empty()) return std::nullopt;
  Block out = std::exchange(block_, Block());
  out.split_ = true;
  out.first_ = out.rows_.front().at;
  out.size_ = text_.size();
  out.data_ = std::make_unique_for_overwrite<char[]>(text_.size() + kScanPadding);
  std::memcpy(out.data_.get(), text_.data(), text_.size());
  std::memset(out.data_.get() + text_.size(), 0, kScanPadding);
  text_.clear();
  return out;
}

}  // namespace onus::source

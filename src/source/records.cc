// SPDX-License-Identifier: Apache-2.0
// Splits records into cells. Where they end is known (find.h); this is the part that may run on
// many threads, one block each.
#include <algorithm>
#include <array>
#include <cstring>

#include "source/scan.h"
#include "source/table.h"

namespace onus::source {
namespace {

// Text that does not stand in the block as it is. Views into it stay good as it grows.
class Arena {
 public:
  char* room(std::size_t size) {
    if (size > left_) {
      left_ = std::max(size, kChunk);
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
      at_ = chunks_.back().get();
    }
    return at_;
  }
  std::string_view keep(std::size_t size) {
    const std::string_view text(at_, size);
    at_ += size;
    left_ -= size;
    return text;
  }
  std::string_view copy(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    return keep(text.size());
  }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 16;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace

struct Records::State {
  explicit State(const Block& from);
  void split(std::size_t from, std::size_t end);
  std::size_t quoted_cell(std::size_t from, std::size_t end);
  std::size_t tail_end(std::size_t at, std::size_t end);
  std::string_view unescaped(std::size_t from, std::size_t close, std::size_t cell_end);
  void take_rest(std::size_t end);
  void judge(std::string_view raw);
  void add(std::size_t from, std::size_t end, std::string_view text, bool quoted);
  bool next_split(Record& record);
  std::string_view view(std::size_t from, std::size_t end) const {
    return {text + from, end - from};
  }

  const Block* block;
  const char* text;
  char delimiter;
  bool utf16;
  std::size_t max_cells;
  ByteKinds kinds;
  Scan<2> scan;
  std::size_t index = 0;
  std::size_t split_row = 0;  // of a split block, as is the next
  std::size_t split_cell = 0;
  std::size_t begin = 0;
  std::int64_t offset = 0;
  std::vector<Cell> cells;
  Damage damage = Damage::none;
  Arena arena;
  std::string decoded;
};

Records::State::State(const Block& from)
    : block(&from),
      text(from.data_.get()),
      delimiter(from.delimiter_ == '\0' ? '\n' : from.delimiter_),
      utf16(is_utf16(from.encoding_)),
      max_cells(static_cast<std::size_t>(from.max_cells_)),
      kinds(from.split_ ? ByteKinds{} : byte_kinds(text, from.size_)),
      scan(text, from.size_, {'"', delimiter}),
      offset(from.first_.byte_offset) {
  cells.reserve(64);
}

void Records::State::add(std::size_t from, std::size_t end, std::string_view content, bool quoted) {
  cells.push_back({.text = content, .raw = view(from, end), .quoted = quoted});
}

void Records::State::split(std::size_t from, std::size_t end) {
  std::size_t cell = from;
  while (scan.peek() < from) scan.drop();
  for (std::size_t at = scan.peek(); at < end; at = scan.peek()) {
    scan.drop();
    if (text[at] == delimiter) {
      add(cell, at, view(cell, at), false);
      cell = at + 1;
    } else if (at == cell) {
      cell = quoted_cell(cell, end);
      if (cell > end) return;
    } else {
      damage |= Damage::stray_quote;
      continue;
    }
    if (cells.size() == max_cells) return take_rest(end);
  }
  add(cell, end, view(cell, end), false);
}

void Records::State::take_rest(std::size_t end) {
  const char* const from = cells.back().raw.data();
  const std::string_view rest(from, static_cast<std::size_t>(text + end - from));
  cells.back() = {.text = rest, .raw = rest, .quoted = false};
  damage |= Damage::too_many_cells;
}

// Adds the cell whose opening quote is at `from`; returns where the next begins, over `end` if none
// does.
std::size_t Records::State::quoted_cell(std::size_t from, std::size_t end) {
  bool doubled = false;
  for (;;) {
    const std::size_t at = scan.peek();
    if (at >= end) {  // never closed; the finder has said so, or cut the record here
      damage |= Damage::unclosed_quote;
      add(from, end, doubled ? unescaped(from + 1, end, end) : view(from + 1, end), true);
      return end + 1;
    }
    scan.drop();
    if (text[at] != '"') continue;
    if (at + 1 < end && text[at + 1] == '"') {
      scan.peek();
      scan.drop();
      doubled = true;
      continue;
    }
    const std::size_t cell_end = tail_end(at + 1, end);
    const bool plain = !doubled && cell_end == at + 1;
    add(from, cell_end, plain ? view(from + 1, at) : unescaped(from + 1, at, cell_end), true);
    return cell_end + 1;
  }
}

// Where the cell ends whose closing quote stands before `at`.
std::size_t Records::State::tail_end(std::size_t at, std::size_t end) {
  std::size_t stop = scan.peek();
  if (at == end) return end;
  if (stop != at) damage |= Damage::stray_quote;
  while (stop < end) {
    scan.drop();
    if (text[stop] == delimiter) return stop;
    stop = scan.peek();
  }
  return end;
}

// The inside of the quotes with "" made ", and then what follows the closing quote as it stands.
std::string_view Records::State::unescaped(std::size_t from, std::size_t close,
                                           std::size_t cell_end) {
  char* out = arena.room(cell_end - from);
  std::size_t size = 0;
  for (std::size_t at = from; at < close; ++at) {
    out[size++] = text[at];
    if (text[at] == '"') ++at;
  }
  if (cell_end > close) {
    std::memcpy(out + size, text + close + 1, cell_end - close - 1);
    size += cell_end - close - 1;
  }
  return arena.keep(size);
}

// Finds NULs and decodes what is not ASCII; only called where the block has such bytes.
void Records::State::judge(std::string_view raw) {
  const ByteKinds here = byte_kinds(raw.data(), raw.size());
  if (here.nul) damage |= Damage::nul_byte;
  if (!here.non_ascii) return;
  for (Cell& cell : cells) {
    if (!byte_kinds(cell.text.data(), cell.text.size()).non_ascii) continue;
    const Decoded result = decode(cell.text, block->encoding_, decoded);
    if (result.changed) cell.text = arena.copy(decoded);
    if (result.foreign) damage |= Damage::bad_encoding;
  }
}

// A record whose cells were split when the block was made.
bool Records::State::next_split(Record& record) {
  if (split_row == block->rows_.size()) return false;
  const Block::SplitRow& from = block->rows_[split_row++];
  cells.clear();
  for (; split_cell < from.cells_end; ++split_cell) {
    const std::size_t end = block->cell_ends_[split_cell];
    add(begin, end, view(begin, end), false);
    begin = end;
  }
  record = {.at = from.at, .raw = {}, .cells = cells, .damage = from.damage, .blank = from.blank};
  return true;
}

Records::Records(const Block& block) : state_(std::make_unique<State>(block)) {}
Records::Records(Records&&) noexcept = default;
Records& Records::operator=(Records&&) noexcept = default;
Records::~Records() = default;

bool Records::next(Record& record) {
  State& s = *state_;
  if (s.index == s.block->spans_.size()) return s.block->split_ && s.next_split(record);
  const Block::Span& span = s.block->spans_[s.index];
  const std::size_t end = span.end - std::size_t{span.line_end};
  s.cells.clear();
  s.damage = span.damage;
  record.raw = s.view(s.begin, span.end);
  record.blank = end == s.begin;
  if (!record.blank) {
    s.split(s.begin, end);
    if (s.kinds.nul || s.kinds.non_ascii) s.judge(record.raw);
  }
  record.at = {.row = s.block->first_.row + static_cast<std::int64_t>(s.index),
               .line = s.block->first_.line + span.line,
               .byte_offset = s.offset,
               .byte_length =
                   s.utf16 ? utf16_size(record.raw) : static_cast<std::int32_t>(record.raw.size()),
               .part = 0};
  record.cells = s.cells;
  record.damage = s.damage;
  s.offset += record.at.byte_length;
  s.begin = span.end;
  ++s.index;
  return true;
}

std::string names(Damage damage) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "stray_quote",    "unclosed_quote", "nul_byte",  "bad_encoding", "too_long",
      "too_many_cells", "cut_off",        "malformed", "out_of_place"};
  std::string out;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (!has(damage, static_cast<Damage>(1U << i))) continue;
    if (!out.empty()) out += ' ';
    out += kNames[i];
  }
  return out;
}

}  // namespace onus::source

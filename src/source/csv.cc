// SPDX-License-Identifier: Apache-2.0
#include "source/csv.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "source/bytes.h"
#include "source/find.h"
#include "source/scan.h"
#include "source/sniff.h"

namespace onus::source {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{1} << 18;  // of the file, to tell its encoding
constexpr std::size_t kSniffBytes = std::size_t{1} << 16;   // of that, to tell its delimiter
constexpr std::int32_t kLeastRecordBytes = 16;              // so that a character always fits

// Bytes that were read but belong to no record yet.
struct Buffer {
  std::unique_ptr<char[]> data;
  std::size_t size = 0;
  std::size_t capacity = 0;

  std::string_view view() const { return {data.get(), size}; }
  void reserve(std::size_t wanted) {
    if (wanted <= capacity) return;
    auto larger = std::make_unique_for_overwrite<char[]>(wanted + kScanPadding);
    if (size > 0) std::memcpy(larger.get(), data.get(), size);
    data = std::move(larger);
    capacity = wanted;
  }
};

std::string as_utf8(std::string_view sample, const Detected& detected, bool whole) {
  sample.remove_prefix(detected.prelude);
  if (!is_utf16(detected.encoding)) return std::string(sample.substr(0, kSniffBytes));
  sample = sample.substr(0, kSniffBytes);
  std::string out(sample.size() * 2 + 4, '\0');
  const bool big_endian = detected.encoding == Encoding::utf16be;
  out.resize(utf16_to_utf8(sample, big_endian, whole, out.data()).written);
  return out;
}

}  // namespace

struct CsvStream::State {
  State(ByteSource from, const Budget& limits, std::size_t step)
      : source(std::move(from)), budget(limits), block_bytes(std::max<std::size_t>(step, 1)) {
    budget.max_record_bytes = std::clamp(limits.max_record_bytes, kLeastRecordBytes, 1 << 28);
    budget.max_cells = std::max(limits.max_cells, 1);
  }
  Result<void> begin();
  Result<void> fill(std::size_t more);
  Result<void> fill_utf16(std::size_t more);
  void find(Block& block);
  Result<std::optional<Block>> deliver(Block block);
  Result<bool> nothing_follows();
  void note_end(Block& block);

  ByteSource source;
  Budget budget;
  std::size_t block_bytes;
  Encoding encoding = Encoding::utf8;
  Dialect dialect;
  std::int64_t prelude = 0;
  Buffer buffer;
  std::string half;  // UTF-16 bytes that wait for their other half
  bool at_end = false;
  bool half_unit = false;
  bool continued = false;
  bool cut_off = false;
  std::size_t usual_spans = 0;
  std::int64_t line = 1;
  Position next{.row = 1, .line = 1, .byte_offset = 0, .byte_length = 0};
};

Result<void> CsvStream::State::begin() {
  ONUS_TRY(const std::string_view sample, source.peek(kSampleBytes));
  const bool whole = sample.size() < kSampleBytes;
  const Detected detected = detect_encoding(sample);
  encoding = detected.encoding;
  prelude = static_cast<std::int64_t>(detected.prelude);
  next.byte_offset = prelude;
  const std::string text = as_utf8(sample, detected, whole);
  const Layout layout = sniff(text, whole && sample.size() <= kSniffBytes);
  dialect = {.delimiter = layout.delimiter,
             .encoding = std::string(encoding_name(encoding)),
             .width = layout.width};
  source.skip(detected.prelude);
  return {};
}

Result<void> CsvStream::State::fill(std::size_t more) {
  if (is_utf16(encoding)) return fill_utf16(more);
  buffer.reserve(buffer.size + more);
  ONUS_TRY(const std::size_t got, source.read(buffer.data.get() + buffer.size, more));
  buffer.size += got;
  at_end = got < more;
  return {};
}

Result<void> CsvStream::State::fill_utf16(std::size_t more) {
  const std::size_t kept = half.size();
  half.resize(kept + more);
  ONUS_TRY(const std::size_t got, source.read(half.data() + kept, more));
  half.resize(kept + got);
  at_end = got < more;
  buffer.reserve(buffer.size + half.size() * 3 / 2 + 4);
  const Transcoded done =
      utf16_to_utf8(half, encoding == Encoding::utf16be, at_end, buffer.data.get() + buffer.size);
  half_unit = at_end && (kept + got) % 2 == 1;
  buffer.size += done.written;
  half.erase(0, done.used);
  return {};
}

// Takes the whole records off the buffer, and leaves the rest.
void CsvStream::State::find(Block& block) {
  std::memset(buffer.data.get() + buffer.size, 0, kScanPadding);
  RecordFinder finder(buffer.view(), at_end, continued, dialect.delimiter,
                      static_cast<std::size_t>(budget.max_record_bytes));
  block.spans_.reserve(usual_spans);
  std::uint32_t lines = 0;
  for (Found found; finder.next(found); lines += found.breaks) {
    block.spans_.push_back({.end = static_cast<std::uint32_t>(found.end),
                            .line = lines,
                            .damage = found.damage,
                            .line_end = found.line_end});
  }
  line = next.line + lines;
  continued = finder.continued();
  usual_spans = std::max(usual_spans, block.spans_.size());
}

Result<std::optional<Block>> CsvStream::State::deliver(Block block) {
  const std::size_t used = block.spans_.back().end;
  Buffer rest;
  if (used < buffer.size) {
    rest.reserve(buffer.size - used + block_bytes);
    rest.size = buffer.size - used;
    std::memcpy(rest.data.get(), buffer.data.get() + used, rest.size);
  }
  block.data_ = std::move(buffer.data);
  block.size_ = used;
  buffer = std::move(rest);
  block.first_ = next;
  block.encoding_ = encoding;
  block.delimiter_ = dialect.delimiter;
  block.max_cells_ = budget.max_cells;
  next.row += static_cast<std::int64_t>(block.rows());
  next.line = line;
  next.byte_offset +=
      is_utf16(encoding) ? utf16_size(block.bytes()) : static_cast<std::int64_t>(used);
  if (next.row - 1 > budget.max_rows) {
    return fail(Code::over_budget,
                source.name() + ": more than " + std::to_string(budget.max_rows) + " rows");
  }
  if (buffer.size == 0) {
    ONUS_TRY(const bool last, nothing_follows());
    if (last) note_end(block);
  }
  return std::optional<Block>(std::move(block));
}

// A record can end with the bytes read so far, and those with the file.
Result<bool> CsvStream::State::nothing_follows() {
  if (at_end || !half.empty()) return at_end;
  ONUS_TRY(const std::string_view ahead, source.peek(1));
  return ahead.empty();
}

void CsvStream::State::note_end(Block& block) {
  Block::Span& last = block.spans_.back();
  const std::size_t count = block.spans_.size();
  const std::size_t begin = count > 1 ? block.spans_[count - 2].end : 0;
  const std::string_view raw = block.bytes().substr(begin, last.end - begin);
  const bool narrow = last.line_end == 0 && !has(last.damage, Damage::too_long) &&
                      count_cells(raw, dialect.delimiter) < dialect.width;
  cut_off = narrow || half_unit || has(last.damage, Damage::unclosed_quote);
  if (cut_off) last.damage |= Damage::cut_off;
}

CsvStream::CsvStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
CsvStream::CsvStream(CsvStream&&) noexcept = default;
CsvStream& CsvStream::operator=(CsvStream&&) noexcept = default;
CsvStream::~CsvStream() = default;

Result<CsvStream> CsvStream::open(const std::filesystem::path& path, const Budget& budget,
                                  std::size_t block_bytes) {
  ONUS_TRY(ByteSource source, ByteSource::open(path, budget.max_bytes));
  return over(std::move(source), budget, block_bytes);
}

Result<CsvStream> CsvStream::over(ByteSource source, const Budget& budget,
                                  std::size_t block_bytes) {
  auto state = std::make_unique<State>(std::move(source), budget, block_bytes);
  ONUS_TRY_VOID(state->begin());
  return CsvStream(std::move(state));
}

Result<CsvStream> CsvStream::from_bytes(std::string bytes, const Budget& budget,
                                        std::size_t block_bytes) {
  ONUS_TRY(ByteSource source, ByteSource::over(std::move(bytes), budget.max_bytes));
  return over(std::move(source), budget, block_bytes);
}

Result<std::optional<Block>> CsvStream::next() {
  State& s = *state_;
  while (!s.at_end || s.buffer.size > 0) {
    if (!s.at_end) ONUS_TRY_VOID(s.fill(std::max(s.block_bytes, s.buffer.size)));
    if (s.buffer.size == 0) continue;
    Block block;
    s.find(block);
    if (!block.spans_.empty()) return s.deliver(std::move(block));
    ONUS_CHECK(!s.at_end);
  }
  return std::optional<Block>();
}

const Dialect& CsvStream::dialect() const { return state_->dialect; }
std::int64_t CsvStream::prelude_bytes() const { return state_->prelude; }
std::int64_t CsvStream::rows() const { return state_->next.row - 1; }
std::int64_t CsvStream::bytes() const { return state_->next.byte_offset; }
bool CsvStream::cut_off() const { return state_->cut_off; }

}  // namespace onus::source

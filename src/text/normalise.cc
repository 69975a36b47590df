// SPDX-License-Identifier: Apache-2.0
#include "text/normalise.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace onus::text {
namespace {

// For each byte: the folded character; ' ' for what counts as a blank; 0 where UTF-8 begins.
constexpr std::array<char, 256> make_ascii() {
  std::array<char, 256> table{};
  for (int i = 0; i < 128; ++i) {
    const bool blank = i <= ' ' || i == 0x7f || i == '+' || i == '_';
    const bool upper = i >= 'A' && i <= 'Z';
    table[static_cast<std::size_t>(i)] =
        static_cast<char>(blank ? ' ' : (upper ? i + ('a' - 'A') : (i == '`' ? '\'' : i)));
  }
  return table;
}
constexpr std::array<char, 256> kAscii = make_ascii();

// Sixteen bytes at once.
constexpr std::size_t kBlock = 16;
using Block = std::uint8_t __attribute__((vector_size(kBlock)));

Block load(const char* from) {
  Block block;
  std::memcpy(&block, from, kBlock);
  return block;
}

bool any(Block block) {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &block, kBlock);
  return (halves[0] | halves[1]) != 0;
}

Block chosen(Block where, std::uint8_t byte, Block other) {
  return (where & byte) | (~where & other);
}

// As ascii(), of plain bytes.
Block folded(Block bytes) {
  const auto upper = reinterpret_cast<Block>((bytes - 'A') < 26);
  bytes |= upper & 0x20;
  const auto blank =
      reinterpret_cast<Block>((bytes <= ' ') | (bytes == 0x7f) | (bytes == '+') | (bytes == '_'));
  return chosen(blank, ' ', chosen(reinterpret_cast<Block>(bytes == '`'), '\'', bytes));
}

char ascii(char byte) { return kAscii[static_cast<unsigned char>(byte)]; }

// One code point at `from`, and its length; length 0 where the bytes are no UTF-8.
struct CodePoint {
  utf8proc_int32_t value = -1;
  std::size_t length = 0;
};

CodePoint code_point_at(std::string_view text, std::size_t from) {
  CodePoint point;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + from);
  const auto length =
      utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - from), &point.value);
  if (length > 0) point.length = static_cast<std::size_t>(length);
  return point;
}

// A cluster of code points that may fold into one, cut where it grows beyond any letter.
constexpr std::size_t kMaxCluster = 64;

std::size_t cluster_end(std::string_view text, std::size_t from) {
  CodePoint last = code_point_at(text, from);
  std::size_t end = from + last.length;
  utf8proc_int32_t state = 0;
  while (end < text.size() && end - from < kMaxCluster) {
    const CodePoint next = code_point_at(text, end);
    if (next.length == 0 || utf8proc_grapheme_break_stateful(last.value, next.value, &state)) break;
    end += next.length;
    last = next;
  }
  return end;
}

// Whether the plain character at `at` makes one letter with marks behind it ("o" and U+0308).
bool takes_mark(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || static_cast<unsigned char>(text[at + 1]) < 0x80) return false;
  const CodePoint next = code_point_at(text, at + 1);
  return next.length > 0 && !utf8proc_grapheme_break(text[at], next.value);
}

constexpr auto kFold = static_cast<utf8proc_option_t>(
    UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);

// Quotes and dashes that word processors put in place of the plain ones.
char plain_punctuation(utf8proc_int32_t value) {
  if (value == 0x2018 || value == 0x2019 || value == 0x00b4) return '\'';
  if (value >= 0x2010 && value <= 0x2015) return '-';
  if (value == 0xfffd) return ' ';
  return 0;
}

}  // namespace

// Most cells are plain ASCII: then nothing combines, and each byte is a character.
bool Normalised::fold(std::string_view original) {
  const std::size_t room = original.size() + 2 * kBlock;
  if (text_.size() < room) text_.resize(room);
  char* const text = text_.data();
  std::copy(original.begin(), original.end(), text);
  std::fill_n(text + original.size(), kBlock, 'x');
  size_ = original.size();
  Block high{};
  for (std::size_t at = 0; at < size_; at += kBlock) {
    const Block block = load(text + at);
    high |= block;
    const Block plain = folded(block);
    std::memcpy(text + at, &plain, kBlock);
  }
  return !any(high & 0x80);
}

// Whether blanks begin or end the text, or stand side by side.
bool Normalised::shifts() const {
  if (size_ == 0) return false;
  const char* const text = text_.data();
  if (text[0] == ' ' || text[size_ - 1] == ' ') return true;
  Block twice{};
  for (std::size_t at = 0; at < size_; at += kBlock)
    twice |= reinterpret_cast<Block>((load(text + at) == ' ') & (load(text + at + 1) == ' '));
  return any(twice);
}

void Normalised::close_gaps() {
  source_.resize(size_);
  std::size_t size = 0;
  std::int32_t blank_from = 0;  // where the blanks before this byte begin
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(size_); ++i) {
    const char byte = text_[static_cast<std::size_t>(i)];
    if (byte == ' ') continue;
    if (blank_from < i && size > 0) {
      text_[size] = ' ';
      source_[size++] = {blank_from, i};
    }
    text_[size] = byte;
    source_[size++] = {i, i + 1};
    blank_from = i + 1;
  }
  size_ = size;
  source_.resize(size);
}

void Normalised::emit(char byte, Span source) {
  if (!blank_.empty() && !text_.empty()) {
    text_.push_back(' ');
    source_.push_back(blank_);
  }
  blank_ = {};
  text_.push_back(byte);
  source_.push_back(source);
}

void Normalised::blank(Span source) {
  if (blank_.empty()) blank_ = source;
  blank_.end = source.end;
}

std::size_t Normalised::take_ascii(std::string_view original, std::size_t from) {
  std::size_t i = from;
  for (; i < original.size(); ++i) {
    const char folded = ascii(original[i]);
    if (folded == 0 || (folded != ' ' && takes_mark(original, i))) break;
    const Span source{static_cast<std::int32_t>(i), static_cast<std::int32_t>(i + 1)};
    folded == ' ' ? blank(source) : emit(folded, source);
  }
  return i;
}

std::size_t Normalised::take_cluster(std::string_view original, std::size_t from) {
  const CodePoint first = code_point_at(original, from);
  const auto begin = static_cast<std::int32_t>(from);
  const std::size_t end = first.length == 0 ? from + 1 : cluster_end(original, from);
  const Span source{begin, static_cast<std::int32_t>(end)};
  const char plain = first.length == 0 ? ' ' : plain_punctuation(first.value);
  if (plain != 0) {
    plain == ' ' ? blank(source) : emit(plain, source);
    return end;
  }
  // NFKC lengthens one code point to at most 18.
  std::array<utf8proc_int32_t, kMaxCluster * 18 + 1> folded;
  const utf8proc_ssize_t count =
      utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(original.data() + from),
                         static_cast<utf8proc_ssize_t>(end - from), folded.data(),
                         static_cast<utf8proc_ssize_t>(folded.size() - 1), kFold);
  const bool fits = count >= 0 && count < static_cast<utf8proc_ssize_t>(folded.size());
  const utf8proc_ssize_t size = fits ? utf8proc_reencode(folded.data(), count, kFold) : -1;
  if (size < 0) {
    blank(source);
    return end;
  }
  const auto* bytes = reinterpret_cast<const char*>(folded.data());
  for (utf8proc_ssize_t i = 0; i < size; ++i) {
    const char byte = ascii(bytes[i]) != 0 ? ascii(bytes[i]) : bytes[i];
    byte == ' ' ? blank(source) : emit(byte, source);
  }
  return end;
}

void Normalised::assign(std::string_view original) {
  original = original.substr(0, kMaxTextBytes);
  source_.clear();
  if (fold(original)) {
    if (shifts()) close_gaps();
    return;
  }
  text_.clear();
  blank_ = {};
  std::size_t at = 0;
  while (at < original.size()) {
    at = take_ascii(original, at);
    if (at < original.size()) at = take_cluster(original, at);
  }
  size_ = text_.size();
}

Span Normalised::to_original(Span piece) const {
  if (source_.empty()) return {piece.begin, std::max(piece.begin, piece.end)};
  if (piece.empty()) {
    const bool inside = static_cast<std::size_t>(piece.begin) < source_.size();
    const std::int32_t last = source_.empty() ? 0 : source_.back().end;
    const std::int32_t at = inside ? source_[static_cast<std::size_t>(piece.begin)].begin : last;
    return {at, at};
  }
  return {source_[static_cast<std::size_t>(piece.begin)].begin,
          source_[static_cast<std::size_t>(piece.end) - 1].end};
}

}  // namespace onus::text

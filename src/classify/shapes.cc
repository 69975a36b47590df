// SPDX-License-Identifier: Apache-2.0
#include "classify/shapes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace onus::classify {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::size_t byte_of(char c) { return static_cast<unsigned char>(c); }

// "*einbruch": what a compound ends with; the part before it may hold letters of any language.
bool fits_end(std::string_view ending, std::string_view word) {
  if (word.size() < ending.size() + 2 || !word.ends_with(ending)) return false;
  return std::none_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A shape fits letters only: digits and other scripts have readings of their own.
bool fits(std::string_view shape, std::string_view word) {
  if (shape.starts_with('*')) return fits_end(shape.substr(1), word);
  const bool open = shape.ends_with('*');
  if (open) shape.remove_suffix(1);
  if (word.size() < shape.size() || (!open && word.size() != shape.size())) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool other = open && i >= shape.size() && byte_of(word[i]) >= 0x80;
    if (!is_letter(word[i]) && !other) return false;
    if (i < shape.size() && shape[i] != '?' && shape[i] != word[i]) return false;
  }
  return true;
}

// Four bytes as a number: the first, or the last; zeros behind or before them where there are
// fewer.
std::uint32_t first_four(std::string_view word) {
  std::array<char, 4> bytes{};
  std::copy_n(word.begin(), std::min(word.size(), bytes.size()), bytes.begin());
  return std::bit_cast<std::uint32_t>(bytes);
}
std::uint32_t last_four(std::string_view word) {
  std::array<char, 4> bytes{};
  word.remove_prefix(word.size() - std::min(word.size(), bytes.size()));
  std::copy_backward(word.begin(), word.end(), bytes.end());
  return std::bit_cast<std::uint32_t>(bytes);
}

}  // namespace

void Shapes::add(std::string_view shape, std::int32_t id) {
  std::string letters, mask;
  for (const char c : shape) {
    if (c == '*') continue;
    letters += c == '?' ? '\0' : c;
    mask += c == '?' ? '\0' : '\xff';
  }
  const auto four = shape.front() == '*' ? last_four : first_four;
  added_.push_back({static_cast<std::uint32_t>(bytes_.size()),
                    static_cast<std::uint32_t>(shape.size()), four(letters), four(mask), id});
  bytes_.append(shape);
}

// By the byte that a word must share with them: "inv*" its first, "*einbruch" its last.
void Shapes::seal() {
  for (const bool ends : {false, true}) {
    std::vector<Run> runs(256);
    for (std::size_t byte = 0; byte < runs.size(); ++byte) {
      runs[byte].begin = static_cast<std::uint32_t>(shapes_.size());
      for (const Shape& shape : added_) {
        const std::string_view text = text_of(shape);
        const bool here = (text.front() == '*') == ends;
        if (here && byte_of(ends ? text.back() : text.front()) == byte) shapes_.push_back(shape);
      }
      runs[byte].count = static_cast<std::uint32_t>(shapes_.size()) - runs[byte].begin;
    }
    (ends ? by_end_ : by_start_).replace(std::move(runs));
  }
  added_ = {};
}

const Shapes::Shape* Shapes::longest(std::string_view word, std::uint32_t letters, const Run& run,
                                     const Shape* best) const {
  const std::span<const Shape> shapes = shapes_;
  for (const Shape& shape : shapes.subspan(run.begin, run.count)) {
    if (((shape.letters ^ letters) & shape.mask) != 0) continue;
    const bool better = best == nullptr || shape.size > best->size ||
                        (shape.size == best->size && shape.id < best->id);
    if (better && fits(text_of(shape), word)) best = &shape;
  }
  return best;
}

Shapes::Fit Shapes::find(std::string_view word) const {
  const std::uint32_t letters = first_four(word);
  const Shape* start = longest(word, letters, by_start_[byte_of(word.front())], nullptr);
  start = longest(word, letters, by_start_[byte_of('?')], start);
  const Shape* const end = longest(word, last_four(word), by_end_[byte_of(word.back())], nullptr);
  return {start == nullptr ? kNone : start->id, end == nullptr ? kNone : end->id};
}

}  // namespace onus::classify

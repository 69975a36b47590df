// SPDX-License-Identifier: Apache-2.0
// Words that a lexicon gives by their shape: a '*' at the end or start stands for any letters
// ("inv*", "*einbruch"), a '?' for one ("??so"). Few fit a typed word: they stand by the byte that
// they must share with it, and most of those are told apart by four.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "classify/flat.h"

namespace onus::classify {

class Shapes {
 public:
  static constexpr std::int32_t kNone = -1;
  // Of those that fit, the longest, and of those the first: one that gives how the word begins, or
  // the whole of it, and one that gives how it ends.
  struct Fit {
    std::int32_t start = kNone;
    std::int32_t end = kNone;
  };

  static bool is_shape(std::string_view word) {
    return word.find_first_of("*?") != std::string_view::npos;
  }
  void add(std::string_view shape, std::int32_t id);
  void seal();
  Fit find(std::string_view word) const;

  template <typename Each>
  void each_array(Each& each) {
    each(shapes_);
    each(bytes_);
    each(by_start_);
    each(by_end_);
  }

 private:
  struct Shape {
    std::uint32_t begin = 0;  // in bytes_
    std::uint32_t size = 0;
    std::uint32_t letters = 0;  // the first four of its letters, or the last four
    std::uint32_t mask = 0;     // which of them it gives
    std::int32_t id = kNone;
  };
  struct Run {  // of shapes_
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
  };
  std::string_view text_of(const Shape& shape) const {
    return {bytes_.data() + shape.begin, shape.size};
  }
  const Shape* longest(std::string_view word, std::uint32_t letters, const Run& run,
                       const Shape* best) const;

  std::vector<Shape> added_;  // until sealed
  Flat<Shape> shapes_;
  Flat<char> bytes_;
  Flat<Run> by_start_, by_end_;  // by their first or last byte
};

}  // namespace onus::classify

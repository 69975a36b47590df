// SPDX-License-Identifier: Apache-2.0
// Conditions flattened for asking one row at a time: each step tests one column against constants,
// and says for each of the three answers where to go on. So AND, OR and NOT are jumps, nothing that
// cannot change the answer is tested, and nothing is allocated. It says what evaluate() says of
// each condition; a comparison that has no step of its own (of two columns, of local clocks) is
// left to that, and so is a whole condition whose jumps would need too many steps.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rules/condition.h"
#include "rules/evaluate.h"

namespace onus::rules {

// "If this tree answers so, this is the one." One after the other, the first that holds.
struct Question {
  std::size_t tree = 0;
  Truth truth = Truth::is_true;
};

class Program {
 public:
  Program() = default;
  Program(std::span<const Tree> trees, std::span<const Question> questions);

  // The first question that holds; questions.size() if none does.
  std::size_t run(std::span<const Value> row) const;

 private:
  friend class Flattener;
  // Where to go on: at a step, or, from kDone on, nowhere: question `target - kDone` holds.
  using Target = std::uint32_t;
  static constexpr Target kDone = 1U << 31;

  enum class Code : std::uint8_t {
    is,        // a column against `number` and texts_[first]
    is_in,     // a column against texts_[first, first + count)
    at_least,  // a column against `number`
    is_null,   // a column
    walk,      // trees_[first], by evaluate()
  };
  struct Step {  // 32 bytes, so that two lie in a cache line
    std::int64_t number = 0;
    std::array<Target, 3> next{};  // by Truth
    std::uint32_t first = 0;
    std::uint16_t column = 0;
    std::uint16_t count = 0;
    Code code = Code::walk;
  };
  struct Text {
    std::int64_t first_bytes = 0;
    std::string text;
  };
  static bool same(const Text& text, const Value& value) {
    return text.first_bytes == value.number && text.text == value.text;
  }
  Truth test(const Step& step, std::span<const Value> row) const;

  std::vector<Step> steps_;
  std::vector<Text> texts_;
  std::vector<Tree> trees_;
  Target start_ = kDone;
};

}  // namespace onus::rules

// SPDX-License-Identifier: Apache-2.0
// A linear model for what the lexicons leave open: words that no lexicon knows, spelled near to
// what it learned. It sees pieces of three to five letters of each word, and which vague words
// stand beside; it gives each kind of reading a probability, and says nothing under a threshold
// that was set when it was trained (classify/train.h). It never reads what a lexicon reads.
//
// The file is text, so that a change of it can be read: classes, thresholds, then a line for each
// piece with a weight per class, one character each. docs/reasons-model.md is its card.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "classify/tables.h"
#include "classify/word_table.h"

namespace onus::classify {

// What a text is read as, all at once: "crime/robbery/specific".
struct ModelClass {
  std::string_view purpose, offence, specificity;  // of record/record.h; offence "": none
};

// A piece of a word, as it stands in the model file: "<burg" at a start, "lary>" at an end; of a
// pattern that says nothing of the matter, "@vague-suspect".
struct Feature {
  std::string_view piece;
  std::int32_t token = -1;  // -1: a pattern's
};

// Calls `visit` for each feature of the text that find_hits has prepared in `state`; the piece
// lives until visit returns.
template <typename Visit>
void each_feature(const Lexicon::Tables& tables, const Scratch::State& state, Visit visit);

class Model {
 public:
  static constexpr std::size_t kMaxClasses = 64;

  struct Decision {
    const ModelClass* is = nullptr;
    double probability = 0;
    std::int32_t token = -1;               // where the weightiest word stands
    std::array<std::string_view, 3> by{};  // the pieces that weighed most; they live with the model
  };

  static Result<Model> parse(std::string_view bytes, std::string_view file);

  // The likeliest class; nothing where no piece is known.
  std::optional<Decision> likeliest(const Lexicon::Tables& tables,
                                    const Scratch::State& state) const;
  // The same, but only if it may be said: over the threshold, and a class that says a matter.
  std::optional<Decision> decide(const Lexicon::Tables& tables, const Scratch::State& state) const;

  const std::vector<ModelClass>& classes() const { return classes_; }

 private:
  void explain(const Lexicon::Tables& tables, const Scratch::State& state,
               Decision& decision) const;

  using Row = std::array<std::int8_t, kMaxClasses>;

  std::vector<ModelClass> classes_;
  std::vector<std::string> pieces_;
  std::vector<Row> rows_;  // as pieces_; unused places are 0
  WordTable table_;        // piece -> row
  float scale_ = 0;        // of a weight of 1
  double threshold_ = 1, topic_threshold_ = 1;
};

// Whether a class says a matter that a model may decide.
bool says_matter(const ModelClass& is);
// Whether it is of a protected ground, which asks for more certainty.
bool is_protected(const ModelClass& is);
// "crime/robbery/specific"
Result<ModelClass> parse_class(std::string_view text, std::string_view file);
std::string class_name(const ModelClass& is);

// What the lexicons left open in this text: nothing decided, or a vague reading beside a word that
// nobody knows.
bool is_open(const Scratch::State& state, const Reading& reading);

// A weight as a character: 'N' is 0, one step per letter up and down.
inline constexpr char kZeroWeight = 'N';
inline constexpr int kMaxWeight = 44;  // '"' .. 'z'

// What slips of vowels and doubled letters leave: "=brglr" of "burglary" and "burgelery".
template <std::size_t N>
std::string_view skeleton(std::string_view stem, std::array<char, N>& into) {
  std::size_t size = 0;
  into[size++] = '=';
  for (const char c : stem) {
    const bool soft = c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
    if (!soft && into[size - 1] != c) into[size++] = c;
  }
  return {into.data(), size};
}

template <typename Visit>
void each_feature(const Lexicon::Tables& tables, const Scratch::State& state, Visit visit) {
  constexpr std::size_t kMaxWords = 12, kMaxLetters = 24;
  std::array<char, kMaxLetters + 2> word;
  std::size_t words = 0;
  for (std::size_t at = 0; at < state.tokens.size() && words < kMaxWords; ++at) {
    if (state.tokens[at].digits || state.marks[at] != Mark::none) continue;
    const std::string_view stem = state.tokens[at].stem.in(state.normalised.text());
    if (stem.size() < 2 || stem.size() > kMaxLetters) continue;
    ++words;
    word[0] = '<';
    std::copy(stem.begin(), stem.end(), word.begin() + 1);
    word[stem.size() + 1] = '>';
    const std::string_view whole(word.data(), stem.size() + 2);
    for (std::size_t length = 3; length <= 5; ++length) {
      for (std::size_t i = 0; i + length <= whole.size(); ++i)
        visit(Feature{whole.substr(i, length), static_cast<std::int32_t>(at)});
    }
    const std::string_view bones = skeleton(stem, word);
    if (bones.size() >= 5) visit(Feature{bones, static_cast<std::int32_t>(at)});
  }
  for (const Hit& hit : state.hits) {
    const Pattern& pattern = tables.pattern(hit.pattern);
    if (leaves_open(pattern) && !hit.negated) visit(Feature{tables.feature(pattern), -1});
  }
}

}  // namespace onus::classify

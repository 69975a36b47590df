// SPDX-License-Identifier: Apache-2.0
#include "classify/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "record/record.h"

namespace onus::classify {
namespace {

constexpr std::string_view kFirstLine = "onus model of reasons 1";

tl::unexpected<Error> wrong(std::string_view file, int line, const std::string& what) {
  return fail(Code::bad_input, fmt::format("{}:{}: {}", file, line, what));
}

// Lines one by one, with their numbers.
struct Lines {
  std::string_view rest;
  int number = 0;
  std::optional<std::string_view> next() {
    if (rest.empty()) return std::nullopt;
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++number;
    return line;
  }
};

Result<double> number_after(Lines& lines, std::string_view name, std::string_view file) {
  const std::optional<std::string_view> line = lines.next();
  double value = 0;
  if (line && line->starts_with(name) && line->size() > name.size() + 1) {
    const std::string_view digits = line->substr(name.size() + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc() && end == digits.data() + digits.size()) return value;
  }
  return wrong(file, lines.number, fmt::format("'{} NUMBER' is expected", name));
}

Result<std::string_view> word_of(std::span<const std::string_view> words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return *found;
  return fail(Code::bad_input, fmt::format("no class has '{}'", word));
}

bool is_protected_purpose(std::string_view purpose) {
  const auto topics = record::topics();
  return std::find(topics.begin(), topics.end(), purpose) != topics.end();
}

}  // namespace

bool says_matter(const ModelClass& is) {
  return is.purpose != "unclear" && is.purpose != "placeholder" && is.purpose != "reference_only" &&
         is.purpose != "vague";
}

bool is_protected(const ModelClass& is) { return is_protected_purpose(is.purpose); }

std::string class_name(const ModelClass& is) {
  return fmt::format("{}/{}/{}", is.purpose, is.offence, is.specificity);
}

Result<ModelClass> parse_class(std::string_view text, std::string_view file) {
  const std::size_t first = std::min(text.find('/'), text.size());
  const std::size_t second = std::min(text.find('/', first + 1), text.size());
  if (second == text.size()) return wrong(file, 0, fmt::format("'{}' is no class", text));
  const std::string_view offence = text.substr(first + 1, second - first - 1);
  ModelClass is;
  ONUS_TRY(is.purpose, word_of(record::purposes(), text.substr(0, first)));
  if (!offence.empty()) {
    ONUS_TRY(is.offence, word_of(record::offences(), offence));
  }
  ONUS_TRY(is.specificity, word_of(record::specificities(), text.substr(second + 1)));
  return is;
}

Result<Model> Model::parse(std::string_view bytes, std::string_view file) {
  Lines lines{bytes};
  if (lines.next() != kFirstLine) return wrong(file, 1, "this is no model of reasons");
  Model model;
  ONUS_TRY(const double count, number_after(lines, "classes", file));
  if (!(count >= 1 && count <= kMaxClasses)) return wrong(file, 2, "there are 1 to 64 classes");
  for (int i = 0; i < static_cast<int>(count); ++i) {
    ONUS_TRY(const ModelClass is, parse_class(lines.next().value_or(""), file));
    model.classes_.push_back(is);
  }
  ONUS_TRY(const double scale, number_after(lines, "scale", file));
  ONUS_TRY(model.threshold_, number_after(lines, "threshold", file));
  ONUS_TRY(model.topic_threshold_, number_after(lines, "topic_threshold", file));
  model.scale_ = static_cast<float>(scale);
  while (const std::optional<std::string_view> line = lines.next()) {
    const std::size_t blank = std::min(line->find(' '), line->size());
    if (line->size() != blank + 1 + model.classes_.size())
      return wrong(file, lines.number, "a piece, a blank and a weight per class are expected");
    Row row{};
    for (std::size_t i = 0; i < model.classes_.size(); ++i) {
      const int weight = (*line)[blank + 1 + i] - kZeroWeight;
      if (std::abs(weight) > kMaxWeight)
        return wrong(file, lines.number, "a weight is out of range");
      row[i] = static_cast<std::int8_t>(weight);
    }
    model.table_.put(line->substr(0, blank), static_cast<std::int32_t>(model.rows_.size()));
    model.pieces_.emplace_back(line->substr(0, blank));
    model.rows_.push_back(row);
  }
  return model;
}

namespace {

// The share of the highest score after exponentiation of all.
double share_of_best(const std::array<std::int32_t, Model::kMaxClasses>& scores, std::size_t count,
                     std::size_t best, float scale) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i)
    sum += std::exp(static_cast<double>(scale) * (scores[i] - scores[best]));
  return 1 / sum;
}

}  // namespace

std::optional<Model::Decision> Model::likeliest(const Lexicon::Tables& tables,
                                                const Scratch::State& state) const {
  std::array<std::int32_t, kMaxClasses> scores{};
  bool any = false;
  each_feature(tables, state, [&](const Feature& feature) {
    const std::int32_t row = table_.find(feature.piece);
    if (row == WordTable::kAbsent) return;
    any = any || feature.token >= 0;
    const Row& weights = rows_[static_cast<std::size_t>(row)];
    for (std::size_t i = 0; i < kMaxClasses; ++i) scores[i] += weights[i];
  });
  if (!any) return std::nullopt;
  const auto end = scores.begin() + static_cast<std::ptrdiff_t>(classes_.size());
  const auto best =
      static_cast<std::size_t>(std::max_element(scores.begin(), end) - scores.begin());
  Decision decision;
  decision.is = &classes_[best];
  decision.probability = share_of_best(scores, classes_.size(), best, scale_);
  return decision;
}

std::optional<Model::Decision> Model::decide(const Lexicon::Tables& tables,
                                             const Scratch::State& state) const {
  std::optional<Decision> decision = likeliest(tables, state);
  if (!decision || !says_matter(*decision->is)) return std::nullopt;
  const double least = is_protected(*decision->is) ? topic_threshold_ : threshold_;
  if (decision->probability < least) return std::nullopt;
  explain(tables, state, *decision);
  return decision;
}

// The three weightiest pieces for the class, and the word that weighs most.
void Model::explain(const Lexicon::Tables& tables, const Scratch::State& state,
                    Decision& decision) const {
  const auto of_class = static_cast<std::size_t>(decision.is - classes_.data());
  std::array<int, 3> weights{};
  int word_weight = 0, best_word = 0;
  std::int32_t word = -1;
  each_feature(tables, state, [&](const Feature& feature) {
    const std::int32_t row = table_.find(feature.piece);
    if (row == WordTable::kAbsent || feature.token < 0) return;
    // NOLINTNEXTLINE(bugprone-signed-char-misuse): an int8_t is a number here
    const int weight = rows_[static_cast<std::size_t>(row)][of_class];
    if (feature.token != word) word_weight = 0;
    word = feature.token;
    word_weight += weight;
    if (word_weight > best_word) {
      best_word = word_weight;
      decision.token = word;
    }
    const std::string_view piece = pieces_[static_cast<std::size_t>(row)];
    if (std::find(decision.by.begin(), decision.by.end(), piece) != decision.by.end()) return;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weight <= weights[i]) continue;
      std::copy_backward(weights.begin() + static_cast<std::ptrdiff_t>(i), weights.end() - 1,
                         weights.end());
      std::copy_backward(decision.by.begin() + static_cast<std::ptrdiff_t>(i),
                         decision.by.end() - 1, decision.by.end());
      weights[i] = weight;
      decision.by[i] = piece;
      return;
    }
  });
}

bool is_open(const Scratch::State& state, const Reading& reading) {
  if (reading.decided_by == "none") return true;
  if (reading.purpose != "vague" && reading.purpose != "unclear") return false;
  const bool denied =
      std::any_of(state.hits.begin(), state.hits.end(), [](const Hit& hit) { return hit.negated; });
  if (denied) return false;
  for (std::size_t i = 0; i < state.units.size(); ++i) {
    const Unit& unit = state.units[i];
    const auto at = static_cast<std::size_t>(unit.first);
    const bool letters = !state.tokens[at].digits && state.marks[at] == Mark::none;
    if (letters && unit.word == kNoWord && state.tokens[at].stem.size() >= 5) return true;
  }
  return false;
}

}  // namespace onus::classify

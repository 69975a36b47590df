// SPDX-License-Identifier: Apache-2.0
#include "classify/train.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "classify/model.h"

namespace onus::classify {
namespace {

constexpr std::size_t kFolds = 5;
constexpr int kEpochs = 12;
constexpr std::size_t kMaxPieces = 5000;
constexpr std::int64_t kLeastGroups = 3;  // in which a piece must occur
constexpr float kStep = 0.3F, kDecay = 2e-6F;

struct Example {
  std::vector<std::int32_t> pieces;
  std::size_t is = 0;  // class
  std::size_t fold = 0;
  bool open = false;
};

struct Examples {
  std::vector<Example> all;
  std::vector<std::string> pieces;
  std::vector<std::string> classes;
};

// SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::size_t fold_of(std::string_view group) {
  std::uint64_t state = 0;
  for (const char c : group) state = state * 31 + static_cast<unsigned char>(c);
  return static_cast<std::size_t>(next_random(state) % kFolds);
}

// Features of all strings, by name, with the groups they occur in.
class Collector {
 public:
  Collector(const Lexicon& lexicon, std::span<const Taught> strings) {
    Scratch scratch;
    for (const Taught& taught : strings) take(lexicon, taught, scratch);
  }

  Examples examples() {
    Examples out;
    std::vector<std::int32_t> renamed(names_.size(), -1);
    for (const auto& [name, id] : ids_) {
      if (names_[static_cast<std::size_t>(id)].groups < kLeastGroups) continue;
      renamed[static_cast<std::size_t>(id)] = static_cast<std::int32_t>(out.pieces.size());
      out.pieces.push_back(name);
    }
    for (const auto& [name, id] : classes_) out.classes.push_back(name);
    std::vector<std::size_t> order(classes_.size());
    std::size_t at = 0;
    for (const auto& [name, id] : classes_) order[id] = at++;
    for (Example& example : examples_) {
      example.is = order[example.is];
      std::vector<std::int32_t> kept;
      for (const std::int32_t id : example.pieces) {
        if (renamed[static_cast<std::size_t>(id)] >= 0)
          kept.push_back(renamed[static_cast<std::size_t>(id)]);
      }
      example.pieces = std::move(kept);
    }
    out.all = std::move(examples_);
    return out;
  }

 private:
  struct Name {
    std::int64_t groups = 0;
    std::string last_group;
  };

  void take(const Lexicon& lexicon, const Taught& taught, Scratch& scratch) {
    Example example;
    const Reading reading = lexicon.read(taught.text, scratch);
    const ModelClass is{taught.purpose, taught.offence, taught.specificity};
    example.is = classes_.try_emplace(class_name(is), classes_.size()).first->second;
    example.fold = fold_of(taught.group);
    example.open = is_open(scratch.state(), reading);
    each_feature(lexicon.tables(), scratch.state(), [&](const Feature& feature) {
      const auto next = static_cast<std::int32_t>(names_.size());
      const std::int32_t id = ids_.try_emplace(std::string(feature.piece), next).first->second;
      if (id == next) names_.emplace_back();
      Name& name = names_[static_cast<std::size_t>(id)];
      if (name.groups == 0 || name.last_group != taught.group) ++name.groups;
      name.last_group = taught.group;
      example.pieces.push_back(id);
    });
    examples_.push_back(std::move(example));
  }

  std::map<std::string, std::int32_t, std::less<>> ids_;
  std::vector<Name> names_;
  std::map<std::string, std::size_t, std::less<>> classes_;
  std::vector<Example> examples_;
};

class Regression {
 public:
  explicit Regression(const Examples& examples)
      : examples_(examples),
        width_(examples.classes.size()),
        weights_(examples.pieces.size() * width_),
        squares_(examples.pieces.size() * width_, 1e-6F),
        scores_(width_) {}

  void learn(std::size_t left_out) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < examples_.all.size(); ++i) {
      if (examples_.all[i].fold != left_out) order.push_back(i);
    }
    std::uint64_t state = 20261125;
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
      for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[next_random(state) % i]);
      for (const std::size_t i : order) step(examples_.all[i]);
    }
  }

  // Zeroes all pieces but the weightiest, and rounds the rest as the model file does. Returns the
  // scale.
  float shorten() {
    std::vector<std::pair<float, std::size_t>> norms;
    for (std::size_t piece = 0; piece < examples_.pieces.size(); ++piece) {
      float norm = 0;
      for (std::size_t c = 0; c < width_; ++c) norm += weight(piece, c) * weight(piece, c);
      norms.emplace_back(-norm, piece);
    }
    std::sort(norms.begin(), norms.end());
    float most = 1e-6F;
    for (std::size_t i = 0; i < norms.size(); ++i) {
      for (std::size_t c = 0; c < width_; ++c) {
        float& value = weight(norms[i].second, c);
        if (i >= kMaxPieces) value = 0;
        most = std::max(most, std::abs(value));
      }
    }
    const float scale = most / static_cast<float>(kMaxWeight);
    for (float& value : weights_) value = std::round(value / scale);
    return scale;
  }

  float& weight(std::size_t piece, std::size_t c) { return weights_[piece * width_ + c]; }

  struct Guess {
    std::size_t is = 0;
    double probability = 0;
  };
  // With weights as shorten() left them.
  Guess guess(const Example& example, float scale) {
    score(example);
    const auto best = std::max_element(scores_.begin(), scores_.end());
    double sum = 0;
    for (const float s : scores_) sum += std::exp(static_cast<double>(scale * (s - *best)));
    return {static_cast<std::size_t>(best - scores_.begin()), 1 / sum};
  }

 private:
  void score(const Example& example) {
    std::fill(scores_.begin(), scores_.end(), 0.0F);
    for (const std::int32_t piece : example.pieces) {
      const float* row = &weights_[static_cast<std::size_t>(piece) * width_];
      for (std::size_t c = 0; c < width_; ++c) scores_[c] += row[c];
    }
  }

  void step(const Example& example) {
    score(example);
    const float top = *std::max_element(scores_.begin(), scores_.end());
    float sum = 0;
    for (float& s : scores_) sum += s = std::exp(s - top);
    for (std::size_t c = 0; c < width_; ++c)
      scores_[c] = scores_[c] / sum - (c == example.is ? 1.0F : 0.0F);
    for (const std::int32_t piece : example.pieces) {
      const std::size_t row = static_cast<std::size_t>(piece) * width_;
      for (std::size_t c = 0; c < width_; ++c) {
        const float slope = scores_[c] + kDecay * weights_[row + c];
        squares_[row + c] += slope * slope;
        weights_[row + c] -= kStep * slope / std::sqrt(squares_[row + c]);
      }
    }
  }

  const Examples& examples_;
  std::size_t width_;
  std::vector<float> weights_, squares_, scores_;
};

struct Tried {
  double probability = 0;
  bool right = false, topic = false;
};

double wilson_low(std::int64_t right, std::int64_t of) {
  constexpr double z = 1.959963984540054;
  const auto n = static_cast<double>(of);
  const double share = static_cast<double>(right) / n;
  const double reach = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return (share + z * z / (2 * n) - reach) / (1 + z * z / n);
}

struct Cut {
  double threshold = 1.01;  // over every probability: nothing is said
  std::int64_t decided = 0, right = 0;
};

// The lowest threshold at which the lower limit of the precision reaches the target.
Cut cut_of(std::vector<Tried> tried, bool topic, double target) {
  std::erase_if(tried, [&](const Tried& t) { return t.topic != topic; });
  std::sort(tried.begin(), tried.end(),
            [](const Tried& a, const Tried& b) { return a.probability > b.probability; });
  Cut best;
  std::int64_t right = 0;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    right += tried[i].right ? 1 : 0;
    const auto of = static_cast<std::int64_t>(i + 1);
    const bool last = i + 1 == tried.size() || tried[i + 1].probability < tried[i].probability;
    if (last && wilson_low(right, of) >= target) best = {tried[i].probability, of, right};
  }
  return best;
}

Crossed cross(const Examples& examples, const std::vector<ModelClass>& classes,
              const Target& target) {
  Crossed crossed;
  std::vector<Tried> tried;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    Regression regression(examples);
    regression.learn(fold);
    const float scale = regression.shorten();
    for (const Example& example : examples.all) {
      if (example.fold != fold) continue;
      ++crossed.strings;
      if (!example.open) continue;
      ++crossed.open;
      crossed.sayable += says_matter(classes[example.is]) ? 1 : 0;
      const Regression::Guess guess = regression.guess(example, scale);
      const ModelClass& is = classes[guess.is];
      if (!says_matter(is)) continue;
      const ModelClass& label = classes[example.is];
      const bool right = is.purpose == label.purpose && is.offence == label.offence;
      tried.push_back({guess.probability, right, is_protected(is)});
    }
  }
  const Cut cut = cut_of(tried, false, target.precision);
  const Cut topics = cut_of(tried, true, target.topic_precision);
  crossed.decided = cut.decided;
  crossed.right = cut.right;
  crossed.threshold = cut.threshold;
  crossed.topics_decided = topics.decided;
  crossed.topics_right = topics.right;
  crossed.topic_threshold = topics.threshold;
  return crossed;
}

// Rounded up, so that the file says no less than was measured.
double shown_threshold(double threshold) { return std::ceil(threshold * 1e4) / 1e4; }

void write_pieces(const Examples& examples, Regression& regression, Trained& trained) {
  for (std::size_t piece = 0; piece < examples.pieces.size(); ++piece) {
    std::string weights;
    for (std::size_t c = 0; c < examples.classes.size(); ++c)
      weights += static_cast<char>(kZeroWeight + static_cast<int>(regression.weight(piece, c)));
    if (weights.find_first_not_of(kZeroWeight) == std::string::npos) continue;
    ++trained.pieces;
    trained.model += examples.pieces[piece] + " " + weights + "\n";
  }
}

}  // namespace

Result<Trained> train(const Lexicon& lexicon, std::span<const Taught> strings,
                      const Target& target) {
  const Examples examples = Collector(lexicon, strings).examples();
  if (examples.classes.size() > Model::kMaxClasses || examples.classes.size() < 2)
    return fail(Code::bad_input, "a model tells between 2 and 64 kinds of reading");
  std::vector<ModelClass> classes;
  for (const std::string& name : examples.classes) {
    ONUS_TRY(const ModelClass is, parse_class(name, "labels"));
    classes.push_back(is);
  }
  Trained trained;
  trained.crossed = cross(examples, classes, target);
  Regression regression(examples);
  regression.learn(kFolds);
  const float scale = regression.shorten();
  trained.model = fmt::format("onus model of reasons 1\nclasses {}\n{}\nscale {:.6g}\n",
                              classes.size(), fmt::join(examples.classes, "\n"), scale);
  trained.model += fmt::format("threshold {:.4f}\ntopic_threshold {:.4f}\n",
                               shown_threshold(trained.crossed.threshold),
                               shown_threshold(trained.crossed.topic_threshold));
  write_pieces(examples, regression, trained);
  return trained;
}

}  // namespace onus::classify

// SPDX-License-Identifier: Apache-2.0
#include "measure/eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include "measure/random.h"

namespace onus::measure {
namespace {

constexpr std::uint64_t kSeed = 20261122;  // any; fixed, so that figures can be made again

struct Item {
  int label = 0, read = 0;  // classes of one axis; 0: none
  double weight = 1;
};

// Sums below the line, and of squares for Kish's effective number.
struct Sum {
  double all = 0, squares = 0, hits = 0;
  void add(double weight, bool hit) {
    all += weight;
    squares += weight * weight;
    if (hit) hits += weight;
  }
};

struct Counts {
  double label = 0, read = 0, both = 0;
  double f1() const { return label + read > 0 ? 2 * both / (label + read) : 0; }
};

class AxisScore {
 public:
  AxisScore(const Labels& labels, const std::vector<Axes>& read, std::size_t axis, bool by_row)
      : axis_(axis), by_row_(by_row) {
    for (std::size_t i = 0; i < read.size(); ++i) {
      const Label& label = labels.rows[i];
      const double weight = by_row ? static_cast<double>(label.weight) : 1.0;
      items_.push_back({class_of(label.axes[axis]), class_of(read[i][axis]), weight});
    }
  }

  void figures(std::vector<Figure>& out) {
    const bool may_be_none = axis_ != 0 && axis_ != 2;
    Sum exact, stated;
    std::vector<Sum> precision(names_.size()), recall(names_.size());
    for (const Item& item : items_) {
      const bool hit = item.label == item.read;
      exact.add(item.weight, hit);
      if (item.label > 0) stated.add(item.weight, hit);
      recall[static_cast<std::size_t>(item.label)].add(item.weight, hit);
      precision[static_cast<std::size_t>(item.read)].add(item.weight, hit);
    }
    bootstrap();
    share(out, "accuracy", exact);
    if (may_be_none) share(out, "stated_accuracy", stated);
    resampled(out, "macro_f1", macro_, macro_f1(counts()), stated.all);
    for (const std::size_t c : in_order()) {
      const std::string name(names_[c]);
      share(out, name + ".precision", precision[c]);
      share(out, name + ".recall", recall[c]);
      if (recall[c].all > 0) resampled(out, name + ".f1", f1_[c], counts()[c].f1(), recall[c].all);
    }
  }

 private:
  int class_of(std::string_view word) {
    if (word.empty()) return 0;
    for (std::size_t c = 1; c < names_.size(); ++c) {
      if (names_[c] == word) return static_cast<int>(c);
    }
    names_.push_back(word);
    return static_cast<int>(names_.size()) - 1;
  }

  std::vector<std::size_t> in_order() const {
    std::vector<std::size_t> order;
    for (std::size_t c = 1; c < names_.size(); ++c) order.push_back(c);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return names_[a] < names_[b]; });
    return order;
  }

  std::string full(std::string_view measure) const {
    return fmt::format("{}.{}{}", kAxisNames[axis_], measure, by_row_ ? ".row" : "");
  }

  void share(std::vector<Figure>& out, std::string_view measure, const Sum& sum) const {
    if (sum.all <= 0) return;
    const double value = sum.hits / sum.all;
    out.push_back(
        {full(measure), value, wilson95(value, sum.all * sum.all / sum.squares), sum.all});
  }

  void resampled(std::vector<Figure>& out, std::string_view measure, std::vector<double>& drawn,
                 double value, double base) const {
    if (drawn.empty()) return;
    std::sort(drawn.begin(), drawn.end());
    const auto at = [&](double share) {
      return drawn[static_cast<std::size_t>(share * static_cast<double>(drawn.size() - 1))];
    };
    out.push_back({full(measure), value, {.low = at(0.025), .high = at(0.975)}, base});
  }

  std::vector<Counts> counts() const {
    std::vector<Counts> out(names_.size());
    for (const Item& item : items_) count(out, item);
    return out;
  }

  static void count(std::vector<Counts>& to, const Item& item) {
    to[static_cast<std::size_t>(item.label)].label += item.weight;
    to[static_cast<std::size_t>(item.read)].read += item.weight;
    if (item.label == item.read) to[static_cast<std::size_t>(item.label)].both += item.weight;
  }

  // Over the classes that the labels hold.
  static double macro_f1(const std::vector<Counts>& counts) {
    double sum = 0;
    int classes = 0;
    for (std::size_t c = 1; c < counts.size(); ++c) {
      if (counts[c].label <= 0) continue;
      sum += counts[c].f1();
      ++classes;
    }
    return classes > 0 ? sum / classes : 0;
  }

  void bootstrap() {
    Random random(kSeed);
    f1_.assign(names_.size(), {});
    const std::vector<Counts> whole = counts();
    const bool any =
        std::any_of(whole.begin() + 1, whole.end(), [](const Counts& c) { return c.label > 0; });
    for (int round = 0; any && round < kResamples; ++round) {
      std::vector<Counts> drawn(names_.size());
      for (std::size_t i = 0; i < items_.size(); ++i)
        count(drawn, items_[random.below(items_.size())]);
      macro_.push_back(macro_f1(drawn));
      for (std::size_t c = 1; c < drawn.size(); ++c) {
        if (drawn[c].label + drawn[c].read > 0) f1_[c].push_back(drawn[c].f1());
      }
    }
  }

  std::size_t axis_;
  bool by_row_;
  std::vector<std::string_view> names_ = {""};
  std::vector<Item> items_;
  std::vector<double> macro_;
  std::vector<std::vector<double>> f1_;
};

std::vector<Confusion> confusions_of(const Labels& labels, const std::vector<Axes>& read) {
  using Key = std::tuple<std::size_t, std::string_view, std::string_view>;
  std::map<Key, std::vector<const Label*>> wrong;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const Label& label = labels.rows[i];
    for (std::size_t axis = 0; axis < kAxes; ++axis) {
      if (labels.has[axis] && label.axes[axis] != read[i][axis])
        wrong[{axis, label.axes[axis], read[i][axis]}].push_back(&label);
    }
  }
  std::vector<Confusion> out;
  for (auto& [key, rows] : wrong) {
    Confusion pair{static_cast<Axis>(std::get<0>(key)),
                   std::get<1>(key),
                   std::get<2>(key),
                   static_cast<std::int64_t>(rows.size()),
                   0,
                   {}};
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Label* a, const Label* b) { return a->weight > b->weight; });
    for (const Label* row : rows) {
      pair.rows += row->weight;
      if (pair.examples.size() < 3) pair.examples.push_back(row->text);
    }
    out.push_back(std::move(pair));
  }
  std::stable_sort(out.begin(), out.end(), [](const Confusion& a, const Confusion& b) {
    return std::pair(a.axis, -a.strings) < std::pair(b.axis, -b.strings);
  });
  return out;
}

bool known_name(std::string_view name) {
  if (name.ends_with(".row")) name.remove_suffix(4);
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return false;
  const bool axis =
      std::find(kAxisNames.begin(), kAxisNames.end(), name.substr(0, dot)) != kAxisNames.end();
  const std::string_view measure = name.substr(name.rfind('.') + 1);
  const bool whole = measure == "accuracy" || measure == "stated_accuracy" || measure == "macro_f1";
  const bool of_class = measure == "precision" || measure == "recall" || measure == "f1";
  return axis && (name.rfind('.') == dot ? whole : of_class);
}

}  // namespace

Evaluation evaluate(const Labels& labels, const ReadText& read) {
  Evaluation out;
  std::vector<Axes> readings;
  for (const Label& label : labels.rows) {
    readings.push_back(read(label.text));
    ++out.strings;
    out.rows += label.weight;
  }
  for (std::size_t axis = 0; axis < kAxes; ++axis) {
    if (!labels.has[axis]) continue;
    AxisScore(labels, readings, axis, false).figures(out.figures);
    if (out.rows > 0) AxisScore(labels, readings, axis, true).figures(out.figures);
  }
  out.confusions = confusions_of(labels, readings);
  return out;
}

Result<Threshold> parse_threshold(std::string_view text) {
  const std::size_t equals = text.find('=');
  char* end = nullptr;
  const std::string number(equals == std::string_view::npos ? "" : text.substr(equals + 1));
  const double least = std::strtod(number.c_str(), &end);
  const bool whole = !number.empty() && *end == '\0' && least >= 0 && least <= 1;
  if (!whole || !known_name(text.substr(0, equals))) {
    return fail(Code::usage,
                fmt::format("--threshold takes AXIS[.CLASS].MEASURE[.row]=SHARE, such as "
                            "purpose.macro_f1=0.93, not '{}'",
                            text));
  }
  return Threshold{std::string(text.substr(0, equals)), least};
}

std::vector<std::string> below(const Evaluation& evaluation, const std::vector<Threshold>& wanted) {
  std::vector<std::string> out;
  for (const Threshold& threshold : wanted) {
    const auto found = std::find_if(evaluation.figures.begin(), evaluation.figures.end(),
                                    [&](const Figure& f) { return f.name == threshold.name; });
    if (found == evaluation.figures.end()) {
      out.push_back(fmt::format("{} could not be measured, {} was asked for", threshold.name,
                                threshold.least));
    } else if (found->value < threshold.least) {
      out.push_back(
          fmt::format("{} is {:.4f}, below {}", found->name, found->value, threshold.least));
    }
  }
  return out;
}

}  // namespace onus::measure

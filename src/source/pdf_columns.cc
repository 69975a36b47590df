// SPDX-License-Identifier: Apache-2.0
// For each half point of the page's width it is counted how many value lines have ink there, and
// how many words begin and end there. Between two labels the column ends where least ink is. A
// label text is taken apart where its words stand over the begin (or end) of a column of values.
#include "source/pdf_columns.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace onus::source {
namespace {

constexpr double kBin = 0.5;            // points
constexpr double kLabelGap = 0.5;       // em: a wider gap parts two labels
constexpr double kFar = 1e9;            // beyond any page
constexpr std::size_t kBins = 1 << 14;  // 8,192 points: wider than any sheet that is printed

std::size_t bin_of(double x) {
  return static_cast<std::size_t>(std::clamp(x / kBin, 0.0, static_cast<double>(kBins - 1)));
}

struct Profile {
  std::vector<std::int32_t> ink = std::vector<std::int32_t>(kBins + 1);
  std::vector<std::int32_t> begins = std::vector<std::int32_t>(kBins + 1);
  std::vector<std::int32_t> ends = std::vector<std::int32_t>(kBins + 1);
  double lines = 0;

  double near(const std::vector<std::int32_t>& counts, double x, double reach) const {
    double sum = 0;
    for (std::size_t i = bin_of(x - reach); i <= bin_of(x + reach); ++i) sum += counts[i];
    return sum;
  }
  // Most lines that have ink at one place in [from, to].
  double most_ink(double from, double to) const {
    const auto first = ink.begin() + static_cast<std::ptrdiff_t>(bin_of(from));
    const auto last = ink.begin() + static_cast<std::ptrdiff_t>(bin_of(to)) + 1;
    return *std::max_element(first, last);
  }
  // Whether half of the values to the right of x begin there.
  bool begins_at(double x, double em) const {
    return near(begins, x, 0.35 * em) >= std::max(2.0, 0.5 * most_ink(x, x + em));
  }
  bool ends_at(double x, double em) const {
    return near(ends, x, 0.35 * em) >= std::max(2.0, 0.5 * most_ink(x - em, x));
  }
};

Profile profile_of(std::span<const Spans> lines) {
  Profile out;
  for (const Spans& line : lines) {
    out.lines += 1;
    for (const Word* word : line) {
      ++out.ink[bin_of(word->x0)];
      --out.ink[std::min(bin_of(word->x1) + 1, kBins)];
      ++out.begins[bin_of(word->x0)];
      ++out.ends[bin_of(word->x1)];
    }
  }
  for (std::size_t i = 1; i <= kBins; ++i) out.ink[i] += out.ink[i - 1];
  return out;
}

struct Gutter {
  double from = 0, to = 0;
  std::int32_t ink = 0;
};

// The widest stretch of [from, to] with about the least ink.
Gutter widest_gutter(const Profile& profile, double from, double to) {
  const std::size_t first = bin_of(from);
  const std::size_t last = std::max(first, bin_of(to));
  std::int32_t least = profile.ink[first];
  for (std::size_t i = first; i <= last; ++i) least = std::min(least, profile.ink[i]);
  const auto most = least + static_cast<std::int32_t>(profile.lines * 0.003);
  Gutter best{.from = from, .to = from, .ink = least};
  for (std::size_t i = first; i <= last;) {
    std::size_t end = i;
    while (end <= last && profile.ink[end] <= most) ++end;
    if (static_cast<double>(end - i) * kBin > best.to - best.from) {
      best = {static_cast<double>(i) * kBin, static_cast<double>(end) * kBin, least};
    }
    i = end + 1;
  }
  return best;
}

// Whether between two words of a header line a column ends: no value goes across, and on one side
// of the gutter values stand in line. The gutter's true ends must lie between the words, as a label
// stands within its column, so that the words of one wide label over narrow values stay together.
bool parts_values(const Profile& profile, const Piece& label, const Piece& next, double em) {
  const Gutter gutter = widest_gutter(profile, label.x1, next.x0);
  if (gutter.to <= gutter.from) return false;
  const double left = profile.most_ink(label.x0 - em, label.x1);
  const double right = profile.most_ink(next.x0, next.x1 + em);
  const double beside = std::min(left, right);
  if (beside < 2 || beside * 10 < std::max(left, right) || gutter.ink > 0.02 * beside) return false;
  return profile.begins_at(gutter.to, em) || profile.ends_at(gutter.from, em);
}

// The words of one header line, put together to labels.
std::vector<Piece> labels_of(std::span<const Piece> words, const Profile& profile, double em) {
  std::vector<Piece> out;
  for (const Piece& word : words) {
    const double gap = out.empty() ? 0 : word.x0 - out.back().x1;
    if (out.empty() || gap > kLabelGap * em || parts_values(profile, out.back(), word, em)) {
      out.push_back(word);
    } else {
      out.back().text += ' ' + word.text;
      out.back().x1 = std::max(out.back().x1, word.x1);
    }
  }
  return out;
}

// Labels over several lines, as one text for each stretch of x that they cover.
std::vector<Piece> stacked_labels(std::span<const std::vector<Piece>> header,
                                  const Profile& profile, double em) {
  std::vector<Piece> out;
  for (const std::vector<Piece>& line : header) {
    for (Piece& label : labels_of(line, profile, em)) {
      const auto over = std::ranges::find_if(
          out, [&](const Piece& have) { return have.x0 <= label.x1 && label.x0 <= have.x1; });
      if (over == out.end()) {
        out.push_back(std::move(label));
        continue;
      }
      over->text += ' ' + label.text;
      over->x0 = std::min(over->x0, label.x0);
      over->x1 = std::max(over->x1, label.x1);
    }
  }
  std::ranges::sort(out, {}, [](const Piece& one) { return std::pair(one.x0, one.x1); });
  return out;
}

// Without labels: a column begins after each gutter that is wide, or at which values begin in line.
std::vector<Piece> guessed_labels(const Profile& profile, double em) {
  std::vector<Piece> out;
  const auto most = static_cast<std::int32_t>(profile.lines * 0.01);
  for (std::size_t i = 0; i < kBins;) {
    while (i < kBins && profile.ink[i] <= most) ++i;
    const std::size_t from = i;
    while (i < kBins && profile.ink[i] > most) ++i;
    if (from == i) break;
    const double x0 = static_cast<double>(from) * kBin;
    const double x1 = static_cast<double>(i) * kBin;
    const bool level = profile.begins_at(x0, em) || profile.ends_at(x1, em);
    if (out.empty() || (x0 - out.back().x1 > 0.5 * em && level)) {
      out.push_back({.x0 = x0, .x1 = x1});
    } else {
      out.back().x1 = x1;
    }
  }
  return out;
}

double edge_between(const Profile& profile, const Piece& one, const Piece& two, double em) {
  const Gutter gutter = widest_gutter(profile, std::min(one.x1, two.x0), std::max(one.x1, two.x0));
  const double width = gutter.to - gutter.from;
  const double margin = std::min(0.1 * em, width / 2);
  if (profile.begins_at(gutter.to, em)) return gutter.to - margin;
  if (profile.ends_at(gutter.from, em)) return gutter.from + margin;
  return (gutter.from + gutter.to) / 2;
}

// The most frequent of `values`, give or take `reach`; and the share of them there.
std::pair<double, double> usual(const std::vector<double>& values, double reach) {
  std::map<std::int64_t, std::int64_t> counts;
  for (const double value : values) ++counts[static_cast<std::int64_t>(value / kBin)];
  std::int64_t best = 0;
  std::int64_t most = 0;
  for (const auto& [bin, count] : counts) {
    if (count > most) most = count, best = bin;
  }
  const double at = (static_cast<double>(best) + 0.5) * kBin;
  const auto inside = std::ranges::count_if(
      values, [&](double value) { return std::abs(value - at) <= reach + kBin; });
  return {at, static_cast<double>(inside) / static_cast<double>(values.size())};
}

ValueKind kind_of_most(const std::map<ValueKind, std::size_t>& counts, std::size_t all) {
  for (const auto& [kind, count] : counts) {
    if (kind != ValueKind::text && count * 10 >= all * 8) return kind;
  }
  return ValueKind::text;
}

void measure(Column& column, std::span<const Spans> lines, double em) {
  std::vector<double> begins, ends;
  std::map<ValueKind, std::size_t> kinds;
  for (const Spans& line : lines) {
    const Word* first = nullptr;
    const Word* last = nullptr;
    for (const Word* word : line) {
      const double middle = (word->x0 + word->x1) / 2;
      if (middle < column.from || middle >= column.to) continue;
      if (first == nullptr) first = word;
      last = word;
    }
    if (first == nullptr) continue;
    begins.push_back(first->x0);
    ends.push_back(last->x1);
    ++kinds[kind_of(first->text)];
  }
  if (begins.empty()) return;
  const auto [left, left_share] = usual(begins, 0.2 * em);
  const auto [right, right_share] = usual(ends, 0.2 * em);
  column.left = left;
  column.right = right;
  column.starts_level = left_share >= 0.7;
  column.ends_level = right_share >= 0.7 && right_share > left_share;
  column.kind = kind_of_most(kinds, begins.size());
}

}  // namespace

std::vector<Column> columns_of(std::span<const std::vector<Piece>> header,
                               std::span<const Spans> lines, double em) {
  const Profile profile = profile_of(lines);
  std::vector<Piece> parts =
      header.empty() ? guessed_labels(profile, em) : stacked_labels(header, profile, em);
  if (parts.empty()) parts.push_back({});
  if (parts.size() > kMaxColumns) parts.resize(kMaxColumns);
  std::vector<Column> columns(parts.size());
  double from = -kFar;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    columns[i].label = parts[i].text;
    columns[i].from = from;
    columns[i].to = last ? kFar : std::max(from, edge_between(profile, parts[i], parts[i + 1], em));
    from = columns[i].to;
    measure(columns[i], lines, em);
  }
  return columns;
}

}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_header.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace onus::source {
namespace {

constexpr double kLabelGap = 0.5;       // em between two labels of a header
constexpr double kLevel = 3;            // points: at one height
constexpr double kHeaderLeading = 1.7;  // em between two lines of one header

struct Seen {
  std::size_t pages = 0;
  std::vector<double> heights = {};
};

// On the first page the header may stand lower, under a title; so its height does not count here.
bool is_repeated(std::span<const Repeated> repeated, const std::string& mask) {
  return std::ranges::any_of(repeated, [&](const Repeated& one) { return one.mask == mask; });
}

// A line with values in most of the places that lines have: the first of them ends the header.
bool reads_like_values(const Page& page, const Line& line, std::size_t usual) {
  const std::vector<Piece> pieces = pieces_of(page, line, kLabelGap);
  return !reads_like_labels(page, line) && pieces.size() * 2 >= usual;
}

std::size_t most_pieces(const SamplePage& sample) {
  std::size_t most = 1;
  for (const Line& line : sample.lines) {
    most = std::max(most, pieces_of(*sample.page, line, kLabelGap).size());
  }
  return most;
}

// The line with the most labels; one that stands on other pages too comes before one that does not.
std::int64_t main_line(const SamplePage& sample, std::span<const Repeated> repeated) {
  const std::size_t usual = most_pieces(sample);
  std::int64_t best = -1;
  std::size_t best_score = 1;
  for (std::size_t i = 0; i < sample.lines.size(); ++i) {
    const Line& line = sample.lines[i];
    const bool again = is_repeated(repeated, sample.masks[i]);
    if (!again && reads_like_values(*sample.page, line, usual)) break;
    if (!reads_like_labels(*sample.page, line)) continue;
    const std::size_t labels = pieces_of(*sample.page, line, kLabelGap).size();
    const std::size_t score = labels < 2 || labels * 3 < usual ? 0 : labels + (again ? 1000 : 0);
    if (score > best_score) {
      best = static_cast<std::int64_t>(i);
      best_score = score;
    }
  }
  return best;
}

bool belongs(const SamplePage& sample, std::span<const Repeated> repeated, std::size_t candidate,
             std::size_t neighbour, bool header_repeats) {
  const Line& line = sample.lines[candidate];
  const Line& next = sample.lines[neighbour];
  if (std::abs(line.y - next.y) > kHeaderLeading * std::max(line.em, next.em)) return false;
  if (!reads_like_labels(*sample.page, line)) return false;
  if (header_repeats) return is_repeated(repeated, sample.masks[candidate]);
  return pieces_of(*sample.page, line, kLabelGap).size() >= 2;
}

void take_words(const SamplePage& sample, Header& header) {
  header.words.clear();
  for (std::size_t i = header.first; i <= header.last; ++i) {
    header.words.push_back(pieces_of(*sample.page, sample.lines[i], kGlueGap));
  }
}

}  // namespace

bool reads_like_labels(const Page& page, const Line& line) {
  std::size_t letters = 0;
  for (const std::size_t i : line.words) {
    for (const char c : page.words[i].text) {
      if (c >= '0' && c <= '9') return false;
      letters +=
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<signed char>(c) < 0;
    }
  }
  return letters >= 2;
}

std::vector<Repeated> repeated_lines(std::span<const SamplePage> sample) {
  std::map<std::string, Seen> seen;
  for (const SamplePage& page : sample) {
    std::map<std::string, std::size_t> here;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      Seen& one = seen[page.masks[i]];
      if (here[page.masks[i]]++ == 0) ++one.pages;
      one.heights.push_back(page.lines[i].y);
    }
  }
  const auto pages = static_cast<std::size_t>(
      std::ranges::count_if(sample, [](const SamplePage& page) { return !page.lines.empty(); }));
  std::vector<Repeated> repeated;
  for (auto& [mask, one] : seen) {
    const std::size_t times = one.heights.size();
    if (one.pages < 2 || one.pages * 10 < pages * 6 || times * 5 > one.pages * 6) continue;
    std::ranges::sort(one.heights);
    const double usual = one.heights[times / 2];
    const auto level = static_cast<std::size_t>(std::ranges::count_if(
        one.heights, [&](double y) { return std::abs(y - usual) <= kLevel; }));
    if (level * 10 >= times * 6) repeated.push_back({usual, mask});
  }
  return repeated;
}

Header find_header(std::span<const SamplePage> sample, std::span<const Repeated> repeated) {
  for (std::size_t p = 0; p < sample.size(); ++p) {
    const std::int64_t main = main_line(sample[p], repeated);
    if (main < 0) continue;
    Header header{.page = static_cast<std::int32_t>(p)};
    header.first = header.last = static_cast<std::size_t>(main);
    const bool again = is_repeated(repeated, sample[p].masks[header.first]);
    while (header.first > 0 &&
           belongs(sample[p], repeated, header.first - 1, header.first, again)) {
      --header.first;
    }
    while (header.last + 1 < sample[p].lines.size() &&
           belongs(sample[p], repeated, header.last + 1, header.last, again)) {
      ++header.last;
    }
    take_words(sample[p], header);
    return header;
  }
  return {};
}

Header longer_header(std::span<const SamplePage> sample, const Header& header, std::size_t last) {
  const SamplePage& page = sample[static_cast<std::size_t>(header.page)];
  Header out = header;
  while (out.last < last) {
    const Line& next = page.lines[out.last + 1];
    const double apart = next.y - page.lines[out.last].y;
    if (apart > kHeaderLeading * next.em || !reads_like_labels(*page.page, next)) break;
    ++out.last;
  }
  take_words(page, out);
  return out;
}

}  // namespace onus::source

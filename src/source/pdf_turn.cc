// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_turn.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace onus::source {
namespace {

bool is_sideways(const Page& page) {
  std::int64_t tall = 0;
  for (const Word& word : page.words) {
    if (word.text.size() < 3) continue;
    if (word.height() > 1.2 * word.width()) ++tall;
    if (word.width() > 1.2 * word.height()) --tall;
  }
  return tall > 0;
}

// One axis of a box: along the text, or across it.
struct Extent {
  double from, to;
};
Extent along(const Word& word, bool sideways) {
  return sideways ? Extent{word.y0, word.y1} : Extent{word.x0, word.x1};
}
Extent across(const Word& word, bool sideways) { return along(word, !sideways); }

// Over 0: a word drawn next stands further along the axis.
std::int64_t neighbour_votes(const Page& page, bool sideways) {
  std::int64_t votes = 0;
  for (std::size_t i = 1; i < page.words.size(); ++i) {
    const Extent one = across(page.words[i - 1], sideways);
    const Extent two = across(page.words[i], sideways);
    const double em = one.to - one.from;
    if (std::abs(one.from - two.from) > 0.3 * em || std::abs(one.to - two.to) > 0.3 * em) continue;
    const Extent first = along(page.words[i - 1], sideways);
    const Extent second = along(page.words[i], sideways);
    if (second.from >= first.to && second.from - first.to < 0.7 * em) ++votes;
    if (first.from >= second.to && first.from - second.to < 0.7 * em) --votes;
  }
  return votes;
}

// Over 0: lines are drawn towards larger values across the text.
std::int64_t line_votes(const Page& page, bool sideways) {
  std::int64_t votes = 0;
  for (std::size_t i = 1; i < page.words.size(); ++i) {
    const Extent one = across(page.words[i - 1], sideways);
    const Extent two = across(page.words[i], sideways);
    if (two.from >= one.to) ++votes;
    if (one.from >= two.to) --votes;
  }
  return votes;
}

}  // namespace

Run run_of(const Page& page) {
  const bool sideways = is_sideways(page);
  const std::int64_t votes = neighbour_votes(page, sideways);
  if (!sideways) return votes < 0 ? Run::left : Run::right;
  if (votes != 0) return votes > 0 ? Run::down : Run::up;
  return line_votes(page, true) > 0 ? Run::up : Run::down;
}

void turn_upright(Page& page, Run run) {
  double right = 0, bottom = 0;
  for (const Word& word : page.words) {
    right = std::max(right, word.x1);
    bottom = std::max(bottom, word.y1);
  }
  // The stated size may be that of the sheet before it was turned.
  if (right > page.width + 1 || bottom > page.height + 1) std::swap(page.width, page.height);
  const double width = std::max(page.width, right);
  const double height = std::max(page.height, bottom);
  if (run == Run::right) return;
  for (Word& word : page.words) {
    const Word old = word;
    if (run == Run::down) {
      word.x0 = old.y0, word.x1 = old.y1, word.y0 = width - old.x1, word.y1 = width - old.x0;
    } else if (run == Run::up) {
      word.x0 = height - old.y1, word.x1 = height - old.y0, word.y0 = old.x0, word.y1 = old.x1;
    } else {
      word.x0 = width - old.x1, word.x1 = width - old.x0;
      word.y0 = height - old.y1, word.y1 = height - old.y0;
    }
  }
  page.width = run == Run::left ? width : height;
  page.height = run == Run::left ? height : width;
}

}  // namespace onus::source

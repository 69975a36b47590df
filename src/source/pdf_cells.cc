// SPDX-License-Identifier: Apache-2.0
#include "source/pdf_cells.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

namespace onus::source {
namespace {

constexpr double kSpaceMost = 0.45;  // em: a wider gap is no space inside a cell's text
constexpr double kEdge = 0.4;        // em: as near as this is in line
constexpr double kOver = 0.3;        // em: a word that far over an edge is in both columns

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<signed char>(c) < 0;
}

bool begins_in_line(const Grid& grid, const Column& column, double x0) {
  return column.starts_level && std::abs(x0 - column.left) <= kEdge * grid.em;
}
bool ends_in_line(const Grid& grid, const Column& column, double x1) {
  return column.ends_level && std::abs(x1 - column.right) <= kEdge * grid.em;
}

bool begins_cell(const Grid& grid, const Word& word, std::size_t column) {
  const Column& in = grid.columns[column];
  if (!in.starts_level && !in.ends_level) return true;
  if (begins_in_line(grid, in, word.x0) || ends_in_line(grid, in, word.x1)) return true;
  return in.kind != ValueKind::text && kind_of(word.text) == in.kind;
}

bool is_kind(std::string_view text, ValueKind kind) {
  return kind == ValueKind::text || prefix_of_kind(text, kind) == text.size();
}

// Where to part a word that stands over `column` and the next: a byte of its text.
std::optional<std::size_t> parting(const Grid& grid, const Word& word, std::size_t column) {
  const Column& one = grid.columns[column];
  const Column& two = grid.columns[column + 1];
  if (one.kind == ValueKind::text && two.kind == ValueKind::text) return std::nullopt;
  if (one.kind == ValueKind::uuid && prefix_of_kind(word.text, one.kind) > 0 &&
      word.text.size() > 36) {
    return prefix_of_kind(word.text, one.kind);
  }
  const double edge = two.starts_level ? two.left : one.ends_level ? one.right : one.to;
  std::optional<std::size_t> best;
  double least = 2.5 * grid.em;
  const std::string_view text = word.text;
  for (std::size_t at = 0; at < text.size();) {
    next_point(text, at);
    if (at >= text.size()) break;
    if (!is_kind(text.substr(0, at), one.kind)) continue;
    const std::string_view rest = text.substr(at);
    if (two.kind != ValueKind::text && prefix_of_kind(rest, two.kind) == 0) continue;
    const double off = std::abs(word.x0 + word.width() * share_before(text, at) - edge);
    if (off < least) least = off, best = at;
  }
  return best;
}

struct Placer {
  const Grid& grid;
  double em;
  PlacedLine out = {};
  std::size_t column = 0;
  const Word* before = nullptr;

  void put(std::size_t in, double x0, double x1, std::string text) {
    out.words.push_back({in, x0, x1, std::move(text)});
  }

  // Whether the document drew the word as the text's next one.
  bool goes_on(const Word& word) const {
    if (before == nullptr) return false;
    const double gap = word.x0 - before->x1;
    return gap >= -kOver * em && gap <= kSpaceMost * em;
  }

  // A word over several columns: parts go off it from the left while that can be done.
  void put_wide(Word word) {
    std::size_t first = column_at(grid, word.x0 + kOver * em);
    const std::size_t last = column_at(grid, word.x1 - kOver * em);
    while (first < last) {
      const auto at = parting(grid, word, first);
      if (!at) break;
      const double middle = word.x0 + word.width() * share_before(word.text, *at);
      put(first, word.x0, middle, word.text.substr(0, *at));
      word.text.erase(0, *at);
      word.x0 = middle;
      ++out.parted;
      ++first;
    }
    if (first < last && ends_in_line(grid, grid.columns[last], word.x1)) first = last;
    out.overran += first < last;
    column = first;
    put(first, word.x0, word.x1, std::move(word.text));
  }

  void put_word(const Word& word) {
    const std::size_t left = column_at(grid, std::min(word.x0 + kOver * em, word.x1));
    const std::size_t right = column_at(grid, std::max(word.x1 - kOver * em, word.x0));
    const std::size_t middle = column_at(grid, (word.x0 + word.x1) / 2);
    const bool on = goes_on(word);
    if (on && left > column && !begins_cell(grid, word, left)) {
      ++out.overran;
      put(column, word.x0, word.x1, word.text);
    } else if (left < right) {
      put_wide(word);
    } else {
      column = middle;
      put(column, word.x0, word.x1, word.text);
    }
    before = &word;
  }
};

// Hex digits and hyphens as a UUID has them, or the begin of one.
bool begins_uuid(std::string_view text) {
  if (text.size() > 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

bool has_clock(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == 'T';
    if (begins && prefix_of_kind(text.substr(at), ValueKind::clock) > 0) return true;
  }
  return false;
}

}  // namespace

PlacedLine place(const Grid& grid, const Page& page, const Line& line) {
  Placer placer{.grid = grid, .em = std::min(line.em, grid.em)};
  std::vector<std::size_t> drawn = line.words;
  std::ranges::sort(drawn);
  for (const std::size_t i : drawn) placer.put_word(page.words[i]);
  std::ranges::sort(placer.out.words, {}, [](const Placed& word) {
    return std::tuple(word.column, word.x0, word.x1, std::string_view(word.text));
  });
  return std::move(placer.out);
}

bool stands_in_columns(const Grid& grid, const Page& page, const Line& line) {
  const PlacedLine placed = place(grid, page, line);
  for (std::size_t i = 0; i < placed.words.size(); ++i) {
    const Placed& word = placed.words[i];
    const Column& column = grid.columns[word.column];
    if (i > 0 && placed.words[i - 1].column == word.column) continue;
    if (column.starts_level && !begins_in_line(grid, column, word.x0)) return false;
  }
  return true;
}

void CellText::add(const Placed& word, double em, std::int64_t line) {
  if (line_ < 0) {
    text_ = word.text;
  } else if (line != line_) {
    text_ += line_join(text_, word.text);
    text_ += word.text;
  } else {
    const double gap = word.x0 - end_;
    if (gap > kGlueGap * em || gap < -kOver * em) text_ += ' ';
    text_ += word.text;
  }
  line_ = line;
  end_ = word.x1;
}

std::string_view line_join(std::string_view before, std::string_view next) {
  if (before.empty() || next.empty()) return "";
  const bool hyphen = before.back() == '-' && before.size() > 1 &&
                      is_alnum(before[before.size() - 2]) && is_alnum(next.front());
  if (hyphen) return "";
  if (before.size() >= 8 && before.size() < 36 && begins_uuid(before) && next.size() <= 36 &&
      before.find('-') != std::string_view::npos &&
      begins_uuid(std::string(before) + std::string(next))) {
    return "";
  }
  if (prefix_of_kind(next, ValueKind::date) > 0 && has_clock(before)) return "\n";
  return " ";
}

}  // namespace onus::source

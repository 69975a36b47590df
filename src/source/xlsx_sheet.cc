// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx_sheet.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace onus::source {
namespace {

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kSpaces);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpaces) - from + 1);
}

// Column of "AB12" from 0; nothing for what is no reference, or lies beyond a sheet.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t at = 0;
  while (at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z') {
    column = column * 26 + static_cast<std::size_t>(reference[at++] - 'A' + 1);
    if (column > kSheetColumns) return std::nullopt;
  }
  if (at == 0) return std::nullopt;
  return column - 1;
}

}  // namespace

SheetSink::SheetSink(const Budget& budget, const std::vector<NumberStyle>& styles, Epoch epoch,
                     SharedStrings& strings, RowSink& rows)
    : budget_(&budget), styles_(&styles), epoch_(epoch), strings_(&strings), rows_(&rows) {}

std::optional<SheetSink::Where> SheetSink::child_of_sheet(std::string_view name) {
  if (name == "sheetData") return Where::data;
  if (name == "cols") return Where::columns;
  if (name == "mergeCells") return Where::merges;
  return std::nullopt;
}

std::optional<SheetSink::Where> SheetSink::child_of_cell(std::string_view name) {
  if (name == "v") {
    has_value_ = true;
    return Where::value;
  }
  if (name == "is") {
    has_value_ = true;
    type_ = Type::text;
    return Where::inline_text;
  }
  has_formula_ |= name == "f";
  return std::nullopt;
}

std::optional<SheetSink::Where> SheetSink::child(std::string_view name, Attributes attributes) {
  switch (where_) {
    case Where::document:
      seen_worksheet_ = name == "worksheet";
      return seen_worksheet_ ? std::optional(Where::sheet) : std::nullopt;
    case Where::sheet:
      return child_of_sheet(name);
    case Where::columns:
      odd_.hidden_columns += is_true(attribute(attributes, "hidden")) ? 1 : 0;
      return std::nullopt;
    case Where::merges:
      ++odd_.merged;
      return std::nullopt;
    case Where::data:
      if (name != "row") return std::nullopt;
      begin_row(attributes);
      return Where::row;
    case Where::row:
      if (name != "c") return std::nullopt;
      begin_cell(attributes);
      return Where::cell;
    case Where::cell:
      return child_of_cell(name);
    case Where::inline_text:
    case Where::run:
      if (name == "t") return where_ == Where::run ? Where::run_text : Where::rich_text;
      if (name == "r" && where_ == Where::inline_text) return Where::run;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

void SheetSink::start(std::string_view name, Attributes attributes) {
  if (skip_ > 0 || error_) {
    ++skip_;
    return;
  }
  if (const std::optional<Where> next = child(name, attributes)) {
    where_ = *next;
  } else {
    skip_ = 1;
  }
}

void SheetSink::end(std::string_view) {
  if (skip_ > 0) {
    --skip_;
    return;
  }
  switch (where_) {
    case Where::row:
      end_row(Damage::none);
      where_ = Where::data;
      return;
    case Where::cell:
      end_cell();
      where_ = Where::row;
      return;
    case Where::value:
    case Where::inline_text:
      where_ = Where::cell;
      return;
    case Where::run:
    case Where::rich_text:
      where_ = Where::inline_text;
      return;
    case Where::run_text:
      where_ = Where::run;
      return;
    case Where::document:
    case Where::sheet:
      where_ = Where::document;
      return;
    default:
      where_ = Where::sheet;
  }
}

void SheetSink::text(std::string_view text) {
  const bool taken =
      where_ == Where::value || where_ == Where::rich_text || where_ == Where::run_text;
  if (!taken || skip_ > 0) return;
  if (raw_.size() + text.size() > static_cast<std::size_t>(budget_->max_record_bytes)) {
    damage_ |= Damage::too_long;
    return;
  }
  raw_ += text;
}

// The row's number is its `r`, or the next one where that cannot be.
void SheetSink::begin_row(Attributes attributes) {
  const std::string_view reference = attribute(attributes, "r");
  std::int64_t row = number<std::int64_t>(reference).value_or(at_.row + 1);
  const bool possible = row > at_.row && row <= kSheetRows;
  if (!possible) row = at_.row + 1;
  odd_.misplaced += possible || (reference.empty() && row > kSheetRows) ? 0 : 1;
  at_.row = row;
  at_.byte_offset = reader_->offset();
  row_hidden_ = is_true(attribute(attributes, "hidden"));
  damage_ = Damage::none;
  text_.clear();
  ends_.clear();
}

void SheetSink::end_row(Damage damage) {
  while (!ends_.empty() && ends_.back() == (ends_.size() > 1 ? ends_[ends_.size() - 2] : 0)) {
    ends_.pop_back();
  }
  damage |= damage_;
  if (!ends_.empty() || damage != Damage::none) deliver(damage);
}

// With the blank rows before it.
void SheetSink::deliver(Damage damage) {
  if (at_.row > budget_->max_rows) {
    error_ = Error{Code::over_budget, "more than " + std::to_string(budget_->max_rows) + " rows"};
    return;
  }
  Position blank = at_;
  blank.byte_length = 0;
  while (++delivered_ < at_.row) {
    blank.row = delivered_;
    rows_->row(blank, {}, Damage::none);
  }
  const std::int64_t length = reader_->end_offset() - at_.byte_offset;
  at_.byte_length = static_cast<std::int32_t>(
      std::clamp<std::int64_t>(length, 0, std::numeric_limits<std::int32_t>::max()));
  width_ = std::max({width_, std::min(ends_.size(), kFillTo), std::size_t{1}});
  cells_.clear();
  std::size_t from = 0;
  for (const std::size_t end : ends_) {
    cells_.push_back(std::string_view(text_).substr(from, end - from));
    from = end;
  }
  cells_.resize(std::max(cells_.size(), width_));
  odd_.hidden_rows += row_hidden_ ? 1 : 0;
  rows_->row(at_, cells_, damage);
}

void SheetSink::cut_off() {
  if (in_row()) end_row(Damage::cut_off);
}

// The next cell is the one of `column`, or, behind what a record may hold, the next one at all.
void SheetSink::place(std::size_t column) {
  column = std::min(column, static_cast<std::size_t>(budget_->max_cells));
  if (column <= ends_.size()) return;
  gaps_ += static_cast<std::int64_t>(column - ends_.size());
  if (gaps_ > kMaxGaps) {
    error_ = Error{Code::over_budget, "too many empty cells before others in its rows"};
    return;
  }
  ends_.resize(column, text_.size());
}

void SheetSink::begin_cell(Attributes attributes) {
  type_ = Type::number;
  style_ = {};
  has_formula_ = has_value_ = false;
  raw_.clear();
  for (const Attribute& each : attributes) {
    if (each.name == "r") {
      const std::optional<std::size_t> column = column_of(each.value);
      const bool possible = column && *column >= ends_.size();
      odd_.misplaced += possible || (column && ends_.size() > kSheetColumns) ? 0 : 1;
      if (possible) place(*column);
    } else if (each.name == "t") {
      const std::string_view t = each.value;
      type_ = t == "s"                         ? Type::shared
              : t == "n"                       ? Type::number
              : t == "str" || t == "inlineStr" ? Type::text
              : t == "b"                       ? Type::boolean
                                               : Type::verbatim;
    } else if (each.name == "s") {
      const std::size_t index = number<std::size_t>(each.value).value_or(styles_->size());
      if (index < styles_->size()) style_ = (*styles_)[index];
    }
  }
}

void SheetSink::finish_shared() {
  const std::optional<std::uint64_t> index = number<std::uint64_t>(trimmed(raw_));
  if (!index) {
    odd_.lost_strings += raw_.empty() ? 0 : 1;
    return;
  }
  Result<std::optional<std::string_view>> text = strings_->get(*index);
  if (!text) {
    error_ = std::move(text.error());
    return;
  }
  if (*text) text_ += **text;
  odd_.lost_strings += *text ? 0 : 1;
}

void SheetSink::end_cell() {
  odd_.no_result += has_formula_ && !has_value_ ? 1 : 0;
  if (ends_.size() > static_cast<std::size_t>(budget_->max_cells)) return;
  if (text_.size() > static_cast<std::size_t>(budget_->max_record_bytes)) {
    damage_ |= Damage::too_long;
    raw_.clear();
  }
  switch (type_) {
    case Type::number:
      append_number(trimmed(raw_), style_, epoch_, text_);
      break;
    case Type::shared:
      finish_shared();
      break;
    case Type::text:
      append_unescaped(raw_, text_);
      break;
    case Type::boolean:
      text_ += raw_.empty() ? "" : is_true(trimmed(raw_)) ? "TRUE" : "FALSE";
      break;
    case Type::verbatim:
      text_ += trimmed(raw_);
      break;
  }
  ends_.push_back(text_.size());
}

}  // namespace onus::source

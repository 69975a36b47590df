// SPDX-License-Identifier: Apache-2.0
// The XML of a sheet to records. A detail of module source.
//
// Every row up to the last one with a value is a record and has its number; rows without a value,
// whether the XML leaves them out or has them for their style alone, are blank records. A cell
// stands in the column that its reference names; empty cells behind a row's last are filled up to
// the widest row so far (kFillTo at most), so that a row without its last cells is no short one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/table.h"
#include "source/xlsx_strings.h"
#include "source/xlsx_value.h"
#include "source/xlsx_xml.h"

namespace onus::source {

constexpr std::int64_t kSheetRows = 1'048'576;
constexpr std::size_t kSheetColumns = 16'384;
constexpr std::size_t kFillTo = 64;
// Empty cells that references leave before others, in all rows: a byte of hostile XML can ask for
// thousands.
constexpr std::int64_t kMaxGaps = std::int64_t{1} << 30;

// What is odd about a sheet, counted while it is read.
struct SheetOddities {
  std::int64_t merged = 0;       // ranges
  std::int64_t hidden_rows = 0;  // with a value
  std::int64_t hidden_columns = 0;
  std::int64_t no_result = 0;     // formulas without a stored result: empty cells
  std::int64_t misplaced = 0;     // rows and cells whose reference cannot be, or goes back
  std::int64_t lost_strings = 0;  // cells that name a shared text which is not there
};

// Where the records go, in the order of their rows, with no row left out.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void row(const Position& at, std::span<const std::string_view> cells, Damage damage) = 0;
};

class SheetSink final : public XmlSink {
 public:
  // All outlive it.
  SheetSink(const Budget& budget, const std::vector<NumberStyle>& styles, Epoch epoch,
            SharedStrings& strings, RowSink& rows);

  // The reader that feeds it, for positions.
  void watch(const XmlReader& reader) { reader_ = &reader; }

  void start(std::string_view name, Attributes attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;

  const SheetOddities& oddities() const { return odd_; }
  bool is_sheet() const { return seen_worksheet_; }
  bool in_row() const { return where_ >= Where::row; }
  // Delivers the row under way, which the document broke off.
  void cut_off();
  // What the reader's own errors do not say: shared texts that cannot be read, a budget.
  const std::optional<Error>& error() const { return error_; }

 private:
  enum class Where : std::uint8_t {
    document,
    sheet,
    columns,
    merges,
    data,
    row,
    cell,
    value,
    inline_text,
    run,
    rich_text,
    run_text
  };
  enum class Type : std::uint8_t { number, shared, text, boolean, verbatim };

  // Where the element `name` leads from here; nothing: it is left out with all in it.
  std::optional<Where> child(std::string_view name, Attributes attributes);
  std::optional<Where> child_of_sheet(std::string_view name);
  std::optional<Where> child_of_cell(std::string_view name);
  void begin_row(Attributes attributes);
  void end_row(Damage damage);
  void deliver(Damage damage);
  void begin_cell(Attributes attributes);
  void end_cell();
  void place(std::size_t column);
  void finish_shared();

  const Budget* budget_;
  const std::vector<NumberStyle>* styles_;
  Epoch epoch_;
  SharedStrings* strings_;
  RowSink* rows_;
  const XmlReader* reader_ = nullptr;

  Where where_ = Where::document;
  int skip_ = 0;  // depth within an element that is left out
  bool seen_worksheet_ = false;

  Position at_;
  std::int64_t delivered_ = 0;  // rows
  bool row_hidden_ = false;
  Damage damage_ = Damage::none;
  std::string text_;               // of the row's cells
  std::string raw_;                // of a cell, before it is made text
  std::vector<std::size_t> ends_;  // in text_, by column
  std::vector<std::string_view> cells_;
  std::size_t width_ = 0;

  Type type_ = Type::number;
  NumberStyle style_;
  bool has_formula_ = false;
  bool has_value_ = false;
  std::int64_t gaps_ = 0;
  SheetOddities odd_;
  std::optional<Error> error_;
};

}  // namespace onus::source

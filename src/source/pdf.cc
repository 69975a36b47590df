// SPDX-License-Identifier: Apache-2.0
#include "source/pdf.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "base/check.h"
#include "source/pdf_glyphs.h"
#include "source/pdf_grid.h"
#include "source/pdf_notes.h"
#include "source/pdf_pages.h"
#include "source/pdf_rows.h"
#include "source/pdf_turn.h"

namespace onus::source {
namespace {

constexpr std::int32_t kSamplePages = 64;
constexpr std::int32_t kSampleStretches = 4;
constexpr std::size_t kBlockRows = 1024;  // about a run of pages: few rows wait for few

// Words of the page that begin with a UUID where the column of ids is.
std::int64_t count_ids(const Grid& grid, const Page& page, std::size_t column) {
  return std::ranges::count_if(page.words, [&](const Word& word) {
    return prefix_of_kind(word.text, ValueKind::uuid) > 0 &&
           column_at(grid, word.x0 + 0.3 * grid.em) == column;
  });
}

class PdfStream final : public TableStream {
 public:
  PdfStream(std::string name, PdfPages pages, const Budget& budget, std::int64_t bytes)
      : name_(std::move(name)),
        pages_(std::move(pages)),
        budget_(budget),
        builder_(budget),
        size_(bytes) {
    dialect_.delimiter = '\0';
  }
  Result<void> learn();
  Result<std::optional<Block>> next() override;
  const Dialect& dialect() const override { return dialect_; }
  std::int64_t rows() const override { return delivered_; }
  std::int64_t bytes() const override;
  std::vector<std::string> notes() const override;

 private:
  Result<std::vector<Page>> sample();
  bool make_readable(Page& page);
  void take(Page&& page);
  void add_header();
  void add(const PrintedRow& row);
  void add_rows();
  Result<void> read_on();

  std::string name_;
  PdfPages pages_;
  Budget budget_;
  BlockBuilder builder_;
  Dialect dialect_;
  std::int64_t size_;
  std::int32_t shift_ = 0;
  std::optional<Grid> grid_;
  std::optional<RowReader> reader_;
  std::optional<std::size_t> id_column_;
  PrintSeen seen_;
  std::map<std::int32_t, std::int64_t>
      ids_left_;  // of each page: ids among its words less those in its rows
  std::vector<PrintedRow> rows_;
  std::int32_t page_ = 0;  // read so far
  std::int64_t delivered_ = 0, row_ = 0;
  bool at_end_ = false;
};

// The pages' text as it reads, upright. False: there is none.
bool PdfStream::make_readable(Page& page) {
  seen_.words_lost += page.lost;
  if (shift_ != 0 && text_of(page) != PageText::none) {
    decode(page, shift_);
    ++seen_.decoded;
  }
  const PageText text = text_of(page);
  if (text == PageText::none) seen_.no_text.push_back(page.number);
  if (text == PageText::coded) seen_.coded.push_back(page.number);
  if (text != PageText::plain) return false;
  const Run run = run_of(page);
  seen_.turned += run != Run::right;
  turn_upright(page, run);
  return true;
}

Result<std::vector<Page>> PdfStream::sample() {
  std::vector<Page> pages;
  const auto keep = [&](Page&& page) { pages.push_back(std::move(page)); };
  if (pages_.count() <= kSamplePages) {
    ONUS_TRY_VOID(pages_.read(1, pages_.count(), keep));
    return pages;
  }
  const std::int32_t length = kSamplePages / kSampleStretches;
  for (std::int32_t i = 0; i < kSampleStretches; ++i) {
    const std::int32_t first = 1 + (pages_.count() - length) / (kSampleStretches - 1) * i;
    ONUS_TRY_VOID(pages_.read(first, first + length - 1, keep));
  }
  return pages;
}

Result<void> PdfStream::learn() {
  ONUS_TRY(std::vector<Page> pages, sample());
  shift_ = find_shift(pages).value_or(0);
  std::erase_if(pages, [&](Page& page) { return !make_readable(page); });
  if (pages.empty()) {
    const bool coded = !seen_.coded.empty();
    return fail(Code::bad_input,
                name_ + (coded ? ": the PDF's text is encoded without a key to it; ask for the "
                                 "table as CSV, or print and scan it with text recognition"
                               : ": no page of the PDF has text (scanned images?); ask for the "
                                 "table as CSV, or run text recognition on it"));
  }
  grid_ = learn_grid(pages);
  if (!grid_) return fail(Code::bad_input, name_ + ": no table was found in the PDF");
  try_stacks(*grid_, pages);
  seen_ = {};
  reader_.emplace(*grid_);
  dialect_.width = static_cast<std::int32_t>(grid_->columns.size());
  for (std::size_t c = 0; c < grid_->columns.size(); ++c) {
    if (grid_->columns[c].kind == ValueKind::uuid && grid_->columns[c].anchor) id_column_ = c;
  }
  return {};
}

void PdfStream::add_header() {
  if (grid_->header_page == 0) return;
  PrintedRow header{.page = grid_->header_page, .line = grid_->header_line};
  for (const Column& column : grid_->columns) header.cells.push_back(column.label);
  add(header);
}

void PdfStream::add(const PrintedRow& row) {
  const std::vector<std::string_view> cells(row.cells.begin(), row.cells.end());
  const Position at{
      .row = ++row_, .line = row.line, .byte_offset = 0, .byte_length = 0, .part = row.page};
  builder_.add(at, cells, row.stray ? Damage::out_of_place : Damage::none);
}

// Hands on the rows that are whole, and counts them for their pages.
void PdfStream::add_rows() {
  for (const PrintedRow& row : rows_) {
    add(row);
    if (row.stray) continue;
    ++seen_.rows_of_page[row.page];
    const bool id = id_column_ && prefix_of_kind(row.cells[*id_column_], ValueKind::uuid) > 0;
    ids_left_[row.page] -= id ? 1 : 0;
  }
  rows_.clear();
}

void PdfStream::take(Page&& page) {
  if (!make_readable(page)) return;
  seen_.rows_of_page[page.number] += 0;
  if (id_column_) ids_left_[page.number] += count_ids(*grid_, page, *id_column_);
  reader_->feed(page, rows_);
  add_rows();
}

Result<void> PdfStream::read_on() {
  const std::int32_t last = std::min(page_ + kPagesPerRun, pages_.count());
  ONUS_TRY_VOID(pages_.read(page_ + 1, last, [&](Page&& page) { take(std::move(page)); }));
  page_ = last;
  if (row_ > budget_.max_rows) {
    return fail(Code::over_budget,
                name_ + ": more than " + std::to_string(budget_.max_rows) + " rows");
  }
  if (page_ < pages_.count()) return {};
  reader_->finish(rows_);
  add_rows();
  at_end_ = true;
  const PrintCounts& all = reader_->counts();
  ONUS_CHECK(all.words ==
             all.in_rows + all.in_header + all.in_furniture + all.above + all.in_strays);
  return {};
}

Result<std::optional<Block>> PdfStream::next() {
  if (page_ == 0) add_header();
  while (!at_end_ && builder_.rows() < kBlockRows) ONUS_TRY_VOID(read_on());
  std::optional<Block> block = builder_.take();
  if (block) delivered_ += static_cast<std::int64_t>(block->rows());
  return block;
}

std::int64_t PdfStream::bytes() const { return at_end_ ? size_ : size_ / pages_.count() * page_; }

std::vector<std::string> PdfStream::notes() const {
  PrintSeen seen = seen_;
  seen.bad = pages_.bad();
  seen.shift = shift_;
  for (const auto& [page, rows] : seen.rows_of_page) {
    if (rows == 0) seen.no_rows.push_back(page);
  }
  for (const auto& [page, left] : ids_left_) {
    if (left != 0) seen.ids_apart.push_back(page);
  }
  return notes_of(seen, reader_->counts());
}

}  // namespace

Result<std::unique_ptr<TableStream>> open_pdf(const std::filesystem::path& path,
                                              const Budget& budget) {
  std::error_code error;
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(path, error));
  if (error) return fail(Code::io, path.string() + ": " + error.message());
  if (bytes > budget.max_bytes) {
    return fail(Code::over_budget, path.string() + ": larger than the limit on the size of a file");
  }
  ONUS_TRY(PdfPages pages, PdfPages::open(path));
  auto stream = std::make_unique<PdfStream>(path.string(), std::move(pages), budget, bytes);
  ONUS_TRY_VOID(stream->learn());
  return std::unique_ptr<TableStream>(std::move(stream));
}

}  // namespace onus::source

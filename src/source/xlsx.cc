// SPDX-License-Identifier: Apache-2.0
#include "source/xlsx.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "source/xlsx_book.h"
#include "source/xlsx_sheet.h"

namespace onus::source {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 16;
constexpr std::int64_t kWidthRows = 200;  // that the dialect's width is judged by
constexpr std::size_t kWidths = 4096;

PackageLimits limits_of(const Budget& budget) {
  PackageLimits limits;
  limits.max_file_bytes = budget.max_bytes;
  limits.max_part_bytes = std::min(limits.max_part_bytes, budget.max_bytes);
  return limits;
}

// Records into blocks.
class Blocks final : public RowSink {
 public:
  explicit Blocks(const Budget& budget) : builder_(budget), widths_(kWidths) {}

  void row(const Position& at, std::span<const std::string_view> cells, Damage damage) override {
    builder_.add(at, cells, damage);
    if (++rows_ <= kWidthRows && !cells.empty()) {
      ++widths_[std::min(cells.size(), kWidths - 1)];
    }
    if (builder_.full()) seal();
  }
  void seal() {
    if (std::optional<Block> block = builder_.take()) ready_.push_back(std::move(*block));
  }
  bool ready() const { return !ready_.empty(); }
  std::optional<Block> take() {
    if (ready_.empty()) return std::nullopt;
    std::optional<Block> block = std::move(ready_.front());
    ready_.pop_front();
    return block;
  }
  std::int64_t rows() const { return rows_; }
  std::int32_t usual_width() const {
    return static_cast<std::int32_t>(std::ranges::max_element(widths_) - widths_.begin());
  }

 private:
  BlockBuilder builder_;
  std::deque<Block> ready_;
  std::int64_t rows_ = 0;
  std::vector<int> widths_;
};

class XlsxStream final : public TableStream {
 public:
  // `package` must not move any more: parts and shared texts look into it.
  XlsxStream(std::unique_ptr<Package> package, const Book& book, BookSheet sheet,
             const Budget& budget)
      : package_(std::move(package)),
        sheet_(std::move(sheet)),
        budget_(budget),
        blocks_(budget),
        strings_(*package_, book.strings_part, budget.max_held_bytes),
        sink_(budget_, styles_, book.epoch, strings_, blocks_),
        reader_(sink_, package_->name() + ", " + sheet_.part),
        buffer_(kStep, '\0') {
    sink_.watch(reader_);
  }

  Result<void> begin(const Book& book) {
    ONUS_TRY(styles_, read_styles(*package_, book));
    ONUS_TRY(part_, package_->part(sheet_.part));
    ONUS_TRY_VOID(fill());
    dialect_ = {.delimiter = '\0', .encoding = "UTF-8", .width = blocks_.usual_width()};
    return {};
  }

  Result<std::optional<Block>> next() override {
    ONUS_TRY_VOID(fill());
    std::optional<Block> block = blocks_.take();
    if (block) delivered_ += static_cast<std::int64_t>(block->rows());
    return block;
  }
  const Dialect& dialect() const override { return dialect_; }
  std::int64_t rows() const override { return delivered_; }
  std::int64_t bytes() const override;
  bool cut_off() const override { return cut_off_; }
  std::vector<std::string> notes() const override;

 private:
  Result<void> fill();
  Result<void> step();
  Result<void> broke_off(Error error);

  std::unique_ptr<Package> package_;
  BookSheet sheet_;
  Budget budget_;
  Blocks blocks_;
  std::vector<NumberStyle> styles_;
  SharedStrings strings_;
  SheetSink sink_;
  XmlReader reader_;
  std::optional<Part> part_;
  std::string buffer_;
  std::int64_t read_ = 0;
  std::int64_t delivered_ = 0;
  Dialect dialect_;
  bool at_end_ = false;
  bool cut_off_ = false;
};

// A sheet that ends in the middle is read as far as it goes; what is no sheet at all, and what
// passes a limit, is refused.
Result<void> XlsxStream::broke_off(Error error) {
  if (error.code != Code::bad_input || !sink_.is_sheet()) return tl::unexpected(std::move(error));
  sink_.cut_off();
  at_end_ = cut_off_ = true;
  return {};
}

Result<void> XlsxStream::step() {
  Result<std::size_t> got = part_->read(buffer_.data(), buffer_.size());
  if (!got) return broke_off(std::move(got.error()));
  read_ += static_cast<std::int64_t>(*got);
  at_end_ = *got < buffer_.size();
  Result<void> fed = reader_.feed(std::string_view(buffer_).substr(0, *got), at_end_);
  if (sink_.error()) {
    Error error = *sink_.error();
    error.message = package_->name() + ", " + sheet_.part + ": " + error.message;
    return tl::unexpected(std::move(error));
  }
  if (!fed) return broke_off(std::move(fed.error()));
  if (at_end_ && !sink_.is_sheet()) {
    return fail(Code::bad_input, package_->name() + ", " + sheet_.part + ": not a sheet");
  }
  return {};
}

Result<void> XlsxStream::fill() {
  while (!blocks_.ready() && !at_end_) ONUS_TRY_VOID(step());
  if (at_end_) blocks_.seal();
  return {};
}

std::int64_t XlsxStream::bytes() const {
  if (at_end_ && !blocks_.ready()) return package_->bytes();
  const auto share =
      static_cast<double>(read_) / static_cast<double>(std::max<std::int64_t>(part_->size(), 1));
  return static_cast<std::int64_t>(static_cast<double>(package_->bytes()) * std::min(share, 1.0));
}

std::vector<std::string> XlsxStream::notes() const {
  std::vector<std::string> out;
  if (sheet_.hidden) out.emplace_back("hidden_sheet");
  const SheetOddities& odd = sink_.oddities();
  const auto add = [&](std::string_view id, std::int64_t count) {
    if (count > 0) out.push_back(std::string(id) + '|' + std::to_string(count));
  };
  add("hidden_rows", odd.hidden_rows);
  add("hidden_columns", odd.hidden_columns);
  add("merged_cells", odd.merged);
  add("formulas_without_result", odd.no_result);
  add("misplaced_cells", odd.misplaced);
  add("lost_strings", odd.lost_strings);
  return out;
}

}  // namespace

Result<std::vector<Sheet>> list_sheets(const Package& package) {
  ONUS_TRY(const Book book, read_book(package));
  std::vector<Sheet> out;
  out.reserve(book.sheets.size());
  for (const BookSheet& sheet : book.sheets) out.push_back({sheet.number, sheet.name});
  return out;
}

Result<std::vector<Sheet>> list_sheets(const std::filesystem::path& path, const Budget& budget) {
  ONUS_TRY(const Package package, Package::open(path, limits_of(budget)));
  return list_sheets(package);
}

Result<std::unique_ptr<TableStream>> open_xlsx(Package package, std::int32_t number,
                                               const Budget& budget) {
  auto kept = std::make_unique<Package>(std::move(package));
  ONUS_TRY(Book book, read_book(*kept));
  const auto sheet = std::ranges::find(book.sheets, number, &BookSheet::number);
  if (sheet == book.sheets.end()) {
    return fail(Code::not_found, kept->name() + ": there is no sheet " + std::to_string(number));
  }
  auto stream = std::make_unique<XlsxStream>(std::move(kept), book, *sheet, budget);
  ONUS_TRY_VOID(stream->begin(book));
  return std::unique_ptr<TableStream>(std::move(stream));
}

Result<std::unique_ptr<TableStream>> open_xlsx(const std::filesystem::path& path,
                                               std::int32_t number, const Budget& budget) {
  ONUS_TRY(Package package, Package::open(path, limits_of(budget)));
  return open_xlsx(std::move(package), number, budget);
}

}  // namespace onus::source

// SPDX-License-Identifier: Apache-2.0
#include "source/parquet.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <vector>

#include "source/gzip.h"
#include "source/json_path.h"
#include "source/json_value.h"
#include "source/parquet_footer.h"
#include "store/parquet_rows.h"

namespace onus::source {
namespace {

constexpr std::size_t kMaxDepth = 64;     // of a row as JSON, texts that are JSON among it
constexpr std::size_t kLimitFactor = 16;  // of max_record_bytes, as with JSON

// The file, opened: the engine gets it by a name that has no pattern letters in it.
class OpenFile {
 public:
  static Result<OpenFile> open(const std::filesystem::path& path) {
    OpenFile out;
    out.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (out.file_ < 0) return fail(Code::io, std::strerror(errno));
    return out;
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile(OpenFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  int number() const { return file_; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  OpenFile() = default;
  int file_ = -1;
};

tl::unexpected<Error> refused(const std::string& name, const Error& error) {
  return fail(error.code, name + ": " + error.message);
}

// The file and its rows as JSON texts.
class ParquetRecords {
 public:
  static Result<ParquetRecords> open(const std::filesystem::path& path, const Budget& budget);
  const std::vector<std::string>& columns() const { return rows_.columns(); }
  std::string shape() const { return rows_.shape(); }
  std::int64_t size() const { return size_; }  // of the file
  std::int64_t stated_rows() const { return footer_.rows; }

  // Reads the columns for which `in_record(name)` holds into record(), and behind them `cells`.
  template <class Wanted>
  Result<void> select(const Wanted& in_record, std::span<const std::size_t> cells = {}) {
    std::vector<std::size_t> selected;
    for (std::size_t i = 0; i < columns().size(); ++i) {
      if (!in_record(columns()[i])) continue;
      selected.push_back(i);
      keys_.push_back(json_key(columns()[i]));
    }
    selected.insert(selected.end(), cells.begin(), cells.end());
    return rows_.select(selected);
  }
  Result<bool> next() { return rows_.next(); }
  // The row as one object in `out`; false where it is over the limit.
  bool record(std::string& out);
  // The value of `cells[number]`, as far as the limit goes.
  void append_cell(std::size_t number, std::string& out) const {
    rows_.append_cell(keys_.size() + number, out, limit_);
  }

 private:
  ParquetRecords(OpenFile file, store::ParquetRows rows, const ParquetFooter& footer)
      : file_(std::move(file)), rows_(std::move(rows)), footer_(footer), inner_(kMaxDepth) {}
  static std::string json_key(const std::string& name);
  void append(std::size_t column, std::string& out);

  OpenFile file_;
  store::ParquetRows rows_;
  ParquetFooter footer_;
  std::int64_t size_ = 0;
  std::size_t limit_ = 0;
  std::vector<std::string> keys_;
  JsonValue inner_;
};

Result<ParquetRecords> ParquetRecords::open(const std::filesystem::path& path,
                                            const Budget& budget) {
  ONUS_TRY(OpenFile file, OpenFile::open(path));
  ONUS_TRY(const ParquetFooter footer, read_parquet_footer(file.number(), budget));
  ONUS_TRY(store::ParquetRows rows, store::ParquetRows::open(file.path()));
  ParquetRecords out(std::move(file), std::move(rows), footer);
  std::error_code error;
  out.size_ = static_cast<std::int64_t>(std::filesystem::file_size(path, error));
  if (error) return fail(Code::io, error.message());
  out.limit_ = static_cast<std::size_t>(std::max(budget.max_record_bytes, 1)) * kLimitFactor;
  return out;
}

std::string ParquetRecords::json_key(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\":";
}

void ParquetRecords::append(std::size_t column, std::string& out) {
  const std::string_view text = rows_.text(column);
  const bool nested = text.starts_with('{') || text.starts_with('[');
  if (nested && text.size() <= limit_ && inner_.parse(text)) {
    out += text;
  } else {
    rows_.append_json(column, out, limit_);
  }
}

bool ParquetRecords::record(std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < keys_.size() && out.size() <= limit_; ++i) {
    out += i == 0 ? '{' : ',';
    out += keys_[i];
    append(i, out);
  }
  if (keys_.empty()) out += '{';
  out += '}';
  return out.size() <= limit_;
}

// The column whose whole name the path is, dots among it.
std::optional<std::size_t> column_named(const std::string& path,
                                        const std::vector<std::string>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (same_name(columns[i], path) || quoted_key(columns[i]) == path) return i;
  }
  return std::nullopt;
}

std::vector<std::string> resolved(std::span<const std::string> paths,
                                  const std::vector<std::string>& columns) {
  std::vector<std::string> out(paths.begin(), paths.end());
  for (std::string& path : out) {
    if (const auto column = column_named(path, columns)) path = quoted_key(columns[*column]);
  }
  return out;
}

// Where a cell comes from: a path into the record, or the whole of a column.
struct CellSource {
  std::optional<JsonPath> path;
  std::optional<std::size_t> number;  // among the columns that are cells
};

class ParquetStream final : public TableStream {
 public:
  ParquetStream(std::string name, ParquetRecords records, std::span<const std::string> paths,
                const Budget& budget);
  Result<void> start();
  Result<std::optional<Block>> next() override;
  const Dialect& dialect() const override { return dialect_; }
  std::int64_t rows() const override { return row_; }
  std::int64_t bytes() const override;

 private:
  Result<bool> add_next();
  Result<void> finish();
  void add();
  bool add_cells();

  std::string name_;
  ParquetRecords records_;
  BlockBuilder builder_;
  Dialect dialect_;
  std::vector<CellSource> sources_;
  std::vector<std::size_t> columns_;  // that are cells
  bool has_record_ = false;           // some cell is a path
  std::vector<std::string> texts_;
  std::vector<std::string_view> cells_;
  std::string record_;
  JsonValue value_;
  std::int64_t row_ = 0;
  std::int64_t given_ = 0;  // bytes of cells
  std::int64_t most_ = 0;
  bool done_ = false;
};

ParquetStream::ParquetStream(std::string name, ParquetRecords records,
                             std::span<const std::string> paths, const Budget& budget)
    : name_(std::move(name)), records_(std::move(records)), builder_(budget), value_(kMaxDepth) {
  for (const std::string& path : paths) {
    CellSource& from = sources_.emplace_back();
    if (const auto column = column_named(path, records_.columns())) {
      from.number = columns_.size();
      columns_.push_back(*column);
    } else {
      from.path = JsonPath::parse(path);
      has_record_ = has_record_ || from.path;
    }
  }
  texts_.resize(paths.size());
  dialect_ = {
      .delimiter = '\0', .encoding = "UTF-8", .width = static_cast<std::int32_t>(paths.size())};
  most_ = std::min(budget.max_bytes, std::max(kRatioFree, records_.size() * kMaxRatio));
}

Result<void> ParquetStream::start() {
  const auto in_record = [&](const std::string& name) {
    return std::ranges::any_of(sources_, [&](const CellSource& source) {
      return source.path && source.path->begins_with(name);
    });
  };
  return records_.select(in_record, columns_);
}

// Of a column-wise file there is no place; so far as rows go.
std::int64_t ParquetStream::bytes() const {
  if (done_ || records_.stated_rows() == 0) return records_.size();
  const double part = static_cast<double>(row_) / static_cast<double>(records_.stated_rows());
  return static_cast<std::int64_t>(part * static_cast<double>(records_.size() - 1));
}

// False: the record that paths lead into is over the limit.
bool ParquetStream::add_cells() {
  if (has_record_ && (!records_.record(record_) || !value_.parse(record_))) return false;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    texts_[i].clear();
    if (sources_[i].number) {
      records_.append_cell(*sources_[i].number, texts_[i]);
    } else if (sources_[i].path) {
      sources_[i].path->text(value_, texts_[i]);
    }
    given_ += static_cast<std::int64_t>(texts_[i].size());
  }
  return true;
}

void ParquetStream::add() {
  const Position at{.row = row_, .line = 0, .byte_offset = 0, .byte_length = 0, .part = 0};
  if (add_cells()) {
    cells_.assign(texts_.begin(), texts_.end());
    return builder_.add(at, cells_, Damage::none);
  }
  cells_.assign(1, record_);
  builder_.add(at, cells_, Damage::malformed | Damage::too_long);
}

Result<void> ParquetStream::finish() {
  done_ = true;
  if (row_ == records_.stated_rows()) return {};
  return fail(Code::bad_input, "damaged: its footer says " +
                                   std::to_string(records_.stated_rows()) +
                                   " rows, and it has others");
}

Result<bool> ParquetStream::add_next() {
  ONUS_TRY(const bool more, records_.next());
  if (more) ++row_;
  if (!more || row_ > records_.stated_rows()) {
    ONUS_TRY_VOID(finish());
    return false;
  }
  add();
  if (given_ <= most_) return true;
  return fail(Code::over_budget, "it inflates more than " + std::to_string(kMaxRatio) + " times");
}

Result<std::optional<Block>> ParquetStream::next() {
  while (!done_ && !builder_.full()) {
    Result<bool> more = add_next();
    if (!more) return refused(name_, more.error());
    if (!*more) break;
  }
  return builder_.take();
}

Result<JsonSurvey> survey(ParquetRecords& records, std::span<const std::string> paths,
                          std::int64_t max_records) {
  JsonSurveyor surveyor(paths);
  JsonValue value(kMaxDepth);
  const std::string shape = records.shape();
  if (value.parse(shape)) surveyor.see(value);
  const auto misses = [&](const std::string& name) { return surveyor.misses(name); };
  if (std::ranges::none_of(records.columns(), misses)) return surveyor.result();
  ONUS_TRY_VOID(records.select(misses));
  std::string record;
  for (std::int64_t row = 0; row < max_records; ++row) {
    ONUS_TRY(const bool more, records.next());
    if (!more) break;
    if (records.record(record) && value.parse(record)) surveyor.see(value);
  }
  return surveyor.result();
}

}  // namespace

Result<std::unique_ptr<TableStream>> open_parquet(const std::filesystem::path& path,
                                                  const std::string& name,
                                                  std::span<const std::string> paths,
                                                  const Budget& budget) {
  Result<ParquetRecords> records = ParquetRecords::open(path, budget);
  if (!records) return refused(name, records.error());
  auto stream = std::make_unique<ParquetStream>(name, std::move(*records), paths, budget);
  const Result<void> started = stream->start();
  if (!started) return refused(name, started.error());
  return std::unique_ptr<TableStream>(std::move(stream));
}

Result<JsonSurvey> survey_parquet(const std::filesystem::path& path, const std::string& name,
                                  std::span<const std::string> paths, const Budget& budget,
                                  std::int64_t max_records) {
  Result<ParquetRecords> records = ParquetRecords::open(path, budget);
  if (!records) return refused(name, records.error());
  const std::vector<std::string> named = resolved(paths, records->columns());
  Result<JsonSurvey> found = survey(*records, named, max_records);
  if (!found) return refused(name, found.error());
  for (std::string& path_found : found->present) {
    const auto at = std::ranges::find(named, path_found);
    if (at != named.end()) path_found = paths[static_cast<std::size_t>(at - named.begin())];
  }
  return found;
}

}  // namespace onus::source

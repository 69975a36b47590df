// SPDX-License-Identifier: Apache-2.0
#include "source/open.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/check.h"
#include "source/archive.h"
#include "source/cef_stream.h"
#include "source/csv.h"
#include "source/gzip.h"
#include "source/parquet.h"
#include "source/pdf.h"
#include "source/xlsx.h"

namespace onus::source {
namespace {

using Opened = Result<std::unique_ptr<TableStream>>;

Result<ByteSource> open_plain(const InputFile& input, std::int64_t max_bytes) {
  const std::filesystem::path file = input.archive ? input.archive->path() : input.path;
  ONUS_TRY(ByteSource bytes, input.entry < 0
                                 ? ByteSource::open(file, max_bytes)
                                 : open_member(file, input.entry, input.name(), max_bytes));
  if (input.gzip) return gunzip(std::move(bytes), max_bytes);
  return bytes;
}

Result<ByteSource> open_bytes(const InputFile& input, std::int64_t max_bytes,
                              Sha256* hash = nullptr) {
  ONUS_TRY(ByteSource bytes, open_plain(input, max_bytes));
  bytes.hash_into(hash);
  return bytes;
}

Opened open_nested(const InputFile& input, const Budget& budget, std::span<const std::string> paths,
                   Sha256* hash) {
  ONUS_TRY(ByteSource bytes, open_bytes(input, budget.max_bytes, hash));
  if (input.kind == InputKind::cef) return open_cef(std::move(bytes), paths, budget);
  return open_json(std::move(bytes), paths, budget);
}

Opened open_csv(const InputFile& input, const Budget& budget, Sha256* hash) {
  ONUS_TRY(ByteSource bytes, open_bytes(input, budget.max_bytes, hash));
  ONUS_TRY(CsvStream stream, CsvStream::over(std::move(bytes), budget));
  return std::unique_ptr<TableStream>(std::make_unique<CsvStream>(std::move(stream)));
}

// A table whose reader must seek, out of an archive: what it is read from lives as long as it does.
class HeldStream : public TableStream {
 public:
  HeldStream(std::shared_ptr<const HeldFile> file, std::unique_ptr<TableStream> stream)
      : file_(std::move(file)), stream_(std::move(stream)) {}
  Result<std::optional<Block>> next() override { return stream_->next(); }
  const Dialect& dialect() const override { return stream_->dialect(); }
  std::int64_t prelude_bytes() const override { return stream_->prelude_bytes(); }
  std::int64_t rows() const override { return stream_->rows(); }
  std::int64_t bytes() const override { return stream_->bytes(); }
  bool cut_off() const override { return stream_->cut_off(); }
  std::vector<std::string> notes() const override { return stream_->notes(); }

 private:
  std::shared_ptr<const HeldFile> file_;
  std::unique_ptr<TableStream> stream_;  // goes first
};

// Of a workbook that was converted (convert.h); its bytes are the original's.
class ConvertedStream final : public HeldStream {
 public:
  ConvertedStream(const InputFile& input, std::unique_ptr<TableStream> stream)
      : HeldStream(input.converted, std::move(stream)),
        original_(input.bytes),
        converted_(input.converted->bytes()) {}
  std::int64_t bytes() const override {
    const std::int64_t read = HeldStream::bytes();
    if (read >= converted_) return original_;
    const double share = static_cast<double>(read) / static_cast<double>(converted_);
    return static_cast<std::int64_t>(share * static_cast<double>(original_));
  }
  std::vector<std::string> notes() const override {
    std::vector<std::string> out = HeldStream::notes();
    out.emplace_back("converted_workbook");
    return out;
  }

 private:
  std::int64_t original_, converted_;
};

Opened open_file(const InputFile& input, const std::filesystem::path& path, const Budget& budget,
                 std::span<const std::string> paths) {
  if (input.kind == InputKind::pdf) return open_pdf(path, budget);
  if (input.kind == InputKind::parquet) return open_parquet(path, input.name(), paths, budget);
  return open_xlsx(path, input.sheet.number, budget);
}

bool is_plain(const InputFile& input) { return input.entry < 0 && !input.gzip; }

Result<HeldFile> hold(const InputFile& input, const Budget& budget) {
  ONUS_TRY(ByteSource bytes, open_bytes(input, std::min(budget.max_bytes, kMaxHeld)));
  return HeldFile::hold(std::move(bytes));
}

Opened open_seeking(const InputFile& input, const Budget& budget,
                    std::span<const std::string> paths) {
  if (input.converted) {
    Opened stream = open_file(input, input.converted->path(), budget, paths);
    if (!stream) return fail_in(stream, "while reading " + input.name());
    return std::unique_ptr<TableStream>(
        std::make_unique<ConvertedStream>(input, std::move(*stream)));
  }
  if (is_plain(input)) return open_file(input, input.path, budget, paths);
  ONUS_TRY(HeldFile file, hold(input, budget));
  auto held = std::make_shared<const HeldFile>(std::move(file));
  Opened stream = open_file(input, held->path(), budget, paths);
  if (!stream) return fail_in(stream, "while reading " + input.name());
  return std::unique_ptr<TableStream>(
      std::make_unique<HeldStream>(std::move(held), std::move(*stream)));
}

Result<JsonSurvey> survey_seeking(const InputFile& input, std::span<const std::string> paths,
                                  const Budget& budget, std::int64_t max_records) {
  if (is_plain(input)) {
    return survey_parquet(input.path, input.name(), paths, budget, max_records);
  }
  ONUS_TRY(const HeldFile held, hold(input, budget));
  return survey_parquet(held.path(), input.name(), paths, budget, max_records);
}

}  // namespace

bool has_paths(const InputFile& input) {
  return input.kind == InputKind::json || input.kind == InputKind::ndjson ||
         input.kind == InputKind::cef || input.kind == InputKind::parquet;
}

Result<JsonSurvey> survey(const InputFile& input, std::span<const std::string> paths,
                          const Budget& budget, std::int64_t max_records) {
  if (input.kind == InputKind::parquet) return survey_seeking(input, paths, budget, max_records);
  ONUS_TRY(ByteSource bytes, open_bytes(input, budget.max_bytes));
  if (input.kind == InputKind::cef) return survey_cef(std::move(bytes), paths, budget, max_records);
  return survey_json(std::move(bytes), paths, budget, max_records);
}

bool reads_in_order(const InputFile& input) {
  return input.kind == InputKind::csv || (has_paths(input) && input.kind != InputKind::parquet);
}

Opened open_table(const InputFile& input, const Budget& budget, std::span<const std::string> paths,
                  Sha256* hash) {
  ONUS_CHECK(!hash || reads_in_order(input));
  switch (input.kind) {
    case InputKind::csv:
      return open_csv(input, budget, hash);
    case InputKind::xlsx:
    case InputKind::pdf:
    case InputKind::parquet:
      return open_seeking(input, budget, paths);
    case InputKind::json:
    case InputKind::ndjson:
    case InputKind::cef:
      return open_nested(input, budget, paths, hash);
    case InputKind::unsupported:
      break;
  }
  return fail(Code::bad_input, input.name() + ": cannot be read");
}

Result<Fingerprint> fingerprint_of(const InputFile& input, const std::stop_token& stop) {
  ONUS_TRY(ByteSource bytes, open_bytes(input, Budget{}.max_bytes));
  Sha256 hash;
  Fingerprint out;
  std::vector<char> buffer(std::size_t{1} << 20);
  for (;;) {
    if (stop.stop_requested()) return fail(Code::interrupted, "interrupted");
    ONUS_TRY(const std::size_t got, bytes.read(buffer.data(), buffer.size()));
    hash.add({buffer.data(), got});
    out.bytes += static_cast<std::int64_t>(got);
    if (got < buffer.size()) break;
  }
  out.sha256 = hash.finish();
  if (input.sheet.number > 0) out.sha256 = sha256(to_hex(out.sha256) + input.sheet.name);
  return out;
}

}  // namespace onus::source

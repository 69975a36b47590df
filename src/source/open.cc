// SPDX-License-Identifier: Apache-2.0
#include "source/open.h"

#include <string>

#include "source/cef_stream.h"
#include "source/csv.h"
#include "source/pdf.h"
#include "source/xlsx.h"

namespace onus::source {
namespace {

using Opened = Result<std::unique_ptr<TableStream>>;

Result<ByteSource> open_bytes(const InputFile& input, std::int64_t max_bytes) {
  return ByteSource::open(input.path, max_bytes);
}

Opened open_nested(const InputFile& input, const Budget& budget,
                   std::span<const std::string> paths) {
  ONUS_TRY(ByteSource bytes, open_bytes(input, budget.max_bytes));
  if (input.kind == InputKind::cef) return open_cef(std::move(bytes), paths, budget);
  return open_json(std::move(bytes), paths, budget);
}

Opened open_csv(const InputFile& input, const Budget& budget) {
  ONUS_TRY(ByteSource bytes, open_bytes(input, budget.max_bytes));
  ONUS_TRY(CsvStream stream, CsvStream::over(std::move(bytes), budget));
  return std::unique_ptr<TableStream>(std::make_unique<CsvStream>(std::move(stream)));
}

Opened not_read_yet(const InputFile& input, std::string_view format) {
  return fail(Code::bad_input, input.name() + ": " + std::string(format) + " is not read yet");
}

}  // namespace

bool has_paths(const InputFile& input) {
  return input.kind == InputKind::json || input.kind == InputKind::ndjson ||
         input.kind == InputKind::cef;
}

Result<JsonSurvey> survey(const InputFile& input, std::span<const std::string> paths,
                          const Budget& budget, std::int64_t max_records) {
  ONUS_TRY(ByteSource bytes, open_bytes(input, budget.max_bytes));
  if (input.kind == InputKind::cef) return survey_cef(std::move(bytes), paths, budget, max_records);
  return survey_json(std::move(bytes), paths, budget, max_records);
}

Opened open_table(const InputFile& input, const Budget& budget,
                  std::span<const std::string> paths) {
  switch (input.kind) {
    case InputKind::csv:
      return open_csv(input, budget);
    case InputKind::xlsx:
      return open_xlsx(input.path, input.sheet.number, budget);
    case InputKind::pdf:
      return open_pdf(input.path, budget);
    case InputKind::json:
    case InputKind::ndjson:
    case InputKind::cef:
      return open_nested(input, budget, paths);
    case InputKind::parquet:
      return not_read_yet(input, "Parquet");
    case InputKind::unsupported:
      break;
  }
  return fail(Code::bad_input, input.name() + ": cannot be read");
}

Result<Digest> digest_of(const InputFile& input) {
  ONUS_TRY(const Digest file, sha256_file(input.path));
  if (input.sheet.number == 0) return file;
  return sha256(to_hex(file) + input.sheet.name);
}

}  // namespace onus::source

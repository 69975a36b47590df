// SPDX-License-Identifier: Apache-2.0
#include "source/json.h"

#include <optional>

#include "source/json_path.h"
#include "source/json_records.h"
#include "source/json_survey.h"

namespace onus::source {
namespace {

class JsonStream final : public TableStream {
 public:
  JsonStream(JsonRecords records, std::span<const std::string> paths, const Budget& budget)
      : records_(std::move(records)), builder_(budget) {
    for (const std::string& path : paths) columns_.push_back(JsonPath::parse(path));
    texts_.resize(columns_.size());
    dialect_ = {.delimiter = '\0',
                .encoding = "UTF-8",
                .width = static_cast<std::int32_t>(columns_.size())};
  }

  Result<std::optional<Block>> next() override;
  const Dialect& dialect() const override { return dialect_; }
  std::int64_t rows() const override { return records_.rows(); }
  std::int64_t bytes() const override { return records_.bytes(); }
  bool cut_off() const override { return records_.cut_off(); }

 private:
  void add(const JsonRecord& record);

  JsonRecords records_;
  BlockBuilder builder_;
  Dialect dialect_;
  std::vector<std::optional<JsonPath>> columns_;
  std::vector<std::string> texts_;
  std::vector<std::string_view> cells_;
};

void JsonStream::add(const JsonRecord& record) {
  cells_.clear();
  if (!record.is_object) {
    cells_.push_back(record.text);
    return builder_.add(record.at, cells_, record.damage);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    texts_[i].clear();
    if (columns_[i]) columns_[i]->text(records_.value(), texts_[i]);
  }
  cells_.assign(texts_.begin(), texts_.end());
  builder_.add(record.at, cells_, record.damage);
}

Result<std::optional<Block>> JsonStream::next() {
  JsonRecord record;
  while (!builder_.full()) {
    ONUS_TRY(const bool more, records_.next(record));
    if (!more) break;
    add(record);
  }
  return builder_.take();
}

}  // namespace

Result<std::unique_ptr<TableStream>> open_json(ByteSource source,
                                               std::span<const std::string> paths,
                                               const Budget& budget) {
  ONUS_TRY(JsonRecords records, JsonRecords::open(std::move(source), budget));
  return std::unique_ptr<TableStream>(
      std::make_unique<JsonStream>(std::move(records), paths, budget));
}

Result<JsonSurvey> survey_json(ByteSource source, std::span<const std::string> paths,
                               const Budget& budget, std::int64_t max_records) {
  ONUS_TRY(JsonRecords records, JsonRecords::open(std::move(source), budget));
  JsonSurveyor survey(paths);
  JsonRecord record;
  while (records.rows() < max_records) {
    ONUS_TRY(const bool more, records.next(record));
    if (!more) break;
    if (record.is_object) survey.see(records.value());
  }
  return survey.result();
}

}  // namespace onus::source

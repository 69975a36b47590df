// SPDX-License-Identifier: Apache-2.0
#include "source/json.h"

#include <algorithm>
#include <optional>

#include "source/json_path.h"
#include "source/json_records.h"

namespace onus::source {
namespace {

constexpr std::size_t kMaxOthers = 256;  // members of hostile records

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

// Which paths are still to be found, and which members no path begins with.
class Survey {
 public:
  explicit Survey(std::span<const std::string> paths) : names_(paths), found_(paths.size()) {
    for (const std::string& path : paths) paths_.push_back(JsonPath::parse(path));
  }
  void see(const JsonValue& record);
  JsonSurvey result() const;

 private:
  void see_members(const JsonValue& record);
  bool is_asked(std::string_view key) const;
  const std::string& as_spelled(const std::string& name) const;

  std::span<const std::string> names_;
  std::vector<std::optional<JsonPath>> paths_;
  std::vector<bool> found_;
  std::vector<std::string> seen_;
  std::string plain_;
};

void Survey::see(const JsonValue& record) {
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (!found_[i] && paths_[i] && paths_[i]->is_in(record)) found_[i] = true;
  }
  see_members(record);
}

void Survey::see_members(const JsonValue& record) {
  const auto nodes = record.nodes();
  for (std::uint32_t at = 1; at < nodes[0].end; at = nodes[at].end) {
    if (seen_.size() == kMaxOthers) return;
    plain_.clear();
    unescape_json(nodes[at].key, plain_);
    if (std::find(seen_.begin(), seen_.end(), plain_) == seen_.end()) seen_.push_back(plain_);
  }
}

bool Survey::is_asked(std::string_view key) const {
  return std::any_of(paths_.begin(), paths_.end(),
                     [&](const auto& path) { return path && path->begins_with(key); });
}

// A path that is an outermost member and nothing else, as the records spell it.
const std::string& Survey::as_spelled(const std::string& name) const {
  const auto spelled = std::find_if(seen_.begin(), seen_.end(), [&](const std::string& key) {
    return quoted_key(key) == key && same_name(key, name);
  });
  return spelled == seen_.end() ? name : *spelled;
}

JsonSurvey Survey::result() const {
  JsonSurvey out;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (found_[i]) out.present.push_back(as_spelled(names_[i]));
  }
  for (const std::string& key : seen_) {
    if (!key.empty() && !is_asked(key)) out.others.push_back(quoted_key(key));
  }
  return out;
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
  Survey survey(paths);
  JsonRecord record;
  while (records.rows() < max_records) {
    ONUS_TRY(const bool more, records.next(record));
    if (!more) break;
    if (record.is_object) survey.see(records.value());
  }
  return survey.result();
}

}  // namespace onus::source

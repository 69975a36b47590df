// SPDX-License-Identifier: Apache-2.0
#include "source/cef_stream.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "source/cef.h"

namespace onus::source {
namespace {

constexpr std::size_t kAhead = 1 << 16;
constexpr std::size_t kMaxOthers = 256;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_key(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

bool only_space(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The lines of a file with their positions; a line over the limit comes in pieces.
class Lines {
 public:
  Lines(ByteSource source, const Budget& budget)
      : source_(std::move(source)),
        limit_(static_cast<std::size_t>(std::max(budget.max_record_bytes, 1))),
        max_rows_(budget.max_rows) {}

  // False at the end. The line is good until the next call.
  Result<bool> next(std::string_view& line, Position& at) {
    source_.skip(std::exchange(taken_, 0));
    std::size_t size = std::min(kAhead, limit_);
    std::size_t end = 0;
    for (;; size = std::min(size * 2, limit_)) {
      ONUS_TRY(const std::string_view ahead, source_.peek(size));
      if (ahead.empty()) return false;
      const std::size_t found = ahead.find('\n');
      end = found == std::string_view::npos ? ahead.size() : found + 1;
      line = ahead.substr(0, end);
      if (found != std::string_view::npos || ahead.size() < size || size == limit_) break;
    }
    if (++rows_ > max_rows_) return fail(Code::over_budget, source_.name() + ": too many rows");
    at = {rows_, line_, bytes_, static_cast<std::int32_t>(end), 0};
    line_ += line.ends_with('\n') ? 1 : 0;
    bytes_ += static_cast<std::int64_t>(end);
    taken_ = end;
    return true;
  }
  std::int64_t rows() const { return std::min(rows_, max_rows_); }
  std::int64_t bytes() const { return bytes_; }

 private:
  ByteSource source_;
  std::size_t limit_;
  std::int64_t max_rows_;
  std::size_t taken_ = 0;
  std::int64_t rows_ = 0, line_ = 1, bytes_ = 0;
};

class CefStream final : public TableStream {
 public:
  CefStream(Lines lines, std::span<const std::string> keys, const Budget& budget)
      : lines_(std::move(lines)),
        builder_(budget),
        keys_(keys.begin(), keys.end()),
        max_bytes_(budget.max_record_bytes) {
    dialect_ = {
        .delimiter = '\0', .encoding = "UTF-8", .width = static_cast<std::int32_t>(keys_.size())};
  }

  Result<std::optional<Block>> next() override {
    std::string_view line;
    Position at;
    while (!builder_.full()) {
      ONUS_TRY(const bool more, lines_.next(line, at));
      if (!more) break;
      add(line, at);
    }
    return builder_.take();
  }
  const Dialect& dialect() const override { return dialect_; }
  std::int64_t rows() const override { return lines_.rows(); }
  std::int64_t bytes() const override { return lines_.bytes(); }

 private:
  void add(std::string_view line, const Position& at) {
    cells_.clear();
    if (only_space(line)) return builder_.add(at, cells_);
    if (!parse_cef(line, pairs_)) {
      cells_.push_back(line);
      return builder_.add(at, cells_, Damage::malformed);
    }
    for (const std::string& key : keys_) {
      const auto pair = std::find_if(pairs_.begin(), pairs_.end(), [&](const CefPair& known) {
        return same_key(known.key, key);
      });
      cells_.push_back(pair == pairs_.end() ? std::string_view() : pair->value);
    }
    const bool cut = at.byte_length >= max_bytes_ && !line.ends_with('\n');
    builder_.add(at, cells_, cut ? Damage::too_long : Damage::none);
  }

  Lines lines_;
  BlockBuilder builder_;
  std::vector<std::string> keys_;
  std::int32_t max_bytes_;
  Dialect dialect_;
  std::vector<CefPair> pairs_;
  std::vector<std::string_view> cells_;
};

bool has_key(std::span<const std::string> keys, std::string_view key) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& known) { return same_key(known, key); });
}

}  // namespace

bool looks_like_cef(std::string_view begin) {
  if (begin.starts_with("\xEF\xBB\xBF")) begin.remove_prefix(3);
  begin.remove_prefix(std::min(begin.find_first_not_of(" \t\r\n"), begin.size()));
  std::vector<CefPair> pairs;
  return parse_cef(begin.substr(0, begin.find('\n')), pairs);
}

Result<std::unique_ptr<TableStream>> open_cef(ByteSource source, std::span<const std::string> keys,
                                              const Budget& budget) {
  return std::unique_ptr<TableStream>(
      std::make_unique<CefStream>(Lines(std::move(source), budget), keys, budget));
}

Result<JsonSurvey> survey_cef(ByteSource source, std::span<const std::string> keys,
                              const Budget& budget, std::int64_t max_records) {
  Lines lines(std::move(source), budget);
  std::vector<bool> found(keys.size());
  JsonSurvey out;
  std::vector<CefPair> pairs;
  std::string_view line;
  for (Position at; lines.rows() < max_records;) {
    ONUS_TRY(const bool more, lines.next(line, at));
    if (!more) break;
    parse_cef(line, pairs);
    for (const CefPair& pair : pairs) {
      for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!found[i] && same_key(keys[i], pair.key)) found[i] = true;
      }
      const bool known = has_key(keys, pair.key) || has_key(out.others, pair.key);
      if (!known && out.others.size() < kMaxOthers) out.others.push_back(pair.key);
    }
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (found[i]) out.present.push_back(keys[i]);
  }
  return out;
}

}  // namespace onus::source

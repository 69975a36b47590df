// SPDX-License-Identifier: Apache-2.0
#include "source/json_records.h"

#include <algorithm>
#include <cstring>

#include "source/encoding.h"

namespace onus::source {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 20;  // bytes read at a time
constexpr std::size_t kMaxDepth = 64;
// Most of a nested record becomes no cell, so it may be longer than a row of text.
constexpr std::size_t kLimitFactor = 16;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

JsonRecords::JsonRecords(ByteSource source, const Budget& budget)
    : source_(std::move(source)),
      budget_(budget),
      limit_(static_cast<std::size_t>(std::max(budget.max_record_bytes, 1)) * kLimitFactor),
      value_(kMaxDepth) {}

Result<JsonRecords> JsonRecords::open(ByteSource source, const Budget& budget) {
  JsonRecords out(std::move(source), budget);
  ONUS_TRY_VOID(out.fill());
  const Detected detected = detect_encoding(out.buffer_);
  if (is_utf16(detected.encoding)) {
    return fail(Code::bad_input,
                out.source_.name() + ": JSON in UTF-16 is not read; convert it to UTF-8 first");
  }
  out.advance(detected.prelude);
  out.layout_ = json_layout(std::string_view(out.buffer_).substr(out.at_), out.at_end_);
  out.advance(out.layout_.begin);
  return out;
}

// More bytes behind those that are held; what was taken goes.
Result<void> JsonRecords::fill() {
  base_ += static_cast<std::int64_t>(at_);
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t held = buffer_.size();
  const std::size_t more = std::max(kStep, held);
  buffer_.resize(held + more);
  ONUS_TRY(const std::size_t got, source_.read(buffer_.data() + held, more));
  buffer_.resize(held + got);
  at_end_ = got < more;
  return {};
}

void JsonRecords::advance(std::size_t size) {
  const std::string_view passed = std::string_view(buffer_).substr(at_, size);
  line_ += std::count(passed.begin(), passed.end(), '\n');
  at_ += size;
}

// Goes to the next record; false where there is none.
Result<bool> JsonRecords::skip_between() {
  const bool elements = layout_.kind == JsonLayout::Kind::elements;
  for (;;) {
    std::size_t end = at_;
    while (end < buffer_.size() && is_space(buffer_[end])) ++end;
    advance(end - at_);
    if (at_ == buffer_.size()) {
      if (at_end_) {
        cut_off_ |= elements;
        return false;
      }
      ONUS_TRY_VOID(fill());
    } else if (elements && buffer_[at_] == ',' && after_element_) {
      after_element_ = false;
      advance(1);
    } else if (elements && buffer_[at_] == ']') {
      advance(1);
      in_tail_ = true;
      return false;
    } else {
      return true;
    }
  }
}

// The rest of a record that was over the limit goes to the end of the line.
Result<JsonExtent> JsonRecords::line_extent() {
  for (;;) {
    const std::string_view text = std::string_view(buffer_).substr(at_);
    const std::size_t size = std::min(text.size(), limit_);
    const std::size_t line_break = text.substr(0, size).find('\n');
    if (line_break != std::string_view::npos) return JsonExtent{line_break + 1, true};
    if (size == limit_) return JsonExtent{size, false};
    if (at_end_) return JsonExtent{size, true};
    ONUS_TRY_VOID(fill());
  }
}

Result<JsonExtent> JsonRecords::extent() {
  for (;;) {
    const JsonExtent found = json_extent(std::string_view(buffer_).substr(at_), limit_);
    const bool ran_out = !found.complete && found.end < limit_;
    if (!ran_out || at_end_) return found;
    ONUS_TRY_VOID(fill());
  }
}

void JsonRecords::take(std::size_t size, JsonRecord& record) {
  record.text = std::string_view(buffer_).substr(at_, size);
  record.at = {.row = ++row_,
               .line = line_,
               .byte_offset = bytes(),
               .byte_length = static_cast<std::int32_t>(size),
               .part = 0};
  record.damage = Damage::none;
  advance(size);
}

void JsonRecords::judge(JsonRecord& record, bool complete) {
  record.is_object = complete && !inside_ && value_.parse(trimmed(record.text)) &&
                     value_.nodes()[0].kind == JsonKind::object;
  if (!record.is_object) record.damage |= Damage::malformed;
  const bool at_file_end = at_end_ && at_ == buffer_.size();
  if (!record.is_object && at_file_end && !record.text.ends_with('\n')) {
    record.damage |= Damage::cut_off;
    cut_off_ = true;
  }
}

// What stands behind the array: the rest of its object, or nothing. Anything else is one record
// that is none.
Result<bool> JsonRecords::tail() {
  in_tail_ = false;
  layout_.kind = JsonLayout::Kind::values;
  if (!layout_.in_object) return skip_between();
  while (!at_end_ && buffer_.size() - at_ < limit_) ONUS_TRY_VOID(fill());
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  std::string object = "{\"\":0";
  object += rest;
  if (at_end_ && value_.parse(object)) advance(rest.size());
  return skip_between();
}

Result<bool> JsonRecords::next(JsonRecord& record) {
  const bool lines = layout_.kind == JsonLayout::Kind::lines;
  if (!inside_) {
    ONUS_TRY(bool more, skip_between());
    if (!more && in_tail_) {
      ONUS_TRY(more, tail());
    }
    if (!more) return false;
  }
  if (row_ == budget_.max_rows) {
    return fail(Code::over_budget,
                source_.name() + ": more than " + std::to_string(budget_.max_rows) + " records");
  }
  ONUS_TRY(const JsonExtent found, lines || inside_ ? line_extent() : extent());
  take(found.end, record);
  judge(record, found.complete);
  if (inside_ || (!found.complete && found.end == limit_)) record.damage |= Damage::too_long;
  inside_ = !found.complete && !(at_end_ && at_ == buffer_.size());
  after_element_ = true;
  return true;
}

}  // namespace onus::source
